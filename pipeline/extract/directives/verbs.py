"""The verbs of work: what dispatches order to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.words import tagged

VERBS = (
    "ban hành", "biên soạn", "biểu dương", "bàn giao", "báo cáo", "bãi bỏ", "bảo đảm", "bầu", "bố trí", "bồi dưỡng",
    "bổ nhiệm", "bổ sung", "cho phép", "chuyển", "chuẩn bị", "chấm điểm", "chấn chỉnh", "chấp hành", "chấp thuận",
    "chỉ đạo", "chịu trách nhiệm", "chọn", "chủ trì", "chủ động", "cung cấp", "cân đối", "công bố", "công khai",
    "công nhận", "cấp bổ sung", "cấp kinh phí", "cấp phát", "cập nhật", "cụ thể hoá", "cụ thể hóa", "củng cố", "cử",
    "duy trì", "giao", "giám sát", "giúp", "giải quyết", "giới thiệu", "góp ý", "gắn", "gửi", "hoàn thiện",
    "hoàn thành", "huy động", "hướng dẫn", "hưởng ứng", "hỗ trợ", "khen thưởng", "khuyến khích", "khảo sát",
    "khẩn trương", "khắc phục", "khởi công", "kiểm tra", "kiện toàn", "ký", "kết hợp", "kịp thời", "liên hệ",
    "lãnh đạo", "lập", "lồng ghép", "lựa chọn", "miễn nhiệm", "mua", "mở", "mở rộng", "nghiêm túc", "nghiên cứu",
    "nhân rộng", "nhận", "nâng cao", "nêu cao", "nộp", "phát hiện", "phát huy", "phát hành", "phát triển",
    "phát động", "phân công", "phân tích", "phê chuẩn", "phê duyệt", "phản ánh", "phấn đấu", "phối hợp", "phổ biến",
    "phụ trách", "quán triệt", "quản lý", "rà soát", "soạn thảo", "sơ kết", "sắp xếp", "sử dụng", "sửa chữa",
    "sửa đổi", "tham dự", "tham gia", "tham mưu", "thanh toán", "thanh tra", "theo dõi", "thi hành", "thi đua",
    "thu hồi", "thành lập", "thông báo", "thông tin", "thường xuyên", "thẩm định", "thống kê", "thống nhất",
    "thực hiện", "thực thi", "tiếp nhận", "tiếp thu", "tiếp tục", "trang bị", "trao", "triển khai", "truy cập",
    "trình", "trích", "trả lời", "tuyên dương", "tuyên truyền", "tuân thủ", "tích cực", "tăng cường",
    "tạo điều kiện", "tải biểu mẫu", "tải file", "tải mẫu", "tải về", "tập huấn", "tập trung", "tặng", "tổ chức",
    "tổng hợp", "tổng kết", "tự", "vận dụng", "vận hành", "vận động", "về dự", "xem xét", "xác nhận", "xác định",
    "xây dựng", "xét", "xử lý", "yêu cầu", "đa dạng hóa", "điều chỉnh", "đánh giá", "đôn đốc", "đăng ký",
    "đăng nhập", "đăng tải", "đưa", "đảm bảo", "đẩy mạnh", "đến dự", "đề cao", "đề xuất", "định kỳ", "đổi mới",
    "động viên", "ủy quyền",
)  # fmt: skip
"""What is ordered, of dispatches in general; the longest that fits is taken."""

MANNERS = {
    "tiếp tục", "chủ động", "tích cực", "nghiêm túc", "khẩn trương", "định kỳ", "thường xuyên", "kịp thời",
    "tập trung", "giao", "yêu cầu", "phấn đấu",
}  # fmt: skip
"""Verbs that only say how; the action is the verb after them where one follows."""

_VERB = re.compile(r"(?<!\w)(" + "|".join(sorted(map(re.escape, VERBS), key=len, reverse=True)) + r")(?!\w)")
_NOUNS = re.compile(
    r"\b(?:các|những|một số|nhiều|công tác|cuộc|việc|sự|kế hoạch|phong trào|hoạt động|nhiệm vụ|nội dung|kết quả|"
    r"trách nhiệm|quyết định|quy định|đợt|giấy|văn bản|tình hình|chế độ|chương|tiến độ|quy|quá|tờ|mức|hồ sơ|khối|cụm|"
    r"danh hiệu|chỉ tiêu|tiêu chí|ngày|đại diện)\s+$",
    re.IGNORECASE,
)
"""Words after which a verb is part of a noun: `công tác tuyên truyền`."""
_GROUPS = re.compile(r"\b(?:ban|tổ|đoàn|hội đồng|thư|bộ phận)\s+$", re.IGNORECASE)
_OF_GROUPS = {
    "chỉ đạo", "tổ chức", "kiểm tra", "thanh tra", "giám sát", "đánh giá", "vận động", "thẩm định", "quản lý", "ký",
    "xét", "tuyên truyền", "phụ trách", "khảo sát", "chấm điểm", "tiếp nhận", "phản ánh", "thi đua",
}  # fmt: skip
"""Verbs by which groups are called: `Ban chỉ đạo`, `Đoàn kiểm tra`."""


def verbs(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the verbs of work in a text; in the middle of a sentence a capital begins a name, no verb."""
    for match in _VERB.finditer(text.lower(), start):
        at, verb = match.start(), match.group()
        before = text[max(0, at - 14) : at]
        briefing = verb == "giao" and text[match.end() : match.end() + 5] == " ban "
        if briefing or _NOUNS.search(before) or (verb in _OF_GROUPS and _GROUPS.search(before)):
            continue
        if text[at].islower() or _begins(text[:at].rstrip()):
            yield at, verb


def _begins(before: str) -> bool:
    """Tell whether a clause begins after a text: at its head, after a mark, after a bullet, not after a name's dash."""
    bullet = before[-1:] in {"-", "–", "+", "•"}
    return (before[:-1].rstrip() if bullet else before)[-1:] in {"", ".", ":", ";"}


def first_verb(text: str, start: int = 0) -> tuple[int, str] | None:
    """Return where the first verb of work stands in a text, and the verb."""
    return next(verbs(text, start), None)


def whole_verb(text: str, start: int) -> str | None:
    """Return the verb that begins at a place; None inside a word, as `lập` in `công lập`, `tự` in `thứ tự`.

    The tagger may join a verb to the name before it; the small letter tells them apart.
    """
    begin = max(text.rfind(" ", 0, max(start - 24, 0)) + 1, 0)
    for at in tagged(text[begin : start + 24]):
        word, place = at.word.text, begin + at.word.start
        if place == start:
            return word.lower() if " " not in word or at.speech == "verb" else None
        if place < start < begin + at.word.end:
            name = place > 0 and word[:1].isupper() and text[start].islower()
            return text[start : begin + at.word.end] if name else None
    return None
