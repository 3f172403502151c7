"""Lines such as `Số: 183 /KH-LĐLĐ` and `ngày 26 tháng 6 năm 2017` as a scanner shows them, with the truth.

The gap holds digits by a pen (strokes, scanned digits, handwriting fonts), by a stamp or a typewriter,
or nothing. Everything is drawn at random from one generator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.handwriting import scanned
from benchmarks.handwriting.strokes import Mark, write

HEIGHT = 56
FONTS = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts/opentype"))
PRINT = ("Tinos-", "texgyretermes-", "FreeSerif")
HAND = (
    "BecauseWe", "ComicNeue-", "DancingScript", "Delphine", "Ecolier-court", "Humor-Sans", "KaushanScript",
    "Kristi", "Purisa", "Rufscript", "SteveHand", "TomsonTalks", "breip", "dkg", "femkeklaver", "kiloji",
    "setofont.ttf",
)  # fmt: skip
OTHER = ("Arimo-", "DejaVuSans-Bold.ttf", "DejaVuSerif", "Cousine-", "FreeSans", "GNUTypewriter", "YuseiMagic-")
CODES = """
    QĐ KH CT TB BC CV HD TTr CTr GM PĐ NQ CTPH UBND SYT LĐLĐ BTV SNV VP HU TU SGDĐT STC ĐHSP MTTQ BTG NVY KTTH BCĐ XD
""".split()  # noqa: SIM905
CONTEXT = """
    Căn cứ Luật Tổ chức Hội đồng nhân dân Về việc triển khai kế hoạch năm học mới đoàn viên công chức lao động
""".split()  # noqa: SIM905

Grey = NDArray[np.uint8]
Ink = NDArray[np.float32]


@cache
def fonts(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the installed font files whose names begin with one of `names`."""
    files = sorted(str(file) for root in FONTS for file in root.rglob("*") if file.suffix in (".ttf", ".otf"))
    return tuple(file for file in files if Path(file).name.startswith(names))


@cache
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True)
class Drawn:
    """A line as a grey picture `HEIGHT` high, and the signs on it with the columns that each takes.

    Digits, `/` and `-` are signs of their own, a run of letters is one `x`.
    """

    grey: Grey
    signs: tuple[tuple[str, float, float], ...]

    @property
    def text(self) -> str:
        """What the network shall say."""
        return re.sub("x+", "x", "".join(sign for sign, _, _ in self.signs))


def signs(text: str, extents: Sequence[tuple[float, float]], x: float) -> Iterator[tuple[str, float, float]]:
    """Yield the signs of a piece of text that begins at column `x`."""
    for match in re.finditer(r"[^\W\d_]+|[\d/-]", text):
        sign = "x" if match.group()[0].isalpha() else match.group()
        yield sign, x + extents[match.start()][0], x + extents[match.end() - 1][1]


@lru_cache(maxsize=20_000)
def typed(text: str, path: str, size: int) -> Mark:
    """Return printed text as ink."""
    face = font(path, size)
    ascent, descent = face.getmetrics()
    left, _, right, _ = face.getbbox(text)
    shift = -min(left, 0)
    image = Image.new("L", (max(1, int(right + shift) + 2), ascent + descent + 8), 0)
    ImageDraw.Draw(image).text((shift, 4), text, font=face, fill=255)
    edges = [shift + face.getlength(text[:i]) for i in range(len(text) + 1)]
    return Mark(np.asarray(image), ascent + 4.0, tuple(pairwise(edges)))


def filled(digits: str, em: int, rng: np.random.Generator, *, held_back: bool = False) -> Mark:
    """Return digits by some hand or machine; a `/` among them by a pen."""
    kind = rng.random()
    if kind < 0.42 or not digits.isdigit():
        return write(digits, em * rng.uniform(0.55, 1.7), rng)
    if kind < 0.74:
        return scanned.copy(digits, em * rng.uniform(0.55, 1.7), rng, held_back=held_back)
    if kind < 0.86:
        path = str(rng.choice(fonts(HAND)))
        return typed(digits, path, round(em * rng.uniform(0.9, 1.7)))
    mark = typed(digits, str(rng.choice(fonts((*OTHER, *PRINT)))), round(em * rng.uniform(0.85, 1.4)))
    return _stencilled(mark, rng) if rng.random() < 0.25 else mark


