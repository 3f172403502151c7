"""Mentions of named movements in a text: a kind word, and the name in quotes, known, or in capitals after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Span as Phrase
from spacy.util import filter_spans

from pipeline.text.names import aligned, words

_OPEN, _CLOSE = "“\"«‹„″‘", "”\"»›“″’"
_QUOTED = re.compile(rf"[{_OPEN}]\s*(?P<name>[^“”\"«»‹›„″‘’]{{2,250}}?)\s*[{_CLOSE}]")
_BETWEEN = re.compile(rf"\s*[.…]*\s*(?:[,;/]|[,;]?\s*\b(?:va|cung|hoac)\b|[,;]\s*(?:cac|voi)\b)?\s*(?=[{_OPEN}])")
_GAP_LETTERS = 70
_PLAIN_GAP = re.compile(r"\s*[:*]?\s*(?:(?:co|voi|theo|mang)\s+(?:chu de|ten goi|ten|noi dung|tieu de)\s*(?:la)?\s*:?)?\s*")
_NOT_IN_GAP = re.compile(
    r"[.;!?()]|\b(?:danh hieu|guong|giai thuong|giai|bang khen|giay khen|ky niem chuong|huy hieu|co thi dua|khau hieu|phuong"
    r" cham|tinh than|de an|du an|ke hoach|chi thi|nghi quyet|ket luan|quyet dinh|cong van|thong tu|luat|mo hinh|cau lac bo|quy"
    r"|cum tu|hoi thi|cuoc thi|tieu chuan|tieu chi|dai hoi|hoi nghi|le|bai|muc tieu|cong trinh|phong trao|cuoc van dong)\b"
)
_COMMA_LED = re.compile(r"(?:chu de|ten goi|mang ten|noi dung|:)\s*$")
_DESCRIBES = re.compile(r"\s*(?:xay dung|ren luyen|hoc tap|nang cao|giu gin|bao ve|phat huy|noi khong)\b")
_NO_KIND_BEFORE = {
    "thi dua": re.compile(
        r"(?:danh hieu|hoi dong|ban|cong tac|co|chien si|khoi|cum|giao uoc|tieu chi|noi dung|luat|ve|nganh|to chuc|ket qua"
        r"|dang ky|phat dong|thuc hien|tong ket|so ket|khen thuong|,)\s*$"
    ),
    "phong trao": re.compile(r"\bban\s*$"),
}
_ASIDE = re.compile(r"\([^()]*\b(?:goi|viet tat|goi tat)\b[^()]*$")
_LEADING_KIND = re.compile(
    r"\W*(?P<kind>(?:phong trao(?: thi dua)?|dot thi dua|cuoc van dong|chuong trinh)(?: yeu nuoc)?)\s+(?=\w)"
)
_GENERIC = re.compile(
    r"(?:chien si thi dua|lao dong tien tien|tap the lao dong|co thi dua|nguoi tot,? viec tot|dien hinh tien tien|giay khen"
    r"|bang khen|huan chuong|gia dinh van hoa|don vi quyet thang|(?:phong trao )?thi dua(?: yeu nuoc)?|thi dua,? khen thuong"
    r"|thi dua la yeu nuoc.*|phong trao|cuoc van dong|ba phong trao)$"
)
_UNQUOTED = re.compile(r"\s+(?=[A-ZÀ-ỸĐ][a-zà-ỹ]*\s+[a-zà-ỹ0-9])")
_ENDS = re.compile(
    rf"[;.:()\[\]{_OPEN}{_CLOSE}]|\s[-–]\s(?=[a-z])|\b(?:cua|do|trong|gan voi|gan|giai doan|nam \d|nam hoc|nhiem ky|tai|theo"
    r"|duoc|da|nham|voi|tiep tuc|tren|de|la|gop phan|tu ngay|den nay|tinh|huyen|toan tinh|boi|khi|ma|nhung|cung|dat|co)\b"
    r"|,\s*(?:gop|nham|gan|trong|cac|do|duoc|da|voi|tiep|tang|day|nang|phat|thuc|cuoc|phong|mua|to|tu|den|la|va|cung|dong|dac"
    r"|nhat|tuyen|trien|huong|tham|van dong|ket qua|thu hut|chu|phan dau)\b"
)
_BODY_FIRST = re.compile(
    r"(?:cong doan|doan|hoi|tinh|huyen|dang|so|bo|ubnd|uy ban|thi dua|cnvclđ|cnvcld|cnvc|mat tran|quan doi|cong an|nay|phu nu"
    r" va|thanh nien va|hanh dong)\b"
)
_UNQUOTED_WORDS = range(4, 22)
_LAUNCHES = re.compile(r"phat dong\s+(?:va\s+\w+\s+\w+\s+)?(?:mot\s+|cac\s+|thuc hien\s+|to chuc\s+)?$")
_LAUNCHED_BY = re.compile(r"\W{0,3}(?:\([^)]*\)\s*)?do\s+(?P<by>[^.;“”\"()]{3,90}?)\s+(?:da\s+)?phat dong\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in a text: its offsets, its kind, whether `phát động` leads it and who launched it."""

    name: str
    start: int
    end: int
    kind: str
    quoted: bool
    launching: bool = False
    launched_by: str | None = None


