"""The examples in docstrings do what they say."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

from pipeline import archive, export, search, stats
from pipeline.archive import package as packages

MODULES = [
    f"{package.__name__}.{module.name}"
    for package in (archive, packages, export, search, stats)
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module: ModuleType = importlib.import_module(name)
    failed, _ = doctest.testmod(module)
    assert failed == 0
