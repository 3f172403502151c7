r"""Two columns typed with tabs or rows of blanks, as heads and feet of dispatches often are, set apart.

    >>> arranged = arrange(["UBND XÃ A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/KH\tĐộc lập - Tự do - Hạnh phúc"])
    >>> [line.text for line in arranged]
    ['UBND XÃ A', 'Số: 5/KH', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc']

Only text tells here: Word and text files have no boxes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.text.unicode import fold
from pipeline.text.wording import capitals

_BLANK: Final = "[ \t\u00a0\u2000-\u200a\u3000]"
_GAP: Final = re.compile(rf"{_BLANK}{{2,}}|\t")
_TAB_WIDTH: Final = 8
_LEAST_GAP: Final = 4
_LEAST_INDENT: Final = 24  # a line that starts this far to the right has nothing on its left
_HEAD_LINES: Final = 14
_SUBJECT_LINES: Final = 5
_SIGNATURE_ROWS: Final = 12

_HEAD_RIGHT: Final = re.compile(
    r"cong hoa xa hoi chu nghia|doc lap\W+tu do\W+hanh phuc|dang cong san viet nam|"
    r",\s*ngay\b.{0,12}\bthang.{0,12}\bnam\b"
)
_MOTTO: Final = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam")
_NUMBER: Final = re.compile(r"so\b\W*(?:[\d/-]|$)")
_UNFILLED: Final = re.compile(
    rf"(?:(?<=\b[Ss]ố)|(?<=\b[Ss]ố:)|(?<=[Nn]gày)|(?<=tháng)|(?<=năm)){_BLANK}{{2,}}(?=[-/]|tháng|năm)"
)
_NUMBER_WITHIN: Final = 4
_SUBJECT: Final = re.compile(r"\(?v/v\b|ve viec\b")
_ADDRESSEE: Final = re.compile(r"kinh (?:gui|trinh)\b")
_RECIPIENTS: Final = re.compile(r"noi (?:nhan|gui)\b")
_RECIPIENT: Final = re.compile(r"[-–+*•·]|Lưu\b|Như\b|[a-zà-ỹđ]|\([a-zà-ỹđ]")
_DASH: Final = re.compile(r"[-–+•]\s?\w|\W*Lưu\b")
_FILED: Final = re.compile(r"\W*luu\b")
_SHORT: Final = 60  # a line of recipients that goes on without a mark of its own
_APPENDIX: Final = re.compile(r"phu luc\b|danh (?:sach|muc)\b|bieu\b|mau\b|\(")
_RULE_MARKS: Final = frozenset("-–—_=~*·…:+&#. oO0")
_STROKES: Final = frozenset("-–—_=~*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in reading order; `column` tells that it came out of one of two columns."""

    text: str
    column: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """What one typed line holds on its left and on its right."""

    left: str
    right: str
    indent: int = 0

    @property
    def two(self) -> bool:
        return bool(self.left and self.right)

    @property
    def blank(self) -> bool:
        return not (self.left or self.right)


def arrange(lines: Sequence[str]) -> list[Placed]:
    """Return the lines in reading order, each with single blanks; empty lines outside columns stay.

    Drawn rules (`-------`, `***`) are no words and are left out.
    """
    rows = [_row(line) for line in lines]
    placed: list[Placed] = []
    at = 0
    for find in (_head, _signatures, _foot):
        start, end = find(rows) or (0, 0)
        start = max(start, at)
        if start >= end:
            continue
        placed += _plain(lines[at:start])
        placed += _columns(rows[start:end])
        at = end
    return placed + _plain(lines[at:])


def is_rule(text: str) -> bool:
    """Tell a line that only draws a rule, such as `--------`, `***` or `---o0o---`."""
    return _RULE_MARKS.issuperset(text) and sum(char in _STROKES for char in text) > 1


def _plain(lines: Sequence[str]) -> list[Placed]:
    return [Placed(" ".join(line.split())) for line in lines if not is_rule(line)]


def _columns(rows: Sequence[_Row]) -> list[Placed]:
    lefts = _entries([row.left for row in rows if row.left and not is_rule(row.left)])
    rights = [row.right for row in rows]
    return [Placed(text, column=True) for text in (*lefts, *rights) if text and not is_rule(text)]


def _entries(lefts: Sequence[str]) -> list[str]:
    """Join lines without a dash to the dashed entry of Nơi nhận that they go on with."""
    entries: list[str] = []
    listed = False
    for left in lefts:
        listed = listed or bool(_RECIPIENTS.match(fold(left)))
        if listed and entries and _DASH.match(entries[-1]) and not _DASH.match(left):
            entries[-1] = f"{entries[-1]} {left}"
        else:
            entries.append(left)
    return entries


def _row(line: str) -> _Row:
    """Split a line at its widest gap, but for blanks left for a number or a day; what starts far right has no left."""
    text = _UNFILLED.sub(" ", line.strip())
    indent = _width(line[: len(line) - len(line.lstrip())])
    gaps = sorted(_GAP.finditer(text), key=lambda gap: _width(gap.group()))
    if gaps and _width(gaps[-1].group()) >= _LEAST_GAP and indent < 2 * _LEAST_INDENT:
        gap = gaps[-1]
        return _Row(_one(text[: gap.start()]), _one(text[gap.end() :]), indent)
    return _Row("", _one(text), indent) if indent >= _LEAST_INDENT else _Row(_one(text), "", indent)


