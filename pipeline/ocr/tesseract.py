"""Tesseract in-process: one engine a process and thread, one OpenMP thread, Vietnamese data found on its own."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from PIL import Image

from pipeline.errors import MissingToolError, OcrError
from pipeline.ocr import Array, Glyphs, Lines, Mode

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # read when the library loads; the workers are the parallelism

import tesserocr

tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)  # it would write to the terminal about boxes of no area

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_VARIABLES = {
    "tessedit_do_invert": "0",  # dispatches print no white on black; looking for it costs a tenth of the time
    "debug_file": os.devnull,
}
_MODES = {
    "page": tesserocr.PSM.AUTO,
    "block": tesserocr.PSM.SINGLE_BLOCK,
    "line": tesserocr.PSM.SINGLE_LINE,
}


class _Found(Protocol):
    """The part of tesserocr's result iterator that is used here."""

    def IsAtBeginningOf(self, level: int) -> bool: ...  # noqa: N802
    def GetUTF8Text(self, level: int) -> str: ...  # noqa: N802
    def BoundingBox(self, level: int) -> tuple[int, int, int, int] | None: ...  # noqa: N802
    def Confidence(self, level: int) -> float: ...  # noqa: N802


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The default recogniser. Making one is cheap; the engine starts at the first reading."""

    language: str = "vie"

    @property
    def version(self) -> str:
        """Tesseract's version and the language."""
        return f"tesseract-{tesserocr.PyTessBaseAPI.Version()}-{self.language}"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        """Return the lines of words in a grey image, in Unicode NFC."""
        engine = _engine(self.language, threading.get_ident(), os.getpid())
        try:
            engine.SetPageSegMode(_MODES[mode])
            engine.SetImage(Image.fromarray(image))
            engine.SetSourceResolution(dpi)
            if not engine.Recognize():
                raise OcrError(
                    "Tesseract gave up on a page: read it again", "Tesseract không đọc được trang: hãy chạy lại"
                )
            return tuple(_lines(engine.GetIterator()))
        except RuntimeError as error:
            raise OcrError(f"Tesseract failed on a page: {error}", f"Tesseract lỗi ở một trang: {error}") from error
        finally:
            engine.Clear()


def data_folder(language: str) -> Path:
    """Return the folder that holds Tesseract's data for a language. Raises MissingToolError."""
    named = os.environ.get("TESSDATA_PREFIX")
    for folder in (named, f"{named}/tessdata", *_FOLDERS) if named else _FOLDERS:
        if folder and (Path(folder) / f"{language}.traineddata").is_file():
            return Path(folder)
    raise MissingToolError(
        f"Tesseract's data for '{language}' was not found: install it (apt-get install tesseract-ocr-{language}) "
        "or point TESSDATA_PREFIX at its folder",
        f"không thấy dữ liệu Tesseract cho '{language}': hãy cài (apt-get install tesseract-ocr-{language}) "
        "hoặc đặt TESSDATA_PREFIX tới thư mục chứa nó",
    )


@cache
def _engine(language: str, thread: int, process: int) -> tesserocr.PyTessBaseAPI:
    """Start the engine; kept, since loading the language costs as much as a page. Not shared between threads."""
    return tesserocr.PyTessBaseAPI(path=str(data_folder(language)), lang=language, variables=_VARIABLES)


def _lines(found: object) -> Iterator[tuple[Glyphs, ...]]:
    """Yield the lines of a result, words of white space left out."""
    if found is None:
        return
    line: list[Glyphs] = []
    for item in tesserocr.iterate_level(found, tesserocr.RIL.WORD):
        word = cast("_Found", item)
        if word.IsAtBeginningOf(tesserocr.RIL.TEXTLINE) and line:
            yield tuple(line)
            line = []
        glyphs = _word(word)
        if glyphs is not None:
            line.append(glyphs)
    if line:
        yield tuple(line)


def _word(word: _Found) -> Glyphs | None:
    """Return one word of a result; None where it is empty, which Tesseract reports by raising."""
    try:
        text = unicodedata.normalize("NFC", word.GetUTF8Text(tesserocr.RIL.WORD)).strip()
    except RuntimeError:
        return None
    box = word.BoundingBox(tesserocr.RIL.WORD)
    if not text or box is None:
        return None
    x0, top, x1, bottom = map(float, box)
    return Glyphs(text, x0, top, x1, bottom, word.Confidence(tesserocr.RIL.WORD) / 100)
