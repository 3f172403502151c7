"""References of a whole dispatch: each document once, its mentions brought together, and the relation."""

from __future__ import annotations

import pytest

from pipeline import models
from pipeline.annotations import Paragraph, Reference, Zone, ZoneKind
from pipeline.document import Document, Line, Page, PageSource, Word
from pipeline.extract import references
from pipeline.text.match import Entry, Gazetteer
from pipeline.text.organizations import Organizations

GRAMMAR = models.load().citations


def dispatch(*paragraphs: str, number: str = "", subject: str = "", source: PageSource = "text") -> Document:
    """A dispatch of one page: its number, its subject, and a body with one line a paragraph."""
    texts = [text for text in (number, subject, *paragraphs) if text]
    lines = tuple(Line(tuple(Word(word) for word in text.split())) for text in texts)
    doc = Document.build(id="0" * 16, source="a.txt", pages=(Page(1, None, None, lines, source),))
    kinds = [*([ZoneKind.NUMBER] if number else []), *([ZoneKind.SUBJECT] if subject else [])]
    for n, (span, _, _) in enumerate(doc.lines()):
        if n < len(kinds):
            doc = doc.annotate([Zone(span=span, confidence=1, by="test", kind=kinds[n])])
        else:
            doc = doc.annotate([Paragraph(span=span, confidence=1, by="test", label=None, level=0)])
    return doc


DIRECTORY = Organizations(
    Gazetteer((Entry("bo-cong-thuong", "Bộ Công Thương", more={"level": "central"}),)), Gazetteer(())
)


def read(doc: Document) -> list[Reference]:
    return list(references.extract(doc, GRAMMAR, DIRECTORY))


def test_a_document_stands_once_with_the_details_of_all_its_mentions() -> None:
    doc = dispatch(
        "Theo Kế hoạch số 83/KH-SCT, các xã đăng ký.",
        "Kế hoạch số 83/KH-SCT ngày 14/5/2018 của Sở Công Thương về việc mở chợ phiên được gửi kèm.",
    )
    (one,) = read(doc)
    assert doc.quote(one.span) == "Kế hoạch số 83/KH-SCT"  # type: ignore[arg-type]
    assert (one.issued_on, one.issuer) == ("2018-05-14", "Sở Công Thương")
    assert one.title == "về việc mở chợ phiên được gửi kèm"


def test_the_subject_is_read_too() -> None:
    (one,) = read(dispatch("Các xã thực hiện.", subject="Triển khai Kế hoạch số 83/KH-SCT"))
    assert (one.number, one.relation) == ("83", "carries_out")


def test_the_dispatch_itself_is_no_reference() -> None:
    doc = dispatch("Kèm theo Quyết định số 31/QĐ-UBND này là danh sách.", number="Số: 31/QĐ-UBND")
    assert read(doc) == []


def test_a_misread_notation_joins_the_document_of_the_same_number_and_day() -> None:
    doc = dispatch(
        "Quyết định số 31/QĐ-UBND ngày 05/5/2017 của UBND huyện.",
        "Quyết định số 31/QĐ-UBNĐ ngày 05/5/2017 của UBND huyện.",
        "Quyết định số 31/QĐ-UBND ngày 05/5/2017.",
        source="ocr",
    )
    assert [one.notation for one in read(doc)] == ["QĐ-UBND"]


def test_a_notation_cut_short_joins_the_whole_one() -> None:
    doc = dispatch(
        "Công văn số 03/HLVTM BTh ngày 07/01/2025 của Hội Làm vườn tỉnh.",
        "Sau khi xem Công văn số 03/HLVTM BTh và hồ sơ, Sở báo cáo.",
    )
    assert [one.notation for one in read(doc)] == ["HLVTM BTh"]


def test_the_same_number_of_other_days_are_two_documents() -> None:
    doc = dispatch("Quyết định số 31/QĐ-UBND ngày 05/5/2017; Quyết định số 31/QĐ-SCT ngày 08/5/2018.")
    assert [one.notation for one in read(doc)] == ["QĐ-UBND", "QĐ-SCT"]


def test_numbers_begin_anew_each_year() -> None:
    doc = dispatch("Quyết định số 31/QĐ-UBND ngày 05/5/2017; Quyết định số 31/QĐ-UBND ngày 08/5/2018.")
    assert [one.issued_on for one in read(doc)] == ["2017-05-05", "2018-05-08"]


