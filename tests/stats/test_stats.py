"""The page of figures says what the tables say, in both languages, and fetches nothing."""

import re
import sqlite3
import xml.etree.ElementTree as ET
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline import search, stats, store
from pipeline.cli import main
from pipeline.stats import svg
from pipeline.stats.network import layout
from pipeline.stats.overtime import periods_of
from pipeline.store.labels import Lang
from tests.catalogues import GREEN, LDLD

TODAY = date(2020, 6, 1)


@pytest.fixture
def shown(reading: sqlite3.Connection) -> dict[str, stats.Figure]:
    return {figure.name: figure for figure in stats.figures(reading, lang="vi", today=TODAY)}


def test_every_figure_has_a_picture_and_a_table(shown: dict[str, stats.Figure]) -> None:
    assert list(shown) == ["types", "agencies", "movements", "references", "flows", "deadlines", "confidence"]
    for figure in shown.values():
        assert figure.picture is not None
        assert ET.fromstring(figure.picture).tag.endswith("svg")
        assert figure.rows
        assert {len(row) for row in figure.rows} == {len(figure.headings)}


def test_dispatches_over_time(shown: dict[str, stats.Figure]) -> None:
    assert shown["types"].headings == ("Loại", "Tổng", "2022", "2021", "2020", "2019", "2018")
    assert shown["types"].rows[0] == ("Quyết định", 3, 1, 2, None, None, None)
    assert sum(int(row[1] or 0) for row in shown["agencies"].rows) == 12


def test_life_lines(shown: dict[str, stats.Figure]) -> None:
    assert shown["movements"].rows[0] == (GREEN, 1, 1, 1, "2020-01-01", "2025-12-31", LDLD)
    assert "polygon" in str(shown["movements"].picture)


def test_references(shown: dict[str, stats.Figure]) -> None:
    assert shown["references"].headings == ("№", "Văn bản", "Tổng", "căn cứ", "thực hiện", "nhắc đến")
    assert shown["references"].rows[0] == (1, "Chỉ thị 05-CT/TW", 2, 1, 1, None)


def test_flows_leave_out_the_filing_line(shown: dict[str, stats.Figure]) -> None:
    recipients = {row[2] for row in shown["flows"].rows}
    assert "Công đoàn cơ sở" in recipients
    assert not {"VT", "VT, CSPL"} & recipients


def test_deadlines_from_today_on(shown: dict[str, stats.Figure]) -> None:
    assert [row[0] for row in shown["deadlines"].rows] == ["2020-06-20", "2020-06-20", "2020-12-15", "2021-01-31"]
    assert "06/2020" in str(shown["deadlines"].picture)
    assert "2020-06-20: 2" in str(shown["deadlines"].picture)


def test_a_calendar_of_the_past_shows_the_last_busy_year(reading: sqlite3.Connection) -> None:
    later = {figure.name: figure for figure in stats.figures(reading, lang="vi", today=date(2026, 1, 1))}
    assert "01/2021" in str(later["deadlines"].picture)
    assert later["deadlines"].rows[0][0] == "2021-01-31"


def test_confidence_keeps_the_two_apart(shown: dict[str, stats.Figure]) -> None:
    dispatches = shown["confidence"].rows[0]
    assert dispatches[:2] == ("Văn bản", 12)
    assert dispatches[3] == 1
    assert dispatches[5:] == (1, 2)


class _Links(HTMLParser):
    """Collects whatever a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name in ("src", "href", "action", "data", "srcset")]
        if tag in ("script", "link", "iframe", "img", "object"):
            self.found.append(tag)


@pytest.mark.parametrize(("lang", "word"), [("vi", "Đường đời các phong trào"), ("en", "Life lines of movements")])
def test_the_page_is_whole_and_fetches_nothing(reading: sqlite3.Connection, lang: Lang, word: str) -> None:
    page = stats.html(reading, lang=lang, today=TODAY)
    links = _Links()
    links.feed(page)
    assert all(link.startswith("#") for link in links.found)
    assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org/2000/svg)", page)
    assert f'<html lang="{lang}">' in page
    assert word in page


def test_what_a_dispatch_says_is_text_not_markup(tmp_path: Path) -> None:
    connection = store.connect(tmp_path)
    store.insert(connection, "dispatches", [{"dispatch_id": "a", "agency": "<script>x</script>", "issued_on": "2020"}])
    page = stats.html(connection, lang="vi", today=TODAY)
    connection.close()
    assert "<script>" not in page


def test_an_empty_catalogue_has_a_page(tmp_path: Path) -> None:
    connection = store.connect(tmp_path)
    search.rebuild(connection)
    page = stats.html(connection, lang="vi", today=TODAY)
    connection.close()
    assert page.count("Chưa có gì để vẽ.") == 7


def test_the_same_network_is_always_drawn_the_same() -> None:
    edges = [(0, 1), (1, 2), (3, 2)]
    first, second = layout(5, edges), layout(5, edges)
    assert (first == second).all()
    assert len({tuple(place) for place in first.round(1).tolist()}) == 5


def test_a_span_of_months_or_years() -> None:
    assert periods_of(["2020-01-05", "2019"]) == (("2020-01",), 7)
    assert periods_of(["2010-01-05", "2012-03"]) == (("2010-01", *periods_of(["2010-02", "2012-03"])[0]), 7)
    assert periods_of(["2010-01-05", "2019-03"])[0][:2] == ("2010", "2011")
    assert periods_of([None]) == ((), 4)


def test_text_that_is_too_long_is_cut_and_shown_whole_when_pointed_at() -> None:
    assert svg.fit("a" * 50, 100, 12).endswith("…")
    assert "<title>" in svg.words("a" * 50, 0, 0, room=100)
    assert svg.fit("ngắn", 100, 12) == "ngắn"


def test_the_command(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["stats", "--out", str(filled), "--to", str(tmp_path), "--year", "2020", "--today", "2020-06-01"]
    assert main([*words, "--lang", "vi"]) == 0
    assert "1 phong trào" in capsys.readouterr().out
    assert (tmp_path / "stats.html").is_file()
    assert (tmp_path / "0601N.xlsx").is_file()
    assert main([*words, "--format", "json", "--lang", "en"]) == 0
    assert '"Life lines of movements"' in capsys.readouterr().out
