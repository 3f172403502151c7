"""Paragraphs of the main body, across lines and pages."""

from __future__ import annotations

import pytest

from pipeline.document import Page
from pipeline.extract import paragraphs, zones
from pipeline.read.layout import arrange
from pipeline.text.passages import passages
from tests.drawing import document, flowing, page

FIRST = """
        Số: 12/KH-TTR                      An Mỹ, ngày 04 tháng 3 năm 2024
                                        KẾ HOẠCH
                              kiểm tra kho lưu trữ năm 2024

               Căn cứ chương trình công tác năm, Thanh tra xây dựng kế hoạch kiểm tra như
          sau:
               I. NỘI DUNG
               1. Kiểm tra việc bảo quản tài liệu tại các kho của tỉnh; lập biên bản ngay
          tại chỗ, có chữ ký của người giữ kho và của đoàn kiểm tra.
               a) Kho của các sở: kiểm tra trong tháng 4, mỗi kho một buổi, có mặt người
"""
SECOND = """
                                        2
          giữ kho;
               b) Kho của các huyện: kiểm tra trong tháng 5, mỗi kho một ngày.
               - Kho lớn kiểm tra hai lần.
               2. Báo cáo kết quả.
"""


def read(*pages: Page) -> list[tuple[str | None, int, str]]:
    """Return label, level and text of each paragraph."""
    doc = document(*(arrange(p) for p in pages))
    doc = doc.annotate(zones.extract(doc))
    doc = doc.annotate(paragraphs.extract(doc))
    return [(p.paragraph.label, p.paragraph.level, p.view.text) for p in passages(doc)]


def test_paragraphs_run_over_lines_and_pages() -> None:
    assert read(page(FIRST), page(SECOND, number=2)) == [
        (None, 0, "Căn cứ chương trình công tác năm, Thanh tra xây dựng kế hoạch kiểm tra như sau:"),
        ("I", 1, "NỘI DUNG"),
        (
            "1",
            2,
            "Kiểm tra việc bảo quản tài liệu tại các kho của tỉnh; lập biên bản ngay tại chỗ, có chữ ký của người giữ "
            "kho và của đoàn kiểm tra.",
        ),
        ("a", 3, "Kho của các sở: kiểm tra trong tháng 4, mỗi kho một buổi, có mặt người giữ kho;"),
        ("b", 3, "Kho của các huyện: kiểm tra trong tháng 5, mỗi kho một ngày."),
        ("-", 4, "Kho lớn kiểm tra hai lần."),
        ("2", 2, "Báo cáo kết quả."),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("1. Một.\n2. Hai.", ["Một.", "Hai."], id="each line a paragraph"),
        pytest.param("1. Kiểm tra kho\nlưu trữ của sở.", ["Kiểm tra kho lưu trữ của sở."], id="broken line"),
        pytest.param("1. Gồm có:\na) kho giấy;", ["Gồm có:", "kho giấy;"], id="label in lower case"),
    ],
)
def test_flowing_text(body: str, expected: list[str]) -> None:
    head = "SỞ XÂY DỰNG\nSố: 1/KH-SXD\nKẾ HOẠCH\nkiểm tra kho\nCăn cứ chương trình công tác năm;\n"
    assert [text for _, _, text in read(flowing(head + body))][1:] == expected


def test_a_label_alone_takes_the_title_below_it_and_specks_hide_no_paragraph() -> None:
    body = """
        Số: 12/KH-TTR                      An Mỹ, ngày 04 tháng 3 năm 2024
                                        KẾ HOẠCH
                              kiểm tra kho lưu trữ năm 2024
          Phần I
                                      KHO GIẤY CỦA TỈNH
               1. Kiểm tra việc bảo quản tài liệu tại các kho của tỉnh; lập biên bản ngay
          tại chỗ.
          __ Đề nghị các phòng cử người cùng đi, mang theo sổ kho và chìa khóa của kho
          đang giữ.
"""
    assert read(page(body)) == [
        ("Phần I", 1, "KHO GIẤY CỦA TỈNH"),
        ("1", 2, "Kiểm tra việc bảo quản tài liệu tại các kho của tỉnh; lập biên bản ngay tại chỗ."),
        (None, 0, "__ Đề nghị các phòng cử người cùng đi, mang theo sổ kho và chìa khóa của kho đang giữ."),
    ]


@pytest.mark.parametrize(
    ("texts", "inside"),
    [
        pytest.param(["“1. Kho gồm:", "a) kho giấy;", "b) kho ảnh.”", "2. Sổ."], {1, 2}, id="up to the closing quote"),
        pytest.param(["“1. Kho.”", "2. Sổ.”"], set(), id="closed in itself"),
        pytest.param(["“1. Kho gồm:", "a) kho giấy;"], set(), id="never closed"),
        pytest.param(["Sửa như sau: “1. Kho", "2. Thay “sổ” bằng “phiếu”."], set(), id="closes its own quotes alone"),
        pytest.param(["Sửa như sau: “1. Kho", "2. Sổ.”", "3. Ảnh."], {1}, id="opened behind the lead"),
    ],
)
def test_quotations_of_several_paragraphs(texts: list[str], inside: set[int]) -> None:
    assert paragraphs.quoted(texts) == inside


def test_spans_point_at_the_words() -> None:
    doc = document(arrange(page(FIRST)), arrange(page(SECOND, number=2)))
    doc = doc.annotate(zones.extract(doc))
    doc = doc.annotate(paragraphs.extract(doc))
    for passage in passages(doc):
        at = passage.view.text.find("kho")
        if at >= 0:
            assert doc.quote(passage.view.span(at, at + 3)) == "kho"


def test_no_body_gives_no_paragraphs() -> None:
    assert read(flowing("SỞ XÂY DỰNG\nSố: 1/KH-SXD")) == []


def test_a_plain_text_with_broken_lines() -> None:
    head = "SỞ XÂY DỰNG\nSố: 1/KH-SXD\nKẾ HOẠCH\nkiểm tra kho\n"
    body = """Căn cứ chương trình công tác năm, Thanh tra xây dựng kế hoạch của
Sở như sau:
1. Kiểm tra việc bảo quản tài liệu tại các kho của tỉnh theo yêu cầu
của Ủy ban nhân dân tỉnh, có chữ ký của người giữ kho và Trưởng đoàn
Kiểm tra theo mẫu.
2. Báo cáo kết quả kiểm tra về Sở, đồng thời gửi Thanh tra tỉnh, Văn
Phòng và các phòng có liên quan."""
    texts = [text for _, _, text in read(flowing(head + body))]
    assert len(texts) == 3
    assert texts[1].endswith("Trưởng đoàn Kiểm tra theo mẫu.")
