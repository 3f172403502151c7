"""Dispatches set on pages as Nghị định 30/2020/NĐ-CP has them, with or without ink and stamps."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Final

from benchmarks.samples.render import ink, parts
from benchmarks.samples.render.sheet import HEIGHT, LEFT, RIGHT, SIZE, WIDTH, Drawn, Sheet, Word, width, wrap
from benchmarks.samples.truth import Dispatch, Item

_LEFT_MIDDLE: Final = 178.0
_LEFT_ROOM: Final = 214.0
_RIGHT_MIDDLE: Final = 415.0
_RIGHT_ROOM: Final = 262.0
_HAND_GAP: Final = "        "
_SMALL: Final = 11.0


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and what was written on it, in reading order."""

    data: bytes
    lines: tuple[Drawn, ...]
    pages: int


def pdf(dispatch: Dispatch, *, inked: bool = False, seed: int = 0) -> Printed:
    """Return the dispatch as a PDF; `inked` signs and stamps it, and writes number and day by hand if so chosen."""
    rng = random.Random(f"{dispatch.slug}:{seed}")
    sheet = Sheet()
    _head(sheet, dispatch, rng, by_hand=inked and dispatch.handwritten)
    if inked and dispatch.arrival:
        _arrival(sheet, dispatch, rng)
    _title(sheet, dispatch)
    for item in dispatch.body:
        _item(sheet, item)
    _foot(sheet, dispatch, rng, inked=inked)
    if dispatch.appendix:
        _appendix(sheet, dispatch)
    return Printed(sheet.finish(), tuple(sheet.drawn), sheet.page)


def _head(sheet: Sheet, dispatch: Dispatch, rng: random.Random, *, by_hand: bool) -> None:
    top = sheet.y
    if dispatch.parent_agency:
        top = sheet.centred(dispatch.parent_agency, "head", _LEFT_MIDDLE, _LEFT_ROOM, top=top, font="Serif", size=12.0)
    for line in dispatch.agency_lines:
        top = sheet.centred(line, "head", _LEFT_MIDDLE, _LEFT_ROOM, top=top, font="Serif-Bold", size=12.0)
    if dispatch.form == "party":
        top = sheet.centred("*", "head", _LEFT_MIDDLE, _LEFT_ROOM, top=top, font="Serif", size=12.0)
    else:
        sheet.rule(_LEFT_MIDDLE, top + 1, 70)
    top = _number(sheet, dispatch, rng, top + 8, by_hand=by_hand)
    if not dispatch.title:
        subject = parts.subject_line(dispatch)
        top = sheet.centred(subject, "head", _LEFT_MIDDLE, _LEFT_ROOM, top=top + 2, font="Serif", size=12.0)
    if dispatch.urgency:
        top = _mark(sheet, dispatch.urgency, top + 8)
    other = sheet.y
    for line in parts.motto(dispatch):
        other = sheet.centred(line, "head", _RIGHT_MIDDLE, _RIGHT_ROOM, top=other, font="Serif-Bold", size=12.0)
    sheet.rule(_RIGHT_MIDDLE, other + 1, 150)
    other = _place(sheet, dispatch, rng, other + 10, by_hand=by_hand)
    sheet.y = max(top, other) + 14


def _number(sheet: Sheet, dispatch: Dispatch, rng: random.Random, top: float, *, by_hand: bool) -> float:
    line = parts.number_line(dispatch)
    if not by_hand:
        return sheet.centred(line, "head", _LEFT_MIDDLE, _LEFT_ROOM, top=top, font="Serif", size=SIZE)
    before, after = parts.number_line(dispatch, number="\0").split("\0")
    left = _LEFT_MIDDLE - width(before + _HAND_GAP + after, "Serif", SIZE) / 2
    figures_from = left + width(before, "Serif", SIZE) + 2
    _print(sheet, left, top, before.rstrip(), "Serif")
    end = ink.figures(sheet.canvas, figures_from, HEIGHT - top - SIZE, dispatch.number, height=15, rng=rng)
    rest = max(end + 1, figures_from + width(_HAND_GAP, "Serif", SIZE))
    _print(sheet, rest, top, after, "Serif")
    _record(sheet, line, left, top, rest + width(after, "Serif", SIZE))
    return top + SIZE * 1.25


