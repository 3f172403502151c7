"""The words that dispatches are made of: invented places, bodies and people, and sentences of their own.

Only national movements and laws are real.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from benchmarks.samples.truth import Form


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues dispatches. `{p}` stands for a province, `{d}` for a district, in capitals for capitals."""

    form: Form
    parent: str | None
    lines: tuple[str, ...]
    code: str
    office: str  # the unit that a công văn's notation and the filing line name
    authority: str | None  # whom the signer signs for
    chief: str
    spoken: str  # how texts name it

    @property
    def deputy(self) -> str:
        """The position of whoever signs in the chief's stead."""
        return f"PHÓ {self.chief}"

    @property
    def at_district(self) -> bool:
        """Whether its seat is a district's."""
        return "{D}" in " ".join((self.parent or "", *self.lines))


# form | parent | lines, parted by / | code | office | authority | chief | spoken
_BODIES: Final = """
state||ỦY BAN NHÂN DÂN/TỈNH {P}|UBND|NC|TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH|Ủy ban nhân dân tỉnh {p}
state|UBND TỈNH {P}|SỞ NỘI VỤ|SNV|TĐKT||GIÁM ĐỐC|Sở Nội vụ
state|UBND TỈNH {P}|SỞ Y TẾ|SYT|NVY||GIÁM ĐỐC|Sở Y tế
state|UBND TỈNH {P}|SỞ GIÁO DỤC VÀ ĐÀO TẠO|SGDĐT|VP||GIÁM ĐỐC|Sở Giáo dục và Đào tạo
state|UBND TỈNH {P}|BAN QUẢN LÝ/CÁC KHU CÔNG NGHIỆP|BQL|QLLĐ||TRƯỞNG BAN|Ban Quản lý các khu công nghiệp
state||ỦY BAN NHÂN DÂN/HUYỆN {D}|UBND|NV|TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH|Ủy ban nhân dân huyện {d}
state|ỦY BAN NHÂN DÂN HUYỆN {D}|PHÒNG NỘI VỤ|PNV|TH||TRƯỞNG PHÒNG|Phòng Nội vụ
union|TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM|LIÊN ĐOÀN LAO ĐỘNG TỈNH {P}|LĐLĐ|CSPL|TM. BAN THƯỜNG VỤ|CHỦ TỊCH|Liên đoàn Lao động tỉnh
union|LIÊN ĐOÀN LAO ĐỘNG TỈNH {P}|CÔNG ĐOÀN NGÀNH Y TẾ|CĐN|VP|TM. BAN THƯỜNG VỤ|CHỦ TỊCH|Công đoàn ngành Y tế
union|LIÊN ĐOÀN LAO ĐỘNG TỈNH {P}|LIÊN ĐOÀN LAO ĐỘNG/HUYỆN {D}|LĐLĐ|VP|TM. BAN THƯỜNG VỤ|CHỦ TỊCH|Liên đoàn Lao động huyện {d}
state||ỦY BAN NHÂN DÂN/XÃ {D}|UBND|VP|TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH|Ủy ban nhân dân xã {d}
state|UBND PHƯỜNG {D}|PHÒNG VĂN HÓA - XÃ HỘI|VHXH|TH||TRƯỞNG PHÒNG|Phòng Văn hóa - Xã hội
state|UBND PHƯỜNG {D}|TRUNG TÂM PHỤC VỤ/HÀNH CHÍNH CÔNG|TTPVHCC|TH||GIÁM ĐỐC|Trung tâm Phục vụ hành chính công
state|SỞ Y TẾ {P}|TRUNG TÂM Y TẾ/HUYỆN {D}|TTYT|KHNV||GIÁM ĐỐC|Trung tâm Y tế
state|PHÒNG GD&ĐT HUYỆN {D}|TRƯỜNG TRUNG HỌC CƠ SỞ/{D}|THCS|CM||HIỆU TRƯỞNG|Trường Trung học cơ sở {d}
state|BỘ GIÁO DỤC VÀ ĐÀO TẠO|TRƯỜNG ĐẠI HỌC {P}|ĐHP|CTSV||HIỆU TRƯỞNG|Trường Đại học {p}
state||TÒA ÁN NHÂN DÂN/TỈNH {P}|TA|TCCB||CHÁNH ÁN|Tòa án nhân dân tỉnh {p}
state|BỘ CÔNG AN|CÔNG AN TỈNH {P}|CAT|PV01||GIÁM ĐỐC|Công an tỉnh
state||CÔNG TY CỔ PHẦN/MÔI TRƯỜNG ĐÔ THỊ {P}|MTĐT|KHKD||TỔNG GIÁM ĐỐC|Công ty Cổ phần Môi trường đô thị {p}
state|ỦY BAN MTTQ VIỆT NAM TỈNH {P}|BAN THƯỜNG TRỰC|MTTQ|BTT|TM. BAN THƯỜNG TRỰC|CHỦ TỊCH|Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh
state|HỘI LHPN TỈNH {P}|BAN THƯỜNG VỤ/HỘI LHPN HUYỆN {D}|BTV|VP|TM. BAN THƯỜNG VỤ|CHỦ TỊCH|Hội LHPN huyện
youth|TỈNH ĐOÀN {P}|BAN CHẤP HÀNH ĐOÀN/HUYỆN {D}|ĐTN|VP|TM. BAN THƯỜNG VỤ|BÍ THƯ|Ban Thường vụ Huyện đoàn
party|TỈNH ỦY {P}|BAN TUYÊN GIÁO VÀ DÂN VẬN|BTGDVTU|VP||TRƯỞNG BAN|Ban Tuyên giáo và Dân vận Tỉnh ủy
party|ĐẢNG BỘ TỈNH {P}|ĐẢNG ỦY XÃ {D}|ĐU|VPĐU|T/M BAN THƯỜNG VỤ|BÍ THƯ|Ban Thường vụ Đảng ủy xã
party||TỈNH ỦY {P}|TU|VPTU|T/M BAN THƯỜNG VỤ|BÍ THƯ|Ban Thường vụ Tỉnh ủy
party|ĐẢNG BỘ TỈNH {P}|HUYỆN ỦY {D}|HU|VPHU|T/M BAN THƯỜNG VỤ|BÍ THƯ|Ban Thường vụ Huyện ủy
"""  # noqa: E501


