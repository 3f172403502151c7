"""The foot of a dispatch: in whose name it is signed, the signer's position and name.

A signature is one line of authority or two (`TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`), the signer's
own position, and the name; a joint dispatch has one such block for each body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.annotations import Field, ZoneKind
from pipeline.document import Document, Span
from pipeline.models import Models
from pipeline.text.match import Gazetteer
from pipeline.text.people import is_name, person
from pipeline.text.strips import Strip, bare, over, strips
from pipeline.text.unicode import flat, same_tones

BY = "rule:signature"

_FORM = re.compile(
    r"^\W*(?P<form>t\s?[./,]?\s?m|k\s?[./,]?\s?t|t\s?[./,]?\s?l|t\s?[./]?\s?u\s?[./]?\s?q|q)(?P<dot>\s?[./,:;]+\s?|\s)(?=[^\W\d])"
)
_PLACES = ("tinh", "thanh pho", "huyen", "quan", "thi xa", "xa ", "phuong", "viet nam", "trung uong", "nhan dan")
_BODIES = (
    "uy ban", "ubnd", "hoi dong", "ban ", "bch", "so ", "bo ", "hoi ", "lien doan", "doan ", "mat tran", "dang uy",
    "huyen uy", "tinh uy", "thanh uy", "van phong", "cong doan", "truong ", "phong ", "quy ", "va ", "lien minh",
)  # fmt: skip
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
    known_position: bool = False
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
        confidence = 0.75 if any(signer.implied for signer in signers) else 0.92
        lines = [line for signer in signers for line in signer.authority_lines]
        yield _claim("signing_authority", [text for text, _ in authorities], lines, confidence - drop)
    positions = [signer for signer in signers if signer.position]
    if positions:
        confidence = 0.96 if all(signer.known_position for signer in positions) else 0.8
        lines = [line for signer in positions for line in signer.position_lines]
        yield _claim("signer_position", [signer.position or "" for signer in positions], lines, confidence - drop)
    named = [(signer.name, signer.name_line) for signer in signers if signer.name and signer.name_line]
    if named:
        known = all(is_name(name, models.family_names) for name, _ in named)
        yield _claim(
            "signer_name", [n for n, _ in named], [line for _, line in named], (0.94 if known else 0.75) - drop
        )


def read_signers(lines: Sequence[Strip], models: Models) -> tuple[Signer, ...]:
    """Read the lines of the foot into signatures, in reading order."""
    done: list[Signer] = []
    now = Signer()
    for line in lines:
        text = bare(line.text)
        if sum(char.isalpha() for char in text) < 2 or "da ky" in flat(text):
            continue
        authority = _authority(text)
        position = None if authority else read_position(text, models.positions)
        if (authority or position) and now.name:
            done.append(now)
            now = Signer()
        if authority:
            now = replace(now, authorities=(*now.authorities, authority), authority_lines=(*now.authority_lines, line))
        elif position:
            now = _with_position(now, position, line)
        else:
            now = _with_other(now, text, line, models)
    return tuple(signer for signer in (*done, now) if not signer.empty)


def _authority(text: str) -> str | None:
    """Return a line of authority with its sign mended (`TM, BAN` is `TM. BAN`), None for other lines."""
    match = _FORM.match(flat(text))
    if not match or not text[match.start("form")].isupper():
        return None
    form = re.sub(r"[\s.,]", "", text[match.start("form") : match.end("form")]).upper()
    rest = text[match.end("dot") :]
    if form == "Q" and match["dot"].strip() == "":
        return None
    dot = match["dot"]
    sign = "/" if "/" in dot else "." if set(dot) & set(".,:;") else ("." if "/" not in form else "")
    return f"{form}{sign}{' ' if dot.endswith(' ') or dot == ' ' else ''}{rest}"


def read_position(text: str, positions: Gazetteer) -> str | None:
    """Return the position on a line, without the seal's letters around it; None if there is none."""
    words = text.split()
    best: tuple[int, int, str] | None = None
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            entry = positions.find(" ".join(words[start:end]))
            if entry and (best is None or end - start > best[1] - best[0]):
                best = (start, end, entry.name)
    if best is None:
        near = positions.near(text, at_least=0.85) if len(text) >= 8 else None
        return near.name.upper() if near and text.isupper() else near.name if near else None
    start, end, name = best
    if any(_is_word(word) for word in words[:start]):
        return None
    read = " ".join(words[start:end])
    spelt = read if same_tones(read).casefold() == same_tones(name).casefold() else _cased(name, read)
    rest = words[end:]
    while rest and not _is_word(rest[-1]):
        rest.pop()
    return " ".join([spelt, *rest])


def _is_word(word: str) -> bool:
    letters = sum(char.isalpha() for char in word)
    return letters >= 2 and letters == len(word.strip(",.-&"))


def _cased(name: str, like: str) -> str:
    """Return a name in capitals if the reading was."""
    return name.upper() if like.upper() == like else name


def _with_position(now: Signer, position: str, line: Strip) -> Signer:
    if now.position is None:
        return replace(now, position=position, position_lines=(line,), known_position=True)
    if flat(position) == "pho " + flat(now.position):  # GIÁM ĐỐC over PHÓ GIÁM ĐỐC: KT. was written by hand or lost
        return replace(
            now,
            authorities=(*now.authorities, f"KT. {now.position}"),
            authority_lines=(*now.authority_lines, *now.position_lines),
            position=position,
            position_lines=(line,),
            implied=True,
        )
    return replace(now, position=f"{now.position} {position}", position_lines=(*now.position_lines, line))


def _with_other(now: Signer, text: str, line: Strip, models: Models) -> Signer:
    """Take a line that is neither authority nor position: a name, the rest of either, or a unit's label."""
    folded = flat(text) + " "
    if now.position and _RANK_OF_POSITION.match(folded) and not now.name:
        return replace(now, position=f"{now.position} {text}", position_lines=(*now.position_lines, line))
    if now.authorities and not now.position and not now.name and folded.startswith((*_PLACES, *_BODIES)):
        last = f"{now.authorities[-1]} {text}"
        return replace(now, authorities=(*now.authorities[:-1], last), authority_lines=(*now.authority_lines, line))
    name = person(text, models.family_names)
    if name and (now.name is None or not is_name(now.name, models.family_names)):
        return replace(now, name=name, name_line=line)
    if not now.authorities and not now.position and folded.startswith(_BODIES):
        return replace(now, label=f"{now.label} {text}".strip())
    return now


def _leading_first(signers: Sequence[Signer], agencies: str) -> tuple[Signer, ...]:
    """Order the signatures as the bodies stand in the head."""
    head = flat(agencies)

    def place(signer: Signer) -> int:
        words = re.findall(r"\w{3,}", flat(" ".join((*signer.authorities, signer.label))))
        pairs = [" ".join(pair) for pair in pairwise(words)]
        found = [head.find(pair) for pair in pairs if head.find(pair) >= 0]
        return max(set(found), key=found.count) if found else len(head)

    return tuple(sorted(signers, key=place))


def _claim(name: str, values: Iterable[str], lines: Sequence[Strip], confidence: float) -> Field:
    span: Span = over(lines)
    return Field(span=span, confidence=round(confidence, 3), by=BY, name=name, value="; ".join(values))
