"""Datasette and the page of figures in a real browser, as an analyst meets them."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.catalogue import fill
from pipeline import explore, stats, store

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium.new_page(viewport={"width": 1280, "height": 900})
        chromium.close()


@pytest.fixture(scope="module")
def address(filled: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(explore.application(filled).app(), host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def test_search_from_the_first_page_to_the_dispatch(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_label("Tìm trong văn bản").fill("dieu dong")
    window.get_by_role("button", name="Tìm").click()
    expect(window.locator(".hit")).to_have_count(3)
    expect(window.locator(".hit mark").first).to_have_text(re.compile("điều đ[ộó]ng", re.IGNORECASE))
    window.get_by_role("link", name="xem thành bảng").click()
    expect(window.get_by_role("heading", name="3 rows")).to_be_visible()
    expect(window.locator(".facet-results")).to_contain_text("Quyết định")


def test_a_question_with_a_blank(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_role("link", name="Văn bản nào thực hiện").click()
    window.get_by_label("so_ky_hieu").fill("05-ct/tw")
    window.get_by_role("button", name="Run SQL").click()
    expect(window.locator("table.rows-and-columns")).to_contain_text("34-CT/HU")


_STRAY = """[...document.querySelectorAll('section svg text')].filter(text => {
  const a = text.getBoundingClientRect(), b = text.closest('svg').getBoundingClientRect();
  return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1;
}).map(text => text.textContent)"""
_OVERLAP = """[...document.querySelectorAll('section svg')].flatMap(svg => {
  const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], n) => boxes.slice(n + 1).filter(([, b]) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4).map(([other]) => [one, other]));
})"""
"""In the browser: texts that leave their picture, and pairs of texts that lie on each other."""


def _page_of_figures(out: Path, to: Path) -> str:
    """Write the page of figures of a catalogue, and return its address."""
    connection = store.connect(out, readonly=True)
    (to / "stats.html").write_text(stats.html(connection, lang="vi", today=date(2020, 6, 1)), encoding="utf-8")
    connection.close()
    return (to / "stats.html").as_uri()


def test_the_page_of_figures_is_whole_without_a_network(window: Page, filled: Path, tmp_path: Path) -> None:
    page = _page_of_figures(filled, tmp_path)
    asked: list[str] = []
    said: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.on("console", lambda message: said.append(message.text))
    window.goto(page)
    assert asked == [page]
    assert said == []
    expect(window.locator("section svg")).to_have_count(7)
    assert window.evaluate(_STRAY) == []
    assert window.evaluate(_OVERLAP) == []


def test_names_do_not_lie_on_each_other_in_a_large_catalogue(window: Page, tmp_path: Path) -> None:
    connection = store.connect(tmp_path)
    fill(connection, 400)
    connection.close()
    page = _page_of_figures(tmp_path, tmp_path)
    window.goto(page)
    assert window.evaluate(_STRAY) == []
    assert window.evaluate(_OVERLAP) == []


def test_the_page_of_figures_fits_a_narrow_screen(window: Page, filled: Path, tmp_path: Path) -> None:
    page = _page_of_figures(filled, tmp_path)
    window.set_viewport_size({"width": 390, "height": 800})
    window.goto(page)
    assert window.evaluate("document.documentElement.scrollWidth") == 390
    heights = window.evaluate("[...document.querySelectorAll('svg text')].map(t => t.getBoundingClientRect().height)")
    assert min(heights) > 7
    window.set_viewport_size({"width": 1280, "height": 900})
