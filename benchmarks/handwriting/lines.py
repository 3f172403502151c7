"""Lines such as `Số: 183 /KH-LĐLĐ` and `ngày 26 tháng 6 năm 2017` as a scanner shows them, with the truth.

The gap holds digits by a pen (strokes, handwriting fonts, the digits that scikit-learn ships), by a
stamp or a typewriter, or nothing. Everything is drawn at random from one generator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from sklearn.datasets import load_digits

from benchmarks.handwriting.strokes import Mark, write

HEIGHT = 56
FONTS = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts/opentype"))
PRINT = ("Tinos-", "texgyretermes-", "FreeSerif")
HAND = (
    "DancingScript", "KaushanScript", "breip", "femkeklaver", "dkg", "Humor-Sans", "Kristi", "Rufscript", "setofont",
    "Delphine", "SteveHand", "TomsonTalks", "YOzBAF90.ttf", "YOzBAFi", "YOzBCF90.ttf", "YOzBCFi", "YOzBEF90.ttf",
    "YOzBEFi", "YOzBNF90.ttf", "YOzBAP90.ttf", "ComicNeue-", "Ecolier-court",
)  # fmt: skip
OTHER = ("Arimo-", "DejaVuSans-Bold.ttf", "DejaVuSerif", "Cousine-", "FreeSans")
CODES = """
    QĐ KH CT TB BC CV HD TTr CTr GM PĐ NQ CTPH UBND SYT LĐLĐ BTV SNV VP HU TU SGDĐT STC ĐHSP MTTQ BTG NVY KTTH BCĐ XD
""".split()  # noqa: SIM905
CONTEXT = """
    Căn cứ Luật Tổ chức Hội đồng nhân dân Về việc triển khai kế hoạch năm học mới đoàn viên công chức lao động
""".split()  # noqa: SIM905

Grey = NDArray[np.uint8]


@cache
def fonts(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the installed font files whose names begin with one of `names`."""
    files = sorted(str(file) for root in FONTS for file in root.rglob("*") if file.suffix in (".ttf", ".otf"))
    return tuple(file for file in files if Path(file).name.startswith(names))


@cache
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    return ImageFont.truetype(path, size)


@cache
def scanned_digits() -> dict[str, list[Grey]]:
    """Return scikit-learn's digits (43 writers, 8 by 8) by value."""
    data = load_digits()
    found: dict[str, list[Grey]] = {str(d): [] for d in range(10)}
    for image, target in zip(data.images, data.target, strict=True):
        found[str(target)].append((image * 255 / 16).astype(np.uint8))
    return found


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


def _copied(digits: str, height: float, rng: np.random.Generator) -> Mark:
    """Return digits put together from scikit-learn's, drawn larger and with sharp edges."""
    pieces: list[Grey] = []
    extents = []
    x = 0
    h = round(height * rng.uniform(0.9, 1.1))
    for digit in digits:
        small = scanned_digits()[digit][int(rng.integers(len(scanned_digits()[digit])))]
        columns = np.flatnonzero(small.max(axis=0))
        small = np.pad(small[:, columns[0] : columns[-1] + 1], 1)
        large = cv2.resize(small, (round(small.shape[1] * h / 8), h), interpolation=cv2.INTER_CUBIC)
        level = rng.uniform(90, 140)
        pieces.append(np.clip((large.astype(float) - level) * 4 + 128, 0, 255).astype(np.uint8))
        pieces.append(np.zeros((h, int(rng.integers(0, 4))), np.uint8))
        extents.append((float(x), float(x + large.shape[1])))
        x += large.shape[1] + pieces[-1].shape[1]
    return Mark(np.hstack(pieces), h * 0.9, tuple(extents))


def filled(digits: str, em: int, rng: np.random.Generator) -> Mark:
    """Return digits by some hand or machine."""
    kind = rng.random()
    if kind < 0.55:
        return write(digits, em * rng.uniform(0.6, 1.25), rng)
    if kind < 0.72:
        path = str(rng.choice(fonts(HAND)))
        return typed(digits, path, round(em * rng.uniform(0.9, 1.7)))
    if kind < 0.82:
        return _copied(digits, em * rng.uniform(0.8, 1.4), rng)
    return typed(digits, str(rng.choice(fonts((*OTHER, *PRINT)))), round(em * rng.uniform(0.85, 1.3)))


def parts(rng: np.random.Generator) -> list[tuple[str, bool]]:
    """Return a line's text in pieces, each with whether it is filled in by hand."""
    if rng.random() < 0.5:
        digits = "".join(map(str, rng.integers(0, 10, int(rng.choice([1, 2, 3, 4, 5], p=[0.1, 0.3, 0.3, 0.27, 0.03])))))
        digits = "0" + digits[1:] if len(digits) == 2 and rng.random() < 0.4 else digits
        codes = [str(c) for c in rng.choice(CODES, int(rng.integers(1, 4)))]
        sign = "-" if rng.random() < 0.15 else "/"
        hyphen = " -" if rng.random() < 0.1 else "-"
        after = sign + (hyphen.join(codes) if sign == "/" else f"{codes[0]}/{codes[-1]}")
        if rng.random() < 0.08:
            after = f"/{rng.integers(1990, 2030)}{after}"
        head = str(rng.choice(["Số:", "Số:", "Số", "Số :", "SỐ:"]))
        return [(head, False), (digits if rng.random() < 0.95 else "", True), (after, False)]
    day, month, year = int(rng.integers(1, 32)), int(rng.integers(1, 13)), int(rng.integers(1990, 2031))
    pad = rng.random() < 0.8
    return [
        ("ngày", False),
        (f"{day:02d}" if pad else str(day), True) if rng.random() < 0.95 else ("", True),
        ("tháng", False),
        (f"{month:02d}" if pad else str(month), bool(rng.random() < 0.25)),
        (f"năm {year}", False),
    ]


