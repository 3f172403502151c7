"""Mentions of named movements in a text: a kind word, and the name in quotes, known, or in capitals after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extract.movements.launching import Launch, launch, launched_behind
from pipeline.text.names import aligned, words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as Phrase

_OPEN, _CLOSE = '“"«‹„″‘', '”"»›“″’'
_INSIDE = r"[^“”\"«»‹›„″‘’"
_QUOTED = re.compile(
    rf"(?:''|[{_OPEN}]|(?<=\s)”(?=\w))\s*(?:(?P<name>{_INSIDE}]{{2,250}}?)\s*(?:''|[{_CLOSE}])|(?P<unclosed>{_INSIDE};:.!?()]{{2,120}})"
    r"(?=[;:.!?()]|$))|(?<=\s)'(?P<single>[A-ZĐÀ-Ỹ][^'“”\"]{3,120}?)'(?=[\s,;:.)]|$)"
)
_OF = r"(?:\s*\b(?:cua|o|tai|trong)\s+[^.,;:()“”\"«»]{2,45}?(?=\s*(?:[,;]|va\b)))?"  # “A” của Hội …, “B” của Đoàn …
_BETWEEN = re.compile(rf"{_OF}\s*[.…]*\s*(?:[,;/]|[,;]?\s*\b(?:va|cung|hoac)\b|[,;]\s*(?:cac|voi)\b)?\s*(?=[{_OPEN}])")
_SEVERAL_KINDS = re.compile(r"\b(?:phong trao(?: thi dua)?|cuoc van dong)\s*(?:,|va|/)\s*(?:cac\s+)?$")
_GAP_LETTERS = 70
_PLAIN_GAP = re.compile(
    r"\s*(?:chuyen de|cao diem|nuoc rut|ngan ngay|dac biet)?\s*[:*(]?\s*"
    r"(?:(?:co|voi|theo|mang)\s+(?:chu de|ten goi|ten|noi dung|tieu de)\s*(?:la)?\s*:?)?\s*"
)
_NOT_IN_GAP = re.compile(
    r"[.;!?()]|\b(?:danh hieu|guong|giai thuong|giai|bang khen|giay khen|ky niem chuong|huy hieu|co thi dua"
    r"|khau hieu|phuong cham|tinh than|de an|du an|ke hoach|chi thi|nghi quyet|ket luan|quyet dinh|cong van|thong tu"
    r"|luat|mo hinh|cau lac bo|quy|cum tu|chao mung|ky niem|hoi thi|cuoc thi|tieu chuan|tieu chi|dai hoi|hoi nghi|le"
    r"|bai|muc tieu|cong trinh|phong trao|cuoc van dong|chuong trinh|chien dich)\b"
)
_COMMA_LED = re.compile(r"(?:chu de|ten goi|mang ten|noi dung|:)\s*$")
_DESCRIBES = re.compile(r"\s*(?:xay dung|ren luyen|hoc tap|nang cao|giu gin|bao ve|phat huy|noi khong)\b")
_NO_KIND_BEFORE = {
    "thi dua": re.compile(
        r"(?:danh hieu|hoi dong|ban|cong tac|co|chien si|khoi|cum|giao uoc|tieu chi|noi dung|luat"
        r"|ve|nganh|ket qua|dang ky|khen thuong|,)\s*$"
    ),
    "phong trao": re.compile(r"\bban\s*$"),
}
_ASIDE = re.compile(r"\([^()]*\b(?:goi|viet tat|goi tat)\b[^()]*$")
_LEADING_KIND = re.compile(
    r"\W*(?P<kind>(?:phong trao(?: thi dua)?|dot thi dua|cuoc van dong|chuong trinh)(?: yeu nuoc)?)\s+(?=\w)"
)
_GENERIC = re.compile(
    r"(?:chien si thi dua|lao dong tien tien|tap the lao dong|co thi dua|nguoi tot,? viec tot|dien hinh tien tien"
    r"|giay khen|bang khen|huan chuong|gia dinh van hoa|don vi quyet thang|(?:phong trao )?thi dua(?: yeu nuoc)?"
    r"|thi dua,? khen thuong|thi dua la yeu nuoc.*|phong trao|cuoc van dong|ba phong trao)$"
)
_UNQUOTED = re.compile(r"(?:\s*:)?\s+(?P<first>[^\W\d_]+)\s+(?P<second>[^\W_])")
_PERIOD = re.compile(r",?\s+giai doan\s+\d{4}\s*[-–]\s*\d{4}")
_ENDS = re.compile(  # with its marks: trong ends a name, trồng does not
    rf"[;.:()\[\]{_OPEN}{_CLOSE}]|\b(?:của|do|trong|gắn|giai đoạn|năm \d{{4}}|năm học|nhiệm kỳ"
    r"|tại|theo|được|đã|nhằm|với|tiếp tục|trên|để|là|góp phần|từ ngày|đến nay|tỉnh|huyện|toàn tỉnh|bởi|khi|mà|nhưng"
    r"|cũng|đạt|có)\b|,\s*(?:góp|nhằm|gắn|trong|các|do|được|đã|với|tiếp|tăng|đẩy|nâng|phát|thực|cuộc|phong|mua|tổ|từ|đến|là"
    r"|và|cùng|đồng|đặc|nhất|tuyên|triển|hướng|tham|vận động|kết quả|thu hút|chủ|phấn đấu)\b"
    r"|\bvà (?:các |cuộc vận động|phong trào|đợt thi đua|chương trình)",
    re.IGNORECASE,
)
_BODY_FIRST = re.compile(
    r"(?:cong doan|doan|hoi|tinh|huyen|dang|so|bo|ubnd|uy ban|thi dua|cnvclđ|cnvcld|cnvc|mat tran|quan doi"
    r"|cong an|nay|van hoa|van nghe|the duc|the thao|thieu nhi|cong nhan|phu nu va|thanh nien va|hanh dong)\b"
)
_SPECK = re.compile(r"(?<=[a-zà-ỹ]{2})\.(?=\s[a-zà-ỹ])")
"""A full stop that no sentence ends with: OCR's reading of a speck inside a name."""
_UNQUOTED_WORDS = range(4, 22)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in a text: its offsets, its kind (None where the words before it leave it open).

    `launch` says that `phát động` leads it, `launched_by` who launched it by what follows it.
    """

    name: str
    start: int
    end: int
    kind: str | None
    quoted: bool
    launch: Launch | None = None
    launched_by: str | None = None


def mentions(text: str, nlp: Language) -> Iterator[Mention]:
    """Yield every named movement, campaign and programme of a text, in order."""
    folded = aligned(text)
    parsed = nlp(folded)  # kept: its spans are views of it
    phrases = parsed.spans["names"]
    known = {p.start_char: p for p in _longest(phrases, "MOVEMENT")}
    done = 0
    for anchor in _longest(phrases, "MOVEMENT_KIND"):
        if anchor.start_char < done or not _names_something(anchor, folded):
            continue
        found = list(_quoted(text, folded, anchor) or _unquoted(text, folded, anchor, known))
        launching = launch(text, folded, anchor, phrases)
        ends = (found[-1].end, anchor.end_char) if found else ()
        behind = next(filter(None, (launched_behind(text, folded, end) for end in ends)), None)
        for mention in found:
            yield replace(mention, launch=launching, launched_by=behind)
            done = mention.end


def _longest(phrases: Iterable[Phrase], label: str) -> Iterator[Phrase]:
    """Yield the phrases of a label, in order; of those that overlap the first, and the longest from one place."""
    end = 0
    for phrase in sorted((p for p in phrases if p.label_ == label), key=lambda p: (p.start_char, -p.end_char)):
        if phrase.start_char >= end:
            end = phrase.end_char
            yield phrase


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
    several = _SEVERAL_KINDS.search(folded, 0, anchor.start_char)
    gap = text[anchor.end_char : first.start()]
    match: re.Match[str] | None = first
    while match:
        start, end = match.span(next(group for group in ("name", "unclosed", "single") if match[group]))
        kind = None if several else anchor.id_
        inner = _LEADING_KIND.match(folded, start, end)
        if inner:
            start = inner.end()
            kind = _kind_of(inner["kind"])
        name = _SPECK.sub("", text[start:end].replace("*", "")).strip(" ,;.:")
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
    start = anchor.end_char + len(text[anchor.end_char :]) - len(text[anchor.end_char :].lstrip(" :"))
    first = start if anchor.id_ == "programme" else anchor.start_char  # phong trào thi đua vì …: the name holds a kind
    phrase = next((p for p in known.values() if first <= p.start_char <= start < p.end_char), None)
    if phrase is not None:
        period = _PERIOD.match(folded, phrase.end_char) if anchor.id_ == "programme" else None
        end = period.end() if period else phrase.end_char
        return [Mention(text[start:end], start, end, anchor.id_, quoted=False)]
    if anchor.id_ == "programme" or not _in_capitals(text, anchor.end_char) or _BODY_FIRST.match(folded, start):
        return []
    stop = _ENDS.search(text, start)
    end = stop.start() if stop else len(text)
    name = text[start:end].strip(" ,-–")
    if len(words(name)) not in _UNQUOTED_WORDS or not is_name(name):
        return []
    return [Mention(name, start, start + len(name), anchor.id_, quoted=False)]


def _in_capitals(text: str, at: int) -> bool:
    """Tell whether a proper name in sentence case follows: `Toàn dân …`, not `Tỉnh Đoàn` nor `CNVCLĐ tỉnh`."""
    match = _UNQUOTED.match(text, at)
    if match is None or match["second"].isupper():
        return False
    first = match["first"]
    return first[0].isupper() and (len(first) == 1 or first[1:].islower())


def is_name(name: str) -> bool:
    """Tell a proper name from a generic phrase, an award or a title."""
    bare = " ".join(words(name))
    return 2 <= len(bare.split()) <= 45 and not _GENERIC.match(bare)


def _kind_of(word: str) -> str:
    if word.startswith("cuoc van dong"):
        return "campaign"
    return "programme" if word.startswith("chuong trinh") else "movement"
