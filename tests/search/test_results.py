"""Order, facets, pages, snippets; and that the index follows the tables."""

import sqlite3
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest

from pipeline import search, store
from pipeline.errors import CatalogueError, QueryError
from pipeline.people import Author, corrections
from pipeline.search import Filters, Searcher, saved
from pipeline.search.query import parse
from pipeline.search.snippets import patterns, snippet
from pipeline.text.unicode import fold, nfc
from tests.catalogues import DISPATCHES, build, dispatch, id_of

NOW = datetime(2026, 1, 6, 9, 0, 0)  # noqa: DTZ001 (the clock of the person who saves)


@pytest.fixture
def writing(tmp_path: Path) -> sqlite3.Connection:
    return store.connect(build(tmp_path))


def counts(results: search.Results, facet: str) -> dict[str, int]:
    return {f.value: f.count for f in results.facets[facet]}


def test_facets_count_all_hits_not_the_page(reading: sqlite3.Connection) -> None:
    results = search.search(reading, "thi đua", limit=1)
    assert len(results.hits) == 1
    assert counts(results, "year") == {"2018": 1, "2019": 1, "2020": 3, "2022": 1}
    assert sum(counts(results, "type_name").values()) == results.total
    assert counts(results, "movement") == {"Xanh nhà, sạch xưởng": 2, "Lao động giỏi": 2}
    assert counts(results, "tag") == {"khen-thưởng": 1, "2021": 1, "thi-đua/phát-động": 1}
    assert counts(results, "review_state") == {"machine": 5, "needs_review": 1}
    assert counts(results, "agency")["ỦY BAN NHÂN DÂN HUYỆN TÂN LẠC"] == 2


def test_pages_cut_one_list(reading: sqlite3.Connection) -> None:
    searcher = Searcher(reading)
    whole = [hit.dispatch_id for hit in searcher.search("thi đua", limit=50).hits]
    pages = [hit.dispatch_id for at in range(0, 8, 2) for hit in searcher.search("thi đua", limit=2, offset=at).hits]
    assert pages == whole
    assert searcher.search("thi đua", offset=99).hits == ()


def test_filters_narrow(reading: sqlite3.Connection) -> None:
    searcher = Searcher(reading)
    narrowed = searcher.search("thi đua", filters=Filters(start="2020-06-01", values={"type_name": ("Báo cáo",)}))
    assert [hit.dispatch_id for hit in narrowed.hits] == [id_of("report")]
    by_movement = Filters(values={"movement": ("lao dong gioi",)})
    assert searcher.matching("", filters=by_movement) == sorted([id_of("launch"), id_of("party")])


def test_the_json_shape(reading: sqlite3.Connection) -> None:
    data = search.as_json(search.search(reading, '"khen thưởng" tag:2021'))
    assert list(data) == ["total", "hits", "facets", "meant"]
    (hit,) = data["hits"]  # type: ignore[misc]
    assert list(hit) == [
        "dispatch_id", "source_path", "number", "notation", "issued_on", "agency", "type_name", "subject", "tags",
        "score", "snippet",
    ]  # fmt: skip
    assert hit["tags"] == ["2021", "khen-thưởng"]
    assert "<mark>khen thưởng</mark> thành tích" in hit["snippet"]


SNIPPETS = {
    "own spelling": ("dieu dong", "Về việc Điều\nđộng cán bộ", "Về việc [Điều động] cán bộ"),
    "NFD text": ("dieu dong", unicodedata.normalize("NFD", "Điều động"), "[Điều động]"),
    "the exact one": ("đóng", "a đồng " + "x " * 300 + "đóng góp", "… x x [đóng] góp"),
    "phrase before scattered words": (
        "thi đua", "thi " + "x " * 200 + "thi đua lớn " + "x " * 200 + "đua", "[thi đua] lớn",
    ),
    "prefix": ("khen thươn*", "được khen thưởng.", "được [khen thưởng]."),
    "key": ("13/KH-UB", "theo 13 /KH - UB ngày", "theo [13 /KH - UB] ngày"),
    "whole words only": ("an", "ban an toàn", "ban [an] toàn"),
    "a like syllable is not marked beside the one that was typed": ("bộ", "Bộ trưởng bố trí", "[Bộ] trưởng bố trí"),
    "a stray syllable is not marked beside a phrase": ("thi dua", "thi đua theo chỉ thị này", "[thi đua] theo chỉ thị"),
    "a run of syllables is marked beside a phrase": ("cu li vu", "cũ lì vụ về cũ lì", "[cũ lì vụ] về [cũ lì]"),
    "punctuation in a phrase": ("an toàn lao động", "về an toàn, lao động án", "về [an toàn, lao động] án"),
    "markup is text": ("b", "<i>b</i> &", "<i>[b]</i> &"),
}  # fmt: skip


@pytest.mark.parametrize(("query", "text", "shown"), SNIPPETS.values(), ids=SNIPPETS.keys())
def test_snippet(query: str, text: str, shown: str) -> None:
    found = snippet(text, patterns(parse(query)))
    assert found is not None
    assert shown.replace("… ", "") in found.marked("[", "]")
    for start, end in found.marks:
        assert found.text[start:end] in nfc(text).replace("\n", " ")


