"""Pages as JSON come back as they were."""

from __future__ import annotations

import json

import pytest

from pipeline.codec import pages_from_json, pages_to_json
from pipeline.document import Box, Line, Page, Word

LINES = (Line((Word("Số:", Box(2, 70.5, 80, 84.5, 92), 0.91, "S6:"), Word("13"))), Line(()))

PAGES = {
    "scan": Page(2, 595.0, 842.0, LINES, "ocr"),
    "turned": Page(2, 842.0, 595.0, LINES, "ocr", 270),
    "text": Page(2, None, None, LINES),
    "blank": Page(2, 595.0, 842.0, ()),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_pages_come_back(page: Page) -> None:
    assert pages_from_json(json.loads(json.dumps(pages_to_json((page,))))) == (page,)
