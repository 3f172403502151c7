"""The head of a dispatch: agency, number, motto, place and date, type and subject, addressees."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.annotations import ZoneKind
from pipeline.extract.zones import evidence
from pipeline.extract.zones.lines import Printed

LONGEST = 45
"""A head has no more lines than this, stamps and specks included."""


def label_head(lines: Sequence[Printed], start: int, kinds: list[ZoneKind | None]) -> int:
    """Write the kinds of a head that begins at line `start` into `kinds`; return where the body begins."""
    state: ZoneKind | None = None
    last = min(len(lines), start + LONGEST)
    for i in range(start, last):
        if kinds[i] is not None:
            continue
        found = _kind(lines, i, start, state, kinds) or _within_head(lines, i, start, state, kinds)
        if found is None:
            _settle(lines, start, i, kinds)
            return i
        kinds[i] = found
        if found not in {ZoneKind.FURNITURE, ZoneKind.MARKS, ZoneKind.DIGITAL}:
            state = found
    _settle(lines, start, last, kinds)
    return last


def _settle(lines: Sequence[Printed], start: int, end: int, kinds: list[ZoneKind | None]) -> None:
    """Take back a subject under the number where a title with a subject of its own follows."""
    titles = [i for i in range(start, end) if kinds[i] is ZoneKind.TITLE]
    for i in range(start, titles[0] if titles else start):
        if kinds[i] is ZoneKind.SUBJECT and not any(evidence.about(lines[j]) for j in range(start, i + 1)):
            kinds[i] = ZoneKind.FURNITURE


def _kind(
    lines: Sequence[Printed], i: int, start: int, state: ZoneKind | None, kinds: Sequence[ZoneKind | None]
) -> ZoneKind | None:
    """Return the zone of line `i` of a head, None where the body begins."""
    line = lines[i]
    seen = set(kinds[start:i])
    sure = _by_words(line, seen)
    if sure is not None:
        return sure
    if state is ZoneKind.ADDRESSEES:
        return ZoneKind.ADDRESSEES if _goes_on_addressees(lines, i) else None
    if evidence.invites(line):
        return None
    if state is ZoneKind.TITLE or (state is ZoneKind.SUBJECT and ZoneKind.TITLE in seen):
        return ZoneKind.SUBJECT if _goes_on_subject(lines, i, state) else None
    if evidence.body(line) and (ZoneKind.NUMBER in seen or ZoneKind.TITLE in seen or len(line.text) > 60):
        return None
    if state is ZoneKind.SUBJECT and not line.right_half and len(line.text) < 70:
        return ZoneKind.SUBJECT
    return _undecided(lines, i, seen, state)


def _within_head(
    lines: Sequence[Printed], i: int, start: int, state: ZoneKind | None, kinds: Sequence[ZoneKind | None]
) -> ZoneKind | None:
    """Return what a line that reads like a body's first is, where the rest of the head is still to come."""
    line, seen = lines[i], set(kinds[start:i])
    ahead = [j for j in range(i + 1, min(i + 9, len(lines))) if lines[j].page == line.page and kinds[j] is None]
    missing = ZoneKind.MOTTO not in seen and any(evidence.motto_kind(lines[j]) for j in ahead)
    if not missing and not any(evidence.addressees(lines[j]) for j in ahead[:4]):
        return None
    if state is ZoneKind.SUBJECT and not line.right_half and len(line.text) < 80:
        return ZoneKind.SUBJECT
    return ZoneKind.FURNITURE if missing else None


def _by_words(line: Printed, seen: set[ZoneKind | None]) -> ZoneKind | None:
    """Return the zone that a line's words alone prove."""
    titled = ZoneKind.TITLE in seen
    if not titled and evidence.motto(line):
        return ZoneKind.MOTTO
    if evidence.marks(line):
        return ZoneKind.MARKS
    if ZoneKind.PLACE_DATE not in seen and evidence.place_date(line):
        return ZoneKind.PLACE_DATE
    if not seen & {ZoneKind.NUMBER, ZoneKind.TITLE} and evidence.number(line):
        return ZoneKind.NUMBER
    if titled and not seen & {ZoneKind.NUMBER, ZoneKind.ADDRESSEES} and evidence.own_number(line):
        return ZoneKind.NUMBER
    if evidence.addressees(line) and ZoneKind.ADDRESSEES not in seen:
        return ZoneKind.ADDRESSEES
    if not titled and ZoneKind.ADDRESSEES not in seen and evidence.title(line):
        return ZoneKind.TITLE
    if not titled and ZoneKind.ADDRESSEES not in seen and evidence.about(line) and len(line.text) < 90:
        return ZoneKind.SUBJECT
    return None


