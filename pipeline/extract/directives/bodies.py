"""The words with which the names of those begin who are given work: bodies, offices, groups of persons."""

from __future__ import annotations

import re

from pipeline.extract.directives import orders
from pipeline.text.unicode import fold, same_tones

HEADS = (
    "Viện trưởng", "Chánh án", "Vụ trưởng", "Cục trưởng", "Chi cục trưởng", "Tổng Giám đốc", "Kế toán trưởng",
    "UBND", "Ủy ban", "Uỷ ban", "HĐND", "Hội", "Sở", "Ban", "Bộ", "Cục", "Chi cục", "Chi bộ", "Chi đoàn",
    "Chủ tịch", "Phó", "Giám đốc", "Thủ trưởng", "thủ trưởng", "lãnh đạo", "Lãnh đạo", "Chánh", "Trưởng",
    "trưởng các", "Văn phòng", "Phòng", "phòng (?=[A-ZĐ])", "Trung tâm", "Đài", "Báo", "Công an", "Công đoàn",
    "công đoàn ngành", "Liên đoàn", "LĐLĐ", "MTTQ", "UBMTTQ", "CĐCS", "TTYT", "BVĐK", "Bưu điện", "Viễn thông",
    "Điện lực", "Thanh tra", "Đảng ủy", "Đảng uỷ", "Mặt trận", "Đoàn", "Tòa án", "Toà án", "Viện", "Bệnh viện",
    "Trường", "Kho bạc", "Ngân hàng", "Khối", "Tổ", "Bí thư", "Hiệu trưởng", "Công chức", "công chức", "Cấp ủy",
    "Hiệp hội", "Xí nghiệp", "Công ty", "Đội", "Liên đội", "Khoa", "Thường trực", "sinh viên", "Sinh viên",
    "giảng viên", "Giảng viên", "Giáo viên", "Cố vấn", "mỗi", "Mỗi", "toàn", "những", "Các",
    r"các\b(?! (?:xã|phường|huyện|thị|thành|sở|ban|ngành|tổ dân|thôn|[Kk]hu))", "Bộ phận", "Phụ huynh",
)  # fmt: skip
"""Words with which a new name begins in a printed list."""
_KINDS = (
    "so|ban|nganh|don vi|co quan|huyen|xa|phuong|thi|thanh pho|cap|phong(?! trao)|khoa|hoi|to chuc|dia phuong|doan|"
    "doanh nghiep|"
    "cong ty|truong|bo|chi|trung tam|benh vien|co so|dong chi|ong|ba|cum|khoi|tap the|ca nhan|thanh vien|doi|to|"
    "vien|uy|"
    "ubnd|uy ban|cong doan|chuyen|can bo|giao vien|giang vien|sinh vien|hoc sinh"
)
_BODY = re.compile(
    r"^(ubnd|uy ban|hdnd|hoi\b(?! nghi)|so|ban(?! hanh| giao| ve| tin)|bo(?! tri| sung)|cuc|chi cuc|chu tich|giam doc|"
    r"thu truong|lanh dao|chanh|truong(?! hop)|van phong|phong(?! trao| chong| ngua)|trung tam|cong an|cong doan|"
    r"lien doan|ldld|"
    r"dang uy|cap uy|mat tran|doan|toa an|vien|benh vien|kho bac|ngan hang|khoi|bi thu|hieu truong|cong chuc|hiep hoi|"
    r"cong ty|xi nghiep|khoa|thuong truc|co quan|don vi|ca nhan|tap the|lien doi|chi doan|nguoi dung dau|"
    rf"(cac|moi(?! nguoi)|nhung|toan( the)?)\s+({_KINDS})|sinh vien|giang vien|giao vien|phu huynh|bo phan|"
    r"thanh vien|pho|can bo|vien chuc|nguoi lao dong|"
    r"buu dien|dien luc|thanh tra (?:tinh|huyen|thanh pho|so|bo|nha nuoc)|cap co tham quyen|"
    r"to(?! chuc)|thanh tra$|dai (?:dien|bieu)|hoc (?:vien|sinh)|(?:doan|hoi|dang) vien|"
    r"quy (?:vi|co quan|don vi|dai bieu|so|ban|phong|truong|cong ty)|"
    r"(?:tinh|thanh|huyen|quan|thi) (?:uy|doan)|ban chi huy|bo chi huy|tap doan|tong cong ty|nha truong|hop tac xa)\b"
)
_INITIALS = re.compile(
    r"(?:(?:[Cc]ác|[Mm]ỗi)\s+)?(?:UBMTTQ|MTTQ|CĐCS|TTYT\w*|BVĐK|BV|TYT|HLHPN|HND|ĐTN|TAND|VKSND|BCH|BTV|BCĐ|BTC|BGH|BHXH|KBNN|CBCC\w*)\b"
)
"""Abbreviations of bodies; others (BHYT, PCCC, CNTT) are of what they work on."""
_PERSON = re.compile(r"(?:[Ôô]ng|[Bb]à|[Tt]hầy|[Cc]ô|[Đđ]ồng chí|[Đđ]/c)\s+[A-ZĐÀ-Ỹ]")
_OTHERS = frozenset(
    {"bỏ", "bố", "bổ", "số", "sổ", "bản", "khởi", "khỏi", "hỏi", "đối", "đôi", "tờ", "cực", "phổ", "đoạn", "khóa"}
)
"""Words that are heads of names when they are folded: bộ, sở, ban, khối, hội, đội, tổ …"""


def begins_with_body(text: str) -> bool:
    """Tell whether a text begins with somebody who may be given work: `Sở …`, `các xã`, `bà Lê …`, `TTYT huyện`."""
    first = same_tones(text.split(" ", 1)[0].casefold())
    if first in _OTHERS:
        return False
    return bool(_BODY.match(fold(text)) or orders.PRESS.match(text) or _INITIALS.match(text) or _PERSON.match(text))
