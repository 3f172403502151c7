"""Loads `models/` once into one frozen object that is passed down; nothing else touches those files."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.calibration import FILE as CALIBRATION
from pipeline.calibration import Calibration, calibration_text, read_calibration
from pipeline.document import Page
from pipeline.errors import ModelsError
from pipeline.text.citations import Grammar, Names
from pipeline.text.lexicon import Lexicon, read_lexicon
from pipeline.text.match import Gazetteer, read_gazetteer
from pipeline.text.notation import Codes
from pipeline.text.organizations import Organizations
from pipeline.text.repair import repair

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True)
class Models:
    """What the pipeline knows beside its code: gazetteers, trained weights, and what confidences are worth.

    `version` changes whenever any file of the folder does.
    """

    folder: Path
    version: str
    types: Gazetteer
    provinces: Gazetteer
    places: Gazetteer
    organizations: Gazetteer
    positions: Gazetteer
    authorities: Gazetteer
    signing_bodies: Gazetteer
    movements: Gazetteer
    family_names: Gazetteer
    codes: Codes
    laws: Gazetteer
    calibration: Calibration

    @cached_property
    def citations(self) -> Grammar:
        """The grammar of references to other documents."""
        return Grammar(self.codes, Names(self.laws))

    @cached_property
    def lexicon(self) -> Lexicon:
        """How often Vietnamese syllables and pairs of them are written."""
        return read_lexicon(self.folder / "repair" / "lexicon.txt.gz")

    def mend(self, pages: Sequence[Page]) -> tuple[Page, ...]:
        """Return a document's pages with the words that OCR misread mended; the raw readings stay beside them."""
        return repair(pages, self.lexicon, self.family_names)

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline that finds the gazetteers' names in text; spaCy itself is imported on first use."""
        import spacy

        return spacy.load(self.folder / "vi_dispatch")

    @cached_property
    def directory(self) -> Organizations:
        """Which body a name means, in a province and on a day."""
        return Organizations(self.organizations, self.provinces, self.places)


def folder() -> Path:
    """Return where the models lie: beside the code in a wheel, at the top level in a checkout."""
    inside = Path(__file__).parent / "_models"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "models"


def load(path: Path | None = None) -> Models:
    """Verify the manifest's checksums and load everything; raises ModelsError for a damaged folder."""
    path = path or folder()
    version = verify(path)
    lists = path / "gazetteers"
    types = read_gazetteer(lists / "document_types.tsv")
    return Models(
        folder=path,
        version=version,
        types=types,
        provinces=read_gazetteer(lists / "provinces.tsv"),
        places=read_gazetteer(lists / "places.tsv"),
        organizations=read_gazetteer(lists / "organizations.tsv"),
        positions=read_gazetteer(lists / "positions.tsv"),
        authorities=read_gazetteer(lists / "authorities.tsv"),
        signing_bodies=read_gazetteer(lists / "signing_bodies.tsv"),
        movements=read_gazetteer(lists / "movements.tsv"),
        family_names=read_gazetteer(lists / "family_names.tsv"),
        codes=Codes(types, read_gazetteer(lists / "agency_codes.tsv")),
        laws=read_gazetteer(lists / "laws.tsv"),
        calibration=read_calibration(path / CALIBRATION),
    )


def checksums(path: Path) -> dict[str, str]:
    """Return the SHA-256 of every artefact below `path`, by its relative path."""
    files = sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and file.suffix not in {".md", ".py"}
        and file.name != "manifest.toml"
        and "__pycache__" not in file.parts
    )
    return {file.relative_to(path).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def write_manifest(path: Path) -> None:
    """Write `manifest.toml` anew from the files as they are (`make models`)."""
    lines = [f'"{name}" = "{digest}"' for name, digest in checksums(path).items()]
    (path / "manifest.toml").write_text("[sha256]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def keep_calibration(calibration: Calibration, path: Path | None = None) -> Path:
    """Write a calibration in place of the one that is there, and the manifest; raises ModelsError if more differs."""
    path = path or folder()
    verify(path)
    file = path / CALIBRATION
    file.write_text(calibration_text(calibration), encoding="utf-8")
    write_manifest(path)
    return file


def verify(path: Path) -> str:
    """Check the folder against its manifest and return its version, 12 hex digits over all checksums."""
    manifest = path / "manifest.toml"
    if not manifest.is_file():
        raise ModelsError(
            f"no manifest at {manifest}: run `make models`", f"không có {manifest}: hãy chạy `make models`"
        )
    wanted = tomllib.loads(manifest.read_text(encoding="utf-8"))["sha256"]
    found = checksums(path)
    wrong = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if wrong:
        raise ModelsError(
            f"models differ from the manifest: {', '.join(wrong[:5])}; restore them, "
            "or run `make models` if you changed them on purpose",
            f"tệp trong models/ không khớp manifest: {', '.join(wrong[:5])}; hãy khôi phục, "
            "hoặc chạy `make models` nếu bạn đã cố ý sửa",
        )
    return hashlib.sha256("".join(f"{k}{v}" for k, v in sorted(wanted.items())).encode()).hexdigest()[:12]
