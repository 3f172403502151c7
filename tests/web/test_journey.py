"""The whole way in a real browser: a scan is read, tagged, corrected, and read again by a newer extractor."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline import batch
from pipeline.stages import Stage, stages

from .browsing import preview_tags, serving, undo, watched
from .conftest import column

pytestmark = [pytest.mark.browser, pytest.mark.ocr, pytest.mark.slow]
SAMPLES = Path("data/raw/mau")
SCAN = "02-cong-van-quet.pdf"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    with watched(browser, (1400, 900)) as page:
        yield page


def test_from_a_scan_to_a_record_that_a_person_made(
    window: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for name in (SCAN, "15-ke-hoach-van-ban.txt"):
        shutil.copy(SAMPLES / name, inbox)
    assert {result.state for result in batch.run(inbox, out, batch.Options(jobs=1))} == {"done"}
    (scan_id,) = column(out, f"SELECT dispatch_id FROM dispatches WHERE source_path = '{SCAN}'")
    (read,) = column(out, f"SELECT number FROM dispatches WHERE dispatch_id = '{scan_id}'")
    with serving(out) as address:
        tag_and_undo(window, address, out)
        correct_the_number(window, address, str(scan_id))
        newer = run_a_changed_extractor(inbox, out, monkeypatch)
        assert newer == {SCAN, "15-ke-hoach-van-ban.txt"}
        window.reload()
        expect(window.get_by_label("Số", exact=True)).to_have_value("4321")
        expect(window.locator("#field-number")).to_contain_text("do người sửa")
        expect(window.locator("#field-number del")).to_have_text(str(read))
        expect(window.locator(".facts .state")).to_have_text("đã duyệt")
    assert column(out, f"SELECT number FROM dispatches WHERE dispatch_id = '{scan_id}'") == ["4321"]
    who = f"SELECT author FROM fields WHERE dispatch_id = '{scan_id}' AND name = 'number' AND value = '4321'"
    assert column(out, who) == ["human:Lan"]


def tag_and_undo(window: Page, address: str, out: Path) -> None:
    preview_tags(window, address, "phong trao", "thi-đua/2026", hits=2)
    window.locator("#apply").click()
    expect(window.locator("#rows")).to_have_text("2")
    assert column(out, "SELECT DISTINCT tag FROM tags") == ["thi-đua/2026"]
    undo(window)
    assert column(out, "SELECT tag FROM tags") == []


def correct_the_number(window: Page, address: str, scan_id: str) -> None:
    window.goto(f"{address}/review/{scan_id}")
    picture = window.locator(".sheet img").first
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 500
    field, box = window.get_by_label("Số", exact=True), window.locator('rect[data-for="field-number"]')
    field.focus()
    expect(box).to_have_class("box high lit")
    assert lies_on(box.bounding_box(), picture.bounding_box())
    field.fill("4321")
    with window.expect_response("**/fields") as answer:
        field.press("Enter")
    assert answer.value.ok


def lies_on(box: object, picture: object) -> bool:
    """Tell whether the box of a number lies in the upper part of the picture, where numbers stand."""
    assert isinstance(box, dict)
    assert isinstance(picture, dict)
    across = picture["x"] < box["x"] < picture["x"] + picture["width"] / 2
    return bool(across and picture["y"] < box["y"] < picture["y"] + picture["height"] / 3)


def run_a_changed_extractor(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Run again with the version of one stage raised; return what was done anew."""

    def newer(models: object) -> tuple[Stage, ...]:
        first, *others = stages(models)  # type: ignore[arg-type]
        return (dataclasses.replace(first, version=first.version + 1), *others)

    monkeypatch.setattr(batch, "stages", newer)
    return {result.source_path for result in batch.run(inbox, out, batch.Options(jobs=1)) if result.state == "done"}


def test_an_ingest_is_started_followed_and_stopped_on_the_page(window: Page, tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    plan = (SAMPLES / "15-ke-hoach-van-ban.txt").read_text(encoding="utf-8")
    for n in range(60):
        (inbox / f"{n:02}.txt").write_text(plan.replace("385", str(100 + n), 1), encoding="utf-8")
    (inbox / "60.pdf").write_bytes(b"%PDF-1.7\n%broken")
    with serving(out, inboxes=(inbox,), ingest_options=("--jobs", "1")) as address:
        window.goto(f"{address}/status")
        window.get_by_role("button", name="Bắt đầu nạp").click()
        expect(window.locator("#progress")).to_have_text("Đang nạp …")
        expect(window.locator("#detail")).to_contain_text("/ 61 văn bản", timeout=120_000)
        expect(window.get_by_role("button", name="Bắt đầu nạp")).to_be_disabled()
        window.get_by_role("button", name="Dừng").click()
        expect(window.locator("#progress")).to_contain_text("Đã dừng", timeout=60_000)
        done = len(column(out, "SELECT 1 FROM sources"))
        assert 0 < done < 61
        window.get_by_role("button", name="Bắt đầu nạp").click()
        expect(window.locator("#progress")).to_contain_text("Đã nạp xong", timeout=180_000)
        expect(window.locator('[data-count="done"]')).to_have_text("60")
        expect(window.get_by_role("table")).to_contain_text("60.pdf")
        window.goto(f"{address}/records")
        expect(window.locator(".total")).to_contain_text("60")
