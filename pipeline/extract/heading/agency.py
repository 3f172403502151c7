"""The top left block: the issuing agency, the body above it, or several bodies that issue together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.text.strips import Strip, bare
from pipeline.text.unicode import flat, same_tones

STARTS = (
    "uy ban", "ub ", "ubnd", "hdnd", "hoi dong", "so ", "bo ", "tong ", "lien doan", "truong ", "phong ", "khoa ",
    "hoi ", "ban ",
    "dang bo", "dang uy", "dang doan", "ban can su", "huyen uy", "tinh uy", "thanh uy", "quan uy", "thi uy",
    "cuc ", "chi cuc", "trung tam", "van phong", "cong ty", "tap doan", "vien ", "toa an", "cong doan", "doan ", "bch ",
    "tinh doan", "huyen doan", "thanh doan", "quan doan", "thi doan", "bao hiem", "ngan hang", "kho bac", "benh vien",
    "mat tran", "chinh phu", "thu tuong", "quoc hoi", "chu tich nuoc", "lien hiep", "hiep hoi", "cong an", "quan khu",
    "thanh tra", "dai hoc", "hoc vien", "vu ", "cum thi dua", "khoi thi dua", "chi bo", "lien minh", "dai phat thanh",
    "bao ", "tap chi", "nha xuat ban", "hat ", "doi ", "tram ", "lien hiep", "lien hoi", "quy ", "chi nhanh",
    "to chuyen mon", "to bo mon", "to cong tac", "to giup viec", "to cong doan", "to van phong", "bo mon ",
    "vien kiem sat", "kiem toan", "cang vu", "dac khu", "bo tu lenh", "bo chi huy", "su doan", "lu doan", "trung doan",
)  # fmt: skip
"""How names of bodies begin, folded."""

_SPELT = ("ỦY BAN", "BAN", "SỞ", "BỘ", "HỘI ĐỒNG", "HỘI", "CỤC", "PHÒNG", "ĐẢNG BỘ", "ĐẢNG ỦY")
"""First words of bodies that OCR misreads into other words, rightly spelt: BẠN TỔ CHỨC."""

_OPEN = re.compile(
    r"(?:[,&]|\b(?:va|thuoc|cua))$|^(?:truong|truong (?:dai hoc|cao dang|trung cap|thpt|thcs|tieu hoc|mam non)"
    r"|(?:tong )?cong ty(?: co phan| tnhh| tnhh mtv)?|ban (?:chi dao|quan ly|chap hanh|to chuc|van dong|thuong vu)"
    r"|hoi dong|trung tam|so|bo|doan|lien doan|van phong|ban|hoi|chi cuc|cuc|phong|uy ban|to chuc|toa an|vien|quy"
    r"|hoi dong (?:quan ly|ql|nhan dan|thi dua)|doan dai bieu)$"
)
_LEVEL = re.compile(r"\b(?:tinh|huyen|thanh pho|thi xa|thi tran|phuong|xa|quan|dac khu)$")
_PLACE = re.compile(r"^(?:truong|hoi|doan|vien|quy|bao|doi|vu) \w+$")
"""Two words that begin like the name of a body, but behind a level's word name a place: TỈNH / TRƯỜNG KHÊ."""
_TOGETHER = re.compile(r"phoi hop|lien (?:tich|nganh|so|bo)\b|giao uoc|ky ket")
_LED_BY_DASH = re.compile(r"^\s?[-–]\s?\w")
_RIGHT_BLOCK = re.compile(r"(?<=\w)\s+(?:doan tncs ho chi minh|cong hoa xa hoi|dang cong san viet nam|doc lap)\b.*$")
_STAMP = re.compile(r"^\W*(?:cong van |cv )?den\b")
_TWO_IN_A_LINE = re.compile(
    r"\s[-–]\s(?=(?:BỘ|SỞ|BAN|HỘI|LIÊN ĐOÀN|ỦY BAN|UỶ BAN|TÒA ÁN|VIỆN|CÔNG AN|CỤC|BẢO HIỂM|MẶT TRẬN"
    r"|(?:TỈNH |HUYỆN |THÀNH )?ĐOÀN|CÔNG ĐOÀN|NGÂN HÀNG|KHO BẠC|ĐẢNG ỦY|BỘ CHỈ HUY)\b)"
)


