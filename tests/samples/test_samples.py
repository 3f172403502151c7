"""Sample dispatches: true to themselves, the same for the same seed, and readable in every kind."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pdfplumber
import pytest

from benchmarks.samples import Dispatch, make, mass
from benchmarks.samples.files import KINDS, sample
from benchmarks.samples.render import parts, scan
from benchmarks.samples.render.docx import docx_file
from benchmarks.samples.render.pdf import pdf
from benchmarks.samples.render.text import text
from pipeline.annotations import Directive, Field, Movement
from pipeline.models import load
from pipeline.read.plain import paragraphs
from pipeline.read.sniff import sniff
from pipeline.read.word import page
from pipeline.store.rows import rows_of
from pipeline.text.legacy import Encoding

DISPATCHES = tuple(make(30, seed=5))


def words(dispatch: Dispatch) -> str:
    return " ".join(text(dispatch).split())


def test_the_same_seed_gives_the_same_dispatches() -> None:
    assert tuple(make(10, seed=5)) == DISPATCHES[:10]
    assert tuple(make(10, seed=6)) != DISPATCHES[:10]


@pytest.mark.parametrize("dispatch", DISPATCHES, ids=lambda d: d.slug)
def test_everything_claimed_stands_in_the_text(dispatch: Dispatch) -> None:
    gold = dispatch.gold(file="x.txt", origin="text", pages=1)
    printed = words(dispatch)
    quotes = [row["text"] for kind in ("dates", "references", "directives") for row in gold[kind]]
    quotes += [row["name"] for kind in ("movements", "recipients") for row in gold[kind]] + gold["addressees"]
    quotes += [dispatch.agency, dispatch.subject, dispatch.place, dispatch.signer, dispatch.position]
    assert [quote for quote in quotes if quote not in printed] == []
    assert parts.number_line(dispatch) in printed
    assert sum(movement.launched for movement in dispatch.movements) <= 1


def test_all_forms_and_traps_occur() -> None:
    many = tuple(make(200, seed=1))
    assert {dispatch.form for dispatch in many} == {"state", "party", "union", "youth"}
    assert len({dispatch.type_name for dispatch in many}) >= 6
    for trap in ("brace", "arrival", "urgency", "handwritten", "appendix", "addressees"):
        assert any(getattr(dispatch, trap) for dispatch in many), trap


def test_types_and_signers_are_known_to_the_gazetteers() -> None:
    types = load().types
    unknown = {d.type_name for d in DISPATCHES if types.find(d.type_name) is None}
    assert unknown <= {"Phát động"}


@pytest.mark.parametrize("encoding", [None, "tcvn3", "vni"])
@pytest.mark.parametrize("tables", [True, False], ids=["tables", "tabs"])
@pytest.mark.parametrize("dispatch", DISPATCHES[:6], ids=lambda d: d.slug)
def test_word_files_read_as_the_text_does(dispatch: Dispatch, encoding: Encoding | None, tables: bool) -> None:
    read = [line.text for line in page(docx_file(dispatch, encoding=encoding, tables=tables)).lines]
    assert " ".join(read).split() == words(dispatch).split()


@pytest.mark.parametrize("dispatch", DISPATCHES[:10], ids=lambda d: d.slug)
def test_text_in_two_columns_reads_as_in_one(dispatch: Dispatch) -> None:
    assert paragraphs(text(dispatch, side_by_side=True)) == paragraphs(text(dispatch))


@pytest.mark.parametrize("dispatch", DISPATCHES[:4], ids=lambda d: d.slug)
def test_lines_stand_on_the_page_where_they_are_said_to(dispatch: Dispatch) -> None:
    printed = pdf(dispatch)
    with pdfplumber.open(io.BytesIO(printed.data)) as document:
        assert len(document.pages) == printed.pages
        for line in printed.lines:
            box = (line.x0 - 1, line.top - 2, line.x1 + 1, line.bottom + 2)
            found = document.pages[line.page - 1].crop(box, strict=False).extract_text()
            assert "".join(line.text.split()) in "".join(found.split())


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("pdf", "application/pdf"),
        ("scan", "application/pdf"),
        ("fax", "application/pdf"),
        ("bad-layer", "application/pdf"),
        ("signed", "application/pdf"),
        ("turned", "application/pdf"),
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
        ("tiff", "image/tiff"),
        ("tiff-fax", "image/tiff"),
        ("txt", "text/plain"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_kinds_are_what_they_say(kind: str, media_type: str) -> None:
    short = min(DISPATCHES, key=lambda d: len(d.body))
    assert sniff(sample(short, kind, damage=1).data) == media_type


@pytest.mark.office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_kinds_through_libreoffice(kind: str) -> None:
    assert sniff(sample(DISPATCHES[0], kind).data) is not None


def test_damage_grows_and_is_repeatable() -> None:
    white = np.full((400, 300, 3), 255, dtype=np.uint8)
    white[100:110, 50:250] = 0
    worn = [scan.damaged(white, level=level, rng=np.random.default_rng(1)) for level in range(4)]
    again = scan.damaged(white, level=3, rng=np.random.default_rng(1))
    assert np.array_equal(worn[3], again)
    change = [float(np.abs(picture.astype(int) - white).mean()) for picture in worn]
    assert change == sorted(change)
    assert change[0] == 0 < change[1]
    assert set(np.unique(scan.bilevel(worn[2], level=2, rng=np.random.default_rng(1)))) == {0, 255}


def test_a_sample_is_written_with_its_truth(tmp_path: Path) -> None:
    made = sample(DISPATCHES[0], "pdf")
    made.write(tmp_path)
    gold = json.loads((tmp_path / "gold" / f"{DISPATCHES[0].slug}.json").read_text(encoding="utf-8"))
    assert (tmp_path / "documents" / gold["file"]).read_bytes() == made.data
    assert json.loads((tmp_path / "lines" / f"{DISPATCHES[0].slug}.json").read_text(encoding="utf-8"))
    assert set(KINDS) >= {"pdf", "scan", "docx", "txt"}


def test_documents_in_mass_are_rows_of_the_catalogue() -> None:
    for dispatch, document in zip(DISPATCHES, mass.documents(30, seed=5), strict=True):
        rows = rows_of(document, sha256="0" * 64, pipeline_version="0", ingested_at="2026-01-01T00:00:00")
        assert rows.dispatch["number"] == dispatch.number
        assert rows.dispatch["signer_name"] == dispatch.signer
        assert all(document.quote(f.span) == f.value for f in document.of(Field) if f.span and f.name == "subject")
        assert {m.name for m in document.of(Movement)} == {m.name for m in dispatch.movements}
        orders = [document.quote(d.span).replace("\n", " ") for d in document.of(Directive) if d.span]
        assert orders == [d.text for d in dispatch.directives]