def _undecided(lines: Sequence[Printed], i: int, seen: set[ZoneKind | None], state: ZoneKind | None) -> ZoneKind | None:
    """Return the zone of a line between agency and title that no word gives away."""
    line = lines[i]
    if not seen & {ZoneKind.NUMBER, ZoneKind.PLACE_DATE, ZoneKind.MOTTO}:
        if line.left is not None and (line.left > 0.55 or (line.right or 1) < 0.13):
            return ZoneKind.FURNITURE
        return ZoneKind.AGENCY if line.upper or len(line.text) < 60 else None
    if ZoneKind.NUMBER not in seen and line.upper and not line.right_half:
        return ZoneKind.AGENCY
    if line.letters < 4:
        return ZoneKind.FURNITURE
    if state is ZoneKind.NUMBER and not line.right_half and not line.upper and len(line.text) < 60:
        return ZoneKind.SUBJECT
    if line.right_half and ZoneKind.MOTTO not in seen and any(evidence.motto(other) for other in lines[i + 1 : i + 12]):
        return ZoneKind.FURNITURE
    if line.upper and any(evidence.title(other) or evidence.addressees(other) for other in lines[i + 1 : i + 9]):
        return ZoneKind.FURNITURE
    if line.upper and len(line.text) < 90:
        ahead = lines[i + 1 : i + 4]
        return (
            ZoneKind.AGENCY
            if any(evidence.number(other) or evidence.motto(other) for other in ahead)
            else ZoneKind.TITLE
        )
    return None if len(line.text) > 45 else ZoneKind.FURNITURE


def _goes_on_addressees(lines: Sequence[Printed], i: int) -> bool:
    line, before = lines[i], lines[i - 1]
    if line.dashed or line.text[:1].islower() or line.text[:1] in "()0123456789":
        return not evidence.body(line) or line.dashed
    if evidence.body(line) or len(line.text) > 160:
        return False
    if before.text.rstrip().endswith((":", ",", " và")):
        return True
    if line.left is None:
        return before.text.rstrip().endswith(";") and len(line.text) < 120
    return line.left > 0.3


def _goes_on_subject(lines: Sequence[Printed], i: int, state: ZoneKind) -> bool:
    line, before = lines[i], lines[i - 1]
    if line.upper and evidence.position(line):
        return False
    if state is ZoneKind.SUBJECT and i + 1 < len(lines) and _enacting(line, lines[i + 1]):
        return False
    if state is ZoneKind.SUBJECT and line.upper and not before.upper:
        return line.text.startswith("(")
    if line.box is None or before.box is None or line.width is None:
        ended = state is ZoneKind.SUBJECT and (line.text.rstrip().endswith((".", ";", ":")) or evidence.body(line))
        return len(line.text) < 250 and not ended
    if line.page != before.page:
        return False
    near = line.box.top - before.box.bottom < 1.2 * line.box.height
    if state is ZoneKind.TITLE and near and not evidence.body(line):
        return True
    if _begins_paragraph(lines, i):
        return False
    centred = _centred(line, [other for other in lines if other.page == line.page]) or _below(before, line)
    gap = line.box.top - before.box.bottom
    if state is ZoneKind.TITLE:
        return centred or (not evidence.body(line) and gap < 1.6 * line.box.height)
    return centred and gap < 1.6 * line.box.height


def _begins_paragraph(lines: Sequence[Printed], i: int) -> bool:
    """Tell whether a line is indented against the next and at least as long to the right."""
    line, after = lines[i], lines[i + 1] if i + 1 < len(lines) else None
    if line.box is None or after is None or after.box is None or after.page != line.page:
        return False
    margin = max((other.box.x1 for other in lines[i + 1 : i + 9] if other.box and other.page == line.page), default=0)
    if line.box.x1 < margin - 2 * line.box.height:
        return False
    return after.box.x0 < line.box.x0 - line.box.height and after.box.x1 <= line.box.x1 + 0.5 * line.box.height


def _enacting(line: Printed, after: Printed) -> bool:
    words = ("uy ban nhan dan", "hoi dong", "chinh phu", "thu tuong", "ban chap hanh", "ban thuong vu", "quoc hoi")
    return line.upper and after.folded.lstrip("- ").startswith("can cu") and line.folded.startswith(words)


def _centred(line: Printed, page: Sequence[Printed]) -> bool:
    """Tell whether a line stands off the page's left and right margins alike, as no paragraph's first line does."""
    assert line.left is not None
    assert line.right is not None
    wide = [other for other in page if other.left is not None and other.right is not None]
    wide = [other for other in wide if (other.right or 0) - (other.left or 0) > 0.6]
    if len(wide) < 4:
        return abs((line.left + line.right) / 2 - 0.52) < 0.06
    left = sorted(other.left or 0 for other in wide)[len(wide) // 10]
    right = sorted(other.right or 0 for other in wide)[-1 - len(wide) // 10]
    return abs((line.left - left) - (right - line.right)) < 0.03


def _below(before: Printed, line: Printed) -> bool:
    """Tell whether a shorter line is centred under the line above it."""
    assert line.box is not None
    assert before.box is not None
    middle = abs(line.box.x0 + line.box.x1 - before.box.x0 - before.box.x1) / 2
    return middle < 0.03 * (line.width or 595) and line.box.width < 0.8 * (line.width or 595) * 0.8
