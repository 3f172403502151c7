"""The pre-flight report names what keeps a record from the archive, and what a person should weigh."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.archive.metadata import describe
from pipeline.archive.profile import load
from pipeline.archive.readiness import report
from pipeline.archive.records import Record
from tests.archive.filing import TYPES, dossier, filed, record

ROOT = Path(__file__).parents[2]


def codes(*records: Record) -> set[tuple[str, str]]:
    return {(remark.code, remark.level) for remark in report([filed(*records)]).remarks}


def test_a_choice_that_is_ready() -> None:
    found = report([filed(record(1), record(2))])
    assert (found.files, found.documents, found.ready, found.remarks) == (1, 2, 2, ())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"review_state": "machine"}, ("unchecked", "warning")),
        ({"review_state": "needs_review", "review_reason": "missing:place"}, ("needs-review", "error")),
        ({"path": None}, ("source-gone", "error")),
        ({"secrecy": "MẬT"}, ("secrecy-mark", "warning")),
        ({"signatures": 2, "intact": 1}, ("signature-broken", "warning")),
        ({"origin": "born_digital"}, ("unsigned", "warning")),
        ({"type_code": None, "type_name": "Phát động"}, ("other-type", "warning")),
        ({"subject": None}, ("missing-field", "error")),
    ],
)
def test_what_is_not_ready(changes: dict[str, object], expected: tuple[str, str]) -> None:
    assert codes(record(**changes)) == {expected}
    ready = report([filed(record(**changes), record(2))]).ready
    assert ready == (1 if expected[1] == "error" else 2)


def test_a_signed_electronic_document_is_an_original() -> None:
    assert codes(record(origin="born_digital", signatures=1, intact=1)) == set()


def test_an_empty_file_and_what_was_left_out() -> None:
    assert ("empty-file", "error") in codes()
    left = dossier(record())
    found = report([describe(replace(left, left_out=3), load("tt05-2025"), TYPES)])
    assert [(remark.code, "3" in remark.vi and "3" in remark.en) for remark in found.remarks] == [("left-out", True)]


def test_a_dispatch_in_two_files() -> None:
    found = report([filed(record(1)), filed(record(1), record(2))])
    assert [remark.code for remark in found.remarks] == ["in-several-files"] * 2


def test_every_remark_is_in_both_languages() -> None:
    whole = filed(record(subject=None, path=None, review_state="needs_review", secrecy="MẬT", type_name="Phát động",
                         type_code=None, signatures=1))  # fmt: skip
    for remark in report([whole]).remarks:
        assert remark.say("vi") != remark.say("en")


CODE_AT = {"Remark": 1, "remark": 0, "Fault": 1, "_error": 1}
"""Where the code stands among the arguments of what makes a remark or a fault."""


def written() -> Iterator[str]:
    for path in (ROOT / "pipeline/archive").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODE_AT:
                code = node.args[CODE_AT[node.func.id]]
                if isinstance(code, ast.Constant) and not code.value.startswith("CSIP"):
                    yield code.value


def test_every_code_is_explained_and_nothing_else() -> None:
    page = (ROOT / "docs/archive.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \|", page, re.MULTILINE)
    explained = [code for row in rows for code in re.findall(r"`([a-z-]+)`", row)]
    assert len(explained) == len(set(explained))
    assert set(explained) == set(written())
