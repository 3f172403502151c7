"""What a figure is: a picture beside the table that it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Say = Callable[[str, str], str]
"""Takes a text in Vietnamese and in English and returns the one to show."""

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (SVG, or None where there is nothing to draw), its title, a sentence, and its table."""

    name: str
    title: str
    about: str
    picture: str | None
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
