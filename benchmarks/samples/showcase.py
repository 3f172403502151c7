"""`python -m benchmarks.samples.showcase`: writes the dispatches that a fresh clone finds in `data/raw/mau/`.

One of every format and trap, under six megabytes in all; their truth goes to `data/gold/`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks.samples.compose import make
from benchmarks.samples.files import Sample, sample
from benchmarks.samples.render.pdf import pdf
from benchmarks.samples.truth import Dispatch

SEED: Final = 2026
_AMONG: Final = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """A file to show: its name, its kind, how damaged it is, and what its dispatch must have."""

    name: str
    kind: str
    damage: int
    has: Callable[[Dispatch], object]


def _one_page(dispatch: Dispatch) -> bool:
    return not dispatch.appendix and pdf(dispatch, inked=True).pages == 1


WISHES: Final = (
    Wish("01-ke-hoach-pdf", "pdf", 0, lambda d: d.type_name == "Kế hoạch" and d.appendix and d.form == "state"),
    Wish("02-cong-van-quet", "scan", 1, lambda d: d.type_name == "Công văn" and d.brace and d.arrival and _one_page(d)),
    Wish("03-quyet-dinh-fax", "fax", 2, lambda d: d.type_name == "Quyết định" and d.handwritten and not d.appendix),
    Wish("04-chi-thi-lop-chu-hong", "bad-layer", 1, lambda d: d.type_name == "Chỉ thị" and _one_page(d)),
    Wish("05-cong-van-ky-so", "signed", 1, lambda d: d.type_name == "Công văn" and d.urgency and _one_page(d)),
    Wish("06-thong-bao-xoay", "turned", 1, lambda d: d.type_name == "Thông báo" and _one_page(d)),
    Wish("07-chi-thi-dang-anh", "png", 0, lambda d: d.form == "party" and _one_page(d)),
    Wish("08-quyet-dinh-anh-mo", "jpg", 2, lambda d: d.type_name == "Quyết định" and _one_page(d)),
    Wish("09-phat-dong-nhieu-trang", "tiff-fax", 1, lambda d: d.type_name == "Phát động"),
    Wish("10-huong-dan-word", "docx", 0, lambda d: d.type_name == "Hướng dẫn" and d.brace),
    Wish("11-ke-hoach-word-cu", "doc", 0, lambda d: d.type_name == "Kế hoạch" and d.form == "union"),
    Wish("12-quyet-dinh-tcvn3", "tcvn3", 0, lambda d: d.type_name == "Quyết định" and int(d.issued_on[:4]) < 2013),
    Wish("13-cong-van-vni", "vni", 0, lambda d: d.type_name == "Công văn" and int(d.issued_on[:4]) < 2013),
    Wish("14-thong-bao-odt", "odt", 0, lambda d: d.type_name == "Thông báo" and d.addressees),
    Wish("15-ke-hoach-van-ban", "txt", 0, lambda d: d.type_name == "Kế hoạch" and d.form == "party"),
)


def chosen() -> Iterator[Sample]:
    """Yield the samples: for each wish the first dispatch that fulfils it and was not taken yet."""
    free = list(make(_AMONG, seed=SEED))
    for wish in WISHES:
        dispatch = next(d for d in free if wish.has(d))
        free.remove(dispatch)
        yield sample(replace(dispatch, slug=wish.name), wish.kind, damage=wish.damage, seed=SEED)


def main(root: Path = Path("data")) -> None:
    """Write the samples below `data/`."""
    documents, gold = root / "raw" / "mau", root / "gold"
    for folder in (documents, gold):
        folder.mkdir(parents=True, exist_ok=True)
    for made in chosen():
        (documents / made.name).write_bytes(made.data)
        truth = made.dispatch.gold(file=made.name, origin=made.origin, pages=made.pages)
        text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
        (gold / f"{made.dispatch.slug}.json").write_text(text, encoding="utf-8")
        print(f"{len(made.data):>9}  {made.name}")


if __name__ == "__main__":
    main()