def _place(sheet: Sheet, dispatch: Dispatch, rng: random.Random, top: float, *, by_hand: bool) -> float:
    line = parts.place_line(dispatch)
    if not by_hand:
        return sheet.centred(line, "head", _RIGHT_MIDDLE, _RIGHT_ROOM, top=top, font="Serif-Italic", size=SIZE)
    before, after = parts.place_line(dispatch, day="\0").split("\0")
    left = _RIGHT_MIDDLE - width(before + "      " + after, "Serif-Italic", SIZE) / 2
    at = left + width(before, "Serif-Italic", SIZE)
    _print(sheet, left, top, before.rstrip(), "Serif-Italic")
    end = ink.figures(sheet.canvas, at, HEIGHT - top - SIZE, dispatch.issued_on[-2:], height=14, rng=rng)
    _print(sheet, end + 2, top, after.lstrip(), "Serif-Italic")
    _record(sheet, line, left, top, end + width(after, "Serif-Italic", SIZE))
    return top + SIZE * 1.25


def _print(sheet: Sheet, x: float, top: float, text: str, font: str) -> None:
    sheet.canvas.setFont(font, SIZE)
    sheet.canvas.drawString(x, HEIGHT - top - SIZE * 0.8, text)


def _record(sheet: Sheet, text: str, x0: float, top: float, x1: float) -> None:
    sheet.drawn.append(Drawn(sheet.page, "head", text, round(x0, 1), round(top, 1), round(x1, 1), round(top + SIZE, 1)))


def _mark(sheet: Sheet, text: str, top: float) -> float:
    """Frame a mark of urgency in red under the number."""
    room = width(text, "Serif-Bold", SIZE) + 14
    sheet.canvas.saveState()
    sheet.canvas.setStrokeColorRGB(*ink.RED)
    sheet.canvas.setFillColorRGB(*ink.RED)
    sheet.canvas.rect(_LEFT_MIDDLE - room / 2, HEIGHT - top - SIZE - 4, room, SIZE + 8)
    sheet.centred(text, "head", _LEFT_MIDDLE, room, top=top, font="Serif-Bold", size=SIZE)
    sheet.canvas.restoreState()
    return top + SIZE + 8


def _arrival(sheet: Sheet, dispatch: Dispatch, rng: random.Random) -> None:
    if dispatch.arrival is None:
        return
    day = date.fromisoformat(dispatch.arrival.day)
    receiver = rng.choice(("VĂN PHÒNG", "SỞ TƯ LIỆU", "PHÒNG HÀNH CHÍNH", "BAN LƯU TRỮ"))
    number = dispatch.arrival.number
    ink.arrival(sheet.canvas, 28, HEIGHT - sheet.y + 4, f"{receiver} - CÔNG VĂN", number, f"{day:%d/%m/%Y}", rng)
    if dispatch.title is None:
        sheet.y += 46


def _title(sheet: Sheet, dispatch: Dispatch) -> None:
    top = sheet.y
    if dispatch.title:
        top = sheet.centred(dispatch.title, "body", WIDTH / 2 + 15, 300, top=top, font="Serif-Bold", size=14.0)
        subject = parts.subject_line(dispatch)
        top = sheet.centred(subject, "body", WIDTH / 2 + 15, 310, top=top, font="Serif-Bold", size=SIZE)
        sheet.rule(WIDTH / 2 + 15, top + 2, 80)
        top += 12
    lines = parts.addressee_lines(dispatch)
    if len(lines) == 1:
        top = sheet.centred(lines[0], "body", WIDTH / 2 + 15, 340, top=top + 4, font="Serif", size=SIZE) + 8
    elif lines:
        sheet.line(_words(lines[0]), "body", LEFT + 80, top=top + 4)
        for line in lines[1:]:
            top += SIZE * 1.3
            sheet.line(_words(line), "body", LEFT + 145, top=top + 4)
        top += SIZE * 2
    sheet.y = top + 4


