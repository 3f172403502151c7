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
from playwright.sync_api import Browser, ConsoleMessage, Page

from pipeline.web.app import create_app

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


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
    """Tell whether a line of the console is an error; that a value was refused is an answer."""
    return message.type == "error" and "a status of 400" not in message.text


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