def _stencilled(mark: Mark, rng: np.random.Generator) -> Mark:
    """Return digits with the bridges that a stencil or a worn stamp leaves: each broken near its middle."""
    ink = mark.ink.copy()
    wide = int(rng.integers(1, 4))
    for x0, x1 in mark.extents:
        at = int((x0 + x1) / 2 + rng.normal(0, 0.06) * (x1 - x0))
        ink[:, at : at + wide] = 0
    return Mark(ink, mark.baseline, mark.extents)


def parts(rng: np.random.Generator) -> list[tuple[str, bool]]:
    """Return a line's text in pieces, each with whether it is filled in by hand."""
    return _number_parts(rng) if rng.random() < 0.55 else _date_parts(rng)


def _number_parts(rng: np.random.Generator) -> list[tuple[str, bool]]:
    """Return `Số: 183/KH-LĐLĐ`, the Party's `Số 15-KH/HU`, `Số: 12/2020/TT-BNV`, perhaps beside other words."""
    digits = "".join(map(str, rng.integers(0, 10, int(rng.choice([1, 2, 3, 4, 5], p=[0.1, 0.28, 0.28, 0.31, 0.03])))))
    digits = "0" + digits[1:] if len(digits) == 2 and rng.random() < 0.4 else digits
    codes = [str(c) for c in rng.choice(CODES, int(rng.integers(1, 4)))]
    sign = "-" if rng.random() < 0.15 else "/"
    hyphen = str(rng.choice(["-", "-", "-", "-", " -", "- ", " - "]))
    after = sign + (hyphen.join(codes) if sign == "/" else f"{codes[0]}/{codes[-1]}")
    if rng.random() < 0.08:
        after = f"/{rng.integers(1990, 2030)}{after}"
    after = after[0] + " " + after[1:] if rng.random() < 0.08 else after
    head = str(rng.choice(["Số:", "Số:", "Số:", "Số", "Số :", "SỐ:", "số:"]))
    if after[0] == "/" and digits and rng.random() < 0.04:  # the slash by the pen, too
        digits, after = digits + "/", after[1:].lstrip()
    beside = [(" ".join(map(str, rng.choice(CONTEXT, 2))), False)] if rng.random() < 0.1 else []
    return [(head, False), (digits if rng.random() < 0.94 else "", True), (after, False), *beside]


def _date_parts(rng: np.random.Generator) -> list[tuple[str, bool]]:
    """Return `ngày 26 tháng 6 năm 2017`, perhaps behind a place; seldom `ngày 05/10/2019`."""
    day, month, year = int(rng.integers(1, 32)), int(rng.integers(1, 13)), int(rng.integers(1990, 2031))
    padded = rng.random() < 0.7
    said = [f"{part:02d}" if padded else str(part) for part in (day, month)]
    by_hand = bool(rng.random() < 0.3)
    place = [(f"{_place(rng)},", False)] if rng.random() < 0.3 else []
    before = [*place, (str(rng.choice(["ngày", "ngày", "ngày", "Ngày"])), False)]
    if rng.random() < 0.04:
        return [*before, (f"{said[0]}/{said[1]}/{year}", by_hand)]
    return [
        *before,
        (said[0] if rng.random() < 0.95 else "", True),
        ("tháng", False),
        (said[1], by_hand),
        ("năm", False),
        (f"{year}", bool(rng.random() < 0.06)),
    ]


def _place(rng: np.random.Generator) -> str:
    """Return what may stand before a day: a word or two, `TP. …`, `… - …`, `Quận 7`."""
    first, second = (str(word).capitalize() for word in rng.choice(CONTEXT, 2))
    forms = [first, f"{first} {second}", f"TP. {first}", f"{first} - {second}", f"Quận {rng.integers(1, 13)}"]
    return str(rng.choice(forms, p=[0.3, 0.45, 0.08, 0.07, 0.1]))


