"""A recogniser that replays what another one read: tests without an engine, re-runs without its cost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import OcrError
from pipeline.ocr import Array, Glyphs, Lines, Mode, Recognizer


def key(image: Array, mode: Mode) -> str:
    """Return the name under which a reading of this image in this mode is kept."""
    digest = hashlib.sha256(image.tobytes()).hexdigest()[:16]
    return f"{mode}-{image.shape[1]}x{image.shape[0]}-{digest}"


@dataclass(frozen=True, slots=True)
class Recorded:
    """Replays saved readings by image. An image that was never recorded raises OcrError."""

    readings: Mapping[str, Lines]
    version: str = "recorded"

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        """Return the saved reading of this very image."""
        name = key(image, mode)
        if name not in self.readings:
            raise OcrError(
                f"no recording of image {name}: record it again with `Recorder`",
                f"chưa có bản ghi của ảnh {name}: hãy ghi lại bằng `Recorder`",
            )
        return self.readings[name]


@dataclass(frozen=True, slots=True)
class Recorder:
    """Passes every image on to another recogniser and keeps what it read."""

    inner: Recognizer
    readings: dict[str, Lines] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version of the recogniser that does the work."""
        return self.inner.version

    def read(self, image: Array, dpi: int, mode: Mode = "page") -> Lines:
        """Read with the other recogniser, and remember."""
        lines = self.inner.read(image, dpi, mode)
        self.readings[key(image, mode)] = lines
        return lines


def save(readings: Mapping[str, Lines], path: Path) -> None:
    """Write readings as JSON: for each image its lines of `[text, x0, top, x1, bottom, confidence]`."""
    value = {
        name: [[[g.text, g.x0, g.top, g.x1, g.bottom, round(g.confidence, 3)] for g in line] for line in lines]
        for name, lines in sorted(readings.items())
    }
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Recorded:
    """Read what `save` wrote."""
    value = json.loads(path.read_text(encoding="utf-8"))
    return Recorded(
        {name: tuple(tuple(Glyphs(*glyphs) for glyphs in line) for line in lines) for name, lines in value.items()}
    )
