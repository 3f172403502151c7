"""`documents/<id>.json.gz`: what a reader gave back, kept so that nothing after it repeats OCR.

A reading is kept under a key that names everything it rests on; one kept under another key is no
longer good. Files appear whole or not at all.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from pipeline.annotations import KINDS
from pipeline.codec import pages_from_json, pages_to_json
from pipeline.document import Annotation, Problem, Span
from pipeline.read.reading import Reading

FOLDER = "documents"
_NAMES = {kind: name for name, kind in KINDS.items()}


def path_of(folder: Path, dispatch_id: str) -> Path:
    """Return where a dispatch's reading lies."""
    return folder / f"{dispatch_id}.json.gz"


def load(folder: Path, dispatch_id: str, key: str | None = None) -> Reading | None:
    """Return the reading that was kept, or None where there is none under this key (None: any key)."""
    try:
        value = json.loads(gzip.decompress(path_of(folder, dispatch_id).read_bytes()))
        if key is not None and value["key"] != key:
            return None
        return _from_json(value)
    except (OSError, EOFError, ValueError, KeyError, TypeError):  # not there, or damaged: it is read anew
        return None


def save(folder: Path, dispatch_id: str, key: str, reading: Reading) -> None:
    """Keep a reading. Raises OSError where the disk does not take it."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{dispatch_id}.{os.getpid()}.part"
    text = json.dumps({"key": key, **_to_json(reading)}, ensure_ascii=False, separators=(",", ":"))
    try:
        with part.open("wb") as file:
            file.write(gzip.compress(text.encode(), compresslevel=5, mtime=0))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path_of(folder, dispatch_id))
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def as_kept(reading: Reading) -> Reading:
    """Return a reading as it will be loaded: what is kept is rounded, and results must not tell a first run by that."""
    return _from_json(json.loads(json.dumps(_to_json(reading))))


def forget(folder: Path, dispatch_id: str) -> None:
    """Remove a reading, such as that of a dispatch that turned out to be secret."""
    path_of(folder, dispatch_id).unlink(missing_ok=True)


def _to_json(reading: Reading) -> dict[str, Any]:
    return {
        "media_type": reading.media_type,
        "origin": reading.origin,
        "pages": pages_to_json(reading.pages),
        "problems": [[p.stage, p.code, p.message] for p in reading.problems],
        "annotations": [_claim_to_json(claim) for claim in reading.annotations],
    }


def _from_json(value: dict[str, Any]) -> Reading:
    return Reading(
        media_type=value["media_type"],
        pages=pages_from_json(value["pages"]),
        origin=value["origin"],
        problems=tuple(Problem(*problem) for problem in value["problems"]),
        annotations=tuple(_claims(value["annotations"])),
    )


def _claim_to_json(claim: Annotation) -> dict[str, Any]:
    values = {f.name: getattr(claim, f.name) for f in fields(claim)}
    return {"table": _NAMES[type(claim)], **values, "span": claim.span and [claim.span.start, claim.span.end]}


def _claims(values: Iterable[dict[str, Any]]) -> Iterable[Annotation]:
    for value in values:
        kind = KINDS[value.pop("table")]
        span = value.pop("span")
        lists = {name: tuple(item) for name, item in value.items() if isinstance(item, list)}
        yield kind(span=None if span is None else Span(*span), **(value | lists))
