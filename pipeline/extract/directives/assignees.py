"""Who is to act: the names that an item, its heading or the sentence above it gives."""

from __future__ import annotations

import re

from pipeline.extract.directives import orders
from pipeline.extract.directives.outline import BULLETS, Item, heading
from pipeline.extract.directives.verbs import first_verb
from pipeline.text.unicode import fold

_HEADS = (
    "UBND", "Ủy ban", "Uỷ ban", "HĐND", "Hội", "Sở", "Ban", "Bộ", "Cục", "Chi cục", "Chi bộ", "Chi đoàn", "Chủ tịch",
    "Phó", "Giám đốc", "Thủ trưởng", "thủ trưởng", "lãnh đạo", "Lãnh đạo", "Chánh", "Trưởng", "trưởng các", "Văn phòng",
    "Phòng", "phòng (?=[A-ZĐ])", "Trung tâm", "Đài", "Báo", "Công an", "Công đoàn", "công đoàn ngành", "Liên đoàn",
    "LĐLĐ", "Đảng ủy", "Đảng uỷ", "Mặt trận", "Đoàn", "Tòa án", "Toà án", "Viện", "Bệnh viện", "Trường", "Kho bạc",
    "Ngân hàng", "Khối", "Tổ", "Bí thư", "Hiệu trưởng", "Công chức", "công chức", "Cấp ủy", "Hiệp hội", "Xí nghiệp",
    "Công ty", "Đội", "Liên đội", "Khoa", "Thường trực", "sinh viên", "Sinh viên", "giảng viên",
    "Giảng viên", "Giáo viên", "Cố vấn", "mỗi", "Mỗi", "toàn", "những", "Các",
    r"các\b(?! (?:xã|phường|huyện|thị|thành|sở|ban|ngành|tổ dân|thôn))", "Bộ phận", "Phụ huynh",
)  # fmt: skip
"""Words with which a new name begins in a printed list."""
_SPLIT = re.compile(
    rf"\s*;\s*(?:và\s+)?|,\s+(?:và\s+)?(?=(?:{'|'.join(_HEADS)})\b)|\s+(?:và|cùng)\s+(?=(?:{'|'.join(_HEADS)})\b)"
)
_STOPS = (
    "có trách nhiệm", "chịu trách nhiệm", "có nhiệm vụ", "căn cứ", "phải", "cần", "trên cơ sở", "theo chức năng", "là",
    "nghiêm túc", "quan tâm", "dựa trên", "hàng năm", "hằng năm", "mỗi tháng", "mỗi năm", "trong ngày",
    "trong quá trình", "trong phạm vi", "trong tháng", "không", "rất mong", "mong", "kính mời", "trân trọng", "có thể",
    "trực tiếp", "kịp thời", "nòng cốt", "các nội dung", "một số", "như sau", "để", "đến", "tranh thủ",
    "có ít nhất", "tại kỳ họp", "được", "đã", "sẽ", "lấy", "làm đầu mối", "theo dõi", "dự", "gồm", "về việc",
    "tôn",
)  # fmt: skip
"""Words with which something else than a name begins."""
_WORDS = re.compile(rf"\s(?:{'|'.join(_STOPS)})\b|\.\s", re.IGNORECASE)
_STOP = re.compile(rf"{_WORDS.pattern}|[:(]")
_DUTY = re.compile(r"\s(?:chịu trách nhiệm|có trách nhiệm|căn cứ Quyết định|có nhiệm vụ)\b")
_HONOUR = re.compile(r"^(?:mời\s+)?(?:các\s+)?(?:ông\s*\(?,?\s*bà\)?|đồng chí|đ/c|quý)\s*[:,]?\s*", re.IGNORECASE)
_KINDS = (
    "so|ban|nganh|don vi|co quan|huyen|xa|phuong|thi|thanh pho|cap|phong(?! trao)|khoa|hoi|to chuc|dia phuong|doan the|"
    "doanh nghiep|"
    "cong ty|truong|bo|chi|trung tam|benh vien|co so|dong chi|ong|ba|cum|khoi|tap the|ca nhan|thanh vien|doi|to|"
    "vien|uy|"
    "ubnd|uy ban|cong doan|chuyen|can bo|giao vien|giang vien|sinh vien|hoc sinh"
)
_BODY = re.compile(
    r"^(ubnd|uy ban|hdnd|hoi\b(?! nghi)|so|ban(?! hanh| giao| ve| tin)|bo(?! tri| sung)|cuc|chi cuc|chu tich|giam doc|"
    r"thu truong|lanh dao|chanh|truong|van phong|phong(?! trao| chong| ngua)|trung tam|cong an|cong doan|"
    r"lien doan|ldld|"
    r"dang uy|cap uy|mat tran|doan|toa an|vien|benh vien|kho bac|ngan hang|khoi|bi thu|hieu truong|cong chuc|hiep hoi|"
    r"cong ty|xi nghiep|khoa|thuong truc|co quan|don vi|ca nhan|tap the|lien doi|chi doan|nguoi dung dau|"
    rf"(cac|moi(?! nguoi)|nhung|toan( the)?)\s+({_KINDS})|sinh vien|giang vien|giao vien|phu huynh|bo phan|"
    r"thanh vien|pho)\b"
)
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
    found = head or _stated(item.head) or asked(item.text) or leading(item.head) or later(item.head)
    if found or len(item.passages) == 1:
        return found
    below = [leading(p.view.text) for p in item.passages[1:] if p.paragraph.label in BULLETS or heading(item.head)]
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
    return split(_until_verb(_HONOUR.sub("", text[match.end() :])))


