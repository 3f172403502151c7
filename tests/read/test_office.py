"""DOC, RTF and ODT through LibreOffice, and what happens when it is absent, slow or helpless."""

from __future__ import annotations

import io
import socket
import sys
import time
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import LimitError, MissingToolError, TimedOutError, UnreadableSourceError, WorkerDiedError
from pipeline.ocr import Array, Lines, Mode
from pipeline.read import office, word
from pipeline.read.office import to_docx
from pipeline.read.sniff import ODT
from pipeline.settings import Settings

RTF = rb"{\rtf1 x}"


class Blind:
    """A recogniser that documents without pictures never ask."""

    version = "blind"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        raise AssertionError("no picture, no recogniser")


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


@pytest.mark.office
def test_web_pages_that_pass_for_word_files() -> None:
    data = """<html><head><meta charset="utf-8"></head><body><p>Điều 1. Ban hành&nbsp;quy định.</p>
    <ol><li>Một</li></ol><img src="http://example.invalid/a.png"></body></html>""".encode()
    lines = [line.text for line in word.page(to_docx(data, suffix=".html", seconds=120)).lines]
    assert lines == ["Điều 1. Ban hành quy định.", "1. Một"]


@pytest.mark.office
@pytest.mark.skipif(sys.platform != "linux", reason="needs seccomp of Linux")
def test_a_picture_elsewhere_is_not_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        place = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        data = f'<html><head><link rel="stylesheet" href="{place}"></head><body><p>Xong</p><img src="{place}"></html>'
        assert [line.text for line in word.page(to_docx(data.encode(), suffix=".html", seconds=120)).lines] == ["Xong"]
        with pytest.raises(BlockingIOError):  # nobody has called
            server.accept()


@pytest.mark.office
def test_word_2003_xml() -> None:
    data = """<?xml version="1.0"?><?mso-application progid="Word.Document"?>
    <w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r>
    <w:t>Quyết định</w:t></w:r></w:p></w:body></w:wordDocument>""".encode()
    assert [line.text for line in word.page(to_docx(data, suffix=".xml", seconds=120)).lines] == ["Quyết định"]


def test_an_odt_that_is_a_bomb_never_reaches_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b" " * 65_000_000)
    with pytest.raises(LimitError, match="limits"):
        office.read(out.getvalue(), media_type=ODT, settings=Settings(), recognizer=Blind())


def test_without_libreoffice_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingToolError, match="libreoffice-writer-nogui") as caught:
        to_docx(RTF, suffix=".rtf", seconds=1)
    assert "cần LibreOffice" in caught.value.say("vi")


def test_a_hanging_office_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child"
    program(tmp_path, f"sleep 120 & echo $! > {child}; wait", monkeypatch)
    start = time.monotonic()
    with pytest.raises(TimedOutError, match="seconds"):
        to_docx(RTF, suffix=".rtf", seconds=2)
    status = Path("/proc", child.read_text(encoding="utf-8").strip(), "status")
    while time.monotonic() - start < 60 and status.exists() and "State:\tZ" not in status.read_text(encoding="utf-8"):
        time.sleep(0.05)
    assert time.monotonic() - start < 60


def test_what_libreoffice_said_is_in_the_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "echo 'Error: source file could not be loaded'", monkeypatch)
    with pytest.raises(UnreadableSourceError, match="could not be loaded"):
        to_docx(RTF, suffix=".rtf", seconds=20)


@pytest.mark.parametrize("end", ["kill -9 $$", "exit 139"])
def test_an_office_that_is_killed_or_crashes_is_not_the_files_fault(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, end, monkeypatch)
    with pytest.raises(WorkerDiedError, match="LibreOffice") as caught:
        to_docx(RTF, suffix=".rtf", seconds=20)
    assert caught.value.retry == "counted"


@pytest.mark.office
def test_an_opendocument_file_is_read() -> None:
    from benchmarks.samples.compose import make
    from benchmarks.samples.files import sample

    made = sample(next(make(1, seed=3)), "odt")
    reading = office.read(made.data, media_type=ODT, settings=Settings(), recognizer=Blind())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in " ".join(line.text for line in reading.pages[0].lines)
