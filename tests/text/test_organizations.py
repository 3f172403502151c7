"""Which body a name means."""

from pathlib import Path

import pytest

from pipeline import models
from pipeline.text.match import Entry, Gazetteer, read_gazetteer
from pipeline.text.organizations import Organizations, Seat

PROVINCES = Gazetteer(
    (Entry("bac-kan", "Bắc Kạn"), Entry("ha-noi", "Hà Nội", more={"kind": "thành phố"}), Entry("tra-vinh", "Trà Vinh"))
)


@pytest.fixture(scope="module")
def directory() -> Organizations:
    return Organizations(read_gazetteer(Path(models.folder()) / "gazetteers" / "organizations.tsv"), PROVINCES)


CASES = [
    ("Bộ Kế hoạch và Đầu tư", None, "bo-ke-hoach-va-dau-tu"),
    ("Bộ KH&ĐT", None, "bo-ke-hoach-va-dau-tu"),
    ("BYT", None, "bo-y-te"),
    ("Bộ trưởng Bộ Y tế", None, "bo-y-te"),
    ("Bộ Tư pháp (Cục Bổ trợ tư pháp);", None, "bo-tu-phap"),
    ("Thủ tướng và các Phó Thủ tướng Chính phủ", None, "chinh-phu"),
    ("Toà án NDTC", None, "toa-an-nhan-dan-toi-cao"),
    ("Ban Tuyên giáo TU", "bac-kan", "ban-tuyen-giao-tinh-uy.bac-kan"),
    ("Ủy ban TƯ MTTQ VN", None, "uy-ban-trung-uong-mttq"),
    ("Văn phòng TW Đảng", None, "van-phong-trung-uong-dang"),
    ("VP HĐND và UBND huyện Đá Mài", "bac-kan", "van-phong-hdnd-va-ubnd.bac-kan.huyen-da-mai"),
    ("Tổng LĐLĐ VN", None, "tong-lien-doan-lao-dong"),
    ("Uỷ ban nhân dân tỉnh", "bac-kan", "ubnd.bac-kan"),
    ("UBND tinh", "Bắc Kạn", "ubnd.bac-kan"),
    ("UBND tỉnh Trà Vinh", "bac-kan", "ubnd.tra-vinh"),
    ("Sở LĐ-TB&XH", "bac-kan", "so-lao-dong-thuong-binh-va-xa-hoi.bac-kan"),
    ("Sở Y tế Trà Vinh", None, "so-y-te.tra-vinh"),
    ("Sở Y tế TP. Hà Nội", "bac-kan", "so-y-te.ha-noi"),
    ("CT, các PCT UBND tỉnh", "bac-kan", "ubnd.bac-kan"),
    ("TT Tỉnh ủy", "bac-kan", "thuong-truc-tinh-uy.bac-kan"),
    ("Bảo hiểm xã hội tỉnh", "bac-kan", "bao-hiem-xa-hoi.bac-kan"),
    ("UBND huyện Đá Mài", "bac-kan", "ubnd.bac-kan.huyen-da-mai"),
    ("UBND xã Nà Sen, huyện Đá Mài", "bac-kan", "ubnd.bac-kan.huyen-da-mai.xa-na-sen"),
    ("Tỉnh Đoàn", "bac-kan", "doan-thanh-nien.bac-kan"),
    ("BTT Ủy ban MTTQ Việt Nam tỉnh", "bac-kan", "uy-ban-mttq.bac-kan"),
    ("BTV. Hội Nông dân tỉnh", "bac-kan", "hoi-nong-dan.bac-kan"),
    ("UBND quận 3", "ha-noi", "ubnd.ha-noi.quan-3"),
    ("Ban Chỉ huy Quân sự huyện Đá Mài", "bac-kan", "ban-chi-huy-quan-su.bac-kan.huyen-da-mai"),
    ("Ủy ban nhân dan tinh", "bac-kan", "ubnd.bac-kan"),
    ("Huyện ủy Đá Mài", "bac-kan", "huyen-uy.bac-kan.huyen-da-mai"),
    ("Văn phòng Huyện ủy Đá Mài", "bac-kan", "van-phong-huyen-uy.bac-kan.huyen-da-mai"),
    ("Cục Quản lý Dược - Bộ Y tế", None, "cuc-quan-ly-duoc"),
    ("Hội Liên hiệp Phụ nữ (LHPN) tỉnh", "bac-kan", "hoi-lhpn.bac-kan"),
    ("VPUB: CVP, các PCVP", "bac-kan", "van-phong-ubnd.bac-kan"),
    ("Sở Giáo duc và Đào tao tỉnh", "bac-kan", "so-giao-duc-va-dao-tao.bac-kan"),
]


