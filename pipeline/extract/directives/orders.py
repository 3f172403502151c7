"""What makes a paragraph an order: verbs that ask, verbs of the work asked for, days by which to hand in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.unicode import fold

VERBS = (
    "ban hành", "bàn giao", "báo cáo", "bảo đảm", "bãi bỏ", "biên soạn", "biểu dương", "bố trí", "bồi dưỡng", "bổ sung",
    "cập nhật", "cân đối", "cấp phát", "chấn chỉnh", "chấp hành", "chỉ đạo", "chịu trách nhiệm", "cho phép", "chọn",
    "chủ động", "chủ trì", "chuẩn bị", "chuyển", "công bố", "công khai", "công nhận", "cụ thể hóa", "cụ thể hoá",
    "củng cố", "cung cấp", "cử", "đa dạng hóa", "đảm bảo", "đánh giá", "đăng ký", "đăng nhập", "đăng tải",
    "đẩy mạnh", "đề cao", "đề xuất", "điều chỉnh", "định kỳ", "đôn đốc", "động viên", "đổi mới", "đưa", "duy trì",
    "gắn", "giám sát", "giao", "giải quyết", "giới thiệu", "giúp", "góp ý", "gửi", "hoàn thành", "hoàn thiện",
    "hỗ trợ", "huy động", "hướng dẫn", "hưởng ứng", "kết hợp", "khảo sát", "khen thưởng", "khắc phục",
    "khẩn trương", "khuyến khích", "kiểm tra", "kiện toàn", "ký", "lãnh đạo", "lập", "lồng ghép", "lựa chọn", "mở",
    "mở rộng", "nâng cao", "nghiên cứu", "nghiêm túc", "nhân rộng", "nộp", "nêu cao", "phát động", "phát hành",
    "phát hiện", "phát huy", "phát triển", "phân công", "phân tích", "phê duyệt", "phổ biến", "phối hợp",
    "phấn đấu", "quán triệt", "quản lý", "rà soát", "sắp xếp", "soạn thảo", "sơ kết", "sử dụng", "sửa đổi",
    "tăng cường", "tặng", "tạo điều kiện", "tập huấn", "tập trung", "tham dự", "tham gia", "tham mưu",
    "thanh toán", "thanh tra", "thành lập", "theo dõi", "thi đua", "thông báo", "thông tin", "thống kê",
    "thống nhất", "thu hồi", "thẩm định", "thực hiện", "tích cực", "tải", "liên hệ", "tiếp nhận", "tiếp thu",
    "tiếp tục", "tổ chức", "tổng hợp", "tổng kết", "trang bị", "triển khai", "trích", "trình", "truy cập",
    "tuyên dương", "tuyên truyền", "tuân thủ", "ủy quyền", "vận dụng", "vận động", "vận hành", "về dự", "đến dự",
    "tham dự", "xác định", "xác nhận", "xây dựng", "xem xét", "xét", "xử lý", "yêu cầu", "thường xuyên",
    "kịp thời",
)  # fmt: skip
"""What is ordered, of dispatches in general; the longest that fits is taken."""

MANNERS = {
    "tiếp tục", "chủ động", "tích cực", "nghiêm túc", "khẩn trương", "định kỳ", "thường xuyên", "kịp thời", "tập trung",
    "giao", "yêu cầu", "phấn đấu",
}  # fmt: skip
"""Verbs that only say how; the action is the verb after them where one follows."""

_ACTOR = (
    r"(?=[A-ZĐÀ-Ỹ]|các\b|thủ trưởng|lãnh đạo|chủ tịch|giám đốc|quý|đơn vị|đồng chí|toàn|mỗi|phòng|ban\b|cơ quan|"
    r"ông|bà\b|"
    r"trưởng|cán bộ|sinh viên|giảng viên|hội\b|những|hai|người|đại biểu|tập thể|cá nhân|bộ phận|sở\b|ubnd|ủy ban|"
    r"uỷ ban|"
    r"công đoàn|xã\b|huyện\b)"
)
_ASKS = re.compile(
    r"(?<!theo )(?<!được )(?<!đã )(?<!xét )(?<!tại )(?<!văn bản )(?<!hồ sơ )(?<!có )(?<!an )"
    r"\b((?:[Kk]ính |[Tt]rân trọng )?(?:[ĐđÐ][ềể] n?gh?ị|[Yy]êu(?: ?\W{0,2} ?c[ầâ]u?|(?= [A-ZĐ]))|"
    r"[Gg]iao(?: cho)?|[Ủủ]y quyền(?: cho)?|"
    r"[Pp]hân công|[Kk]ính mời|chỉ đạo|[Kk]ính trình|[Yy]êu cầu|[Đđ]ề nghị|kêu gọi))\s+" + _ACTOR
)
PRESS = re.compile(r"^\W{0,2}(?:Báo|Đài) [A-ZĐÀ-Ỹ]")
"""A newspaper or a station, which folding would make one with báo cáo and đại diện."""
_RECEIVED = re.compile(r"\S nhận được\b|\b(?:tại|có) (?:[Cc]ông văn|[Vv]ăn bản|[Tt]ờ trình|[Bb]áo cáo)\b")
_NOUNS = re.compile(
    r"(?:\b(?:ban|tổ|đoàn|hội đồng|thư|công tác|cuộc|việc|sự|kế hoạch|phong trào|hoạt động|nhiệm vụ|nội dung|kết quả|"
    r"trách nhiệm|quyết định|quy định|đợt|giấy|văn bản|tình hình|chế độ|chương|tiến độ|quy|quá|tờ|mức|"
    r"hồ sơ))\s+$",
    re.IGNORECASE,
)
_HANDS_IN = re.compile(
    r"\b(gui|nop|dang ky|bao cao|hoan thanh|hoan chinh|phan hoi|tra loi|xac nhan|gop y)\b.{0,200}"
    r"\b(truoc|cham nhat|han chot|han cuoi|muon nhat|den het)\b[^.;]{0,20}\bngay \d"
)
_PAST = re.compile(
    r"\b(da|vua qua|trong thoi gian qua|con nhieu|van con|chua dat|dat duoc|nhan duoc|co su|co the|thong bao de)\b"
)
_SUBJECT = re.compile(
    r"^(cac|moi(?! (thong tin|vuong mac|chi tiet))|toan|thu truong|giam doc|truong|truong phong|chanh|chu tich|"
    r"phong(?! trao)|ban|so|ubnd|uy ban|hoi|"
    r"khoi|sinh vien|"
    r"giang vien|phu huynh|hoc sinh|don vi|co quan|ca nhan|tap the|cong doan|dang uy|cap uy|chi bo|doan|mat tran|"
    r"bo phan|"
    r"trung tam|van phong|vien|cuc|chi cuc|ldld|can bo|giao vien|nguoi|cong an|kho bac|lien doan|truong)\b"
)


def asks(text: str) -> re.Match[str] | None:
    """Return the words by which a paragraph asks or orders somebody, None if it does neither.

    What a letter received asked for is none: `Sở Y tế nhận được Công văn … đề nghị các Sở …`.
    """
    for match in _ASKS.finditer(text):
        clause = re.split(r"[,.;:] ", text[: match.start()])[-1]
        if not _RECEIVED.search(clause):
            return match
    return None


def orders(text: str) -> bool:
    """Tell whether an unlabelled paragraph orders, asks or plans something to be done."""
    return bool(asks(text)) or bool(_HANDS_IN.search(fold(text))) or works(text)


def informs(folded: str) -> bool:
    """Tell whether a paragraph only lets somebody know: … thông báo để các đơn vị biết."""
    return bool(re.search(r"\b(thong bao|kinh bao|bao cao)\b.{2,120}\bbiet\W*$", folded))


def works(text: str) -> bool:
    """Tell whether a paragraph begins with those who shall act and then what they shall do."""
    folded = fold(text).lstrip("-+ ")
    found = first_verb(text)
    if not (_SUBJECT.match(folded) or PRESS.match(text)) or found is None:
        return False
    before = folded[: found[0]]
    return len(before) < 160 and not _PAST.search(before) and not re.search(r"\b(duoc|la|co|khong|se|cua)\s*$", before)


def commands(text: str) -> bool:
    """Tell whether a bullet orders something: it begins with a verb of work, or with who shall do it."""
    text = text.lstrip("-–+ ")
    found = first_verb(text)
    return (found is not None and found[0] == 0) or orders(text)


def first_verb(text: str) -> tuple[int, str] | None:
    """Return where the first verb of work stands in a text, and the verb."""
    return next(verbs(text), None)


def verbs(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the verbs of work in a text; in the middle of a sentence a capital begins a name, no verb."""
    for match in _VERB.finditer(text.lower(), start):
        at = match.start()
        if _NOUNS.search(text[max(0, at - 14) : at]):
            continue
        if text[at].islower() or not text[:at].strip() or text[:at].rstrip()[-1] in ".:;-–+•":
            yield at, match.group()


def action(text: str) -> str | None:
    """Return the verb of what is ordered, past words that only say how or who asks."""
    asked = asks(text)
    at = asked.end() if asked and asked.start() < 120 else 0
    fallback: str | None = None
    for start, verb in verbs(text, at):
        if start - at > 250:
            break
        if verb not in MANNERS:
            return verb
        fallback = fallback or verb
    return fallback


_VERB = re.compile(r"(?<!\w)(" + "|".join(sorted(map(re.escape, VERBS), key=len, reverse=True)) + r")(?!\w)")
