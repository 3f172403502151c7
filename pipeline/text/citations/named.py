"""Documents known by name instead of number: laws, codes and ordinances, and what a dispatch is grounded on.

A law's name ends where a national law of that name ends (`gazetteers/laws.tsv`), or, for a law that is
not on the list, at the first word or mark that no name goes on with.

    >>> from pipeline import models
    >>> names = Names(models.load().laws)
    >>> text = "Căn cứ Luật Thi đua, khen thưởng và các văn bản hướng dẫn thi hành;"
    >>> [text[one.start:one.end] for one in names.find(text)]
    ['Luật Thi đua, khen thưởng']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.text.match import Gazetteer
from pipeline.text.unicode import flat, same_tones


@dataclass(frozen=True, slots=True)
class Named:
    """A document's name at `text[start:end]`, from its type on."""

    start: int
    end: int
    type_name: str


_LAW = re.compile(
    r"(?<!phap )(?<!\bky )(?<!quy )(?<!dinh )(?<!hoi )(?<!\w)"
    r"(?P<type>bo luat|luat|phap lenh|hien phap)(?=\s)(?!\s(?:su|nay|tren|do)\b)"
)
_TYPES = {"bo luat": "Bộ luật", "luat": "Luật", "phap lenh": "Pháp lệnh", "hien phap": "Hiến pháp"}
_AMENDING = re.compile(
    r"\ssua doi,?\s(?:va\s)?bo su?ng\s(?:mot so dieu|cac dieu|dieu \d+)?\s?(?:cua\s)?(?:cac\s)?"
    r"(?=luat|bo luat|phap lenh)"
)
_OF_THE_STATE = re.compile(r"(?:\snuoc)?(?:\s(?:cong hoa xa hoi chu nghia|chxhcn))?\sviet nam\b")
_AND_LAW = re.compile(r"\s?(?:,|va|;)\s(?=(?:bo luat|luat|phap lenh)\s[a-z])")
_STOP = re.compile(
    r"\s*(?:[;:.()\[\]“”\"/,]|\b(?:ngay|nam\s(?:19|20)|so\s?\d|so:|dieu \d|khoan \d|"
    r"va (?:cac|van ban|nghi|thong|luat|bo luat|phap lenh|quyet|huong|quy|theo)|"
    r"duoc|da|hien hanh|tai|theo|de|cua quoc hoi|nay|se|thi|ve|nhu|trong|tren|den|do|co|la|quy dinh|voi|gan|cho|khi|"
    r"vao|phai|khong|gom|bao gom|toi|hoac|nham|neu|nhung|dam bao|bao dam|ban hanh|moi|sua doi|sau|truoc|tu ngay|boi)\b)"
)
_SPELLED = {
    "ve": "về", "da": "đã", "tai": "tại", "de": "để", "thi": "thì", "moi": "mới", "gan": "gắn", "la": "là",
    "toi": "tới", "co": "có", "se": "sẽ", "do": "do", "sau": "sau", "den": "đến", "tren": "trên", "theo": "theo",
    "vao": "vào",
}  # fmt: skip
"""Words that end a name only with these marks."""

_DATED = re.compile(r",?\s(?:so\s?\d|ngay\s?\d|nam\s(?:19|20)\d\d)")
_FIXED_STOP = re.compile(
    r"\s*(?:[;:()]|(?<=\w)\.|,(?!\s(?:khen thuong|giai quyet)\b)|\b(?:ngay|nam\s(?:19|20)|so\s?\d|ve viec|"
    r"va (?:cac|luat|nghi|ke|huong|chi|chuong|thong)|de|nhiem ky|giai doan|kem theo|ban hanh|duoc|da)\b)"
)

_OTHER = re.compile(r"(?<!\w)(?P<type>nghi quyet(?=\sdai hoi)|dieu le(?=\s)|quy che(?=\s)|bien ban(?=\s))")
_OTHER_TYPES = {"nghi quyet": "Nghị quyết", "dieu le": "Điều lệ", "quy che": "Quy chế", "bien ban": "Biên bản"}
_LEAD = re.compile(
    r"(?:^|[;.:]\s*)\W*(?:(?:de|nham|tiep tuc)\s)*(?:can cu(?:\svao)?|thuc hien(?:\sthang loi|\stot)?|"
    r"trien khai(?:\sthuc hien)?|theo|quan triet)\s(?:noi dung\s|tinh than\s|quy dinh (?:tai|cua)\s)?$"
)
_LONGEST = 160