def draw(rng: np.random.Generator, *, held_back: bool = False) -> Drawn:
    """Draw one line; `held_back` with the scanned digits that no training sees."""
    pieces = parts(rng)
    em = int(rng.integers(20, 33))
    italic = any("ngày" in text.lower() for text, _ in pieces) and rng.random() < 0.85
    face = str(rng.choice(_faces(bool(italic))))
    hand = rng.random() < 0.88
    crowded = rng.uniform(0.1, 0.7) if rng.random() < 0.4 else 0.0  # ems by which the pen runs into the print
    off = 0.3 if rng.random() < 0.15 else 0.12  # ems by which the pen stands off the baseline
    ink = np.zeros((HEIGHT, 900), np.float32)
    x = float(rng.integers(0, 24))
    baseline = HEIGHT * 0.66 + rng.normal(0, 3.0)
    lean = rng.normal(0, 0.006)
    said: list[tuple[str, float, float]] = []
    dots = rng.random() < 0.15
    pale = rng.uniform(0.5, 0.8) if rng.random() < 0.25 else 1.0  # a pencil, or blue ink on a grey scan
    for text, filled_in in pieces:
        if not text:
            x += em * rng.uniform(0.6, 2.2)
            continue
        by_hand = filled_in and hand
        mark = filled(text, em, rng, held_back=held_back) if by_hand else typed(text, face, em)
        x += em * (rng.uniform(-0.1, 0.5) - rng.uniform(0, crowded)) if by_hand else 0
        y = baseline - mark.baseline + lean * x
        y = _shown(y + rng.normal(0, off) * em, mark.ink) if by_hand else y
        _put(ink, mark.ink * np.float32(pale * rng.uniform(0.7, 1.0) if by_hand else 1.0), x, y)
        said.extend(signs(text, mark.extents, x))
        if by_hand and dots:
            _put(ink, typed("." * int(2 + mark.ink.shape[1] / em * 5), face, em).ink, x - 4, baseline - em)
        gap = rng.uniform(-0.15, 0.6) - rng.uniform(0, crowded) if by_hand else rng.uniform(0.15, 0.45)
        x += mark.ink.shape[1] + em * gap
    ink = _surrounded(ink[:, : int(x + rng.integers(2, 60))], em, face, rng)
    if rng.random() < 0.5:
        spread = rng.uniform(0.9, 1.2)
        ink = _set(ink, spread, rng.uniform(-0.25, 0.25))
        said = [(sign, x0 * spread, x1 * spread) for sign, x0, x1 in said]
    line = Drawn(_scanned(ink, rng), tuple(said))
    return _cut(line, rng) if rng.random() < 0.12 else line


@cache
def _faces(italic: bool) -> tuple[str, ...]:
    """Return the printer's fonts, upright or italic."""
    style = ("Italic", "italic") if italic else ("Regular", "regular", "FreeSerif.ttf")
    return tuple(f for f in fonts(PRINT) if any(s in Path(f).name for s in style) and "Bold" not in f)


def _cut(line: Drawn, rng: np.random.Generator) -> Drawn:
    """Return a line without its left end, cut within or behind its first word: a frame need not begin with `Số`."""
    _, left, right = line.signs[0]
    at = int(rng.uniform(left, right))
    kept = tuple((sign, x0 - at, x1 - at) for sign, x0, x1 in line.signs if (x0 + x1) / 2 > at)
    return Drawn(line.grey[:, at:], kept) if kept and line.grey.shape[1] - at > HEIGHT else line


def _shown(y: float, mark: Grey) -> float:
    """Return the row nearest to `y` at which at most a tenth of a mark's ink lies beyond the line's edges."""
    rows = np.flatnonzero(mark.max(axis=1))
    spare = (rows[-1] - rows[0]) / 10
    return float(min(max(y, -rows[0] - spare), max(HEIGHT - rows[-1] + spare, -rows[0] - spare)))


def _put(ink: Ink, mark: Ink | Grey, x: float, y: float) -> None:
    """Lay ink over ink, cut off at the edges."""
    left, top = round(x), round(y)
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mark.shape[1], ink.shape[1]), min(top + mark.shape[0], ink.shape[0])
    if x0 < x1 and y0 < y1:
        part = ink[y0:y1, x0:x1]
        np.maximum(part, mark[y0 - top : y1 - top, x0 - left : x1 - left], out=part)


def _set(ink: Ink, spread: float, lean: float) -> Ink:
    """Return ink spread along the line and leant about its middle row, as the product's frames show it."""
    height, width = ink.shape
    place = np.array([[spread, -lean, lean * height / 2], [0.0, 1.0, 0.0]])
    moved = cv2.warpAffine(ink, place, (round(width * spread), height), flags=cv2.INTER_LINEAR)
    return np.asarray(moved, dtype=np.float32)


