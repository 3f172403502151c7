"""Who is to act: by formula, before a colon, in a heading."""

from __future__ import annotations

import pytest

from pipeline.annotations import Field
from pipeline.extract import directives
from pipeline.extract.directives.assignees import asked, leading, split
from tests.extract.directives.reading import DIRECTORY, read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thẩm định.", ("Sở Nội vụ",), id="leading body alone"
        ),
        pytest.param(
            "Đề nghị các sở, ban, ngành, UBND các huyện báo cáo.", ("các sở, ban, ngành", "UBND các huyện"), id="two"
        ),
        pytest.param(
            "Yêu cầu Chánh Văn phòng; Giám đốc các trung tâm thực hiện.",
            ("Chánh Văn phòng", "Giám đốc các trung tâm"),
            id=";",
        ),
        pytest.param("Theo đề nghị của Sở Nội vụ tại tờ trình.", (), id="a noun"),
        pytest.param("Đề nghị các đồng chí chuẩn bị ý kiến.", ("các đồng chí",), id="comrades without names"),
        pytest.param("Đề nghị Quý cơ quan cung cấp số liệu.", ("Quý cơ quan",), id="politely"),
        pytest.param("Kính mời đại diện Sở Nội vụ dự họp.", ("đại diện Sở Nội vụ",), id="whoever stands for a body"),
        pytest.param("Giao bà Lê Thị Mẫu liên hệ thợ mộc.", ("bà Lê Thị Mẫu",), id="a person"),
        pytest.param("Yêu cầu cán bộ, công chức sở kiểm tra kho.", ("cán bộ, công chức sở",), id="one group"),
        pytest.param(
            "Giao Trưởng phòng Tổ chức cán bộ, Viện trưởng các viện kiểm tra kho.",
            ("Trưởng phòng Tổ chức cán bộ", "Viện trưởng các viện"),
            id="two heads",
        ),
    ],
)
def test_who_is_asked(text: str, names: tuple[str, ...]) -> None:
    assert asked(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Sở Nội vụ: Hướng dẫn khen thưởng.", ("Sở Nội vụ",), id="before a colon"),
        pytest.param("Sở Nội vụ hướng dẫn khen thưởng.", ("Sở Nội vụ",), id="before a verb"),
        pytest.param("Báo An Mỹ, Đài Phát thanh mở chuyên mục.", ("Báo An Mỹ", "Đài Phát thanh"), id="two"),
        pytest.param("Hướng dẫn khen thưởng cho Sở Nội vụ.", (), id="a verb first"),
        pytest.param("Khởi công kho mới.", (), id="khởi is no khối"),
        pytest.param("Các TTYT huyện lập sổ.", ("Các TTYT huyện",), id="initials"),
        pytest.param("Bưu điện An Mỹ: Chuyển thư.", ("Bưu điện An Mỹ",), id="another office"),
        pytest.param(
            "Chánh Văn phòng, Trưởng phòng Tổ chức chịu trách nhiệm thi hành.",
            ("Chánh Văn phòng", "Trưởng phòng Tổ chức"),
            id="formula",
        ),
    ],
)
def test_who_stands_first(text: str, names: tuple[str, ...]) -> None:
    assert leading(text) == names


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param("1. An toàn: mỗi đội kiểm tra kho của mình.", ("mỗi đội",), id="after a colon"),
        pytest.param(
            "1. Kiểm tra kho\n- Văn phòng lập danh sách;\n- Thanh tra kiểm tra.", ("Văn phòng",), id="bullets"
        ),
        pytest.param("1. Tổng hợp kết quả, đề nghị Sở Nội vụ khen thưởng.", (), id="asking is a part of the work"),
        pytest.param(
            "1. Chánh Văn phòng; Giám đốc các Sở: Nội vụ, Y tế; thủ trưởng các đơn vị chịu trách nhiệm thi hành.",
            ("Chánh Văn phòng", "Giám đốc các Sở: Nội vụ, Y tế", "thủ trưởng các đơn vị"),
            id="formula with a list after a colon",
        ),
        pytest.param("1. Căn cứ kế hoạch này, Phòng Vật tư lập danh sách.", ("Phòng Vật tư",), id="after a ground"),
        pytest.param("1. Hằng năm Phòng Vật tư kiểm tra cân.", ("Phòng Vật tư",), id="after a time"),
        pytest.param("1. Sửa chữa kho do Phòng Vật tư chủ trì.", ("Phòng Vật tư",), id="by whom"),
        pytest.param("1. Cấp vật liệu để Văn phòng thực hiện.", ("Văn phòng",), id="so that somebody does it"),
        pytest.param("1. Kiểm tra kho do bão làm hỏng.", (), id="by what is nobody"),
        pytest.param(
            "1. Phòng Vật tư kiểm tra kho; Phòng Kế toán kiểm tra sổ.",
            ("Phòng Vật tư", "Phòng Kế toán"),
            id="two orders",
        ),
        pytest.param(
            "1. Giao cho Phòng Vật tư và Phòng Kế toán kiểm tra kho. Giao Văn phòng theo dõi.",
            ("Phòng Vật tư", "Phòng Kế toán", "Văn phòng"),
            id="asked by two sentences",
        ),
        pytest.param("1. Tập thể: 40.000 đồng; cá nhân: 20.000 đồng.", (), id="given, not asked"),
        pytest.param("1. PHONG TRÀO THI ĐUA\na) Tổ chức hội thi.", (), id="a heading that is nobody"),
        pytest.param("1. Đối với sinh viên\n- Đăng ký đề tài.", ("sinh viên",), id="Đối với"),
    ],
)
def test_who_is_to_act_in_an_item(body: str, names: tuple[str, ...]) -> None:
    assert [d.assignees for d in directives.extract(read("plan", body), DIRECTORY)] == [names]


