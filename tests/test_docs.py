"""The documentation cannot lie: what the code has is on the pages, and what the pages name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import models, stages
from pipeline.cli import COMMANDS
from tests.data_model import PAGE, renewed

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
README = (ROOT / "README.md").read_text("utf-8")


def test_the_data_model_is_as_generated() -> None:
    """To renew it: `python -m tests.data_model`."""
    page = PAGE.read_text("utf-8")
    assert renewed(page) == page


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_documented(command: object) -> None:
    name = command.name  # type: ignore[attr-defined]
    everything = "".join(path.read_text("utf-8") for path in PAGES) + (ROOT / "Makefile").read_text("utf-8")
    assert f"congvan {name}" in everything


def test_every_make_target_of_the_readme_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", README)) <= targets


def test_both_readmes_show_the_same_commands() -> None:
    def commands(text: str) -> list[str]:
        found = re.findall(r"^(?:make|\.venv/bin/congvan) .*?(?=\s*#|$)", text, re.MULTILINE)
        return [re.sub(r"\s+", " ", command).strip() for command in found]

    assert commands(README) == commands((ROOT / "README.vi.md").read_text("utf-8"))


def test_every_stage_is_given_what_it_needs() -> None:
    given: set[type] = set()
    for stage in stages.stages(models.load()):
        assert given.issuperset(stage.needs), stage.name
        given.add(stage.gives)


def test_the_project_speaks_of_itself_alone() -> None:
    outside = re.compile(r"(?<![\w.>*])/(?:root|srv)/[a-z]")
    for path in [*ROOT.glob("pipeline/**/*.py"), *ROOT.glob("models/**/*.tsv")]:
        assert not outside.search(path.read_text("utf-8")), path