def _surrounded(ink: Ink, em: int, face: str, rng: np.random.Generator) -> Ink:
    """Add what stands around such a line: the lines above and below, a rule, a stray stroke of a pen."""
    for chance, y in ((0.3, -em * rng.uniform(0.75, 1.0)), (0.3, HEIGHT - em * rng.uniform(0.05, 0.45))):
        if rng.random() < chance:
            x = rng.uniform(-40, 60)
            for word in rng.choice(CONTEXT, 8):
                mark = typed(str(word), face, em).ink
                _put(ink, mark, x, y)
                x += mark.shape[1] + em * 0.2
    if rng.random() < 0.25:
        row = int(rng.integers(0, 6)) if rng.random() < 0.7 else int(rng.integers(HEIGHT - 5, HEIGHT))
        start = int(rng.integers(0, 200))
        ink[row : row + int(rng.integers(1, 3)), start : start + int(rng.integers(60, 300))] = 255
    if rng.random() < 0.06:  # a scanner's dust drawn out to a line
        column = int(rng.integers(0, ink.shape[1]))
        part = ink[:, column : column + int(rng.integers(1, 3))]
        np.maximum(part, np.float32(255 * rng.uniform(0.2, 0.8)), out=part)
    if rng.random() < 0.22:
        x, y = rng.uniform(0, 300), rng.uniform(0, HEIGHT)
        path = np.cumsum(np.vstack([[x, y], rng.normal(0, 1, (12, 2)) * 3 + rng.normal(0, 6, 2)]), axis=0)
        canvas = np.zeros(ink.shape, np.uint8)
        cv2.polylines(canvas, [path.round().astype(np.int32)], False, 255, int(rng.integers(1, 3)), cv2.LINE_AA)
        np.maximum(ink, canvas * np.float32(rng.uniform(0.3, 1)), out=ink)
    return ink


def _scanned(ink: Ink, rng: np.random.Generator) -> Grey:
    """Return ink as a scanner shows it: paper, blur, noise, coarse pixels, threshold, compression."""
    ink = _warped(ink, rng)
    paper, dark = rng.uniform(190, 255), rng.uniform(0, 90)
    grey = np.float32(paper) - ink * np.float32((paper - dark) / 255)
    if rng.random() < 0.7:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.3, 1.1))
    noise = rng.choice([0.0, 2.0, 6.0, 14.0])
    grey = grey + np.float32(noise) * rng.standard_normal(grey.shape, dtype=np.float32) if noise else grey
    if rng.random() < 0.4:
        return _photocopied(grey, paper, dark, rng)
    if rng.random() < 0.25:
        grey = _resized(_resized(grey, rng.uniform(0.6, 1.0), cv2.INTER_AREA), 1.0, cv2.INTER_LINEAR, grey.shape)
    clipped = np.asarray(np.clip(grey, 0, 255), dtype=np.uint8)
    if rng.random() < 0.4:
        _, packed = cv2.imencode(".jpg", clipped, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return clipped


def _photocopied(grey: Ink, paper: float, dark: float, rng: np.random.Generator) -> Grey:
    """Return a line in black and white, at the resolution of an office's scanner or of a fax, with specks."""
    large = _resized(grey, rng.choice([1.43, 1.43, 2.1, 1.07]), cv2.INTER_CUBIC)
    black = (large < paper - (paper - dark) * rng.uniform(0.15, 0.4)).astype(np.uint8)
    specks = np.zeros(large.shape, np.uint8)
    count = rng.poisson(specks.size * rng.choice([0.0, 0.0005, 0.003]))
    specks.flat[rng.integers(0, specks.size, count)] = 1
    if rng.random() < 0.3:
        specks = np.asarray(cv2.dilate(specks, np.ones((2, 2), np.uint8)), dtype=np.uint8)
    print_ = np.where(black | specks, np.float32(0), np.float32(255))
    return np.clip(_resized(print_, 1.0, cv2.INTER_AREA, grey.shape), 0, 255).astype(np.uint8)


def _resized(grey: Ink, factor: float, how: int, shape: tuple[int, ...] | None = None) -> Ink:
    """Return a picture scaled by a factor, or to a shape."""
    height, width = shape or (round(grey.shape[0] * factor), round(grey.shape[1] * factor))
    return np.asarray(cv2.resize(grey, (width, height), interpolation=how), dtype=np.float32)


def _warped(ink: Ink, rng: np.random.Generator) -> Ink:
    """Return ink pulled about a little, as paper and pens do."""
    height, width = ink.shape
    if rng.random() < 0.4 or width < 20:
        return ink
    coarse = rng.standard_normal((2, 3, max(2, width // 24)), dtype=np.float32)
    dx, dy = (
        cv2.resize(c, (width, height), interpolation=cv2.INTER_CUBIC) * np.float32(rng.uniform(0, 1.6)) for c in coarse
    )
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    return np.asarray(cv2.remap(ink, x + dx, y + dy, cv2.INTER_LINEAR), dtype=np.float32)
