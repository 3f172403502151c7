"""The foot of a dispatch: in whose name it is signed, the signer's position and name.

A signature is one line of authority or two (`TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`), the signer's
own position, and the name; a joint dispatch has one such block for each body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.annotations import Field, ZoneKind
from pipeline.document import Document, Span
from pipeline.models import Models
from pipeline.text.match import Entry, Gazetteer
from pipeline.text.people import is_name, person
from pipeline.text.strips import Strip, bare, over, strips
from pipeline.text.unicode import flat, same_tones
from pipeline.text.wording import capitals

BY = "rule:signature"

_FORM = re.compile(
    r"^\W*(?P<form>t\s?[./,]?\s?m|k\s?[./,]?\s?t|t\s?[./,]?\s?l|t\s?[./]?\s?u\s?[./]?\s?q|q)(?P<dot>\s?[./,:;]+\s?|\s)(?=[^\W\d])"
)
_PLACES = ("tinh", "thanh pho", "huyen", "quan", "thi xa", "xa ", "phuong", "viet nam", "trung uong", "nhan dan")
_BODIES = (
    "uy ban", "ubnd", "hoi dong", "ban ", "bch", "so ", "bo ", "hoi ", "lien doan", "doan ", "mat tran", "dang uy",
    "huyen uy", "tinh uy", "thanh uy", "van phong", "cong doan", "truong ", "phong ", "quy ", "va ", "lien minh",
)  # fmt: skip
_NOT_SIGNED = re.compile(r"\bda ky\b|^\W*luu\b|^\W*noi nh")
_EDGE = "'\"“”‘’`«»<>[]{}()|=~^*_—–"
_SEAL = re.compile(r"[~^<>{}|\\=]")
_OFF_CENTRE = 0.6  # of the width that a lost PHÓ leaves, by which a position stands to the right of two other lines
_OFF_ONE = 1.2  # … of one alone: names and positions are rubber stamps, and lie apart by most of that width
_SOLE_HEADS = {
    f"phó {head.casefold()}": head
    for head in (
        "Giám đốc", "Tổng Giám đốc", "Hiệu trưởng", "Trưởng phòng", "Trưởng khoa", "Cục trưởng", "Chi cục trưởng",
        "Tổng Cục trưởng", "Vụ trưởng", "Viện trưởng", "Chánh án", "Chánh Thanh tra", "Thủ tướng", "Thống đốc",
    )
} | {"thứ trưởng": "Bộ trưởng"}  # fmt: skip
"""Deputies of whoever leads alone, with the head's position: no committee stands above them."""
_PARTY = re.compile(r"^\W*dai dien\b(?! theo phap luat\b)\W*\w")
"""A line that names a party of a contract above its signature: ĐẠI DIỆN BÊN A."""
_WRITES_DOWN = re.compile(r"^(?:thu ky|nguoi (?:ghi|lap)\b.*)")
"""Who writes minutes down; the chair signs them."""
_RANK_OF_POSITION = re.compile(r"^(?:thuong truc|thu nhat|phu trach|chuyen trach)\b")


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: lines of authority, position and name with their lines; `label` is a unit's name above."""

    authorities: tuple[str, ...] = ()
    position: str | None = None
    name: str | None = None
    label: str = ""
    authority_lines: tuple[Strip, ...] = ()
    position_lines: tuple[Strip, ...] = ()
    name_line: Strip | None = None
    implied: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was read."""
        return not (self.authorities or self.position or self.name)


def extract(doc: Document, models: Models) -> Iterator[Field]:
    """Yield a claim for each part of the signature; several signers are joined, the leading body first."""
    signers = read_signers(strips(doc, ZoneKind.SIGNATURE), models)
    if len(signers) > 1:
        signers = _leading_first(signers, " ".join(line.text for line in strips(doc, ZoneKind.AGENCY)))
    drop = 0.0 if len(signers) == 1 else 0.12
    authorities = [(text, signer) for signer in signers for text in signer.authorities]
    if authorities:
        lines = [line for signer in signers for line in signer.authority_lines]
        confidence = 0.75 if any(text.startswith("KT. ") and signer.implied for text, signer in authorities) else 0.92
        yield _claim("signing_authority", [text for text, _ in authorities], lines, confidence - drop)
    positions = [signer for signer in signers if signer.position]
    if positions:
        printed = not any(line.ocr for signer in positions for line in signer.position_lines)
        confidence = 0.98 if printed else 0.8 if any(signer.implied for signer in positions) else 0.94
        lines = [line for signer in positions for line in signer.position_lines]
        yield _claim("signer_position", [signer.position or "" for signer in positions], lines, confidence - drop)
    named = [(signer.name, signer.name_line) for signer in signers if signer.name and signer.name_line]
    if named:
        confidence = min(_name_confidence(name, line, models) for name, line in named)
        yield _claim("signer_name", [n for n, _ in named], [line for _, line in named], confidence - drop)


def _name_confidence(name: str, line: Strip, models: Models) -> float:
    """Return how often such a name is right: under a seal the family name goes lost, and Hoàng may be a middle name."""
    if not line.ocr:
        return 0.98
    return 0.94 if is_name(name, models.family_names) and len(name.split()) > 2 else 0.7


def read_signers(lines: Sequence[Strip], models: Models) -> tuple[Signer, ...]:
    """Read the lines of the foot into signatures, in reading order."""
    done: list[Signer] = []
    now = Signer()
    for line in lines:
        text = _cleaned(line.text)
        if sum(char.isalpha() for char in text) < 2 or _NOT_SIGNED.search(flat(text)):
            continue
        authority = _authority(text, models, ocr=line.ocr)
        stands_for = authority or _PARTY.match(flat(text))
        position = (
            None
            if stands_for
            else _cut_deputy(text, now, ocr=line.ocr) or read_position(text, models.positions, ocr=line.ocr)
        )
        if now.name and (authority or position or _heads_another(text, now.name, models)):
            done, now = _next(done, now)
        if authority:
            now = replace(now, authorities=(*now.authorities, authority), authority_lines=(*now.authority_lines, line))
        elif position:
            now = _with_position(now, position, line)
        else:
            now = _with_other(now, text, line, models)
    found = [_with_lost_authority(_with_lost_deputy(signer)) for signer in (*done, now) if not signer.empty]
    return _without_clerk(found)


def _without_clerk(signers: Sequence[Signer]) -> tuple[Signer, ...]:
    """Leave out who wrote minutes down, where somebody else signs them too."""
    chairs = tuple(signer for signer in signers if not _WRITES_DOWN.match(flat(signer.position or "")))
    return chairs or tuple(signers)


def _next(done: list[Signer], now: Signer) -> tuple[list[Signer], Signer]:
    """Begin the next signature; what looked like a name above the position was the seal's ring."""
    alone = now.position is None and not now.label
    return (done, replace(now, name=None, name_line=None)) if alone else ([*done, now], Signer())


