"""The examples of `docs/exports.md` do what they say."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/exports.md"


def test_examples() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried == 3
    assert failed == 0
