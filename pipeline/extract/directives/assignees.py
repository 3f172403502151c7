"""Who is to act: the names that an item, its heading or the sentence above it gives."""

from __future__ import annotations

import re

from pipeline.extract.directives import orders
from pipeline.extract.directives.actions import unknown
from pipeline.extract.directives.bodies import HEADS, begins_with_body
from pipeline.extract.directives.outline import BULLETS, Item, heading
from pipeline.extract.directives.verbs import first_verb, verbs, whole_verb
from pipeline.text.words import sentences, tagged

_SPLIT = re.compile(
    rf"\s*;\s*(?:và\s+)?|(?:(?<!cán bộ),|(?<=cán bộ),(?!\s+công chức))\s+(?:và\s+)?(?=(?:{'|'.join(HEADS)})\b)"
    rf"|(?<!Quốc hội)(?<!ĐBQH)\s+(?:và|cùng)\s+(?=(?:{'|'.join(HEADS)})\b)"
    r"|(?<!tập thể)(?<!tổ chức)(?<!đơn vị)\s+và\s+(?=cá nhân\b)"
)
_STOPS = (
    "có trách nhiệm", "chịu trách nhiệm", "có nhiệm vụ", "căn cứ", "phải", "cần", "trên cơ sở", "theo chức năng", "là",
    "nghiêm túc", "quan tâm", "dựa trên", "hàng năm", "hằng năm", "mỗi tháng", "mỗi năm", "trong ngày",
    "trong quá trình", "trong phạm vi", "trong tháng", "không", "rất mong", "mong", "kính mời", "trân trọng", "có thể",
    "trực tiếp", "kịp thời", "nòng cốt", "các nội dung", "một số", "như sau", "để", "đến", "tranh thủ",
    "có ít nhất", "tại kỳ họp", "được", "đã", "sẽ", "lấy", "làm đầu mối", "theo dõi", "dự", "gồm", "về việc",
    "tôn", "do",
)  # fmt: skip
"""Words with which something else than a name begins."""
_WORDS = re.compile(rf"\s(?:{'|'.join(_STOPS)})\b|\.\s", re.IGNORECASE)
_STOP = re.compile(rf"{_WORDS.pattern}|[:(]")
_DUTY = re.compile(r"\s(?:chịu trách nhiệm|có trách nhiệm|căn cứ Quyết định|có nhiệm vụ)\b")
_HONOUR = re.compile(r"^(?:mời\s+)?(?:các\s+)?(?:ông\s*\(?,?\s*bà\)?|đồng chí|đ/c)\s*[:,]?\s*", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:do|để)\s+(?P<names>[^.;:]{2,150}?)\s+"
    r"(?:chủ trì|thực hiện|phụ trách|đảm nhiệm|đảm nhận|chịu trách nhiệm|tổ chức thực hiện|làm đầu mối)\b"
)
_SUM = re.compile(r":\s*\d")
"""What follows a colon where those before it are given something: `Tập thể: 500.000 đồng`."""
_COLLECTIVE = re.compile(
    r"^((?:\w+ \w+ )?[Cc]ác (?:[Ss]ở|[Pp]hòng|[Bb]an|[Cc]ục)(?:, (?:ban, )?(?:ngành|phòng))?):\s+(?=[A-ZĐ])"
)
"""Bodies of one kind whose names follow: `Các sở: Nội vụ, Y tế …`."""
_KEPT = "\u2236"
"""Stands for the colon that belongs to a name while names are looked for."""
_PASSIVE = re.compile(r"\bđược (?:giao|phân công)\b")
_GROUND = re.compile(
    r"^(?:Căn cứ|Trên cơ sở|Theo|Để|Nhằm|Khi|Sau khi|Trước khi|Trong|Trường hợp|Nếu|Từ|Trước|Định kỳ|Hằng|Hàng"
    r"|Chậm nhất|Ngoài|Nhận được|Ngay sau)\b"
)
"""Words with which a ground, a time or a condition begins that stands before the one who acts."""
_TIME = re.compile(r"^(?:Hằng|Hàng) (?:ngày|tuần|tháng|quý|năm)\s+(?=\w)")
_OPENING = re.compile(r"^(?:Đối với|Nhiệm vụ của|Trách nhiệm của|Giao|Yêu cầu|Đề nghị)\s+")


