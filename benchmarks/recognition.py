"""Character error rates on damaged pages, beside bare Tesseract's on the same pages.

    python -m benchmarks.recognition [--pages 20]

For each printed line the piece of the page's text that is nearest to it is found, and the edit distance
between the two counted, so that neither side is charged for the other order of columns. Both read the
same scan: the pipeline as a file, Tesseract as PNG at 300 dpi. Both texts are counted alike: in NFC, and
without blanks beside marks, since the paper has gaps there that the printed line does not have (a number
written by hand stands in one).
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pypdfium2

from benchmarks.samples.compose import make
from benchmarks.samples.files import Sample, sample
from pipeline import models, read
from pipeline.ocr.tesseract import Tesseract
from pipeline.settings import Settings
from pipeline.text.unicode import nfc

LEVELS = (1, 2, 3)
ZONES = ("head", "foot")
DPI = 300
_BESIDE_MARKS = re.compile(r"\s*([^\w\s])\s*")


@dataclass(slots=True)
class Count:
    """Errors and characters, for the pipeline and for Tesseract."""

    ours: int = 0
    bare: int = 0
    characters: int = 0


def counted(text: str) -> str:
    """Return text as both sides are counted.

    >>> counted("Số: 13 /KH-UBND")
    'Số:13/KH-UBND'
    """
    return _BESIDE_MARKS.sub(r"\1", " ".join(nfc(text).split()))


def errors(line: str, page: str) -> int:
    """Return the least edit distance between a printed line and any piece of a page's text (Sellers' algorithm).

    >>> errors("Số:13/KH", "xx So:13/KH yy")
    1
    """
    text = np.array(list(page), dtype="U1")
    places = np.arange(len(page) + 1)
    costs = np.zeros(len(page) + 1, dtype=np.int64)  # a piece may begin anywhere
    for length, char in enumerate(line, 1):
        kept = np.minimum(costs[:-1] + (text != char), costs[1:] + 1)
        costs = np.minimum.accumulate(np.concatenate(([length], kept)) - places) + places
    return min(int(costs.min()), len(line))


def bare_pages(data: bytes) -> list[str]:
    """Return what the `tesseract` command reads on each page."""
    with pypdfium2.PdfDocument(data) as pdf:
        pictures = []
        for page in pdf:
            out = io.BytesIO()
            page.render(scale=DPI / 72).to_pil().convert("L").save(out, "PNG")
            pictures.append(out.getvalue())

    def one(picture: bytes) -> str:
        command = ["tesseract", "stdin", "stdout", "-l", "vie", "--dpi", str(DPI)]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(command, input=picture, check=True, capture_output=True, env=environment)
        return done.stdout.decode()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, pictures))


def measure(made: Sample, ours: list[str], bare: list[str], counts: dict[str, Count]) -> None:
    """Add a file's lines to the counts, for the whole page and for head and foot."""
    for line in made.lines:
        if line.page > min(len(ours), len(bare)):
            continue
        text = counted(line.text)
        mine, theirs = errors(text, ours[line.page - 1]), errors(text, bare[line.page - 1])
        for zone in ("all", *(z for z in ZONES if z == line.zone)):
            counts[zone].ours += mine
            counts[zone].bare += theirs
            counts[zone].characters += len(text)


def main() -> None:
    """Read the pages of each level both ways and print the rates as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recognition", description=main.__doc__)
    parser.add_argument("--pages", type=int, default=20, help="pages of each level of damage")
    chosen = parser.parse_args()
    knowledge, recognizer = models.load(), Tesseract("vie")
    print("## Character error rate, pipeline and bare Tesseract\n")
    print("| damage | pages | whole page | head | foot |\n|---|---|---|---|---|")
    for level in LEVELS:
        counts: dict[str, Count] = defaultdict(Count)
        pages = 0
        for dispatch in make(chosen.pages, seed=40 + level):
            made = sample(dispatch, "scan", damage=level, seed=7)
            reading = read.read_pages(made.data, settings=Settings(), recognizer=recognizer)
            document = read.compose(reading, id=made.name, source=made.name, mend=knowledge.mend)
            ours = [counted(" ".join(line.text for line in page.lines)) for page in document.pages]
            bare = [counted(text) for text in bare_pages(made.data)]
            measure(made, ours, bare, counts)
            pages += len(bare)
            if pages >= chosen.pages:
                break
        cells = [counts[zone] for zone in ("all", *ZONES)]
        rates = " | ".join(f"{c.ours / c.characters:.3f} / {c.bare / c.characters:.3f}" for c in cells)
        print(f"| {level} | {pages} | {rates} |", flush=True)


if __name__ == "__main__":
    main()
