"""Rebuilds what `models/` is built from, and its manifest: `make models`, or `python -m models.build`.

The spaCy pipeline `vi_dispatch` holds a tokenizer and one span ruler whose phrases are the names of
the gazetteers. Every phrase stands there as printed and folded (no case, no diacritics): text that
was folded with `pipeline.text.names.aligned` matches too, with the same offsets.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copytree, rmtree

import spacy
from spacy.language import Language

from pipeline import models
from pipeline.text.match import Gazetteer, read_gazetteer
from pipeline.text.unicode import fold, nfc, same_tones

FOLDER = Path(__file__).parent
NAME = "vi_dispatch"
LABELS = {
    "document_types": "DOCUMENT_TYPE",
    "organizations": "ORGANIZATION",
    "provinces": "PROVINCE",
    "positions": "POSITION",
    "authorities": "AUTHORITY",
    "movements": "MOVEMENT",
}
KINDS = {
    "movement": (
        "phong trào thi đua yêu nước",
        "phong trào thi đua",
        "phong trào",
        "đợt thi đua",
        "thi đua",
        "cao trào",
    ),
    "campaign": ("cuộc vận động", "CVĐ"),
    "programme": ("chương trình", "chiến dịch"),
}
CONFIG = {"nlp": {"lang": "vi", "tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}}  # the default wants pyvi
RULER = {"spans_key": "names", "annotate_ents": True, "phrase_matcher_attr": "LOWER"}


def build(target: Path) -> None:
    """Write the spaCy pipeline to `target`, the same bytes on every run."""
    nlp = spacy.blank("vi", config=CONFIG)
    nlp.meta.update(name="dispatch", version="1.0.0", description="Names in Vietnamese official dispatches, by rule")
    ruler = nlp.add_pipe("span_ruler", config=RULER)
    ruler.add_patterns(list(patterns()))  # type: ignore[attr-defined]
    _save(nlp, target)


def patterns() -> Iterator[dict[str, str]]:
    """Yield a pattern for each spelling of each name, with the gazetteer's id."""
    seen: set[tuple[str, str, str]] = set()
    for label, entry, name in _names():
        for text in _spellings(name, label):
            if (label, text, entry) not in seen:
                seen.add((label, text, entry))
                yield {"label": label, "pattern": text, "id": entry}


def _names() -> Iterator[tuple[str, str, str]]:
    for stem, label in LABELS.items():
        gazetteer: Gazetteer = read_gazetteer(FOLDER / "gazetteers" / f"{stem}.tsv")
        for entry in gazetteer.entries:
            for name in (entry.name, *entry.aliases):
                yield label, entry.id, name
    for kind, words in KINDS.items():
        for word in words:
            yield "MOVEMENT_KIND", kind, word


def _spellings(name: str, label: str) -> Iterable[str]:
    """Return a name as printed, with its tones moved, and folded; short names only as printed, or not at all."""
    lone = len(name.split()) == 1
    if lone and label == "ORGANIZATION" and not (len(name) >= 4 and name.isupper()):
        return ()
    plain = (nfc(name).lower(), same_tones(name).lower())
    return dict.fromkeys(plain if lone else (*plain, fold(name)))


def _save(nlp: Language, target: Path) -> None:
    """Write through a temporary folder, without the vocabulary's vectors and caches, which nothing here uses."""
    with tempfile.TemporaryDirectory() as folder:
        nlp.to_disk(folder, exclude=["vocab"])
        rmtree(target, ignore_errors=True)
        copytree(folder, target)


if __name__ == "__main__":
    build(FOLDER / NAME)
    models.write_manifest(FOLDER)