def test_a_snippet_is_safe_html() -> None:
    found = snippet("<script>an</script> toàn", patterns(parse("an")))
    assert found is not None
    assert found.html() == "&lt;script&gt;<mark>an</mark>&lt;/script&gt; toàn"


def test_no_words_no_snippet() -> None:
    assert snippet("bất kỳ", patterns(parse("nam:2020"))) is None
    assert patterns(None) == ()


def test_a_deleted_dispatch_is_gone_from_every_table_of_the_index(writing: sqlite3.Connection) -> None:
    searcher = Searcher(writing)
    assert searcher.search("điều động").total == 3
    store.delete(writing, id_of("transfer"))
    assert id_of("transfer") not in searcher.matching("điều động")
    assert searcher.search("").total == len(DISPATCHES) - 1
    for table, column in (("search_folded", "subject"), ("search_exact", "subject")):
        left = " ".join(row[0] for row in writing.execute(f"SELECT {column} FROM {table}"))
        assert "điều động công chức" not in left
        assert "dieu dong cong chuc" not in left
    writing.close()


def test_a_changed_dispatch_is_found_by_its_new_words(writing: sqlite3.Connection) -> None:
    searcher = Searcher(writing)
    assert searcher.matching('"góp quỹ"') == [id_of("fund")]
    with store.transaction(writing):
        store.delete(writing, id_of("fund"))
        store.insert(writing, "dispatches", [dispatch("fund", subject="biển đảo", number="1", notation="KH-X")])
        search.index_dispatch(writing, id_of("fund"))
    assert searcher.matching('"góp quỹ"') == []
    assert searcher.matching("biển đảo") == [id_of("fund")] == searcher.matching("1/kh-x")
    writing.close()


def test_one_by_one_and_whole_give_the_same_index(writing: sqlite3.Connection) -> None:
    tables = ("search_folded", "search_exact")
    whole = {table: sorted(map(tuple, writing.execute(f"SELECT * FROM {table}"))) for table in tables}
    with store.transaction(writing):
        for row in DISPATCHES:
            search.index_dispatch(writing, str(row["dispatch_id"]))
    assert whole == {table: sorted(map(tuple, writing.execute(f"SELECT * FROM {table}"))) for table in tables}
    assert len(Searcher(writing).matching("")) == len(DISPATCHES)
    writing.close()


def test_tags_count_from_the_moment_they_are_written(filled: Path, writing: sqlite3.Connection) -> None:
    searcher = Searcher(writing)
    assert searcher.search("tag:mới").total == 0
    store.insert(writing, "tags", [{"dispatch_id": id_of("plan"), "tag": "mới", "change_id": "c"}])
    assert [hit.tags for hit in searcher.search("tag:mới").hits] == [("mới", "thi-đua")]
    writing.close()


def test_any_sqlite_program_can_use_the_index(filled: Path) -> None:
    plain = sqlite3.connect(f"file:{filled / store.FILE}?mode=ro", uri=True)
    found = plain.execute(
        "SELECT snippet(search_folded, -1, '[', ']', '…', 5) FROM search_folded WHERE search_folded MATCH ?",
        (f'"{fold("Điều động")}"',),
    ).fetchall()
    plain.close()
    assert len(found) == 3


def test_without_an_index_the_message_says_what_to_do(tmp_path: Path) -> None:
    connection = store.connect(tmp_path)
    with pytest.raises(CatalogueError, match="--rebuild"):
        Searcher(connection)
    search.index_dispatch(connection, "0" * 16)
    assert Searcher(connection).search("").total == 0
    connection.close()


def test_saved_searches(writing: sqlite3.Connection) -> None:
    assert saved.listed(writing) == ()
    saved.save(writing, "khen", "khen thưởng", actor="Lan", now=NOW)
    saved.save(writing, "khen", '"khen thưởng"', actor="Minh", now=NOW)
    assert [(s.name, s.query, s.actor) for s in saved.listed(writing)] == [("khen", '"khen thưởng"', "Minh")]
    with pytest.raises(QueryError):
        saved.save(writing, "hỏng", "(", actor="Lan", now=NOW)
    with pytest.raises(CatalogueError, match="khen"):
        saved.get(writing, "khác")
    saved.delete(writing, "khen")
    assert saved.listed(writing) == ()
    writing.close()


def test_a_saved_search_keeps_what_narrows_it(writing: sqlite3.Connection) -> None:
    writing.execute("CREATE TABLE saved_searches (name TEXT PRIMARY KEY, query TEXT, actor TEXT, saved_at TEXT)")
    writing.execute("INSERT INTO saved_searches VALUES ('cũ', 'khen', 'Lan', '2020-01-01')")
    assert saved.get(writing, "cũ").facets == {}
    saved.save(writing, "mới", "khen", actor="Lan", now=NOW, facets={"year": ("2020", "2021")})
    assert saved.get(writing, "mới").facets == {"year": ("2020", "2021")}
    assert saved.get(writing, "cũ").query == "khen"


def test_a_correction_is_found_at_once(writing: sqlite3.Connection) -> None:
    by = Author("Lan", "2026-03-02T08:00:00")
    corrections.set_field(writing, id_of("fund"), "subject", "biển đảo quê hương", by)
    assert Searcher(writing).matching("trichyeu:đảo") == [id_of("fund")]
    assert Searcher(writing).matching('trichyeu:"góp quỹ"') == []
    writing.close()