def test_two_amendments_of_one_law_are_two() -> None:
    doc = dispatch(
        "Luật sửa đổi, bổ sung một số điều của Luật Thư viện ngày 05/5/2027; "
        "Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 7/2029/QH17 ngày 06/6/2029."
    )
    assert [(one.number, one.issued_on) for one in read(doc)] == [(None, "2027-05-05"), ("7", "2029-06-06")]


def test_a_footnote_gives_the_details() -> None:
    doc = dispatch("Theo Nghị định số 57/2019/NĐ-CP, các xã đăng ký.")
    note = "1 Nghị định số 57/2019/NĐ-CP ngày 26/6/2019 của Chính phủ quy định về biểu mẫu"
    lines = (*doc.pages[0].lines, Line(tuple(Word(word) for word in note.split())))
    doc = Document.build(id=doc.id, source=doc.source, pages=(Page(1, None, None, lines),))
    body, foot = (span for span, _, _ in doc.lines())
    doc = doc.annotate(
        [
            Paragraph(span=body, confidence=1, by="test", label=None, level=0),
            Zone(span=foot, confidence=1, by="test", kind=ZoneKind.FURNITURE),
        ]
    )
    (one,) = read(doc)
    assert (one.issued_on, one.issuer) == ("2019-06-26", "Chính phủ")
    assert one.span is not None
    assert body.contains(one.span)


def test_a_short_name_joins_the_number_with_its_notation() -> None:
    doc = dispatch("Thực hiện Kết luận số 93-KL/HU của Huyện ủy.", "Kết luận 93 của Huyện ủy được phổ biến đến chi bộ.")
    assert [one.notation for one in read(doc)] == ["KL/HU"]


def test_a_law_is_quoted_where_it_is_named_in_full() -> None:
    doc = dispatch("Luật Thư viện được phổ biến.", "Theo Luật Thư viện năm 2019, các xã mở thư viện.")
    (one,) = read(doc)
    assert (doc.quote(one.span), one.issued_on) == ("Luật Thư viện năm 2019", "2019")  # type: ignore[arg-type]


def test_a_law_by_name_joins_its_number() -> None:
    doc = dispatch("Căn cứ Luật Thư viện số 46/2019/QH14;", "Luật Thư viện được phổ biến.", "Luật Lưu trữ cũng vậy.")
    assert [(one.number, one.type_name) for one in read(doc)] == [("46", "Luật"), (None, "Luật")]


RELATIONS = {
    "basis": ("Căn cứ Quyết định số 31/QĐ-UBND;", "basis"),
    "basis, proposal": ("Theo đề nghị của Sở Công Thương tại Tờ trình số 77/TTr-SCT;", "basis"),
    "carries_out": ("Thực hiện Kế hoạch số 83/KH-SCT của Sở Công Thương,", "carries_out"),
    "carries_out, second": (
        "Thực hiện chỉ đạo của UBND tỉnh và Kế hoạch số 83/KH-SCT của Sở Công Thương,",
        "carries_out",
    ),
    "replies_to": ("Phúc đáp Công văn số 815/SCT-TM của Sở Công Thương,", "replies_to"),
    "replaces": ("Quyết định này thay thế Quyết định số 31/QĐ-UBND ngày 05/5/2017.", "replaces"),
    "amends": ("Sửa đổi, bổ sung một số điều của Quyết định số 31/QĐ-UBND như sau:", "amends"),
    "amended by another": (
        "Quy định đã được sửa đổi, bổ sung tại Quyết định số 31/QĐ-UBND.",
        "mentions",
    ),
    "another sentence": ("Các xã thực hiện tốt việc trồng rừng. Công văn số 815/SCT-TM đã hết hạn.", "mentions"),
    "mentions": ("Các xã đã nhận Công văn số 815/SCT-TM.", "mentions"),
}


@pytest.mark.parametrize(("text", "relation"), RELATIONS.values(), ids=RELATIONS)
def test_relation(text: str, relation: str) -> None:
    (one,) = read(dispatch(text))
    assert one.relation == relation


def test_the_issuer_is_joined_to_the_directory() -> None:
    doc = dispatch("Căn cứ Quyết định số 31/QĐ-BCT của Bộ Công Thương và Công văn số 8/HTM của Hội thợ mộc.")
    assert [one.issuer_id for one in read(doc)] == ["bo-cong-thuong", None]