def assignees(item: Item, lead: str | None) -> tuple[str, ...]:
    """Return who is to act, as printed: named by the item, else by the items that it stands in, else by the lead-in."""
    found = within(item)
    for outer in list(item.line())[1:]:
        found = found or named(outer.head) or titled(outer.head)
    return found or (asked(lead) if lead else ())


def within(item: Item) -> tuple[str, ...]:
    """Return those whom an item itself names: its heading, what it asks, how it or its bullets begin."""
    head = titled(item.head) if len(item.passages) > 1 and heading(item.head) else ()
    found = head or _stated(item.head) or _asked(item.text) or _each(item.head) or later(item.head)
    if found or len(item.passages) == 1:
        return found
    bullets = [p.view.text for p in item.passages[1:] if p.paragraph.label in BULLETS or heading(item.head)]
    below = [leading(text) or _grounded(text) for text in bullets]
    return tuple(dict.fromkeys(name for names in below for name in names))


def named(text: str) -> tuple[str, ...]:
    """Return those whom a text names as the ones to act."""
    return asked(text) or leading(text)


def asked(text: str) -> tuple[str, ...]:
    """Return those who are asked: `Giao Sở Nội vụ chủ trì …` gives Sở Nội vụ.

    In an item that begins with its own work, asking is a part of that work: `Tổng hợp, đề nghị Bộ …`.
    """
    match = orders.asks(text)
    if match is None:
        return ()
    work = first_verb(text)
    own = work is not None and work[0] == 0 < match.start()
    if own and work and work[1] != "nhận" and not text[: match.start()].rstrip().endswith((".", ";", ":", "-", "–")):
        return ()
    rest = text[match.end() :]
    honour = _HONOUR.match(rest)
    names = split(_until_verb(_collective(rest[honour.end() if honour else 0 :]), guess=True))
    return names or ((honour[0].strip(" ,:"),) if honour else ())


def _asked(text: str) -> tuple[str, ...]:
    """Return those who are asked by any sentence: first as `asked` does, then where a sentence begins with asking."""
    first = asked(text)
    if not first:
        return ()
    more = (asked(at.text) for at in sentences(text)[1:] if (found := orders.asks(at.text)) and not found.start())
    return tuple(dict.fromkeys([*first, *(name for names in more for name in names)]))


def _each(text: str) -> tuple[str, ...]:
    """Return those with whom a text begins, and those with whom its further parts begin: `A lập …; B lập …`."""
    first = leading(text)
    more = (leading(part) for part in text.split("; ")[1:] if first)
    return tuple(dict.fromkeys([*first, *(name for names in more for name in names)]))


def leading(text: str) -> tuple[str, ...]:
    """Return those with whom a text begins: `Sở Nội vụ: …`, `Sở Nội vụ hướng dẫn …`."""
    text = _collective(_HONOUR.sub("", re.sub(r"^\W+", "", text)))
    if not begins_with_body(text):
        return ()
    found = _stated(text)
    if found:
        return found
    return split(_until_verb(text)) if orders.does(_PASSIVE.sub("", text)) else ()


def _collective(text: str) -> str:
    """Return a text with the colon kept before a list of names, not before work: `Các sở: Nội vụ, Y tế báo cáo …`."""
    match = _COLLECTIVE.match(text)
    if match is None:
        return text
    verb = first_verb(text, match.end())
    begins = tagged(text[match.end() : match.end() + 40])
    listed = verb is not None and "," in text[match.end() : verb[0]] and begins[0].speech != "verb"
    return f"{match[1]}{_KEPT} {text[match.end() :]}" if listed else text


