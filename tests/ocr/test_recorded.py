from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import OcrError
from pipeline.ocr import recorded
from tests.ocr.fakes import Says, line

IMAGE = np.arange(12, dtype=np.uint8).reshape(3, 4)


def test_a_recording_says_again_what_was_read(tmp_path: Path) -> None:
    said = (line("Kính gửi: Sở Y tế"), line("Nơi nhận:", y=300))
    recorder = recorded.Recorder(Says(said))
    assert recorder.read(IMAGE, 200) == said
    recorded.save(recorder.readings, tmp_path / "ocr.json")
    assert recorded.load(tmp_path / "ocr.json").read(IMAGE, 200) == said


@pytest.mark.parametrize(
    ("image", "mode"), [pytest.param(IMAGE + 1, "page", id="other image"), pytest.param(IMAGE, "line", id="other mode")]
)
def test_what_was_never_recorded_is_an_error(image: recorded.Array, mode: recorded.Mode) -> None:
    recorder = recorded.Recorder(Says())
    recorder.read(IMAGE, 200)
    with pytest.raises(OcrError, match="record"):
        recorded.Recorded(recorder.readings).read(image, 200, mode)
