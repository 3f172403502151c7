"""Drawing by hand: SVG as text, scales and colours; no library, nothing fetched.

>>> tag("circle", cx=1.25, r=2, class_="dot")
'<circle cx="1.2" r="2" class="dot"/>'
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

PALETTE = ("#7a1f2b", "#d98c3f", "#2f6f73", "#8fae8b", "#3d4f7c", "#c4b16a", "#9c6b8e", "#5b5b5b")
"""Colours of kinds, the first the most frequent; they differ in lightness too, for those who see no hues."""

REST = "#cfcac2"
INK, SOFT, GRID = "#2b2622", "#77706a", "#e6e0d8"


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """Return an element; children are markup, attribute values are escaped, `class_` is `class`."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            shown = _number(value) if isinstance(value, int | float) else escape(value, quote=True)
            parts.append(f'{key.rstrip("_").replace("_", "-")}="{shown}"')
    inner = "".join(children)
    return f"<{' '.join(parts)}>{inner}</{name}>" if inner else f"<{' '.join(parts)}/>"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def words(
    text: str, x: float, y: float, *, anchor: str = "start", size: float = 12, fill: str = INK, room: float = 0,
    weight: str | None = None,
) -> str:  # fmt: skip
    """Return a line of text; what is wider than `room` is cut, and whole when pointed at."""
    shown = fit(text, room, size) if room else text
    whole = hint(text) if shown != text else ""
    return tag(
        "text", escape(shown) + whole, x=x, y=y, text_anchor=anchor if anchor != "start" else None, font_size=size,
        fill=fill, font_weight=weight,
    )  # fmt: skip


def label(
    text: str, x: float, y: float, *, room: float, anchor: str = "start", size: float = 11,
    most: int = 2,
) -> str:  # fmt: skip
    """Return a name in up to `most` lines, with the middle of them at `y`."""
    lines, lead = wrap(text, room, size, most), size * 1.12
    first = y + size * 0.35 - (len(lines) - 1) * lead / 2
    return "".join(
        words(line, x, first + n * lead, anchor=anchor, size=size, room=room) for n, line in enumerate(lines)
    )


def wrap(text: str, room: float, size: float, most: int) -> list[str]:
    """Return a text in lines that fit, if need be with a last one that does not.

    >>> wrap("phòng giáo dục huyện", 70, 12, 3)
    ['phòng giáo', 'dục huyện']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == most or width_of(longer, size) <= room):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def short(text: str, limit: int) -> str:
    """Return text of at most so many characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def width_of(text: str, size: float) -> float:
    """Return about how wide a line of text is; capitals take more room."""
    return sum(0.74 if char.isupper() else 0.34 if char in " .,;:/-()1ijltfr" else 0.64 for char in text) * size


def fit(text: str, room: float, size: float) -> str:
    """Return as much of a text as there is room for."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def hint(text: str) -> str:
    """Return what shows when the element around it is pointed at."""
    return f"<title>{escape(text)}</title>"


def drawing(width: float, height: float, parts: Iterable[str], label: str) -> str:
    """Return a whole picture that grows and shrinks with the page, and says what it is to a screen reader."""
    return tag(
        "svg", hint(label) + "".join(parts), xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:g} {height:g}",
        role="img", style=f"max-width:{width:g}px",
    )  # fmt: skip


def ticks(highest: float, count: int = 4) -> list[int]:
    """Return round numbers from 0 to at least the highest.

    >>> ticks(37), ticks(3)
    ([0, 10, 20, 30, 40], [0, 1, 2, 3])
    """
    step = 1
    while step * count < highest:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return list(range(0, int(-(-max(highest, 1) // step)) * step + 1, step))