def draw(rng: np.random.Generator) -> Drawn:
    """Draw one line."""
    pieces = parts(rng)
    em = int(rng.integers(21, 31))
    italic = pieces[0][0] == "ngày" and rng.random() < 0.85
    style = ("Italic", "italic") if italic else ("Regular", "regular", "FreeSerif.ttf")
    faces = [f for f in fonts(PRINT) if any(s in Path(f).name for s in style) and "Bold" not in f]
    face = str(rng.choice(faces))
    hand = rng.random() < 0.88
    ink = np.zeros((HEIGHT, 900), np.float64)
    x = float(rng.integers(0, 24))
    baseline = HEIGHT * 0.66 + rng.normal(0, 2.5)
    lean = rng.normal(0, 0.006)
    said: list[tuple[str, float, float]] = []
    dots = rng.random() < 0.12
    for text, by_hand in pieces:
        if not text:
            x += em * rng.uniform(0.6, 2.2)
            continue
        by_hand = by_hand and hand
        mark = filled(text, em, rng) if by_hand else typed(text, face, em)
        x += em * rng.uniform(-0.1, 0.5) if by_hand else 0
        y = baseline - mark.baseline + lean * x + (rng.normal(0, 0.1) * em if by_hand else 0)
        _put(ink, mark.ink * (rng.uniform(0.6, 1.0) if by_hand else 1.0), x, y)
        said.extend(signs(text, mark.extents, x))
        if by_hand and dots:
            _put(ink, typed("." * int(2 + mark.ink.shape[1] / em * 5), face, em).ink, x - 4, baseline - em)
        x += mark.ink.shape[1] + em * (rng.uniform(-0.15, 0.6) if by_hand else rng.uniform(0.15, 0.45))
    ink = ink[:, : int(x + rng.integers(2, 60))]
    return Drawn(_scanned(_surrounded(ink, em, face, rng), rng), tuple(said))


def _put(ink: NDArray[np.float64], mark: NDArray[np.float64] | Grey, x: float, y: float) -> None:
    """Lay ink over ink, cut off at the edges."""
    left, top = round(x), round(y)
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mark.shape[1], ink.shape[1]), min(top + mark.shape[0], ink.shape[0])
    if x0 < x1 and y0 < y1:
        part = ink[y0:y1, x0:x1]
        np.maximum(part, mark[y0 - top : y1 - top, x0 - left : x1 - left], out=part)


def _surrounded(ink: NDArray[np.float64], em: int, face: str, rng: np.random.Generator) -> NDArray[np.float64]:
    """Add what stands around such a line: the lines above and below, a rule, a stray stroke of a pen."""
    for chance, y in ((0.3, -em * rng.uniform(0.75, 1.0)), (0.3, HEIGHT - em * rng.uniform(0.05, 0.45))):
        if rng.random() < chance:
            words = " ".join(map(str, rng.choice(CONTEXT, 8)))
            _put(ink, typed(words, face, em).ink, rng.uniform(-40, 60), y)
    if rng.random() < 0.25:
        row = int(rng.integers(0, 6)) if rng.random() < 0.7 else int(rng.integers(HEIGHT - 5, HEIGHT))
        start = int(rng.integers(0, 200))
        ink[row : row + int(rng.integers(1, 3)), start : start + int(rng.integers(60, 300))] = 255
    if rng.random() < 0.12:
        x, y = rng.uniform(0, 300), rng.uniform(0, HEIGHT)
        path = np.cumsum(np.vstack([[x, y], rng.normal(0, 1, (12, 2)) * 3 + rng.normal(0, 6, 2)]), axis=0)
        canvas = np.zeros(ink.shape, np.uint8)
        cv2.polylines(canvas, [path.round().astype(np.int32)], False, 255, int(rng.integers(1, 3)), cv2.LINE_AA)
        np.maximum(ink, canvas * rng.uniform(0.3, 1), out=ink)
    return ink


def _scanned(ink: NDArray[np.float64], rng: np.random.Generator) -> Grey:
    """Return ink as a scanner shows it: paper, blur, noise, threshold, compression."""
    ink = _warped(ink, rng)
    paper, dark = rng.uniform(190, 255), rng.uniform(0, 90)
    grey = paper - ink / 255 * (paper - dark)
    if rng.random() < 0.7:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.3, 1.1))
    grey = grey + rng.normal(0, rng.choice([0.0, 2.0, 6.0, 14.0]), grey.shape)
    if rng.random() < 0.35:
        large = cv2.resize(grey, None, fx=1.43, fy=1.43, interpolation=cv2.INTER_CUBIC)
        large = np.where(large < paper - (paper - dark) * rng.uniform(0.25, 0.5), 0.0, 255.0)
        large[rng.random(large.shape) < rng.choice([0.0, 0.0005, 0.003])] = 0
        grey = cv2.resize(large, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_AREA)
    elif rng.random() < 0.4:
        ok, packed = cv2.imencode(
            ".jpg", np.clip(grey, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))]
        )
        grey = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE).astype(float) if ok else grey
    return np.clip(grey, 0, 255).astype(np.uint8)


def _warped(ink: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return ink pulled about a little, as paper and pens do."""
    height, width = ink.shape
    if rng.random() < 0.4 or width < 20:
        return ink
    coarse = rng.normal(0, 1, (2, 3, max(2, width // 24)))
    dx, dy = (cv2.resize(c, (width, height), interpolation=cv2.INTER_CUBIC) * rng.uniform(0, 1.6) for c in coarse)
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return cv2.remap(ink, (x + dx).astype(np.float32), (y + dy).astype(np.float32), cv2.INTER_LINEAR)
