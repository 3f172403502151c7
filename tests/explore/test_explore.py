"""Datasette on the catalogue: titles, facets, questions, our search, and nothing that is not shown."""

import asyncio
import re
import sqlite3
from pathlib import Path

import pytest

from pipeline import explore, store
from pipeline.errors import CatalogueError
from pipeline.explore.metadata import OPEN, SHOWN, metadata, way
from pipeline.explore.questions import QUESTIONS
from pipeline.store.labels import Lang
from pipeline.store.schema import TABLES
from tests.catalogues import build, id_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def get(out: Path, *paths: str, lang: Lang = "vi") -> list[tuple[int, str]]:
    """Return the status and text of pages."""

    async def ask() -> list[tuple[int, str]]:
        application = explore.application(out, lang=lang)
        await application.invoke_startup()
        answers = [await application.client.get(path) for path in paths]
        return [(answer.status_code, answer.text) for answer in answers]

    return asyncio.run(ask())


def rows(out: Path, path: str) -> list[list[object]]:
    async def ask() -> list[list[object]]:
        application = explore.application(out)
        await application.invoke_startup()
        found: list[list[object]] = (await application.client.get(path)).json()["rows"]
        return found

    return asyncio.run(ask())


def test_pages_have_vietnamese_titles(filled: Path) -> None:
    (first, index), (second, table) = get(filled, "/", "/dispatches/dispatches")
    assert (first, second) == (200, 200)
    assert "Kho công văn" in index
    assert "Phong trào (movements)" in index
    assert "Văn bản (dispatches)" in table
    assert "Trích yếu: trích yếu nội dung" in table


def test_heads_of_columns_are_vietnamese_over_their_names(filled: Path) -> None:
    ((_, table),) = get(filled, "/dispatches/dispatches?" + way("dispatches"))
    heads = re.findall(r"<th [^>]*>.*?</th>", table, re.DOTALL)
    said = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", head)).strip() for head in heads]
    assert "Trích yếu subject" in said
    assert not any(head.endswith((" sha256", " text")) for head in said)
    assert 'name="_nocol" value="sha256"' in table


def test_everything_of_ours_is_in_english_too(filled: Path) -> None:
    (_, index), (_, found), (_, none) = get(filled, "/", "/tim?q=khen", "/tim?q=zzz", lang="en")
    assert "Questions that come up often" in index
    assert "as a table" in found
    assert "Nothing was found." in none
    body = re.sub(r"<[^>]+>|Kính gửi|Nơi nhận", " ", index.partition("<body")[2])
    assert not re.search("[àáảãạăâđêôơư]", body)


def test_every_shown_table_opens(filled: Path) -> None:
    assert {status for status, _ in get(filled, *(f"/dispatches/{table}" for table in SHOWN))} == {200}


ANSWERS = {
    "phong-trao-trong-nam": ("nam=2020", "Xanh nhà, sạch xưởng"),
    "viec-den-han": ("tu=2020-06-01&den=2020-06-30", "Các xã nộp danh sách."),
    "van-ban-thuc-hien": ("so_ky_hieu=05-ct/tw", "34-CT/HU"),
    "tu-ban-hanh-den-khi-den": ("", "SỞ NỘI VỤ"),
    "tim": ("q=dieu dong", "điều động công chức"),
}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_has_an_answer(filled: Path, question: object) -> None:
    name = question.name  # type: ignore[attr-defined]
    parameters, expected = ANSWERS[name]
    found = rows(filled, f"/dispatches/{name}.json?{parameters}")
    assert any(expected in row for row in found)


def test_deadlines_are_of_that_month_only(filled: Path) -> None:
    found = rows(filled, "/dispatches/viec-den-han.json?tu=2020-12-01&den=2020-12-31")
    assert [row[0] for row in found] == ["2020-12-15"]


def test_our_search_narrows_every_table(filled: Path) -> None:
    found = rows(filled, "/dispatches/dispatches.json?_tim=dieu dong loai:QĐ&_shape=arrays")
    assert {row[0] for row in found} == {id_of("transfer"), id_of("fund")}
    directives = rows(filled, "/dispatches/directives.json?_tim=27/pdtd-ldld&_shape=arrays")
    assert len(directives) == 3
    assert rows(filled, "/dispatches/dispatches.json?_tim=a AND&_shape=arrays") == []


def test_the_page_of_search(filled: Path) -> None:
    (found, page), (mistaken, wrong), (empty, _) = get(filled, "/tim?q=dieu+dong", "/tim?q=coqan:x", "/tim")
    assert (found, mistaken, empty) == (200, 200, 200)
    assert "3 văn bản" in page
    assert "<mark>điều động</mark> cán bộ" in page
    assert "^^^^^" in wrong


def test_a_query_is_text_not_markup(filled: Path) -> None:
    ((_, page),) = get(filled, "/tim?q=<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_what_is_not_shown_cannot_be_read(tmp_path: Path) -> None:
    out = build(tmp_path)
    connection = store.connect(out)
    store.insert(connection, "sources", [{"source_path": "mật.pdf", "state": "restricted", "gone": False}])
    connection.close()
    (page, _), (sql, answer), (download, _) = get(
        out, "/dispatches/sources", "/dispatches.json?sql=select * from sources", "/dispatches.db"
    )
    assert (page, sql, download) == (403, 200, 403)
    assert "mật.pdf" not in answer
    assert "restricted" not in answer


def test_it_cannot_be_written(filled: Path) -> None:
    ((status, answer),) = get(filled, "/dispatches.json?sql=delete from tags")
    assert status == 400
    assert "SELECT" in answer


def test_metadata_follows_the_schema() -> None:
    assert set(SHOWN) <= OPEN & set(TABLES)
    shown = metadata("en", database="d")["databases"]["d"]  # type: ignore[index]
    assert shown["tables"]["dispatches"]["title"] == "Dispatches (dispatches)"
    for name in SHOWN:
        assert list(shown["tables"][name]["columns"]) == [column.name for column in TABLES[name]]


def test_without_a_catalogue_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="congvan ingest"):
        explore.application(tmp_path)


def test_questions_are_plain_sql(filled: Path) -> None:
    connection = sqlite3.connect(f"file:{filled / store.FILE}?mode=ro", uri=True)
    for name in ("fold", "document_key", "words"):
        connection.create_function(name, 1, str)
    connection.create_function("whole_number", 2, str)
    for question in QUESTIONS:
        connection.execute(f"EXPLAIN {question.sql}", {"nam": "", "tu": "", "den": "", "so_ky_hieu": "", "q": ""})
    connection.close()
