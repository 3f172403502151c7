"""Pages as pictures, and what scanners, copiers and damp cellars do to them: three levels of damage.

Level 0 is a clean scan. Level 1 is a good office scanner; level 2 tilts, casts uneven light and
adds specks; level 3 is a bad copy: strong tilt, dark edges, little contrast, dots and blur.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image

Pixels: TypeAlias = npt.NDArray[np.uint8]

_POINTS: Final = 72


@dataclass(frozen=True, slots=True)
class Damage:
    """How much of everything: degrees, grey levels, shares of the page, pixels."""

    tilt: float
    noise: float
    shade: float
    specks: float
    blur: float
    contrast: float
    quality: int
    streaks: int = 0


LEVELS: Final = (
    Damage(tilt=0.0, noise=0.0, shade=0.0, specks=0.0, blur=0.0, contrast=1.0, quality=90),
    Damage(tilt=0.4, noise=3.0, shade=0.05, specks=0.00001, blur=0.5, contrast=0.95, quality=80),
    Damage(tilt=1.3, noise=8.0, shade=0.22, specks=0.00006, blur=0.8, contrast=0.85, quality=60, streaks=1),
    Damage(tilt=2.6, noise=14.0, shade=0.4, specks=0.00018, blur=1.1, contrast=0.68, quality=42, streaks=3),
)


def pictures(pdf: bytes, *, dpi: int) -> list[Pixels]:
    """Return the pages of a PDF as RGB pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            np.asarray(page.render(scale=dpi / _POINTS).to_pil().convert("RGB"), dtype=np.uint8) for page in document
        ]
    finally:
        document.close()


def damaged(picture: Pixels, *, level: int, rng: np.random.Generator) -> Pixels:
    """Return a picture as a scanner of that level of neglect gives it."""
    how = LEVELS[level]
    if level == 0:
        return picture
    image = _tilted(picture, how, rng).astype(np.float32)
    image = 255.0 - (255.0 - image) * how.contrast
    image *= _light(image.shape[0], image.shape[1], how, rng)[..., None]
    if how.blur:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), how.blur * rng.uniform(0.8, 1.2)), dtype=np.float32)
    image = _specked(image, how, rng)
    image += rng.normal(0.0, how.noise, image.shape[:2])[..., None].astype(np.float32)
    return np.clip(image, 0, 255).astype(np.uint8)


def bilevel(picture: Pixels, *, level: int, rng: np.random.Generator) -> Pixels:
    """Return a picture in pure black and white, as fax machines and thrifty scanners give it, with stray dots."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    black = grey < 150
    dots = LEVELS[level].specks * 12
    black ^= rng.random(black.shape) < dots
    return np.where(black, 0, 255).astype(np.uint8)


def jpeg(picture: Pixels, *, level: int) -> bytes:
    """Return a picture as JPEG, the worse the level the coarser."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=LEVELS[level].quality)
    return out.getvalue()


def png(picture: Pixels) -> bytes:
    """Return a picture as PNG."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    return out.getvalue()


def tiff(pages: list[Pixels], *, dpi: int, fax: bool = False) -> bytes:
    """Return pages as one TIFF; `fax` packs pure black and white as CCITT group 4."""
    images = [Image.fromarray(page).convert("1") if fax else Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    images[0].save(
        out,
        "TIFF",
        save_all=True,
        append_images=images[1:],
        compression="group4" if fax else "jpeg",
        dpi=(dpi, dpi),
    )
    return out.getvalue()


def _tilted(picture: Pixels, how: Damage, rng: np.random.Generator) -> Pixels:
    height, width = picture.shape[:2]
    angle = rng.uniform(0.4, 1.0) * how.tilt * rng.choice((-1, 1))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)),
        dtype=np.uint8,
    )


def _light(height: int, width: int, how: Damage, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return how bright each place is: a slope across the page, and a dark edge where the book was open."""
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    slope = rng.uniform(0, 1) * across + rng.uniform(0, 1) * down
    edge = np.exp(-across / 0.04) if rng.random() < 0.5 else np.exp(-(1 - across) / 0.04)
    return np.asarray(1.0 - how.shade * (0.5 * slope + edge), dtype=np.float32)


def _specked(image: npt.NDArray[np.float32], how: Damage, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return an image with specks of dirt and, on worn machines, streaks down the page."""
    height, width = image.shape[:2]
    for _ in range(int(height * width * how.specks)):
        at = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(image, at, int(rng.integers(1, 3)), (float(rng.integers(0, 120)),) * 3, -1)
    for _ in range(how.streaks):
        x = int(rng.integers(width))
        image[:, x : x + 2] *= float(rng.uniform(0.75, 0.92))
    return image
