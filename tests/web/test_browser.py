"""The pages in a real browser: what an archivist does in a morning, on a wide screen and on a narrow one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from pipeline import store

from .conftest import draw, ingest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ID = f"{1:016x}"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAGES = ("/records?q=phong+trao", f"/review/{ID}", "/movements", "/directives?due=all", "/tags", "/history", "/status")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(params=[pytest.param((1400, 900), id="wide"), pytest.param((420, 800), id="narrow")])
def page(request: pytest.FixtureRequest, browser: object, address: str) -> Iterator[Page]:
    """A fresh window that fails the test for any error of our scripts or of the content policy.

    It is closed before the server at `address` stops, which would be an error to the ledger's stream.
    """
    width, height = request.param
    window = browser.new_page(viewport={"width": width, "height": height})  # type: ignore[attr-defined]
    errors: list[str] = []
    window.on("pageerror", lambda error: errors.append(str(error)))
    window.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield window
    window.close()
    assert errors == []


def test_tag_all_hits_and_undo(page: Page, address: str, out: Path) -> None:
    page.goto(f"{address}/records")
    page.get_by_role("searchbox").fill("phong trao")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_label("Chọn tất cả văn bản").check()
    page.get_by_label("Thêm thẻ").fill("rừng/2026")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#rows")).to_have_text("3")
    expect(page.locator(".tag.new")).to_have_count(3)
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.locator("#rows")).to_have_text("3")
    assert tags(out) == {"rừng/2026"}
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác")).to_be_visible()
    assert tags(out) == set()


def tags(out: Path) -> set[object]:
    connection = store.connect(out, readonly=True)
    try:
        return {row["tag"] for row in store.read(connection, "tags")}
    finally:
        connection.close()


def test_correct_beside_the_scan_and_keep_it(page: Page, address: str, out: Path, inbox: Path) -> None:
    page.goto(f"{address}/review/{ID}")
    expect(page.locator(".sheet img")).to_have_js_property("complete", True)
    field = page.get_by_label("Số", exact=True)
    field.focus()
    box = page.locator('rect[data-for="field-number"]')
    expect(box).to_have_class("box low lit")
    page.locator('rect[data-for="field-notation"]').click(force=True)
    expect(page.get_by_label("Ký hiệu", exact=True)).to_be_focused()
    expect(box).to_have_class("box low")
    with page.expect_response("**/fields") as answer:
        field.fill("77")
        field.press("Enter")
    assert answer.value.ok
    ingest(out, inbox, draw(inbox / f"{ID}.pdf", "12"), "12", version="2")
    page.reload()
    expect(field).to_have_value("77")
    expect(page.locator("#field-number")).to_contain_text("do người sửa")
    expect(page.locator("#field-number del")).to_have_text("12")


def test_accept_by_key_leads_to_the_next(page: Page, address: str, out: Path) -> None:
    page.goto(f"{address}/review")
    first = page.url
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != first and "/review/" in url)
    connection = store.connect(out, readonly=True)
    (row,) = store.read(connection, "dispatches", "dispatch_id = ?", (first.rsplit("/")[-1],))
    connection.close()
    assert row["review_state"] == "checked"


def test_rows_are_struck_out_and_added(page: Page, address: str) -> None:
    page.goto(f"{address}/review/{ID}")
    rows = page.locator('table[data-table="recipients"] tbody tr:not(.fresh)')
    expect(rows).to_have_count(1)
    rows.first.get_by_role("button", name="Xóa dòng").click()
    expect(rows).to_have_count(0)
    page.get_by_label("Thêm dòng: Tên").first.fill("Xã đội")
    with page.expect_navigation():
        page.locator('table[data-table="recipients"] .add').click()
    expect(rows).to_have_count(1)


@pytest.mark.parametrize("path", PAGES)
def test_accessibility(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    found = Axe().run(page)
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found.response["violations"]] == []
    scroll, shown = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert scroll <= shown, "the page is wider than the screen"
