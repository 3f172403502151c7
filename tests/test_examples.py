"""The examples in docstrings do what they say."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

from pipeline import export, search, stats

MODULES = [
    f"{package.__name__}.{module.name}"
    for package in (export, search, stats)
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module: ModuleType = importlib.import_module(name)
    failed, _ = doctest.testmod(module)
    assert failed == 0
