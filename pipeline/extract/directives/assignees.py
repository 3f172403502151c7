"""Who is to act: the names that an item, its heading or the sentence above it gives."""

from __future__ import annotations

import re

from pipeline.extract.directives import orders
from pipeline.extract.directives.outline import Item, heading
from pipeline.text.unicode import fold

_NAMES = (
    r"(?:UBND|Ủy ban|Uỷ ban|HĐND|Hội|Sở|Ban|Bộ|Cục|Chi cục|Chi bộ|Chi đoàn|Chủ tịch|Phó|Giám đốc|Thủ trưởng|thủ trưởng|"
    r"lãnh đạo|Lãnh đạo|Chánh|Trưởng|trưởng|Văn phòng|Phòng|phòng|Trung tâm|Đài|Báo|Công an|Công đoàn|công đoàn|"
    r"Liên đoàn|"
    r"LĐLĐ|Đảng ủy|Đảng uỷ|Mặt trận|Đoàn|Tòa án|Toà án|Viện|Bệnh viện|Trường|Kho bạc|Ngân hàng|Khối|Tổ|Bí thư|"
    r"Hiệu trưởng|"
    r"Công chức|công chức|Cấp ủy|cấp ủy|Hiệp hội|Doanh nghiệp|Xí nghiệp|Công ty|Đội|Khoa|Thường trực|Cơ quan|cơ quan|"
    r"tổ chức|đơn vị|Đơn vị|cá nhân|tập thể|các\b(?! (?:xã|phường|huyện|thị|thành|sở|ban|ngành))|Các|những|sinh viên|"
    r"Sinh viên|giảng viên|Giảng viên|người|Giáo viên|đoàn viên|cán bộ|thành viên|Cố vấn|mỗi|Mỗi|toàn)"
)
_SPLIT = re.compile(rf"\s*;\s*(?:và\s+)?|,\s+(?:và\s+)?(?={_NAMES}\b)|\s+(?:và|cùng)\s+(?={_NAMES}\b)")
_STOP = re.compile(
    r"\s(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|căn cứ|phải|cần|trên cơ sở|theo chức năng|là (?:cơ quan|"
    r"đầu mối|bộ phận|"
    r"thường trực)|nghiêm túc|quan tâm|dựa trên|hàng năm|hằng năm|mỗi tháng|trong (?:ngày|quá trình|phạm vi|"
    r"tháng)|không |rất mong|mong |kính mời|trân trọng|có thể)"
    r"|\s(?:trực tiếp|kịp thời)\s|[:(]|\.\s|\n"
)
_HONOUR = re.compile(
    r"^(?:mời\s+)?(?:các\s+)?(?:[ôÔ]ng\s*\(?,?\s*[bB]à\)?|đồng chí|[Đđ]/c|quý)\s*[:,]?\s*", re.IGNORECASE
)
_BODY = re.compile(
    r"^(ubnd|uy ban|hdnd|hoi|so|ban|bo|cuc|chi cuc|chu tich|giam doc|thu truong|lanh dao|chanh|truong|van phong|"
    r"phong|trung tam|"
    r"cong an|cong doan|lien doan|ldld|dang uy|cap uy|mat tran|doan|toa an|vien|benh vien|kho bac|"
    r"ngan hang|khoi|"
    r"bi thu|hieu truong|cong chuc|hiep hoi|cong ty|xi nghiep|khoa|thuong truc|co quan|don vi|ca nhan|tap the|cac|"
    r"moi|toan|"
    r"sinh vien|giang vien|giao vien|phu huynh|doi voi)\b"
)


def assignees(item: Item, lead: str | None) -> tuple[str, ...]:
    """Return who is to act, as printed: named by the item, else by the items that it stands in, else by the lead-in."""
    found = titled(item.head) if len(item.passages) > 1 and heading(item.head) else ()
    found = found or named(item.text)
    if found:
        return found
    for outer in list(item.line())[1:]:
        found = named(outer.head) or titled(outer.head)
        if found:
            return found
    return asked(lead) if lead else ()


def named(text: str) -> tuple[str, ...]:
    """Return those whom a text names as the ones to act."""
    return asked(text) or leading(text)


def asked(text: str) -> tuple[str, ...]:
    """Return those who are asked: `Giao Sở Nội vụ chủ trì …` gives Sở Nội vụ."""
    match = orders.asks(text)
    if match is None:
        return ()
    return split(_until_verb(text[match.end() :]))


def leading(text: str) -> tuple[str, ...]:
    """Return those with whom a text begins: `Sở Nội vụ: …`, `Sở Nội vụ hướng dẫn …`."""
    text = re.sub(r"^\W+", "", text)
    if not _BODY.match(fold(text)) and not orders.PRESS.match(text):
        return ()
    colon = text.find(":")
    if 0 < colon < 160 and orders.first_verb(text[:colon]) is None:
        return split(text[:colon])
    return split(_until_verb(text)) if orders.works(text) or "chịu trách nhiệm" in text[:600] else ()


def titled(text: str) -> tuple[str, ...]:
    """Return those whom a heading names: `Đối với sinh viên`, `Nhiệm vụ của Sở Nội vụ`, `Các ban của huyện`."""
    text = re.sub(r"^(?:Đối với|Nhiệm vụ của|Trách nhiệm của)\s+", "", text.strip().rstrip(":."))
    return split(text) if _BODY.match(fold(text)) and orders.first_verb(text) is None and len(text) < 200 else ()


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
    verb = orders.first_verb(text[1:])
    ends = [stop.start() if stop else len(text), verb[0] + 1 if verb else len(text)]
    return text[: min(ends)] if min(ends) < 600 else ""