def _stated(text: str) -> tuple[str, ...]:
    """Return those whom a formula names: `A, B chịu trách nhiệm thi hành`, or who stand before a colon: `A: …`."""
    text = _collective(_HONOUR.sub("", re.sub(r"^\W+", "", text)))
    if not begins_with_body(text):
        return ()
    duty = _DUTY.search(text[:900])
    for end in (duty.start() if duty else 0, text.find(":", 0, 160)):
        names = text[: max(end, 0)]
        if (
            names
            and not _SUM.match(text[end:])
            and not any(names[at].islower() for at, _ in verbs(names))
            and not _WORDS.search(names)
        ):
            return split(names)
    return ()


def later(text: str) -> tuple[str, ...]:
    """Return those with whom later clauses begin: `An toàn: mỗi đội tổ chức …`, `Căn cứ kế hoạch, Sở Nội vụ lập …`."""
    clauses = [clause for sentence in sentences(text) for clause in re.split(r"[:;]\s+", sentence.text)][:5]
    found = [name for clause in clauses[1:] for name in leading(clause)]
    return tuple(dict.fromkeys(found)) or next(filter(None, map(_grounded, clauses)), ()) or _by_whom(text)


def _by_whom(text: str) -> tuple[str, ...]:
    """Return those by whom something shall be done: `… do Sở Nội vụ chủ trì`, `… để Sở Nội vụ thực hiện`."""
    for match in _BY.finditer(text):
        names = match["names"].strip()
        if begins_with_body(names) and not any(names[at].islower() for at, _ in verbs(names)):
            return split(names)
    return ()


def _grounded(clause: str) -> tuple[str, ...]:
    """Return those who stand after the ground or the time with which a clause begins."""
    clause = clause.lstrip("-–+• ")
    time = _TIME.match(clause)
    if time:
        return leading(clause[time.end() :])
    if not _GROUND.match(clause):
        return ()
    commas = (match.end() for match in re.finditer(r",\s+", clause[:300]))
    return next(filter(None, (leading(clause[at:]) for at in commas)), ())


def titled(text: str) -> tuple[str, ...]:
    """Return those whom a heading names: `Đối với sinh viên`, `Nhiệm vụ của Sở Nội vụ`, `Các ban của huyện`."""
    text = _OPENING.sub("", text.strip().rstrip(":."))
    if len(text) > 250 or text.isupper() or not begins_with_body(text):
        return ()
    names = _until_verb(text)
    return split(names) if first_verb(names) is None and (names == text or _STOP.search(text)) else ()


def split(names: str) -> tuple[str, ...]:
    """Split a printed list of names where a new name begins."""
    names = _HONOUR.sub("", names.strip(" ,;:.-"))
    parts = (part.strip(" ,;:.") for part in _SPLIT.split(names))
    return tuple(part.replace(_KEPT, ":") for part in parts if 1 < len(part) < 250 and _named(part))


def _named(part: str) -> bool:
    """Tell whether a part of a list may be somebody: a name, or a word for bodies and persons."""
    return not part.endswith(" nào") and (part[:1].isupper() or begins_with_body(part))


def _until_verb(text: str, *, guess: bool = False) -> str:
    """Return the beginning of a text up to what shall be done; `guess` a verb by its part of speech if none is."""
    stop = _STOP.search(text)
    known = next((at for at, name in verbs(text[:600], 1) if _ends_name(text, at, name)), None)
    end = min(stop.start() if stop else len(text), len(text) if known is None else known)
    if guess and known is None and (found := unknown(text[:end])):
        end = found[0]
    return text[:end].strip() if end < 600 else ""


def _ends_name(text: str, at: int, verb: str) -> bool:
    """Tell whether a verb is one: a word of its own, and none in a name (`Sở Nông nghiệp và phát triển nông thôn`)."""
    whole = verb if " " in verb else whole_verb(text, at)
    return whole not in {None, "giúp việc"} and not text[:at].endswith(" và ")