def test_an_item_takes_its_heading_as_assignee() -> None:
    doc = read("plan", "1. Sở Nội vụ\na) Hướng dẫn khen thưởng.\nb) Giao Văn phòng tổng hợp.")
    assert [d.assignees for d in directives.extract(doc, DIRECTORY)] == [("Sở Nội vụ",), ("Văn phòng",)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "Yêu cầu Giám đốc các sở, Chủ tịch UBND huyện kiểm tra kho.",
            ("Giám đốc các sở", "Chủ tịch UBND huyện"),
            id="a comma between two",
        ),
        pytest.param(
            "Giao Sở Nông nghiệp và phát triển nông thôn kiểm tra kho.",
            ("Sở Nông nghiệp và phát triển nông thôn",),
            id="a verb inside a name",
        ),
        pytest.param(
            "Giao bộ phận giúp việc cho Hội đồng lập danh sách.",
            ("bộ phận giúp việc cho Hội đồng",),
            id="a verb inside a word",
        ),
        pytest.param("Yêu cầu Phòng Vật tư cất giữ dụng cụ.", ("Phòng Vật tư",), id="up to an unknown verb"),
        pytest.param(
            "Đề nghị các sở: Nội vụ, Y tế báo cáo số liệu.", ("các sở: Nội vụ, Y tế",), id="names after a colon"
        ),
    ],
)
def test_a_name_ends_where_the_work_begins(text: str, names: tuple[str, ...]) -> None:
    assert asked(text) == names


def test_split_leaves_lists_whole() -> None:
    assert split("các sở, ban, ngành") == ("các sở, ban, ngành",)


def test_those_who_act_are_joined_to_the_directory() -> None:
    doc = read("plan", "1. Giao Sở Nội vụ, Hội thợ mộc kiểm tra kho.")
    seat = Field(span=None, confidence=0.9, by="test", name="agency", value="SỞ XÂY DỰNG TỈNH BẮC KẠN")
    (found,) = directives.extract(doc.annotate([seat]), DIRECTORY)
    assert (found.assignees, found.assignee_ids) == (("Sở Nội vụ", "Hội thợ mộc"), ("so-noi-vu.bac-kan",))