def _item(sheet: Sheet, item: Item) -> None:
    if item.style == "order":
        if not sheet.room(SIZE * 2):
            sheet.new_page()
        middle = (LEFT + RIGHT) / 2
        sheet.y = sheet.centred(item.piece.text, "body", middle, 420, top=sheet.y + 2, font="Serif-Bold", size=SIZE) + 6
        return
    bold = item.style in ("section", "heading")
    label = _words(item.label, "Serif-Bold" if bold or item.style == "article" else "Serif") if item.label else []
    font = "Serif-Bold" if bold else "Serif-Italic" if item.style == "ground" else "Serif"
    sheet.paragraph([*label, *_words(item.piece.text, font)], "body")


def _foot(sheet: Sheet, dispatch: Dispatch, rng: random.Random, *, inked: bool) -> None:
    rows = parts.recipient_lines(dispatch)
    height = max(20 + len(rows) * _SMALL * 1.5, 150.0)
    if not sheet.room(height):
        sheet.new_page()
    top = sheet.y + 8
    _recipients(sheet, dispatch, rows, top)
    middle = 425.0
    seal_at = top + 70
    if inked:
        ink.seal(sheet.canvas, middle - 48, HEIGHT - seal_at, dispatch.agency)
        ink.signature(sheet.canvas, middle + 8, HEIGHT - seal_at, width=110, rng=rng)
    for line in (*dispatch.authorities, dispatch.position):
        top = sheet.centred(line, "foot", middle, 250, top=top, font="Serif-Bold", size=SIZE)
    name_at = max(top + 56, seal_at + 22)
    sheet.centred(dispatch.signer, "foot", middle, 250, top=name_at, font="Serif-Bold", size=SIZE)
    sheet.y += height


def _recipients(sheet: Sheet, dispatch: Dispatch, rows: list[str], top: float) -> None:
    sheet.line(_words("Nơi nhận:", "Serif-BoldItalic"), "foot", LEFT, top=top, size=12.0)
    top += 16
    first, last = dispatch.brace or (-1, -1)
    begin = end = right = 0.0
    for n, row in enumerate(rows):
        begin = top if n == first else begin
        for line in wrap(_words(row), 190, _SMALL):
            right = max(right, sheet.line(line, "foot", LEFT, top=top, size=_SMALL)) if first <= n < last else right
            if not first <= n < last:
                sheet.line(line, "foot", LEFT, top=top, size=_SMALL)
            top += _SMALL * 1.22
        end = top if n == last - 1 else end
    if dispatch.brace:
        _brace(sheet, right + 5, begin, end)
        text = parts.brace_purpose(dispatch)
        sheet.line(_words(text), "foot", right + 16, top=(begin + end) / 2 - _SMALL * 0.6, size=_SMALL)


def _brace(sheet: Sheet, x: float, begin: float, end: float) -> None:
    """Draw a curly brace between two heights, its point to the right."""
    middle = (begin + end) / 2
    path = sheet.canvas.beginPath()
    path.moveTo(x, HEIGHT - begin)
    path.curveTo(x + 7, HEIGHT - begin, x, HEIGHT - middle, x + 8, HEIGHT - middle)
    path.curveTo(x, HEIGHT - middle, x + 7, HEIGHT - end, x, HEIGHT - end)
    sheet.canvas.setLineWidth(0.9)
    sheet.canvas.drawPath(path, stroke=1, fill=0)


def _appendix(sheet: Sheet, dispatch: Dispatch) -> None:
    sheet.new_page()
    middle = WIDTH / 2 + 15
    sheet.y = sheet.centred("PHỤ LỤC", "appendix", middle, 300, top=sheet.y, font="Serif-Bold", size=14.0)
    note = f"(Kèm theo {dispatch.type_name} {parts.number_line(dispatch)})"
    sheet.y = sheet.centred(note, "appendix", middle, 420, top=sheet.y, font="Serif-Italic", size=12.0) + 8
    for row in dispatch.appendix:
        for cell, x in zip(row, (LEFT, LEFT + 40, LEFT + 330), strict=True):
            sheet.line(_words(cell), "appendix", x, top=sheet.y, size=12.0)
        sheet.y += 18


def _words(text: str, font: str = "Serif") -> list[Word]:
    return [Word(word, font) for word in text.split()]
