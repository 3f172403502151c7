"""References in running text: type, number, notation, date, issuer; by number, in lists, by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import models
from pipeline.text.citations import Citation, Grammar
from pipeline.text.citations.issuers import issuer_after, issuer_before

GRAMMAR: Grammar = models.load().citations

Details = tuple[str | None, str | None, str | None, str | None, str | None]

ONE: dict[str, tuple[str, str, Details]] = {
    "decree": (
        "Căn cứ Nghị định số 57/2019/NĐ-CP ngày 26/6/2019 của Chính phủ quy định về biểu mẫu;",
        "Nghị định số 57/2019/NĐ-CP",
        ("Nghị định", "57", "2019/NĐ-CP", "2019-06-26", "Chính phủ"),
    ),
    "Party": (
        "Quán triệt Chỉ thị 61-CT/HU, ngày 08.9.2016 của Ban Thường vụ Huyện ủy về trồng rừng",
        "Chỉ thị 61-CT/HU",
        ("Chỉ thị", "61", "CT/HU", "2016-09-08", "Ban Thường vụ Huyện ủy"),
    ),
    "without số": (
        "Theo Kế hoạch 83/KH-SCT ngày 14/5/2018 của Sở Công Thương, các đơn vị",
        "Kế hoạch 83/KH-SCT",
        ("Kế hoạch", "83", "KH-SCT", "2018-05-14", "Sở Công Thương"),
    ),
    "date in words": (
        "Thực hiện Công văn số 815/SCT-TM ngày 03 tháng 4 năm 2018 của Sở Công Thương về việc",
        "Công văn số 815/SCT-TM",
        ("Công văn", "815", "SCT-TM", "2018-04-03", "Sở Công Thương"),
    ),
    "small letters": (
        "đã nêu tại công văn số 815/SCT-TM;",
        "công văn số 815/SCT-TM",
        ("Công văn", "815", "SCT-TM", None, None),
    ),
    "type of two words": (
        "Triển khai Chương trình hành động số 29-CTr/HU ngày 02/3/2017 của Huyện ủy",
        "Chương trình hành động số 29-CTr/HU",
        ("Chương trình hành động", "29", "CTr/HU", "2017-03-02", "Huyện ủy"),
    ),
    "notice of a conclusion": (
        "theo Thông báo Kết luận số 44-TB/HU của Thường trực Huyện ủy",
        "Thông báo Kết luận số 44-TB/HU",
        ("Thông báo kết luận", "44", "TB/HU", None, "Thường trực Huyện ủy"),
    ),
    "hour before the day": (
        "Công điện số 12/CĐ-BCH hồi 15 giờ ngày 12/9/2017 của Ban Chỉ huy chống lụt huyện về việc",
        "Công điện số 12/CĐ-BCH",
        ("Công điện", "12", "CĐ-BCH", "2017-09-12", "Ban Chỉ huy chống lụt huyện"),
    ),
    "head of an office": (
        "Xét đề nghị của Trưởng phòng Vật tư tại Tờ trình số 15/TTr-PVT ngày 10/3/2017;",
        "Tờ trình số 15/TTr-PVT",
        ("Tờ trình", "15", "TTr-PVT", "2017-03-10", "Phòng Vật tư"),
    ),
    "constitution": (
        "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013;",
        "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013",
        ("Hiến pháp", None, None, "2013", None),
    ),
    "agreed to by letter": (
        "đã được Sở Công Thương có ý kiến thống nhất theo Công văn số 815/SCT-TM;",
        "Công văn số 815/SCT-TM",
        ("Công văn", "815", "SCT-TM", None, "Sở Công Thương"),
    ),
    "letter after the number": (
        "Nghị quyết số 71b/NQ-HĐND ngày 12/12/2017 của Hội đồng nhân dân huyện",
        "Nghị quyết số 71b/NQ-HĐND",
        ("Nghị quyết", "71b", "NQ-HĐND", "2017-12-12", "Hội đồng nhân dân huyện"),
    ),
    "issuer before the date": (
        "Quyết định số 219/QĐ-SVH của Sở Văn hóa, Thể thao và Du lịch ngày 19/9/2018 về việc",
        "Quyết định số 219/QĐ-SVH",
        ("Quyết định", "219", "QĐ-SVH", "2018-09-19", "Sở Văn hóa, Thể thao và Du lịch"),
    ),
    "issuer in front, tại": (
        "theo đề nghị của Giám đốc Sở Công Thương tại Tờ trình số 77/TTr-SCT ngày 21/8/2018;",
        "Tờ trình số 77/TTr-SCT",
        ("Tờ trình", "77", "TTr-SCT", "2018-08-21", "Sở Công Thương"),
    ),
    "day and issuer in front": (
        "Ngày 14/02/2019, Sở Công Thương có Công văn số 52/SCT-TM gửi các huyện",
        "Công văn số 52/SCT-TM",
        ("Công văn", "52", "SCT-TM", "2019-02-14", "Sở Công Thương"),
    ),
    "abbreviation inside the issuer": (
        "Kế hoạch số 31/KH-BTV ngày 05/5/2017 của Ban Thường vụ Hội Nông dân (HND) tỉnh Vĩnh Sơn về việc",
        "Kế hoạch số 31/KH-BTV",
        ("Kế hoạch", "31", "KH-BTV", "2017-05-05", "Ban Thường vụ Hội Nông dân (HND) tỉnh Vĩnh Sơn"),
    ),
    "two issuers": (
        "Kế hoạch liên tịch số 6/KHLT-SCT-HND ngày 05/5/2017 giữa Sở Công Thương và Hội Nông dân tỉnh về",
        "Kế hoạch liên tịch số 6/KHLT-SCT-HND",
        ("Kế hoạch liên tịch", "6", "KHLT-SCT-HND", "2017-05-05", "Sở Công Thương và Hội Nông dân tỉnh"),
    ),
    "issuer and the next document": (
        "Nghị quyết số 33-NQ/HU ngày 05/5/2017 của Huyện ủy và các văn bản hướng dẫn",
        "Nghị quyết số 33-NQ/HU",
        ("Nghị quyết", "33", "NQ/HU", "2017-05-05", "Huyện ủy"),
    ),
    "number without a notation": (
        "quán triệt Kết luận 93 của Huyện ủy",
        "Kết luận 93",
        ("Kết luận", "93", None, None, "Huyện ủy"),
    ),
    "law with a number": (
        "Căn cứ Luật Thư viện số 46/2019/QH14;",
        "Luật Thư viện số 46/2019/QH14",
        ("Luật", "46", "2019/QH14", None, None),
    ),
    "one code, behind its type": (
        "thực hiện Chỉ thị 614/TTg của Thủ tướng Chính phủ",
        "Chỉ thị 614/TTg",
        ("Chỉ thị", "614", "TTg", None, "Thủ tướng Chính phủ"),
    ),
    "law, amended, with a number": (
        "Luật Xuất bản (sửa đổi) số 19/2012/QH13",
        "Luật Xuất bản (sửa đổi) số 19/2012/QH13",
        ("Luật", "19", "2012/QH13", None, None),
    ),
    "ordinance in small letters": (
        "Căn cứ Pháp lệnh bảo vệ cây xanh ngày 02/02/1999;",
        "Pháp lệnh bảo vệ cây xanh",
        ("Pháp lệnh", None, None, "1999-02-02", None),
    ),
    "verb behind the issuer": (
        "Kế hoạch số 83/KH-SCT ngày 14/5/2018 của Sở Công Thương rà soát chợ",
        "Kế hoạch số 83/KH-SCT",
        ("Kế hoạch", "83", "KH-SCT", "2018-05-14", "Sở Công Thương"),
    ),
    "law with its day": (
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;",
        "Luật Thi đua, khen thưởng",
        ("Luật", None, None, "2003-11-26", None),
    ),
    "law with its year": (
        "theo quy định của Bộ luật Lao động năm 2019 và hợp đồng",
        "Bộ luật Lao động năm 2019",
        ("Bộ luật", None, None, "2019", None),
    ),
    "law in a sentence": (
        "tuyên truyền Luật An toàn thực phẩm, góp phần nâng cao nhận thức",
        "Luật An toàn thực phẩm",
        ("Luật", None, None, None, None),
    ),
    "law not on the list": (
        "Căn cứ Luật Vườn cây và hồ nước ngày 01/02/2031;",
        "Luật Vườn cây và hồ nước",
        ("Luật", None, None, "2031-02-01", None),
    ),
    "amending law": (
        "Luật sửa đổi, bổ sung một số điều của Luật Thư viện và Luật Lưu trữ ngày 09/9/2030;",
        "Luật sửa đổi, bổ sung một số điều của Luật Thư viện và Luật Lưu trữ",
        ("Luật", None, None, "2030-09-09", None),
    ),
    "charter as a ground": (
        "Căn cứ Điều lệ Hội Làm vườn tỉnh Vĩnh Sơn;",
        "Điều lệ Hội Làm vườn tỉnh Vĩnh Sơn",
        ("Điều lệ", None, None, None, None),
    ),
    "minutes as a ground": (
        "Căn cứ Biên bản họp xét sáng kiến ngày 04/4/2018;",
        "Biên bản họp xét sáng kiến",
        ("Biên bản", None, None, "2018-04-04", None),
    ),
    "resolution of a congress": (
        "Thực hiện Nghị quyết Đại hội Đảng bộ huyện Đồng Lau lần thứ XX, nhiệm kỳ 2015 - 2020,",
        "Nghị quyết Đại hội Đảng bộ huyện Đồng Lau lần thứ XX",
        ("Nghị quyết", None, None, None, None),
    ),
}

SEVERAL: dict[str, tuple[str, list[Details]]] = {
    "an issuer of another body's document": (
        "Kế hoạch số 15-KH/HU, Kế hoạch số 122/KH-SCT của Sở Công Thương",
        [("Kế hoạch", "15", "KH/HU", None, None), ("Kế hoạch", "122", "KH-SCT", None, "Sở Công Thương")],
    ),
    "a document behind the issuer": (
        "Công văn số 88-CV/HU của Huyện ủy, Kế hoạch 83/KH-SCT ngày 14/5/2018 của Sở Công Thương",
        [
            ("Công văn", "88", "CV/HU", None, "Huyện ủy"),
            ("Kế hoạch", "83", "KH-SCT", "2018-05-14", "Sở Công Thương"),
        ],
    ),
    "one type, two numbers": (
        "các Nghị định số 57/2019/NĐ-CP, số 58/2019/NĐ-CP ngày 26/6/2019 của Chính phủ;",
        [
            ("Nghị định", "57", "2019/NĐ-CP", "2019-06-26", "Chính phủ"),
            ("Nghị định", "58", "2019/NĐ-CP", "2019-06-26", "Chính phủ"),
        ],
    ),
    "issuer of the list": (
        "các Quyết định của UBND huyện: Số 31/QĐ-UBND ngày 05/5/2017 về chợ; số 48/QĐ-UBND ngày 06/6/2018 về cầu",
        [
            ("Quyết định", "31", "QĐ-UBND", "2017-05-05", "UBND huyện"),
            ("Quyết định", "48", "QĐ-UBND", "2018-06-06", "UBND huyện"),
        ],
    ),
    "one issuer said last": (
        "Nghị định số 57/2019/NĐ-CP ngày 26/6/2019 và Nghị định số 60/2019/NĐ-CP ngày 05/7/2019 của Chính phủ",
        [
            ("Nghị định", "57", "2019/NĐ-CP", "2019-06-26", "Chính phủ"),
            ("Nghị định", "60", "2019/NĐ-CP", "2019-07-05", "Chính phủ"),
        ],
    ),
    "one issuer said first": (
        "Sở Công Thương tại Tờ trình số 77/TTr-SCT ngày 21/8/2018 và Văn bản số 915/SCT-TM ngày 03/9/2018",
        [
            ("Tờ trình", "77", "TTr-SCT", "2018-08-21", "Sở Công Thương"),
            ("Văn bản", "915", "SCT-TM", "2018-09-03", "Sở Công Thương"),
        ],
    ),
    "laws": (
        "Căn cứ Luật Thư viện ngày 21/11/2019; Luật Lưu trữ năm 2011 và Pháp lệnh Thú y",
        [
            ("Luật", None, None, "2019-11-21", None),
            ("Luật", None, None, "2011", None),
            ("Pháp lệnh", None, None, None, None),
        ],
    ),
}

NONE = {
    "the law": "chấp hành chính sách, pháp luật của Nhà nước",
    "discipline": "giữ nghiêm kỷ luật Lao động",
    "a fraction": "đạt 15/20 xã, 3/4 số hộ",
    "articles": "Điều 5, khoản 2 Điều 12",
    "plans in general": "xây dựng kế hoạch, báo cáo và công văn trả lời",
    "a rule that is no ground": "việc thực hiện Quy chế dân chủ ở cơ sở của đơn vị",
}


def found(text: str, *, mend: bool = False) -> list[Citation]:
    return list(GRAMMAR.find(text, mend=mend))


def details(one: Citation) -> Details:
    return one.type_name, one.number, one.notation, one.details.issued_on, one.details.issuer


@pytest.mark.parametrize(("text", "words", "wanted"), ONE.values(), ids=ONE)
def test_one(text: str, words: str, wanted: Details) -> None:
    (one,) = found(text)
    assert (text[one.start : one.end], details(one)) == (words, wanted)


@pytest.mark.parametrize(("text", "wanted"), SEVERAL.values(), ids=SEVERAL)
def test_several(text: str, wanted: list[Details]) -> None:
    assert [details(one) for one in found(text)] == wanted


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_none(text: str) -> None:
    assert found(text) == []


def test_a_law_named_only_in_the_title_of_another_document_is_left_out() -> None:
    text = "Nghị định số 57/2019/NĐ-CP quy định chi tiết một số điều của Luật Thư viện"
    assert [one.type_name for one in found(text)] == ["Nghị định"]


def test_the_title() -> None:
    (one,) = found("Kế hoạch số 83/KH-SCT ngày 14/5/2018 của Sở Công Thương về việc mở chợ phiên;")
    assert one.details.title == "về việc mở chợ phiên"


def test_ocr_is_mended_only_when_asked() -> None:
    text = "Quyết đinh sô 31/QD-UBND ngày 05/5/2017 của UBND huyện"
    assert [one.notation for one in found(text, mend=True)] == ["QĐ-UBND"]
    assert [one.notation for one in found(text)] == ["QD-UBND"]


def test_a_misread_qh() -> None:
    assert [one.notation for one in found("Luật Thư viện số 46/2019/QHI14;", mend=True)] == ["2019/QH14"]
    assert [one.notation for one in found("Luật Thư viện số 46/2019/QH¡4;", mend=True)] == ["2019/QH14"]


def test_a_list_goes_on_past_what_its_documents_are_about() -> None:
    text = (
        "Theo đề nghị của Bộ Y tế tại nội dung các Công văn: Số 61/BYT-ĐT ngày 03/4/2018 về việc góp ý tiền thuê kho. "
        "theo Nghị định số 57/2017/NĐ-CP của Chính phủ; số 65/BYT-QLD ngày 05/4/2018 về việc sửa kho."
    )
    assert [(one.type_name, one.number, one.details.issuer) for one in found(text)] == [
        ("Công văn", "61", "Bộ Y tế"),
        ("Nghị định", "57", "Chính phủ"),
        ("Công văn", "65", "Bộ Y tế"),
    ]


def test_another_notation_is_of_another_type() -> None:
    text = "theo Nghị định số 57/2017/NĐ-CP của Chính phủ; Thông. tư số 15/2018/TT-BNV của Bộ Nội vụ"
    assert [one.type_name for one in found(text)] == ["Nghị định", "Thông tư"]


def test_a_dash_belongs_to_an_issuer() -> None:
    (one,) = found("Công văn số 61/KCB-NV ngày 03/4/2018 của Cục Quản lý Kho — Bộ Y tế về việc sửa kho")
    assert one.details.issuer == "Cục Quản lý Kho — Bộ Y tế"


def test_a_notation_cut_by_a_space() -> None:
    assert [one.notation for one in found("Luật Thư viện số 46/2019/QH 14;")] == ["2019/QH14"]


AFTER = {
    "to the verb": (" của Sở Nội vụ hướng dẫn", "Sở Nội vụ"),
    "dược is not được": (" của Phòng Quản lý dược Kho Mẫu về", "Phòng Quản lý dược Kho Mẫu"),
    "vệ is not về": (" của Ban bảo vệ rừng xã về việc", "Ban bảo vệ rừng xã"),
    "thành viên": (" của Hội đồng thành viên Công ty Mẫu;", "Hội đồng thành viên Công ty Mẫu"),
    "between the Government and another": (
        " giữa Chính phủ và Đoàn Chủ tịch Hội A;",
        "Chính phủ và Đoàn Chủ tịch Hội A",
    ),
    "to the bracket": (" của Sở Nội vụ (bản chính)", "Sở Nội vụ"),
    "và inside": (" của Sở Lao động - Thương binh và Xã hội về", "Sở Lao động - Thương binh và Xã hội"),
    "tải is not tại": (" của Sở Giao thông vận tải về", "Sở Giao thông vận tải"),
    "đa is not đã": (" của Bệnh viện đa khoa huyện về", "Bệnh viện đa khoa huyện"),
    "nothing said": (" về việc nghỉ lễ", None),
    "next sentence": (", Sở Nội vụ thông báo", None),
    "the Government alone": (" của Chính phủ đến nay", "Chính phủ"),
}


@pytest.mark.parametrize(("text", "wanted"), AFTER.values(), ids=AFTER)
def test_issuer_after(text: str, wanted: str | None) -> None:
    at = issuer_after(text, 0)
    assert (text[slice(*at)] if at else None) == wanted


def test_issuer_before_needs_a_link() -> None:
    assert issuer_before("Sở Nội vụ đã xem ", 17) is None
    assert issuer_before("Sở Nội vụ tại ", 14) == (0, 9)


NUMBERS = st.integers(1, 9999)
NOTATIONS = st.sampled_from(["QĐ-UBND", "KH-SCT", "TTr-SNV", "2019/TT-BKH", "2018/NĐ-CP"])
TYPES = st.sampled_from(["Quyết định", "Kế hoạch", "Tờ trình", "Thông tư", "Nghị định"])
ISSUERS = st.sampled_from(["Sở Nội vụ", "Ủy ban nhân dân huyện Đồng Lau", "Bộ Công Thương", "Huyện ủy"])


@given(TYPES, NUMBERS, NOTATIONS, ISSUERS)
def test_what_is_written_is_read_back(kind: str, number: int, notation: str, issuer: str) -> None:
    text = f"Căn cứ {kind} số {number}/{notation} ngày 05/6/2019 của {issuer} về việc mở lớp;"
    (one,) = found(text)
    assert details(one) == (kind, str(number), notation, "2019-06-05", issuer)


@given(st.text(alphabet="Luật Căncứ Quyếtđịnhsố12/-QĐUBNDvà,;.()“”", max_size=80))
def test_citations_are_ordered_and_inside_the_text(text: str) -> None:
    cited = found(text)
    assert all(0 <= one.start < one.end <= len(text) and one.end <= one.details.end for one in cited)
    assert [one.start for one in cited] == sorted(one.start for one in cited)