@pytest.mark.parametrize(("name", "province", "id"), CASES, ids=[case[0] for case in CASES])
def test_resolve(directory: Organizations, name: str, province: str | None, id: str) -> None:
    assert directory.resolve(name, province=province) == id


@pytest.mark.parametrize(
    ("name", "province"),
    [
        pytest.param("Như trên", "bac-kan", id="no-body"),
        pytest.param("Các sở, ban, ngành tỉnh", "bac-kan", id="group"),
        pytest.param("UBND các huyện, thành phố", "bac-kan", id="group-of-districts"),
        pytest.param("UBND huyện, thị xã", "bac-kan", id="levels-without-names"),
        pytest.param("HĐND, UBND tỉnh", "bac-kan", id="two-bodies"),
        pytest.param("Ủy ban MTTQ Việt Nam tỉnh và các đoàn thể", "bac-kan", id="a body and others"),
        pytest.param("UBND tỉnh", None, id="unknown-province"),
        pytest.param("UBND", "bac-kan", id="unknown-level"),
        pytest.param("UBND thành phố", "bac-kan", id="which-city"),
        pytest.param("UBND xã Nà Sen", "bac-kan", id="commune-without-district"),
        pytest.param("Sở Văn hóa, Thể thao và Du lịch", None, id="a Sở is no Bộ"),
        pytest.param("", "bac-kan", id="empty"),
        pytest.param("()", None, id="only-brackets"),
    ],
)
def test_what_could_be_several_bodies_has_no_id(directory: Organizations, name: str, province: str | None) -> None:
    assert directory.resolve(name, province=province) is None


def test_communes_stand_under_the_province_once_districts_have_ended(directory: Organizations) -> None:
    assert directory.resolve("UBND xã Nà Sen", province="bac-kan", day="2026-01-05") == "ubnd.bac-kan.xa-na-sen"


def test_the_day_chooses_between_bodies_of_one_name() -> None:
    rows = (
        Entry("cu", "Bộ Đường thủy", valid_to="1990-12-31", more={"level": "central"}),
        Entry("moi", "Bộ Đường thủy", valid_from="1991-01-01", more={"level": "central"}),
    )
    directory = Organizations(Gazetteer(rows), PROVINCES)
    assert directory.resolve("Bộ Đường thủy", day="1985-03-01") == "cu"
    assert directory.resolve("Bộ Đường thủy", day="1995-03-01") == "moi"
    assert directory.resolve("Bộ Đường thủy") is None


HELD = Gazetteer(
    (
        Entry(
            "bac-kan.huyen-da-mai", "Huyện Đá Mài", (), None, "2025-06-30", {"province": "bac-kan", "level": "district"}
        ),
        Entry(
            "ha-noi.huyen-lang-ha", "Huyện Lãng Hạ", (), None, "2025-06-30", {"province": "ha-noi", "level": "district"}
        ),
        Entry(
            "tra-vinh.quan-lang-ha",
            "Quận Lãng Hạ",
            (),
            None,
            "2025-06-30",
            {"province": "tra-vinh", "level": "district"},
        ),
        Entry("bac-kan.xa-na-sen", "Xã Nà Sen", (), "2025-07-01", None, {"province": "bac-kan", "level": "commune"}),
    )
)


