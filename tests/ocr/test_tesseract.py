from pathlib import Path

import pytest

from pipeline.errors import MissingToolError
from pipeline.ocr.page import Picture, recognise
from pipeline.ocr.tesseract import Tesseract, data_folder
from tests.pictures import BODY, DPI, page, pixels, share_found


def test_missing_language_data_says_in_both_languages_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(MissingToolError, match="tesseract-ocr-xyz") as caught:
        data_folder("xyz")
    assert "hãy cài" in caught.value.say("vi")


def test_a_named_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "vie.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert data_folder("vie") == tmp_path / "tessdata"


@pytest.mark.ocr
def test_print_is_read_in_lines_of_words_with_boxes() -> None:
    lines = Tesseract().read(pixels(page().convert("L")), DPI)
    assert share_found(BODY, " ".join(word.text for line in lines for word in line)) > 0.95
    first = lines[0][0]
    assert first.text == "Căn"
    assert (first.x0, first.top) == pytest.approx((240, 308), abs=12)
    assert 0.8 < first.confidence <= 1


@pytest.mark.ocr
@pytest.mark.parametrize("mode", ["block", "line"])
def test_a_part_of_a_page_is_read_in_other_modes(mode: str) -> None:
    strip = pixels(page().convert("L"))[290:350]
    (line,) = Tesseract().read(strip, DPI, mode)  # type: ignore[arg-type]
    assert share_found(BODY[:1], " ".join(word.text for word in line)) == 1


@pytest.mark.ocr
def test_white_paper_has_no_lines() -> None:
    assert Tesseract().read(pixels(page(()).convert("L")), DPI) == ()


@pytest.mark.ocr
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_scanned_the_wrong_way_up_is_read(degrees: int) -> None:
    turned = page(BODY * 2).rotate(degrees, expand=True)
    points = 72 / DPI
    (found,) = recognise(Picture(pixels(turned), DPI, turned.width * points, turned.height * points), 1, Tesseract())
    assert share_found(BODY, " ".join(line.text for line in found.lines)) > 0.9
