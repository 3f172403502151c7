"""Every code that the program can show is explained in docs/errors.md, and nothing else is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pipeline
import pipeline.people
import pipeline.web.app  # noqa: F401 - brings the errors of the pages
from pipeline.batch.fixity import _ORPHANS
from pipeline.errors import CongvanError

ROOT = Path(__file__).parent.parent
CODE_AT = {"Problem": 1, "Finding": 2}
"""Where the code stands among the arguments."""


def errors(kind: type[CongvanError] = CongvanError) -> Iterator[str]:
    yield kind.code
    for child in kind.__subclasses__():
        yield from errors(child)


def written() -> Iterator[str]:
    """Yield the codes that stand as such in the code."""
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODE_AT:
                at = CODE_AT[node.func.id]
                if len(node.args) > at and isinstance(code := node.args[at], ast.Constant):
                    yield code.value


def test_every_code_is_explained_and_nothing_else() -> None:
    page = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    explained = re.findall(r"^### (\S+)$", page, re.MULTILINE)
    assert len(explained) == len(set(explained))
    assert set(explained) == {*errors(), *written(), *_ORPHANS}
