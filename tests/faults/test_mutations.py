"""Honest files with bytes changed, cut or doubled: a reader reads them or says why not, and raises nothing else."""

import functools
import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import CongvanError
from pipeline.ocr import Array, Lines, Mode
from pipeline.read import read_pages
from pipeline.settings import Settings
from tests.batch.folder import dispatch
from tests.faults.hostile import PARAGRAPH, docx, many_frames, written_pdf


@dataclass(frozen=True)
class Blind:
    """A recogniser that sees nothing."""

    version: str = "blind"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        return ()


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("L", (40, 40), 255).save(file, "PNG")
    return file.getvalue()


HONEST: dict[str, Callable[[], bytes]] = {
    "docx": lambda: docx(b"".join(PARAGRAPH % line.encode() for line in dispatch(3).splitlines())),
    "pdf": written_pdf,
    "png": picture,
    "tiff": many_frames,
    "text": lambda: dispatch(3).encode(),
}


@functools.cache
def honest(kind: str) -> bytes:
    return HONEST[kind]()


@st.composite
def changed(draw: st.DrawFn, data: bytes) -> bytes:
    """Return the bytes with some overwritten, a piece taken out or put in twice, or the end cut off."""
    places = st.integers(0, len(data))
    for place, byte in draw(st.lists(st.tuples(places, st.binary(min_size=1, max_size=4)), max_size=6)):
        data = data[:place] + byte + data[place + len(byte) :]
    start, end = sorted((draw(places), draw(places)))
    how = draw(st.sampled_from(["keep", "drop", "double", "cut"]))
    if how == "drop":
        return data[:start] + data[end:]
    if how == "double":
        return data[:end] + data[start:]
    return data[:end] if how == "cut" else data


@pytest.mark.parametrize("kind", HONEST)
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_changed_file_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    try:
        reading = read_pages(data.draw(changed(honest(kind))), settings=Settings(max_pages=5), recognizer=Blind())
    except CongvanError:
        return
    assert any(line.text for page in reading.pages for line in page.lines)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for prefix in (b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"II*\0", b"\xff\xd8\xff", b"\xef\xbb\xbf"):
        try:
            read_pages(prefix + data, settings=Settings(), recognizer=Blind())
        except CongvanError:
            continue