def _body(row: str) -> Body:
    form, parent, lines, code, office, authority, chief, spoken = row.split("|")
    known: dict[str, Form] = {"state": "state", "union": "union", "party": "party", "youth": "youth"}
    return Body(known[form], parent or None, tuple(lines.split("/")), code, office, authority or None, chief, spoken)


BODIES: Final = tuple(_body(row) for row in _BODIES.strip().split("\n"))

PROVINCES: Final = (
    "Lam Hải", "Phù Vân", "Trường Khê", "Đông Hòa Giang", "Thiên Bình", "Quảng Lương", "Hà Thượng", "Yên Phú",
    "Bạch Sa", "Tân Khánh", "Kỳ Nguyên", "Vĩnh Trạch",
)  # fmt: skip
DISTRICTS: Final = (
    "Đồng Mây", "Khe Ngọc", "An Thịnh Đông", "Bãi Thơm", "Cẩm Lĩnh", "Sông Hiền", "Nà Tấu Thượng", "Phước Lạc",
    "Thanh Ba Đình", "Xuân Quế", "Hòa Lộc", "Mường Khoa Hạ",
)  # fmt: skip
FAMILIES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Lý", "Đoàn", "Mạc", "Tạ")
MIDDLES: Final = ("Văn", "Thị", "Đức", "Hữu", "Minh", "Thanh", "Ngọc", "Quốc", "Thị Thu", "Xuân", "Bá", "Thị Kim")
GIVEN: Final = (
    "Khoát", "Nhàn", "Thụy", "Quyền", "Bưởi", "Diễm", "Khuê", "Trịnh", "Ưng", "Vượng", "Ngãi", "Huề", "Ái", "Thạc",
    "Ngữ", "Thoa", "Tuệ", "Ích", "Nghĩa", "Yến", "Lượng", "Giáp",
)  # fmt: skip

KNOWN_MOVEMENTS: Final = (
    ("Cả nước chung sức xây dựng nông thôn mới", "movement"),
    ("Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở", "movement"),
    ("Lao động giỏi, lao động sáng tạo", "movement"),
    ("Giỏi việc nước, đảm việc nhà", "movement"),
    ("Dân vận khéo", "movement"),
    ("Toàn dân bảo vệ an ninh Tổ quốc", "movement"),
    ("Người Việt Nam ưu tiên dùng hàng Việt Nam", "campaign"),
    ("Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh", "campaign"),
    ("Tết Sum vầy", "programme"),
    ("Mái ấm Công đoàn", "programme"),
)
OWN_MOVEMENTS: Final = (
    "Mỗi thôn một con đường hoa", "Một nghìn giờ không tai nạn", "Công sở không giấy tờ", "Sạch nhà, đẹp xóm, vui làng",
    "Mỗi ngày một việc tử tế", "Ba nhanh, hai đúng, một cửa", "Lớp học không rác thải nhựa", "Tổ máy kiểu mẫu",
    "Bữa ăn ca nghĩa tình", "Một trăm ngày gỡ khó cho dân", "Trực đêm thân thiện", "Bàn giấy mở",
)  # fmt: skip