def _heads_another(text: str, name: str, models: Models) -> bool:
    """Tell whether a line below a name is the next body's, in capitals, over a signature of its own."""
    body = bool(_PARTY.match(flat(text))) or flat(text).startswith(_BODIES)
    return body and capitals(text) and _syllables(text, models) and is_name(name, models.family_names)


def _cleaned(text: str) -> str:
    """Return a line without specks and quotes, which are what a seal's edge is read as."""
    words = (max(_SEAL.split(word.strip(_EDGE)), key=len).strip(_EDGE) for word in text.split())
    return bare(" ".join(word for word in words if word))


def _authority(text: str, models: Models, *, ocr: bool) -> str | None:
    """Return a line of authority with its sign mended (`TM, BAN` is `TM. BAN`), None for other lines."""
    match = _FORM.match(flat(text))
    if not match or not text[match.start("form") : match.end("form")].isupper():
        return None
    form = re.sub(r"[\s.,]", "", text[match.start("form") : match.end("form")])
    dot = match["dot"]
    if form == "Q" and not dot.strip():
        return None
    rest = text[match.end("dot") :]
    sign = "/" if "/" in dot else "" if "/" in form else "."
    return f"{form}{sign}{' ' if dot.endswith(' ') else ''}{_whom(rest, models) if ocr else rest}"