def leading(text: str) -> tuple[str, ...]:
    """Return those with whom a text begins: `Sở Nội vụ: …`, `Sở Nội vụ hướng dẫn …`."""
    text = _HONOUR.sub("", re.sub(r"^\W+", "", text))
    if not _begins_with_body(text):
        return ()
    found = _stated(text)
    if found:
        return found
    return split(_until_verb(text)) if orders.works(text) else ()


def _begins_with_body(text: str) -> bool:
    return bool(_BODY.match(fold(text)) or orders.PRESS.match(text))


def _stated(text: str) -> tuple[str, ...]:
    """Return those whom a formula names: `A, B chịu trách nhiệm thi hành`, or who stand before a colon: `A: …`."""
    text = _HONOUR.sub("", re.sub(r"^\W+", "", text))
    if not _begins_with_body(text):
        return ()
    duty = _DUTY.search(text[:900])
    for end in (duty.start() if duty else 0, text.find(":", 0, 160)):
        names = text[: max(end, 0)]
        if names and first_verb(names) is None and not _WORDS.search(names):
            return split(names)
    return ()


def later(text: str) -> tuple[str, ...]:
    """Return those with whom a later sentence or the words after a colon begin: `An toàn: mỗi đội tổ chức …`."""
    clauses = re.split(r"[.:;]\s+", text)[1:4]
    return next((names for clause in clauses if (names := leading(clause))), ())


def titled(text: str) -> tuple[str, ...]:
    """Return those whom a heading names: `Đối với sinh viên`, `Nhiệm vụ của Sở Nội vụ`, `Các ban của huyện`."""
    text = _OPENING.sub("", text.strip().rstrip(":."))
    if len(text) > 250 or text.isupper() or not _BODY.match(fold(text)):
        return ()
    names = _until_verb(text)
    return split(names) if first_verb(names) is None and (names == text or _STOP.search(text)) else ()


def split(names: str) -> tuple[str, ...]:
    """Split a printed list of names where a new name begins."""
    names = _HONOUR.sub("", names.strip(" ,;:.-"))
    parts = (part.strip(" ,;:.") for part in _SPLIT.split(names))
    return tuple(part for part in parts if 1 < len(part) < 250 and _named(part))


def _named(part: str) -> bool:
    """Tell whether a part of a list may be somebody: a name, or a word for bodies and persons."""
    return part[:1].isupper() or bool(_BODY.match(fold(part)))


def _until_verb(text: str) -> str:
    """Return the beginning of a text up to what shall be done."""
    stop = _STOP.search(text)
    verb = first_verb(text, 1)
    ends = [stop.start() if stop else len(text), verb[0] if verb else len(text)]
    return text[: min(ends)].strip() if min(ends) < 600 else ""