TOPICS: Final = (
    "chuyển đổi số trong công tác văn thư", "vệ sinh môi trường khu dân cư", "an toàn, vệ sinh lao động",
    "phòng, chống cháy nổ tại trụ sở làm việc", "tiết kiệm điện trong mùa nắng nóng",
    "chăm sóc sức khỏe người cao tuổi",
    "khuyến đọc trong trường học", "cải cách thủ tục hành chính", "trồng cây phân tán", "an toàn giao thông nông thôn",
    "hỗ trợ hộ khó khăn về nhà ở", "phổ biến, giáo dục pháp luật", "tiếp nhận và xử lý kiến nghị của người dân",
    "bảo quản hồ sơ lưu trữ", "phòng, chống thiên tai",
)  # fmt: skip
UNITS: Final = (
    "Văn phòng", "Phòng Tổ chức - Hành chính", "Phòng Kế hoạch - Tài chính", "Ban Tuyên giáo", "Trung tâm Văn hóa",
    "Phòng Công tác chính trị", "Đài Truyền thanh", "Ban Chính sách - Pháp luật", "Trung tâm Y tế", "Phòng Nghiệp vụ",
)  # fmt: skip
GROUPS: Final = (
    "Các phòng, ban trực thuộc", "Ủy ban nhân dân các xã, thị trấn", "Công đoàn cơ sở trực thuộc",
    "Các trường trung học",
    "Các đơn vị sự nghiệp", "Các cấp ủy trực thuộc", "Thủ trưởng các cơ quan, đơn vị",
)  # fmt: skip
REPORTED_TO: Final = (
    "Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh", "UBND tỉnh", "Ban Thi đua - Khen thưởng", "Thường trực Huyện ủy",
    "Ban Tổ chức", "Chủ tịch, các Phó Chủ tịch",
)  # fmt: skip
INFORMED: Final = (
    "Như trên", "Báo, Đài địa phương", "Cổng thông tin điện tử", "Lãnh đạo Văn phòng", "Các thành viên Hội đồng",
    "Mặt trận Tổ quốc và các đoàn thể", "Các phòng chuyên môn", "Công báo",
)  # fmt: skip
PURPOSES: Final = ("b/c", "báo cáo", "thực hiện", "t/h", "phối hợp", "đưa tin", "chỉ đạo", "theo dõi")

BACKGROUNDS: Final = (
    "Thời gian qua, công tác {topic} trên địa bàn đã có nhiều chuyển biến tích cực; đội ngũ làm nhiệm vụ ngày càng "
    "gắn bó với cơ sở, nhiều cách làm hay được nhân rộng. Tuy vậy, ở một số nơi việc tổ chức còn chậm, thiếu kiểm tra.",
    "Qua theo dõi, công tác {topic} đạt được những kết quả bước đầu, song chưa đồng đều giữa các đơn vị và còn mang "
    "tính hình thức ở một vài bộ phận.",
    "Nhằm tiếp tục nâng cao chất lượng công tác {topic}, phát huy tinh thần trách nhiệm của từng cán bộ, nhân viên và "
    "tạo không khí sôi nổi trong toàn cơ quan.",
)
PURPOSE_TEXTS: Final = (
    "Khơi dậy tinh thần tự giác, sáng tạo của tập thể và cá nhân trong công tác {topic}; góp phần hoàn thành nhiệm vụ "
    "chung của đơn vị.",
    "Tạo bước chuyển rõ nét về nhận thức và hành động trong công tác {topic} từ cơ sở.",
)
DEMAND_TEXTS: Final = (
    "Việc tổ chức phải thiết thực, tiết kiệm, tránh phô trương; gắn trách nhiệm người đứng đầu với kết quả đạt được.",
    "Nội dung cụ thể, dễ nhớ, dễ làm, có kiểm tra và rút kinh nghiệm từng đợt.",
)
TASKS: Final = (
    "Tổ chức quán triệt sâu rộng ý nghĩa của công tác {topic} đến từng tổ, đội, bộ phận; mỗi nơi chọn ít nhất {n} việc "
    "cụ thể để làm ngay.",
    "Rà soát, bổ sung quy chế về {topic}, bảo đảm rõ người, rõ việc, rõ thời gian và rõ kết quả.",
    "Mở {n} lớp bồi dưỡng kỹ năng về {topic} cho cán bộ phụ trách, ưu tiên đơn vị ở xa trung tâm.",
    "Kiểm tra việc thực hiện {topic} tại {n} đơn vị, kịp thời chấn chỉnh những nơi làm chưa tốt.",
    "Xây dựng chuyên mục giới thiệu gương điển hình về {topic} trên trang thông tin nội bộ.",
    "Bố trí kinh phí, phương tiện phục vụ công tác {topic} theo đúng quy định hiện hành.",
    "Lựa chọn {n} tập thể tiêu biểu về {topic} để biểu dương trong hội nghị tổng kết.",
    "Đẩy mạnh ứng dụng công nghệ thông tin trong {topic}, giảm tối đa hồ sơ giấy.",
)
ASSIGNED: Final = (
    "chủ trì, phối hợp với {other} tham mưu kế hoạch chi tiết về {topic}",
    "tổng hợp kết quả thực hiện công tác {topic}",
    "theo dõi, đôn đốc các đơn vị triển khai công tác {topic}",
    "hướng dẫn nghiệp vụ và cấp phát tài liệu về {topic}",
)