def _whom(text: str, models: Models) -> str:
    """Return for whom is signed, a known body or position in front rightly spelt, a seal's letters behind left out."""
    words = text.split()
    for length in range(len(words), 0, -1):
        read = " ".join(words[:length])
        near = [
            known.near(read, at_least=0.88 if len(read) >= 8 else 1.0)
            for known in (models.positions, models.signing_bodies)
        ]
        entry = next((entry for entry in near if entry and len(_spelt(entry, read).split()) == length), None)
        if entry is None:
            continue
        rest = words[length:]
        while rest and _is_noise(rest[-1], ocr=True):
            rest.pop()
        return " ".join([_spelt(entry, read), *rest])
    return text


def read_position(text: str, positions: Gazetteer, *, ocr: bool) -> str | None:
    """Return the position on a line; what OCR misread is spelt rightly, a seal's letters around it left out."""
    words = text.split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            read = " ".join(words[start : start + length])
            entry = positions.find(read) or (positions.near(read, at_least=0.83) if ocr and _misread(read) else None)
            if entry is None:
                continue
            if not all(_is_noise(word, ocr=ocr) for word in words[:start]):
                return None
            rest = words[start + length :]
            while rest and _is_noise(rest[-1], ocr=ocr):
                rest.pop()
            return " ".join([_spelt(entry, read) if ocr else read, *rest])
    return None


def _cut_deputy(text: str, now: Signer, *, ocr: bool) -> str | None:
    """Return PHÓ GIÁM ĐỐC where a seal or a pen left PHÓ GIÁM of it, below GIÁM ĐỐC."""
    if not ocr or now.position is None or now.name or not capitals(text):
        return None
    folded, whole = flat(text).strip(" ,.-"), f"pho {flat(now.position)}"
    cut = folded.startswith("pho ") and len(folded) > len("pho ") + 2 and whole.startswith(folded)
    return f"{_cased('Phó', text)} {now.position}" if cut else None


def _spelt(entry: Entry, read: str) -> str:
    """Return a reading as it stands where only the place of a tone differs, else the nearest of the entry's names."""
    name = max((entry.name, *entry.aliases), key=lambda one: fuzz.ratio(flat(one), flat(read)))
    return _cased(read if same_tones(read).casefold() == same_tones(name).casefold() else name, read)


def _misread(read: str) -> bool:
    """Tell whether a reading may be a misread position: they are printed in capitals, and names of people are not."""
    return len(read) >= 8 and capitals(read)


def _is_noise(word: str, *, ocr: bool) -> bool:
    """Tell what a seal's edge is read as from words: signs, single letters, on scans short or mixed ones."""
    letters = word.strip(",.-&")
    if sum(char.isalpha() for char in letters) < max(2, len(letters)):
        return True
    return ocr and (len(letters) <= 2 or not (letters.isupper() or letters.islower() or letters[1:].islower()))


def _cased(name: str, like: str) -> str:
    """Return a name in capitals if the reading was, but for a speck."""
    return name.upper() if capitals(like) else name


def _with_position(now: Signer, position: str, line: Strip) -> Signer:
    if now.position is None:
        return replace(now, position=position, position_lines=(line,))
    twice = flat(position) == flat(now.position) and line.ocr and not now.authorities
    if twice:  # the PHÓ of a rubber stamp that overlaps the printed line is lost
        position = f"{_cased('Phó', position)} {position}"
    if flat(position) == "pho " + flat(now.position):  # GIÁM ĐỐC over PHÓ GIÁM ĐỐC: KT. was written by hand or lost
        return _standing_in(replace(now, position=position, position_lines=(line,)), now.position, now.position_lines)
    if "pho " + flat(position) == flat(now.position) and line.ocr and not now.authorities:  # the stamp lies above
        return _standing_in(now, position, (line,))
    return now  # below TRƯỞNG BAN stands what else the signer is: GIÁM ĐỐC SỞ …


def _standing_in(signer: Signer, head: str, lines: tuple[Strip, ...]) -> Signer:
    """Return a deputy who signs for the head, whose position stands on the lines."""
    authorities = (*signer.authorities, f"KT. {head}")
    return replace(signer, authorities=authorities, authority_lines=(*signer.authority_lines, *lines), implied=True)


