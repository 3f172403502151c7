"""Which of the hits comes first, and what was meant where there is none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import search, store
from pipeline.search import Searcher
from pipeline.search.plan import in_pairs, side_by_side
from pipeline.search.query import parse
from pipeline.search.syntax import And, Or, Text
from tests.catalogues import dispatch, id_of

FULL = (
    dispatch("recruit", subject="đăng ký xét tuyển viên chức", text="Căn cứ quy định về tuyển dụng viên chức."),
    dispatch("slogan", subject="tuyên truyền dùng hàng trong công nhân viên chức", issued_on="2024-01-01"),
    dispatch("invite", type_name="Giấy mời", agency="SỞ Y TẾ", subject="họp giao ban", text="Kính mời."),
    dispatch("rules", subject="giải bóng đá", text="Sở hữu giấy tờ y hệt, tế nhị, được mời họp mặt.", issued_on="2024"),
    dispatch("award", type_name="Quyết định", subject="khen các tập thể", text="Tờ trình về khen thưởng của đoàn."),
    dispatch("scattered", subject="báo cáo", text="Tờ khai, quá trình dài, khen, thưởng tết.", issued_on="2024-02-02"),
)  # fmt: skip
ORDERS = {
    "exactly as spelt before scattered likes in the subject": ("tuyển dụng viên chức", "recruit slogan"),
    "type and agency name a dispatch": ("sở y tế giấy mời", "invite rules"),
    "and so without diacritics": ("so y te giay moi", "invite rules"),
    "pairs before scattered syllables": ("tờ trình khen thưởng", "award scattered"),
    "pairs before scattered syllables, without diacritics": ("to trinh khen thuong", "award scattered"),
    "pairs with a beginning of a word": ("tờ trình khen thươ*", "award scattered"),
}


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = store.connect(tmp_path_factory.mktemp("order"))
    with store.transaction(connection):
        store.insert(connection, "dispatches", FULL)
        search.rebuild(connection)
    yield connection
    connection.close()


@pytest.mark.parametrize(("query", "order"), ORDERS.values(), ids=ORDERS.keys())
def test_order(offices: sqlite3.Connection, query: str, order: str) -> None:
    results = Searcher(offices).search(query)
    assert [hit.dispatch_id for hit in results.hits] == [id_of(slug) for slug in order.split()]
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)


def test_the_first_page_is_the_beginning_of_all(offices: sqlite3.Connection) -> None:
    searcher = Searcher(offices)
    for query in ("tuyen dung vien chuc", "khen", "so y te giay moi"):
        whole = [hit.dispatch_id for hit in searcher.search(query, limit=50).hits]
        one_by_one = [searcher.search(query, limit=1, offset=n).hits[0].dispatch_id for n in range(len(whole))]
        assert one_by_one == whole


def test_pairs() -> None:
    node = parse("a b c nam:2020")
    assert node is not None
    a, b, c = (Text(letter, loose=True) for letter in "abc")
    ab, bc = Text("a b", loose=True), Text("b c", loose=True)
    assert isinstance(node, And)
    assert in_pairs(node) == And((And((a, Or((ab, bc)), c)), node.parts[-1]))
    assert in_pairs(And((a, b))) == side_by_side(And((a, b))) == ab
    assert in_pairs(a) == a


MEANT = {
    "a letter is missing": ("tyển dụng", "tuyển dụng"),
    "a letter too many": ("khenn thưởng", "khen thưởng"),
    "two letters changed places": ("tờ trnìh", "tờ trình"),
    "the neighbour decides": ("mời hẹp", "mời họp"),
    "in quotation marks": ('"giấy mờii"', '"giấy mời"'),
    "in a field": ("loai:qyết", "loai:quyết"),
    "what stands around stays": ("(khenn OR xyz) nam:2024..2025", "(khen OR xyz) nam:2024..2025"),
    "too short": ("xq", None),
    "nothing near": ("abcdefgh", None),
    "a number is as it is": ("so:999", None),
}


@pytest.mark.parametrize(("query", "meant"), MEANT.values(), ids=MEANT.keys())
def test_what_was_meant(offices: sqlite3.Connection, query: str, meant: str | None) -> None:
    results = Searcher(offices).search(query)
    assert (results.total, results.meant) == (0, meant)


def test_nothing_else_is_meant_where_something_is_found(offices: sqlite3.Connection) -> None:
    assert Searcher(offices).search("khen").meant is None


def test_a_read_only_catalogue_can_be_asked(tmp_path: Path) -> None:
    connection = store.connect(tmp_path)
    with store.transaction(connection):
        store.insert(connection, "dispatches", FULL[:1])
        search.rebuild(connection)
    connection.close()
    reader = store.connect(tmp_path, readonly=True)
    assert Searcher(reader).search("tyển").meant == "tuyển"
    reader.close()
