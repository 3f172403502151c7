"""The person at the terminal: their language, what is said to them, and the progress bar."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TextIO

from pipeline.errors import CongvanError

Lang = Literal["vi", "en"]


def default_language(environment: Mapping[str, str]) -> Lang:
    """Return the language of the locale: Vietnamese where there is none, English for any other.

    >>> [default_language({"LANG": value}) for value in ("vi_VN.UTF-8", "C.UTF-8", "en_US.UTF-8", "fr_FR")]
    ['vi', 'vi', 'en', 'en']
    """
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "").split(".")[0]
    return "vi" if locale in ("", "C", "POSIX") or locale.startswith("vi") else "en"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Says everything in one language: answers on standard output, the rest on standard error.

    With `json`, standard output carries data alone.
    """

    lang: Lang
    json: bool = False

    def text(self, vi: str, en: str) -> str:
        """Return the one of the two that the person reads."""
        return vi if self.lang == "vi" else en

    def say(self, vi: str, en: str) -> None:
        """Print a line of an answer."""
        print(self.text(vi, en))

    def note(self, vi: str, en: str) -> None:
        """Print a line beside the answer."""
        print(self.text(vi, en), file=sys.stderr)

    def answer(self, data: object) -> None:
        """Print data as JSON."""
        json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
        print()

    def failed(self, error: CongvanError) -> None:
        """Print an error: its code, what happened and what to do."""
        print(f"congvan: {error.code}: {error.say(self.lang)}", file=sys.stderr)


def printable(text: str) -> str:
    r"""Return text that cannot move the cursor, colour the screen or break a line.

    >>> printable("a\x1b[31m\nb")
    'a\\x1b[31m\\nb'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


class Progress:
    """One line that is drawn over itself on a terminal, and nothing at all anywhere else."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._shown = stream.isatty()

    def draw(self, text: str) -> None:
        """Show the text in place of the last one, cut to the width of the terminal."""
        if self._shown:
            width = os.get_terminal_size(self._stream.fileno()).columns
            self._stream.write("\r\x1b[K" + text[: max(width - 1, 1)])
            self._stream.flush()

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
