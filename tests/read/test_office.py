"""DOC, RTF and ODT through LibreOffice, and what happens when it is absent, slow or helpless."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.errors import LimitError, MissingToolError, UnreadableSourceError
from pipeline.read import word
from pipeline.read.office import to_docx

RTF = rb"{\rtf1 x}"


def program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in for LibreOffice on the path."""
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.office
def test_rtf_with_an_old_font() -> None:
    data = b"{\\rtf1\\ansi{\\fonttbl{\\f0 .VnTime;}{\\f1 Arial;}}\\f0 Quy\\'d5t \\'ae\\'denh\\par\\f1 Xong\\par}"
    lines = [line.text for line in word.page(to_docx(data, suffix=".rtf", seconds=120)).lines]
    assert lines == ["Quyết định", "Xong"]


def test_without_libreoffice_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingToolError, match="libreoffice-writer-nogui") as caught:
        to_docx(RTF, suffix=".rtf", seconds=1)
    assert "cần LibreOffice" in caught.value.say("vi")


def test_a_hanging_office_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "alive"
    program(tmp_path, f"(sleep 3; touch {mark}) & sleep 60", monkeypatch)
    start = time.monotonic()
    with pytest.raises(LimitError, match="seconds"):
        to_docx(RTF, suffix=".rtf", seconds=0.3)
    assert time.monotonic() - start < 2.5
    time.sleep(3.2 - (time.monotonic() - start))
    assert not mark.exists()


def test_what_libreoffice_said_is_in_the_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "echo 'Error: source file could not be loaded'", monkeypatch)
    with pytest.raises(UnreadableSourceError, match="could not be loaded"):
        to_docx(RTF, suffix=".rtf", seconds=20)
