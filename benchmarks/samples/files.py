"""One made dispatch as one file of a kind, with its truth beside it."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.samples.render import carrier, scan
from benchmarks.samples.render.docx import docx_file
from benchmarks.samples.render.pdf import Printed, pdf
from benchmarks.samples.render.sheet import Drawn
from benchmarks.samples.render.text import text
from benchmarks.samples.truth import Dispatch

DPI: Final = 200


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to read: its name, its bytes, where it came from, and the lines on its pages where it has pages."""

    dispatch: Dispatch
    name: str
    data: bytes
    origin: str
    pages: int = 1
    lines: tuple[Drawn, ...] = ()

    def write(self, folder: Path) -> None:
        """Write `documents/NAME`, `gold/SLUG.json` and, for pages, `lines/SLUG.json` below a folder."""
        gold = self.dispatch.gold(file=self.name, origin=self.origin, pages=self.pages)
        _put(folder / "documents" / self.name, self.data)
        _put(folder / "gold" / f"{Path(self.name).stem}.json", _json(gold))
        if self.lines:
            _put(folder / "lines" / f"{Path(self.name).stem}.json", _json([asdict(line) for line in self.lines]))


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a dispatch, a level of damage, and the seed of everything random about the file."""

    dispatch: Dispatch
    damage: int
    seed: int

    @property
    def rng(self) -> random.Random:
        """A source of chance of this order's own."""
        return random.Random(f"{self.dispatch.slug}:{self.seed}:{self.damage}")


def sample(dispatch: Dispatch, kind: str, *, damage: int = 1, seed: int = 0) -> Sample:
    """Return a dispatch as a file of a kind in `KINDS`."""
    return KINDS[kind](Order(dispatch, damage, seed))


def _born_digital(order: Order) -> Sample:
    printed = pdf(order.dispatch, seed=order.seed)
    return _paged(order, printed, printed.data, "pdf", "born_digital")


def _scanned(layer: carrier.Layer = "none", *, fax: bool = False, turned: bool = False) -> Callable[[Order], Sample]:
    def make(order: Order) -> Sample:
        printed = pdf(order.dispatch, inked=True, seed=order.seed)
        data = carrier.scan_pdf(
            _pictures(order, printed, fax=fax),
            level=order.damage,
            fax=fax,
            layer=layer,
            lines=printed.lines,
            signer=order.dispatch.signer,
            turned=turned,
            rng=order.rng,
        )
        return _paged(order, printed, data, "pdf", "scan")

    return make


def _pictured(suffix: str) -> Callable[[Order], Sample]:
    def make(order: Order) -> Sample:
        printed = pdf(order.dispatch, inked=True, seed=order.seed)
        pages = _pictures(order, printed, fax=suffix == "tif")
        if suffix in ("tif", "tiff"):
            return _paged(order, printed, scan.tiff(pages, dpi=DPI, fax=suffix == "tif"), suffix, "scan")
        one = np.concatenate(pages)  # a picture file holds one page: the pages hang one below the other
        data = scan.png(one) if suffix == "png" else scan.jpeg(one, level=order.damage)
        lines = printed.lines if printed.pages == 1 else ()
        return Sample(order.dispatch, f"{order.dispatch.slug}.{suffix}", data, "scan", 1, lines)

    return make


def _pictures(order: Order, printed: Printed, *, fax: bool) -> list[scan.Pixels]:
    rng = np.random.default_rng(order.rng.randrange(2**32))
    pages = scan.pictures(printed.data, dpi=DPI)
    pages = [scan.damaged(page, level=order.damage, rng=rng) for page in pages]
    return [scan.bilevel(page, level=order.damage, rng=rng) for page in pages] if fax else pages


def _word(order: Order) -> Sample:
    return _flat(order, docx_file(order.dispatch), "docx", "word")


def _word_with_tabs(order: Order) -> Sample:
    return _flat(order, docx_file(order.dispatch, tables=False), "docx", "word")


def _tcvn3(order: Order) -> Sample:
    return _flat(order, docx_file(order.dispatch, encoding="tcvn3"), "docx", "legacy")


def _vni(order: Order) -> Sample:
    return _flat(order, docx_file(order.dispatch, encoding="vni", tables=False), "docx", "legacy")


def _text(order: Order) -> Sample:
    return _flat(order, text(order.dispatch).encode(), "txt", "text")


def _typed_text(order: Order) -> Sample:
    return _flat(order, text(order.dispatch, side_by_side=True).encode(), "txt", "text")


def _through_office(suffix: str) -> Callable[[Order], Sample]:
    """Make DOC, RTF or ODT from the Word file with LibreOffice."""

    def make(order: Order) -> Sample:
        with tempfile.TemporaryDirectory() as name:
            source = Path(name) / "source.docx"
            source.write_bytes(docx_file(order.dispatch))
            profile = f"-env:UserInstallation={Path(name, 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", name, str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            return _flat(order, source.with_suffix(f".{suffix}").read_bytes(), suffix, "word")

    return make


def _paged(order: Order, printed: Printed, data: bytes, suffix: str, origin: str) -> Sample:
    return Sample(order.dispatch, f"{order.dispatch.slug}.{suffix}", data, origin, printed.pages, printed.lines)


def _flat(order: Order, data: bytes, suffix: str, origin: str) -> Sample:
    return Sample(order.dispatch, f"{order.dispatch.slug}.{suffix}", data, origin)


KINDS: Final[Mapping[str, Callable[[Order], Sample]]] = {
    "pdf": _born_digital,
    "scan": _scanned(),
    "fax": _scanned(fax=True),
    "bad-layer": _scanned("bad"),
    "signed": _scanned("signature"),
    "turned": _scanned(turned=True),
    "png": _pictured("png"),
    "jpg": _pictured("jpg"),
    "tiff": _pictured("tiff"),
    "tiff-fax": _pictured("tif"),
    "docx": _word,
    "docx-tabs": _word_with_tabs,
    "tcvn3": _tcvn3,
    "vni": _vni,
    "doc": _through_office("doc"),
    "rtf": _through_office("rtf"),
    "odt": _through_office("odt"),
    "txt": _text,
    "txt-columns": _typed_text,
}
"""Every kind of file by its name."""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