@dataclass(frozen=True, slots=True)
class Body:
    """The name of a body and the lines it stands on; `joined` where a dash puts it beside the body before."""

    name: str
    lines: tuple[Strip, ...]
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues: the bodies above, and the body or bodies that issue."""

    parents: tuple[Body, ...]
    issuers: tuple[Body, ...]


def letterhead(lines: Sequence[Strip], *, type_name: str = "") -> Letterhead:
    """Return who issues, from the lines of the top left block.

    Where several bodies stand one above the other the last one issues, with those that dashes join to it,
    unless the type of the dispatch says that all act together.
    """
    bodies = tuple(_bodies(lines))
    together = bool(_TOGETHER.search(flat(type_name)))
    last = first = len(bodies) - 1
    while first > 0 and bodies[first].joined and (together or _equals(bodies[first - 1 :])):
        first -= 1
    if first == last and not _central(bodies) and (together or _equals(bodies)):
        first = 0
    return Letterhead(bodies[:first], bodies[first:]) if bodies else Letterhead((), ())


def _central(bodies: Sequence[Body]) -> bool:
    """Tell the Party's Central Committee, below which its own Secretariat and boards stand."""
    return any(flat(body.name).startswith("ban chap hanh trung uong") for body in bodies)


def _equals(bodies: Sequence[Body]) -> bool:
    """Tell whether several bodies are of one rank by their first word: BỘ NỘI VỤ - BỘ TÀI CHÍNH."""
    first = {flat(body.name).split()[0] for body in bodies}
    return len(bodies) > 1 and len(first) == 1 and first <= {"bo", "so", "ban"}


def _bodies(lines: Sequence[Strip]) -> Iterator[Body]:
    group: list[tuple[str, Strip]] = []
    joined = False
    for line, text, beside in _names(lines):
        before = " ".join(part for part, _ in group)
        place = _LEVEL.search(flat(before)) and _PLACE.match(flat(text))
        if group and begins(text) and not _OPEN.search(flat(before)) and not place:
            yield _body(group, joined=joined)
            group, joined = [], beside or before.endswith(" -")
        group.append((text, line))
    if group:
        yield _body(group, joined=joined)


def _names(lines: Sequence[Strip]) -> Iterator[tuple[Strip, str, bool]]:
    """Yield the parts of a letterhead's lines, and whether a dash joins a part to the one before it."""
    for line in _printed(lines):
        for n, part in enumerate(_TWO_IN_A_LINE.split(line.text)):
            text = _cleaned(part)
            if sum(char.isalpha() for char in text) >= 2:
                beside = n > 0 or bool(_LED_BY_DASH.match(part))
                text = _spelt(text) if line.ocr else text
                yield line, f"{text} -" if re.search(r"\w\s?[-–]\W*$", part) else text, beside


def _printed(lines: Sequence[Strip]) -> list[Strip]:
    """Leave out what is no letterhead: the right column, signature boxes in small letters, an arrival stamp."""
    left = [line for line in lines if line.left is None or line.left < 0.42]
    capital = [line for line in left if _capitals(line.text) >= 0.7]
    kept = capital if any(begins(_cleaned(line.text)) for line in capital) else left
    stamp = max((i for i, line in enumerate(kept) if _STAMP.match(flat(line.text))), default=-1)
    return kept[stamp + 1 :] or kept


def _capitals(text: str) -> float:
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) / len(letters) if letters else 0.0


def _cleaned(text: str) -> str:
    """Return a line of a letterhead without specks: small letters around capitals, quotes, full stops in names."""
    other = _RIGHT_BLOCK.search(flat(text))
    words = bare(text[: other.start()] if other else text).split()
    if _capitals(text) >= 0.7:
        while len(words) > 1 and words[0].islower():
            words.pop(0)
        while len(words) > 1 and words[-1].islower():
            words.pop()
    joined = " ".join(words).strip("'\"“”‘’`«».:;|,")
    return re.sub(r"(?<=\w{3})[.:;|](?=\s)", "", joined)


def _spelt(text: str) -> str:
    """Return a name whose first word has the marks that it must have, its tone where it was put."""
    folded = f"{flat(text)} "
    first = next((name for name in _SPELT if folded.startswith(f"{flat(name)} ") and text.isupper()), None)
    if first is None or same_tones(text[: len(first)]) == same_tones(first):
        return text
    return first + text[len(first) :]


def _body(group: Sequence[tuple[str, Strip]], *, joined: bool) -> Body:
    name = " ".join(" ".join(text for text, _ in group).split())
    return Body(re.sub(r"\s-$", "", name), tuple(dict.fromkeys(line for _, line in group)), joined)


def begins(text: str) -> bool:
    """Tell whether a line begins the name of a body."""
    return f"{flat(text)} ".startswith(STARTS)