def _with_other(now: Signer, text: str, line: Strip, models: Models) -> Signer:
    """Take a line that is neither authority nor position: a name, the rest of either, or a unit's label."""
    folded = flat(text) + " "
    if now.position and _RANK_OF_POSITION.match(folded) and not now.name:
        return replace(now, position=f"{now.position} {text}", position_lines=(*now.position_lines, line))
    goes_on = folded.startswith((*_PLACES, *_BODIES)) and (not line.ocr or _syllables(text, models))
    if goes_on and now.authorities and not now.position and not now.name:
        last = f"{now.authorities[-1]} {text}"
        return replace(now, authorities=(*now.authorities[:-1], last), authority_lines=(*now.authority_lines, line))
    name = person(text, models.family_names, ocr=line.ocr)
    if name and (now.name is None or _likeness(name, models) >= _likeness(now.name, models)):
        return replace(now, name=name, name_line=line)
    names_body = _PARTY.match(folded) or folded.startswith(_BODIES)
    if not now.name and not (now.authorities and not now.position) and names_body and capitals(text):
        return replace(now, label=f"{now.label} {text}".strip())
    return now


def _syllables(text: str, models: Models) -> bool:
    """Tell words from what is read out of a seal: capitals that are Vietnamese syllables or known codes."""
    words = re.findall(r"[^\W\d_]+", text)
    return capitals(text) and all(same_tones(w.casefold()) in models.lexicon or models.codes.is_known(w) for w in words)


def _likeness(name: str, models: Models) -> tuple[bool, bool]:
    """Return how much words in capitals look like a person's name."""
    return is_name(name, models.family_names), len(name.split()) > 2


def _with_lost_authority(signer: Signer) -> Signer:
    """Return a deputy with the KT. that a stamp or a pen hides: who stands below a sole head signs for that head.

    Nghị định 30/2020/NĐ-CP, điều 13, as Thông tư 01/2011/TT-BNV before it; only where OCR read the line.
    """
    head = _SOLE_HEADS.get(same_tones(signer.position or "").casefold())
    if head is None or signer.authorities or not signer.position_lines[0].ocr:
        return signer
    return _standing_in(signer, _cased(head, signer.position or ""), signer.position_lines)


def _with_lost_deputy(signer: Signer) -> Signer:
    """Return a signer with the PHÓ that a seal hides: who signs for the head (KT.) cannot be the head.

    Where no KT. says so, the place does: lines of a signature are centred, and a position without
    its first word stands to the right of the others.
    """
    if signer.position is None or not signer.position_lines[0].ocr or flat(signer.position).startswith("pho "):
        return signer
    heads = {_FORM.sub("", flat(text)).strip() for text in signer.authorities if flat(text).startswith("k")}
    if flat(signer.position) in heads or (not heads and _off_centre(signer)):
        return replace(signer, position=f"{_cased('Phó', signer.position)} {signer.position}", implied=True)
    return signer


def _off_centre(signer: Signer) -> bool:
    others = [line.box for line in (*signer.authority_lines[:1], signer.name_line) if line and line.box]
    box = signer.position_lines[0].box
    if box is None or not others:
        return False
    lost = box.width * 4 / max(4, len(signer.position or ""))  # "PHÓ " in letters of this line
    least = _OFF_CENTRE if len(others) > 1 else _OFF_ONE
    return all(box.x0 + box.x1 - other.x0 - other.x1 > least * lost for other in others)


def _leading_first(signers: Sequence[Signer], agencies: str) -> tuple[Signer, ...]:
    """Order the signatures as the bodies stand in the head."""
    head = flat(agencies)

    def place(signer: Signer) -> int:
        words = re.findall(r"\w+", flat(" ".join((*signer.authorities, signer.label))))
        pairs = [" ".join(pair) for pair in pairwise(words)]
        found = [head.find(pair) for pair in pairs if head.find(pair) >= 0]
        return max(set(found), key=found.count) if found else len(head)

    return tuple(sorted(signers, key=place))


def _claim(name: str, values: Iterable[str], lines: Sequence[Strip], confidence: float) -> Field:
    span: Span = over(lines)
    return Field(span=span, confidence=round(confidence, 3), by=BY, name=name, value="; ".join(values))
