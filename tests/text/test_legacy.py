"""Old fonts: by name, by letters, and round trips through both encodings."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.legacy import (
    Encoding,
    LegacyFont,
    decode,
    decode_runs,
    from_unicode,
    guess,
    legacy_font,
    to_unicode,
)

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = "".join(unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES) + "đ"
PLAIN = "bcdghklmnpqrstvx 0123456789.,;:/-()"
small_text = st.text(SMALL + PLAIN)
any_text = st.text(SMALL + SMALL.upper() + PLAIN + PLAIN.upper())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".VnTime", LegacyFont("tcvn3")),
        (".VnTimeH", LegacyFont("tcvn3", capitals=True)),
        (".VnArial NarrowH", LegacyFont("tcvn3", capitals=True)),
        (".VNTIMEH", LegacyFont("tcvn3", capitals=True)),
        ("ABCDEF+VnTimeHBold", LegacyFont("tcvn3", capitals=True)),
        ("ABCDEF+VnTimeBoldItalic", LegacyFont("tcvn3")),
        (".VnTimeH,Bold", LegacyFont("tcvn3", capitals=True)),
        ("VNI-Times", LegacyFont("vni")),
        ("ABCDEF+VNI-Times,Bold", LegacyFont("vni")),
        ("VNI Times", LegacyFont("vni")),
        ("Times New Roman", None),
        ("Vnesa Sans", None),
        ("VNIvan", None),
        ("", None),
        (None, None),
    ],
)
def test_fonts_are_known_by_name(name: str | None, expected: LegacyFont | None) -> None:
    assert legacy_font(name) == expected


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", ".VnTime", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", ".VnTime", "Độc lập - Tự do - Hạnh phúc"),
        ("uû ban nh©n d©n", ".VnTimeH", "UỶ BAN NHÂN DÂN"),
        ("thñ t\xad\xadíng", ".VnTime", "thủ tưướng"),
        ("h−íng dÉn x∙", "AAAAAA+VnTime", "hướng dẫn xã"),
        ("UÛY BAN NHAÂN DAÂN TÆNH", "VNI-Times", "ỦY BAN NHÂN DÂN TỈNH"),
        ("Uûy ban, ngaøy 01 thaùng 7 naêm 2007", "VNI-Times", "Ủy ban, ngày 01 tháng 7 năm 2007"),
        ("Đã là chữ Unicode", ".VnTime", "Đã là chữ Unicode"),
        ("là toán", ".VnTime", "là toán"),
        ("QuyÕt ®Þnh", "Arial", "QuyÕt ®Þnh"),
    ],
)
def test_decode_by_font(text: str, font: str, expected: str) -> None:
    assert decode(text, font) == expected


def test_a_letter_and_its_mark_may_stand_in_two_runs() -> None:
    assert decode_runs([("nha", "VNI-Times"), ("ân daân", "VNI-Times,Bold")]) == ["nhâ", "n dân"]


def test_runs_of_other_fonts_part_the_old_ones() -> None:
    runs = [("sè ", ".VnTime"), ("Số", "Arial"), ("bé", ".VnTimeH")]
    assert decode_runs(runs) == ["số ", "Số", "BỘ"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QuyÕt ®Þnh vÒ viÖc khen th\xadëng", "tcvn3"),
        ("Quyeát ñònh veà vieäc khen thöôûng", "vni"),
        ("Quyết định về việc khen thưởng", None),
        ("Quyet dinh ve viec khen thuong", None),
        ("Le café crème à la carte à Genève, déjà vu", None),
        ("", None),
    ],
)
def test_guess_by_letters(text: str, expected: Encoding | None) -> None:
    assert guess(text) == expected


@given(small_text)
def test_tcvn3_round_trip(text: str) -> None:
    assert to_unicode(from_unicode(text, "tcvn3"), "tcvn3") == text


@given(any_text)
def test_vni_round_trip(text: str) -> None:
    assert to_unicode(from_unicode(text, "vni"), "vni") == text


@given(st.lists(st.sampled_from(["quyết", "định", "nghị", "hướng", "dẫn", "tỉnh", "ủy"]), min_size=1))
def test_capitals_come_from_the_font(words: list[str]) -> None:
    text = " ".join(words)
    assert decode(from_unicode(text, "tcvn3"), ".VnTimeH") == text.upper()


@given(st.lists(st.tuples(st.text(), st.sampled_from([".VnTime", ".VnTimeH", "VNI-Times", "Arial", None]))))
def test_any_runs_decode_one_for_one(runs: list[tuple[str, str | None]]) -> None:
    assert len(decode_runs(runs)) == len(runs)


@given(any_text, st.integers(0, 5))
def test_cutting_a_run_changes_nothing(text: str, cut: int) -> None:
    coded = from_unicode(text, "vni")
    whole = decode_runs([(coded, "VNI-Times")])
    assert "".join(decode_runs([(coded[:cut], "VNI-Times"), (coded[cut:], "VNI-Times")])) == "".join(whole)