def mentions(text: str, nlp: Language) -> Iterator[Mention]:
    """Yield every named movement, campaign and programme of a text, in order."""
    folded = aligned(text)
    phrases = nlp(folded).spans["names"]
    known = {p.start_char: p for p in filter_spans([p for p in phrases if p.label_ == "MOVEMENT"])}
    done = 0
    for anchor in filter_spans([p for p in phrases if p.label_ == "MOVEMENT_KIND"]):
        if anchor.start_char < done or not _names_something(anchor, folded):
            continue
        found = list(_quoted(text, folded, anchor) or _unquoted(text, folded, anchor, known))
        launching = bool(_LAUNCHES.search(folded[: anchor.start_char]))
        by = _LAUNCHED_BY.match(folded, found[-1].end) if found else None
        for mention in found:
            yield Mention(
                mention.name,
                mention.start,
                mention.end,
                mention.kind,
                mention.quoted,
                launching,
                text[by.start("by") : by.end("by")] if by else None,
            )
            done = mention.end


def _names_something(anchor: Phrase, folded: str) -> bool:
    """Tell a kind word before a name from the same words in another use (`Ban Phong trào`, `công tác thi đua`)."""
    before = folded[max(0, anchor.start_char - 60) : anchor.start_char]
    other = _NO_KIND_BEFORE.get(anchor.text)
    return not (other and other.search(before)) and not _ASIDE.search(before)


def _quoted(text: str, folded: str, anchor: Phrase) -> list[Mention]:
    """Return the names in quotes after a kind word; one kind word may lead a list of them."""
    first = _QUOTED.search(text, anchor.end_char, anchor.end_char + _GAP_LETTERS + 260)
    if first is None or not _leads(anchor, folded[anchor.end_char : first.start()]):
        return []
    found = []
    gap = text[anchor.end_char : first.start()]
    match: re.Match[str] | None = first
    while match:
        start, end, kind = match.start("name"), match.end("name"), anchor.id_
        inner = _LEADING_KIND.match(folded, start, end)
        if inner:
            start = inner.end()
            kind = _kind_of(inner["kind"])
        name = text[start:end].replace("*", "").strip(" ,;.:")
        if match is first and _DESCRIBES.match(aligned(gap)):
            start, end = anchor.end_char + len(gap) - len(gap.lstrip()), match.end()
            name = " ".join(text[start:end].replace("*", "").split())
        if is_name(name):
            found.append(Mention(name, start, end, kind, quoted=True))
        joint = _BETWEEN.match(folded, match.end())
        match = _QUOTED.match(text, joint.end()) if joint else None
    return found


def _leads(anchor: Phrase, gap: str) -> bool:
    """Tell whether what stands between a kind word and a quote lets the quote be the name."""
    gap = gap.replace("*", " ")
    if _PLAIN_GAP.fullmatch(gap):
        return True
    if anchor.id_ == "programme" or anchor.text == "thi dua" or len(gap) > _GAP_LETTERS:
        return False
    if _NOT_IN_GAP.search(gap):
        return False
    return "," not in gap or bool(_COMMA_LED.search(gap)) or bool(_DESCRIBES.match(gap))


def _unquoted(text: str, folded: str, anchor: Phrase, known: dict[int, Phrase]) -> list[Mention]:
    """Return the name without quotes after a kind word: one of the gazetteer, or one that begins with a capital."""
    if anchor.text == "thi dua":
        return []
    start = anchor.end_char + 1
    phrase = known.get(start)
    if phrase is not None:
        return [Mention(text[start : phrase.end_char], start, phrase.end_char, anchor.id_, quoted=False)]
    if anchor.id_ == "programme" or not _UNQUOTED.match(text, anchor.end_char) or _BODY_FIRST.match(folded, start):
        return []
    stop = _ENDS.search(folded, start)
    end = stop.start() if stop else len(text)
    name = text[start:end].strip(" ,-–")
    if len(words(name)) not in _UNQUOTED_WORDS or not is_name(name):
        return []
    return [Mention(name, start, start + len(name), anchor.id_, quoted=False)]


def is_name(name: str) -> bool:
    """Tell a proper name from a generic phrase, an award or a title."""
    bare = " ".join(words(name))
    return 2 <= len(bare.split()) <= 45 and not _GENERIC.match(bare)


def _kind_of(word: str) -> str:
    if word.startswith("cuoc van dong"):
        return "campaign"
    return "programme" if word.startswith("chuong trinh") else "movement"
