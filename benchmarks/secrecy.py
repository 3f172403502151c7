"""Secrecy stamps on generated scans: how many are missed, and how many honest pages are taken for secret.

    python -m benchmarks.secrecy [--pages 96] [--seed 1] [--picture]

With `--picture` only the stamps in the picture are looked for, which is quick; the lines of the page are not read.

Two pages of three bear MẬT, TỐI MẬT or TUYỆT MẬT, in one of four types, in a frame or without, in red or black, level
or turned, under the number or elsewhere at the head. The others bear what is like it: marks of urgency, drafts, copies,
the words that only sound like secrecy.
"""

from __future__ import annotations

import argparse
import io
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.samples.compose import make
from benchmarks.samples.render import scan
from benchmarks.samples.render.pdf import pdf
from benchmarks.samples.render.sheet import Drawn
from pipeline import models, read
from pipeline.batch.secrecy import evidence
from pipeline.ocr.stamps.secrecy import secrecy
from pipeline.ocr.tesseract import Tesseract
from pipeline.settings import Settings
from pipeline.stages import annotate, stages

Place = Literal["under the number", "beside the number", "margin", "top", "over print"]

DPI: Final = 200
_POINT: Final = DPI / 72
_FONTS: Final = Path("/usr/share/fonts/truetype")
FONTS: Final = (
    "freefont/FreeSansBold.ttf",
    "freefont/FreeSerifBold.ttf",
    "dejavu/DejaVuSans-Bold.ttf",
    "dejavu/DejaVuSerif-Bold.ttf",
)
SECRET: Final = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
HONEST: Final = (
    "KHẨN",
    "HỎA TỐC",
    "DỰ THẢO",
    "BẢN SAO",
    "SAO Y",
    "HỎA TỐC HẸN GIỜ",
    "THU HỒI",
    "MẶT SAU",
    "CÔNG KHAI",
    "BẢO MẬT",
    "ĐÃ KÝ",
    "MẶT TRẬN",
)
INKS: Final = {"red": (200, 30, 35), "pale red": (225, 110, 115), "black": (40, 40, 45)}
PLACES: Final[tuple[Place, ...]] = ("under the number", "beside the number", "margin", "top", "over print")
TURNS: Final = (0, 0, 2, -3, 5, -8, 12, -20)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is stamped on a page: words, ink, lines of its frame (0 to 2), degrees of turn, where, and in which type."""

    text: str
    ink: str
    frame: int
    turn: int
    place: Place
    font: str = FONTS[0]

    @property
    def secret(self) -> bool:
        """Tell whether a page with this stamp is a secret."""
        return self.text in SECRET


@dataclass(frozen=True, slots=True)
class Page:
    """A scanned first page as a file, its stamp, and the level of its damage."""

    stamp: Stamp
    damage: int
    data: bytes


def pages(count: int, *, seed: int) -> Iterator[Page]:
    """Yield stamped first pages; the same seed gives the same ones."""
    chance = random.Random(seed)
    for number, dispatch in enumerate(make(count, seed=seed)):
        stamp = Stamp(
            chance.choice(SECRET if number % 3 else HONEST),
            chance.choice(tuple(INKS)),
            chance.choice((0, 1, 1, 2)),
            chance.choice(TURNS),
            chance.choice(PLACES),
            chance.choice(FONTS),
        )
        damage = chance.randint(1, 3)
        printed = pdf(dispatch, inked=True, seed=seed)
        picture = stamped(scan.pictures(printed.data, dpi=DPI)[0], stamp, printed.lines, chance)
        worn = scan.damaged(picture, level=damage, rng=np.random.default_rng(chance.randrange(2**32)))
        yield Page(stamp, damage, scan.jpeg(worn, level=damage))


def stamped(picture: scan.Pixels, stamp: Stamp, lines: tuple[Drawn, ...], chance: random.Random) -> scan.Pixels:
    """Return a page with a stamp on it."""
    page = Image.fromarray(picture)
    mark = drawn(stamp, size=chance.uniform(13, 20))
    x, y = _centre(stamp.place, lines, mark)
    page.paste(mark, (round(x - mark.width / 2), round(y - mark.height / 2)), mark)
    return np.asarray(page, dtype=np.uint8)


def drawn(stamp: Stamp, *, size: float) -> Image.Image:
    """Return a stamp as a picture with transparent ground; `size` in points."""
    font = ImageFont.truetype(str(_FONTS / stamp.font), round(size * _POINT))
    left, top, right, bottom = font.getbbox(stamp.text)
    gap, thick = round(size * 0.55 * _POINT), max(2, round(1.3 * _POINT))
    image = Image.new("RGBA", (round(right - left) + 4 * gap, round(bottom - top) + 4 * gap))
    pen = ImageDraw.Draw(image)
    ink = (*INKS[stamp.ink], 235)
    pen.text((2 * gap - left, 2 * gap - top), stamp.text, font=font, fill=ink)
    for n in range(stamp.frame):
        inset = gap - n * 3 * thick
        pen.rectangle((inset, inset, image.width - inset, image.height - inset), outline=ink, width=thick)
    return image.rotate(stamp.turn, expand=True, resample=Image.Resampling.BICUBIC)


def _centre(place: Place, lines: tuple[Drawn, ...], mark: Image.Image) -> tuple[float, float]:
    """Return where the middle of a stamp goes, in pixels."""
    number = next((line for line in lines if line.page == 1 and line.text.startswith("Số")), lines[0])
    middle = (number.x0 + number.x1) / 2 * _POINT
    below, beside = number.bottom * _POINT, (number.top + number.bottom) / 2 * _POINT
    places: dict[Place, tuple[float, float]] = {
        "under the number": (middle, below + mark.height * 0.75),
        "beside the number": (number.x1 * _POINT + mark.width * 0.55, beside),
        "margin": (mark.width * 0.55, below + 90 * _POINT),
        "top": (300 * _POINT, mark.height * 0.6),
        "over print": (middle + 20 * _POINT, below + mark.height * 0.2),
    }
    return places[place]


def in_picture(data: bytes) -> str | None:
    """Return the level of secrecy that the picture of a page shows, its lines unread."""
    return secrecy(np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.uint8), DPI, Tesseract())


def finder() -> Callable[[bytes], str | None]:
    """Return a function that reads a page as an ingest does and returns the evidence of its secrecy."""
    knowledge = models.load()
    steps, recognizer = stages(knowledge), Tesseract()

    def find(data: bytes) -> str | None:
        reading = read.read_pages(data, settings=Settings(), recognizer=recognizer)
        return evidence(annotate(read.compose(reading, id="0" * 16, source="page", mend=knowledge.mend), steps))

    return find


def main() -> None:
    """Read the pages and print what was missed and what was taken for secret."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=96)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--picture", action="store_true")
    args = parser.parse_args()
    find = in_picture if args.picture else finder()
    asked: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for number, page in enumerate(pages(args.pages, seed=args.seed)):
        found = find(page.data)
        wrong = page.stamp.secret != bool(found)
        for kind in _kinds(page, found):
            asked[kind] += 1
            missed[kind] += wrong
        if wrong:
            print(f"page {number}: {page.stamp}, damage {page.damage}: {found}", flush=True)
    for kind in sorted(asked):
        print(f"{kind}: {missed[kind]} wrong of {asked[kind]}")


def _kinds(page: Page, found: str | None) -> Iterator[str]:
    """Yield the groups in which a page is counted."""
    if not page.stamp.secret:
        yield "honest"
        return
    yield "secret"
    yield f"secret, {page.stamp.ink}"
    yield f"secret, {page.stamp.place}"
    yield f"secret, turned {'at most 5' if abs(page.stamp.turn) <= 5 else 'more'}"
    yield f"secret, frame of {page.stamp.frame}"
    if found and found.split(",")[0] != page.stamp.text:
        yield "secret, of another level"


if __name__ == "__main__":
    main()
