"""The pages served for real, and a browser's window that fails the test for any error of our scripts."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from pipeline.web.app import create_app

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the system's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(_QUIET))
        yield browser
        browser.close()


@contextmanager
def serving(out: Path, **options: Any) -> Iterator[str]:
    """Serve the pages over an output folder on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(out, actor="Lan", **options)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


def _is_fault(message: ConsoleMessage) -> bool:
    """Tell whether a line of the console is an error; a refusal is none, nor is what a test cut off."""
    meant = ("a status of 400", "a status of 403", "net::ERR_FAILED")
    return message.type == "error" and not any(words in message.text for words in meant)


@contextmanager
def watched(browser: Browser, size: tuple[int, int], **options: Any) -> Iterator[Page]:
    """Open a window that fails the test for any error of our scripts or of the content policy.

    It is closed before the server stops, which would be an error to the ledger's stream.
    """
    width, height = size
    window = browser.new_page(viewport={"width": width, "height": height}, **options)
    errors: list[str] = []
    window.on("pageerror", lambda error: errors.append(str(error)))
    window.on("console", lambda message: errors.append(message.text) if _is_fault(message) else None)
    yield window
    window.close()
    assert errors == []


def preview_tags(page: Page, address: str, query: str, tag: str, hits: int) -> None:
    """Search, choose all that is found, and look at what a tag on it would change."""
    page.goto(f"{address}/records")
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_label("Chọn tất cả văn bản").check()
    page.get_by_label("Thêm thẻ").fill(tag)
    page.get_by_role("button", name="Xem trước", exact=True).click()
    expect(page.locator("#rows")).to_have_text(str(hits))


def undo(page: Page) -> None:
    """Undo the change that the page has just made."""
    page.locator("#undo").click()
    expect(page.get_by_text("Đã hoàn tác")).to_be_visible()
