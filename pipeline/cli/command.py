"""What a command of `congvan` is: a name, a line of help, its arguments, and a function."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.cli.terminal import Terminal

Say = Callable[[str, str], str]
"""Takes a text in Vietnamese and in English and returns the one to show."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command, in one file of this folder, with one line in `cli/__init__.py`.

    `arguments` adds the command's own arguments to its parser; `--out`, `--lang`, `--format` and
    `--settings` are there for every command, as `args.out` (a Path), `terminal.lang`,
    `terminal.json`, `args.format` and `args.settings` (a Path or None). `formats` are the values
    of `--format`, the first is the default. `run` returns the exit code; it raises CongvanError
    for anything that the person must mend. What is slow to import is imported inside `run`.
    """

    name: str
    vi: str
    en: str
    run: Callable[[Namespace, Terminal], int]
    arguments: Callable[[ArgumentParser, Say], None] = lambda parser, say: None
    formats: tuple[str, ...] = ("table", "json")