@pytest.mark.parametrize(
    ("line", "day", "province"),
    [
        pytest.param("UBND HUYỆN ĐÁ MÀI", "2019-03-05", "bac-kan", id="a district that one province has"),
        pytest.param("UBND THỊ XÃ ĐÁ MÀI", "2019-03-05", "bac-kan", id="of another rank then"),
        pytest.param("UBND HUYỆN LÃNG HẠ", "2019-03-05", "ha-noi", id="told by its rank"),
        pytest.param("UBND THỊ XÃ LÃNG HẠ", "2019-03-05", None, id="a name in two provinces"),
        pytest.param("UBND XÃ NÀ SEN", "2026-01-05", "bac-kan", id="a commune since districts ended"),
        pytest.param("UBND XÃ NÀ SEN", "2019-03-05", None, id="a commune before"),
        pytest.param("UBND HUYỆN SÔNG ĐÀO", "2019-03-05", None, id="no such place"),
    ],
)
def test_a_place_tells_its_province(directory: Organizations, line: str, day: str, province: str | None) -> None:
    placed = Organizations(directory.gazetteer, PROVINCES, HELD)
    assert placed.seat([line], place="Nà Sen", day=day).province == province


@pytest.mark.parametrize(
    ("lines", "place", "seat"),
    [
        pytest.param(["ỦY BAN NHÂN DÂN TỈNH BẮC KẠN"], None, Seat("bac-kan"), id="province"),
        pytest.param(["SỞ Y TẾ", "UBND TỈNH TRÀ VINH"], "Trà Vinh", Seat("tra-vinh"), id="body-above"),
        pytest.param(["SỞ Y TẾ", None], "Trà Vinh", Seat("tra-vinh"), id="place"),
        pytest.param(["HUYỆN ỦY ĐÁ MÀI", "ĐẢNG BỘ TỈNH BẮC KẠN"], None, Seat("bac-kan", "huyen-da-mai"), id="district"),
        pytest.param(["UBND XÃ NÀ SEN", "HUYỆN ĐÁ MÀI"], "Nà Sen", Seat(None, "huyen-da-mai"), id="commune"),
        pytest.param(["LIÊN ĐOÀN LAO ĐỘNG TỈNH SÔNG ĐÀO"], None, Seat("song-dao"), id="not-in-the-gazetteer"),
        pytest.param(["UBND TỈNH TRÀ VINNH"], None, Seat("tra-vinh"), id="misread"),
        pytest.param(["UBND TỈNH BẮC KA"], None, Seat("bac-ka"), id="near-but-another"),
        pytest.param(["BẢO HIỂM XÃ HỘI"], None, Seat(), id="xã hội is no commune"),
    ],
)
def test_seat(directory: Organizations, lines: list[str | None], place: str | None, seat: Seat) -> None:
    assert directory.seat(lines, place=place) == seat


@pytest.mark.parametrize(
    ("id", "above"),
    [
        ("so-y-te.bac-kan", "ubnd.bac-kan"),
        ("ubnd.bac-kan.huyen-da-mai", "ubnd.bac-kan"),
        ("ubnd.bac-kan", "chinh-phu"),
        ("lien-doan-lao-dong.bac-kan", "tong-lien-doan-lao-dong"),
        ("bo-y-te", "chinh-phu"),
        ("chinh-phu", None),
        ("khong-co", None),
    ],
)
def test_parent(directory: Organizations, id: str, above: str | None) -> None:
    assert directory.parent(id) == above


def test_every_parent_in_the_gazetteer_exists(directory: Organizations) -> None:
    rows = directory.gazetteer.entries
    assert not [row.id for row in rows if row.more["parent"] and directory.gazetteer.get(row.more["parent"]) is None]
    assert {level for row in rows for level in row.more["level"].split("+")} == {
        "central",
        "province",
        "district",
        "commune",
    }