@dataclass(frozen=True)
class Names:
    """The national laws by name."""

    laws: Gazetteer

    def find(self, text: str) -> Iterator[Named]:
        """Yield the documents that a passage names, in order, none inside another."""
        plain = flat(text)
        taken = 0
        for match in sorted((*_LAW.finditer(plain), *_OTHER.finditer(plain)), key=re.Match.start):
            if match.start() < taken:
                continue
            end = self._law(text, plain, match) if match.re is _LAW else _other(text, plain, match, taken)
            if end:
                taken = end
                types = _TYPES if match.re is _LAW else _OTHER_TYPES
                yield Named(match.start(), end, types[match["type"]])

    def _law(self, text: str, plain: str, match: re.Match[str]) -> int | None:
        """Return where the law's name ends, or None if it has none."""
        if match["type"] == "hien phap":
            state = _OF_THE_STATE.match(plain, match.end())
            return (state.end() if state else match.end()) if text[match.start()].isupper() else None
        amending = _AMENDING.match(plain, match.end())
        if not amending:
            return self._name(text, plain, match.end())
        end = self._name(text, plain, amending.end() + len(_first_type(plain, amending.end())))
        while end and (more := _AND_LAW.match(plain, end)):
            following = self._name(text, plain, more.end() + len(_first_type(plain, more.end())))
            if following is None:
                break
            end = following
        return end

    def _name(self, text: str, plain: str, start: int) -> int | None:
        """Return where the name that follows the type's word ends."""
        begin = start + 1
        known = self._known.match(plain, begin)
        if known:
            return known.end()
        stops = (stop.start() for stop in _STOP.finditer(plain, begin, begin + _LONGEST) if _stops(text, stop))
        end = next(stops, min(len(plain), begin + _LONGEST))
        sure = text[begin : begin + 1].isupper() or (text[start - 1].islower() and _DATED.match(plain, end))
        return end if sure and end - begin >= 3 else None

    @cached_property
    def _known(self) -> re.Pattern[str]:
        names = {name for entry in self.laws.entries for name in (entry.name, *entry.aliases)}
        spelled = (r",?\s?".join(re.escape(word) for word in re.split(r",?\s", flat(name))) for name in names)
        return re.compile(rf"(?:{'|'.join(sorted(spelled, key=len, reverse=True))})(?!\w)")


def _stops(text: str, stop: re.Match[str]) -> bool:
    """Tell `về` from the `vệ` of a name."""
    word = text[stop.start() : stop.end()].strip()
    spelled = _SPELLED.get(flat(word))
    return spelled is None or same_tones(word.casefold()) == spelled


def _first_type(plain: str, at: int) -> str:
    found = _LAW.match(plain, at)
    return found["type"] if found else ""


def _other(text: str, plain: str, match: re.Match[str], taken: int) -> int | None:
    """Return where the name of another document ends, if the dispatch is grounded on it."""
    if not text[match.start()].isupper():
        return None
    grounded = _LEAD.search(plain, max(0, match.start() - 60), match.start())
    between = re.sub(r"\b(?:ngay|nam|thang|va cac van ban huong dan(?: thi hanh)?)\b", "", plain[taken : match.start()])
    listed = taken and re.fullmatch(r"[\s;,.\d/]*(?:va\s)?", between)
    if not (grounded or listed):
        return None
    stop = _FIXED_STOP.search(plain, match.end(), match.start() + _LONGEST)
    end = stop.start() if stop else min(len(plain), match.start() + _LONGEST)
    issued_with = re.match(r"\s*(?:duoc |da duoc )?ban hanh (?:kem )?theo\b", plain[end:])
    words = len(plain[match.end() : end].split())
    return end if words >= 3 and not issued_with else None
