"""Dispatches that have zones and paragraphs, and a small directory, for the tests of directives."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.extract import paragraphs, zones
from pipeline.text.match import Entry, Gazetteer
from pipeline.text.organizations import Organizations
from tests.drawing import document, flowing

DIRECTORY = Organizations(
    Gazetteer((Entry("so-noi-vu", "Sở Nội vụ", more={"level": "province"}),)), Gazetteer((Entry("bac-kan", "Bắc Kạn"),))
)
HEADS = {
    "letter": "SỞ XÂY DỰNG\nSố: 7/SXD-VP\nV/v kiểm tra kho\nKính gửi: Các phòng.\nThực hiện chương trình năm;\n",
    "plan": "SỞ XÂY DỰNG\nSố: 7/KH-SXD\nKẾ HOẠCH\nkiểm tra kho\nCăn cứ chương trình công tác năm;\n",
    "decision": "SỞ XÂY DỰNG\nSố: 7/QĐ-SXD\nQUYẾT ĐỊNH\nVề việc kiểm tra kho\nCăn cứ chương trình;\nQUYẾT ĐỊNH:\n",
    "report": "SỞ XÂY DỰNG\nSố: 7/BC-SXD\nBÁO CÁO\nkết quả kiểm tra kho\nThực hiện chương trình công tác năm;\n",
    "submission": "SỞ XÂY DỰNG\nSố: 7/TTr-SXD\nTỜ TRÌNH\nVề việc kiểm tra kho\nKính gửi: Ủy ban nhân dân tỉnh.\n",
    "invitation": "SỞ XÂY DỰNG\nSố: 7/GM-SXD\nGIẤY MỜI\nHọp kiểm tra kho\nThực hiện chương trình công tác năm;\n",
}


def read(kind: str, body: str) -> Document:
    """Return a dispatch of some type with zones and paragraphs."""
    doc = document(flowing(HEADS[kind] + body))
    doc = doc.annotate(zones.extract(doc))
    return doc.annotate(paragraphs.extract(doc))
