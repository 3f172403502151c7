"""Numbers that offices stamp onto a finished PDF: form fields whose text stands on the page, not in its content."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Box, Line, Word
from pipeline.read import pdf
from pipeline.read.textlayer import rows
from pipeline.settings import Settings


def stamped_pdf(value: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for n in range(30):
        canvas.drawString(72, 700 - 15 * n, f"Can cu quy dinh cua co quan va theo de nghi cua don vi so {n}")
    canvas.drawString(72, 750, "So:")
    canvas.acroForm.textfield(value=value, x=100, y=745, width=60, height=16, borderWidth=0, fontSize=11)
    canvas.save()
    return out.getvalue()


class Unused:
    """A recogniser that must not be asked."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError("a born-digital page was given to OCR")


def test_a_stamped_number_is_read_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.textlayer.Layer.is_the_text", lambda self: True)
    reading = pdf.read(stamped_pdf("507"), media_type="application/pdf", settings=Settings(), recognizer=Unused())
    first = [word.text for word in reading.pages[0].lines[0].words]
    assert first == ["So:", "507"]


def word(text: str, x0: float, x1: float) -> Word:
    return Word(text, Box(1, x0, 100, x1, 112))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        pytest.param((word("5", 10, 16), word("0", 16, 22), word("7", 22, 28)), "507", id="touching"),
        pytest.param((word("2", 10, 19), word("4", 16, 25)), "24", id="overlapping"),
        pytest.param((word("5", 10, 16), word("7", 20, 26)), "5 7", id="apart"),
        pytest.param((word("5", 10, 16), word("a", 16, 22)), "5 a", id="no digit"),
    ],
)
def test_digits_that_touch_are_one_number(words: tuple[Word, ...], read: str) -> None:
    (line,) = rows(words)
    assert isinstance(line, Line)
    assert line.text == read