def _width(gap: str) -> int:
    """Return a gap's width in characters; thin spaces, which converters put beside real ones, count nothing."""
    return sum(_TAB_WIDTH if char == "\t" else char in " \u00a0\u3000" for char in gap)


def _one(text: str) -> str:
    return " ".join(text.split())


def _head(rows: Sequence[_Row]) -> tuple[int, int] | None:
    """Find the rows of a two-column head: from the first that has both sides to the date's, with V/v below."""
    filled = [i for i, row in enumerate(rows) if not row.blank][:_HEAD_LINES]
    mottoes = [i for i in filled if _MOTTO.search(fold(rows[i].right))]
    filled = [i for i in filled if i < mottoes[1]] if len(mottoes) > 1 else filled  # a copy bears a head of its own
    anchors = [i for i in filled if _HEAD_RIGHT.search(fold(rows[i].right))]
    if not any(rows[i].two for i in anchors):
        return None
    start, end = anchors[0], anchors[-1] + 1
    while start and rows[start - 1].two:
        start -= 1
    while end < len(rows) and rows[end].two:
        end += 1
    return start, _through_subject(rows, _through_number(rows, start, end))


def _through_number(rows: Sequence[_Row], start: int, end: int) -> int:
    """Return the end of a head with its number, where the left column has more lines than the right."""
    if any(_NUMBER.match(fold(row.left)) for row in rows[start:end]):
        return end
    for i in range(end, min(end + _NUMBER_WITHIN, len(rows))):
        if rows[i].blank or rows[i].right:
            return end
        if _NUMBER.match(fold(rows[i].left)):
            return i + 1
    return end


def _through_subject(rows: Sequence[_Row], end: int) -> int:
    """Return the end of a head with the subject lines that stand under the number, if there are any."""
    if end >= len(rows) or not _SUBJECT.match(fold(rows[end].left)):
        return end
    for i in range(end, min(end + _SUBJECT_LINES, len(rows))):
        if rows[i].blank or rows[i].right or _ADDRESSEE.match(fold(rows[i].left)):
            return i
    return end


def _signatures(rows: Sequence[_Row]) -> tuple[int, int] | None:
    """Find the rows of two signatures side by side: from a row of two phrases in capitals to the row of two names."""
    named = (i for i in range(len(rows) - 1, -1, -1) if _is_name(rows[i].left) and _is_name(rows[i].right))
    last = next(named, None)
    if last is None:
        return None
    start = last
    while start and last - start < _SIGNATURE_ROWS and (rows[start - 1].blank or _signs(rows[start - 1])):
        start -= 1
    while rows[start].blank:
        start += 1
    return (start, last + 1) if _signs(rows[start]) and start < last else None


def _signs(row: _Row) -> bool:
    """Tell whether what stands on a row is in capitals, or says that it was signed."""
    sides = [side for side in (row.left, row.right) if side]
    return bool(sides) and all(capitals(side) or side.startswith("(") for side in sides)


def _is_name(text: str) -> bool:
    """Tell two to six words that begin with capitals and are not in capitals throughout."""
    words = text.replace(".", " ").split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() and word.isalpha() for word in words) and not text.isupper()


def _foot(rows: Sequence[_Row]) -> tuple[int, int] | None:
    """Find the rows of a two-column foot: the recipients on the left, the signature on the right."""
    last = _copied_from(rows)
    for at in range(last - 1, -1, -1):
        if _RECIPIENTS.match(fold(rows[at].left)):
            break
    else:
        return None
    start = at
    while start and (rows[start - 1].right or rows[start - 1].blank):
        start -= 1
    end = at + 1
    while end < last and (_in_foot(rows[end]) or _on_the_way(rows[end : min(end + 4, last)])):
        end += 1
    if end < last and _goes_on(rows[end - 1], rows[end]):
        end += 1
    while rows[start].blank:
        start += 1
    while rows[end - 1].blank:
        end -= 1
    return (start, end) if any(row.right for row in rows[start:end]) else None


def _copied_from(rows: Sequence[_Row]) -> int:
    """Return where the head of a copy's own note begins, the number of rows where there is none."""
    mottoes = [i for i, row in enumerate(rows) if _MOTTO.search(fold(row.right or row.left))]
    return mottoes[1] if len(mottoes) > 1 else len(rows)


def _in_foot(row: _Row) -> bool:
    return bool(row.blank or row.right or _RECIPIENT.match(row.left))


def _goes_on(filed: _Row, row: _Row) -> bool:
    """Tell an indented line that goes on with the filing line above it."""
    return bool(_FILED.match(fold(filed.left))) and len(row.left) <= _SHORT and row.indent > 1


def _on_the_way(rows: Sequence[_Row]) -> bool:
    """Tell a short line on the left after which the right column still goes on."""
    left = rows[0].left
    return len(left) <= _SHORT and not _APPENDIX.match(fold(left)) and any(row.right for row in rows[1:])
