"""The pages in a real browser: what an archivist does in a morning, on a wide screen and on a narrow one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from pipeline.web.accounts import Accounts, Role

from .browsing import preview_tags, serving, undo, watched
from .conftest import column, draw, ingest
from .test_accounts import PASSWORD
from .test_pages import ID, token

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACES = "SELECT place FROM dispatches WHERE place IS NOT NULL"
PAGES = (
    "/records?q=phong+trao", f"/review/{ID}", "/movements", "/movements/dispatches?id=giu-rung", "/directives?due=all",
    "/tags", "/history", "/status",
)  # fmt: skip


@pytest.fixture(params=[pytest.param((1400, 900), id="wide"), pytest.param((390, 800), id="narrow")])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, request.param) as window:
        yield window


def test_tag_all_hits_and_undo(page: Page, address: str, out: Path) -> None:
    preview_tags(page, address, "phong trao", "rừng/2026", hits=3)
    expect(page.locator(".panel td .tag.new")).to_have_count(3)
    assert cut_off(page) == []
    page.get_by_label("Lý do").fill("đợt kiểm tra")
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.locator("#rows")).to_have_text("3")
    assert column(out, "SELECT DISTINCT tag FROM tags") == ["rừng/2026"]
    undo(page)
    assert column(out, "SELECT tag FROM tags") == []
    page.goto(f"{address}/history")
    expect(page.get_by_text("đợt kiểm tra")).to_be_visible()


def test_a_field_of_some_records(page: Page, address: str, out: Path) -> None:
    page.goto(f"{address}/records")
    boxes = page.locator('input[name="ids"]')
    boxes.nth(0).check()
    boxes.nth(2).check()
    expect(page.locator("#chosen-count")).to_have_text("2")
    page.get_by_text("Sửa một trường của").click()
    page.locator("select[name=field]").select_option("place")
    page.locator("input[name=value]").fill("Lũng Phìn")
    page.get_by_role("button", name="Xem trước việc sửa").click()
    expect(page.locator("#rows")).to_have_text("2")
    page.locator("#apply").click()
    expect(page.locator("#undo")).to_be_visible()
    assert sorted(column(out, PLACES)) == ["Lũng Phìn", "Lũng Phìn"]
    undo(page)
    assert column(out, PLACES) == []


def test_a_search_is_saved_and_found_again(page: Page, address: str) -> None:
    narrow = page.viewport_size is not None and page.viewport_size["width"] < 800

    def unfold() -> None:
        if narrow:
            page.locator(".narrowing > summary").click()

    page.goto(f"{address}/records?q=rung")
    unfold()
    page.get_by_text("Tìm kiếm đã lưu").click()
    page.get_by_label("Lưu câu tìm này").fill("giữ rừng")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.goto(f"{address}/records")
    unfold()
    page.get_by_role("link", name="giữ rừng").first.click()
    expect(page.get_by_role("searchbox")).to_have_value("rung")


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
    checked = f"SELECT review_state FROM dispatches WHERE dispatch_id = '{first.rsplit('/')[-1]}'"
    assert column(out, checked) == ["checked"]


def test_rows_are_struck_out_and_added(page: Page, address: str) -> None:
    page.goto(f"{address}/review/{ID}")
    rows = page.locator('table[data-table="recipients"] tbody tr:not(.fresh)')
    expect(rows).to_have_count(1)
    rows.first.get_by_role("button", name="Xóa dòng").click()
    expect(rows).to_have_count(0)
    page.keyboard.press("Alt+u")
    expect(rows).to_have_count(1)
    rows.first.get_by_role("button", name="Xóa dòng").click()
    expect(rows).to_have_count(0)
    page.get_by_label("Thêm dòng: Tên").first.fill("Xã đội")
    with page.expect_navigation():
        page.locator('table[data-table="recipients"] .add').click()
    expect(rows).to_have_count(1)


def test_several_rows_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}/review/{ID}")
    part = page.locator('details[data-table="recipients"]')
    for name in ("Xã đội", "Hội Nông dân"):
        part.get_by_label("Thêm dòng: Tên").fill(name)
        with page.expect_navigation():
            part.locator(".add").click()
    part.get_by_label("Chọn mọi dòng").check()
    expect(part.locator(".rowbar output")).to_have_text("3")
    part.locator(".rowbar select").first.select_option("block")
    part.locator(".rowbar select").last.select_option("addressee")
    with page.expect_navigation():
        part.get_by_role("button", name="Đặt cho mọi dòng").click()
    blocks = part.locator('tr:not(.fresh) select[name="block"]')
    assert [blocks.nth(n).input_value() for n in range(3)] == ["addressee"] * 3
    for n in (1, 2):
        part.locator(".tick-row").nth(n).check()
    with page.expect_navigation():
        part.get_by_role("button", name="Xóa các dòng đã chọn").click()
    expect(part.locator("tbody tr:not(.fresh)")).to_have_count(1)


def test_the_text_stands_in_for_the_scan(page: Page, address: str) -> None:
    page.goto(f"{address}/review/{ID}")
    page.get_by_role("button", name="Chữ đọc được").click()
    expect(page.locator("#pages")).to_be_hidden()
    page.get_by_label("Ký hiệu", exact=True).focus()
    expect(page.locator("#text .lit")).to_have_text("KH-UBND")
    page.locator("#text .piece", has_text="11").first.click()
    expect(page.get_by_label("Số", exact=True)).to_be_focused()


def test_keys_lead_everywhere(page: Page, address: str) -> None:
    page.goto(f"{address}/records")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator('input[name="ids"]').nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/*")
    page.goto(f"{address}/tags")
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_url("**/directives")
    page.keyboard.press("/")
    page.wait_for_url("**/records")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("searchbox").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_day_that_is_none_is_refused_on_the_spot(page: Page, address: str, out: Path) -> None:
    page.goto(f"{address}/review/{ID}")
    field = page.get_by_label("Ngày ban hành").first
    field.fill("hôm qua")
    with page.expect_response("**/fields"):
        field.press("Enter")
    expect(page.locator("#live.bad")).to_contain_text("không phải ngày")
    expect(field).to_be_focused()
    with page.expect_response("**/fields"):
        page.keyboard.press("Control+Enter")
    expect(field).to_have_class("changed")
    assert "/review/" in page.url
    assert column(out, "SELECT DISTINCT review_state FROM dispatches") == ["needs_review"]
    field.fill("3/2/2026")
    with page.expect_response("**/fields") as answer:
        field.press("Enter")
    assert answer.value.ok


def test_what_was_not_saved_is_said_where_the_server_is_gone(page: Page, address: str) -> None:
    page.goto(f"{address}/review/{ID}")
    for answer in (lambda route: route.abort(), lambda route: route.fulfill(status=200, body="<html>")):
        page.route("**/fields", answer)
        page.get_by_label("Địa danh").fill("Lũng Phìn")
        page.get_by_label("Địa danh").press("Enter")
        expect(page.locator("#live.bad")).to_have_text(re.compile("chưa lưu được. Hãy kiểm tra mạng"))
        expect(page.get_by_label("Địa danh")).to_have_class("changed")
        page.unroute("**/fields")
        page.reload()


def test_a_long_task_unfolds_by_key(page: Page, address: str, client: TestClient) -> None:
    long = {"values": {"text": "báo cáo kết quả thực hiện " * 60, "deadline": "2026-01-15"}}
    client.post(f"/api/dispatches/{ID}/directives", json=long, headers={"X-CSRF-Token": token(client)})
    page.goto(f"{address}/directives?due=all")
    button = page.get_by_role("button", name="Cả nội dung")
    expect(button).to_have_count(1)
    height = page.locator(".clamp").first.bounding_box()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    unfolded = page.locator(".clamp").first.bounding_box()
    assert height
    assert unfolded
    assert unfolded["height"] > 1.5 * height["height"]


def test_days_are_written_as_the_language_writes_them(page: Page, address: str, out: Path) -> None:
    page.goto(f"{address}/review/{ID}")
    field = page.get_by_label("Ngày ban hành").first
    for typed, kept, shown in (("3/2/2026", "2026-02-03", "03/02/2026"), ("2/2026", "2026-02", "02/2026")):
        field.fill(typed)
        with page.expect_response("**/fields"):
            field.press("Enter")
        page.reload()
        expect(field).to_have_value(shown)
        assert column(out, f"SELECT issued_on FROM dispatches WHERE dispatch_id = '{ID}'") == [kept]
    page.goto(f"{address}/review/{ID}?lang=en")
    expect(page.get_by_label("Issued on").first).to_have_value("2026-02")


def cut_off(page: Page) -> list[str]:
    """Return the tables that are wider than their frame."""
    frames = ".scroll:has(> table)"
    wide = "frames => frames.filter(f => f.scrollWidth > f.clientWidth).map(f => f.getAttribute('aria-label'))"
    return list(page.eval_on_selector_all(frames, wide))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1400, 900), (390, 800)])
def test_accessibility(browser: Browser, address: str, size: tuple[int, int], scheme: str) -> None:
    faults = []
    for path in PAGES:
        with watched(browser, size, color_scheme=scheme) as page:
            page.goto(address + path)
            faults += [f"{path} {fault}" for fault in faults_of(page)]
    assert faults == []


def faults_of(page: Page) -> list[str]:
    """Return what Axe finds, and what does not fit on the screen."""
    found = Axe().run(page)
    faults = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found.response["violations"]]
    scroll, shown = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return faults + ["wider than the screen"] * (scroll > shown) + [f"cuts off {name}" for name in cut_off(page)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1400, 900), (390, 800)])
def test_signing_in_and_another_password(browser: Browser, out: Path, size: tuple[int, int], scheme: str) -> None:
    Accounts(out).add("Lý Thị Mẩy", PASSWORD, Role.READER)
    with serving(out, accounts=True) as address, watched(browser, size, color_scheme=scheme) as page:
        page.goto(f"{address}/tags")
        expect(page.get_by_label("Tên người dùng")).to_be_focused()
        page.keyboard.type("Lý Thị Mẩy")
        page.keyboard.press("Tab")
        page.keyboard.type("sai mật khẩu")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("không đúng")
        assert faults_of(page) == []
        expect(page.get_by_label("Tên người dùng")).to_have_value("Lý Thị Mẩy")
        expect(page.get_by_label("Mật khẩu")).to_be_focused()
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/tags")
        page.get_by_role("link", name="Lý Thị Mẩy").click()
        assert faults_of(page) == []
        page.get_by_label("Mật khẩu hiện nay").fill(PASSWORD)
        for label in ("Mật khẩu mới", "Mật khẩu mới, gõ lại"):
            page.get_by_label(label, exact=True).fill("cây lúa trên nương")
        page.get_by_role("button", name="Đổi mật khẩu").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã đổi mật khẩu")
        page.get_by_role("button", name="Đăng xuất", exact=True).click()
        page.wait_for_url("**/login")
