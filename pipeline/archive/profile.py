"""The profiles: which fields a circular asks for, how long each may be, and in which codes it is written.

A profile is data (`profiles/*.toml`). A field's `from` names a value of `metadata.py`; `codes` names the
table that turns such a value into the circular's own code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import ArchiveError

Need = Literal["must", "should", "may"]
FOLDER = Path(__file__).parent / "profiles"
PROFILES = tuple(sorted((path.stem for path in FOLDER.glob("*.toml")), reverse=True))
"""The names of the profiles, the one in force first."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the circular, its titles, the value that fills it, its greatest length in characters."""

    name: str
    vi: str
    en: str
    source: str
    size: int | None = None
    need: Need = "may"
    codes: str | None = None

    def title(self, lang: str) -> str:
        """Return the title in a language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Profile:
    """A circular's fields of a file (hồ sơ) and of a document.

    `joint` stands between the file's code and a document's ordinal. `secondary` says that names, sizes or
    codes were not read in the circular itself.
    """

    id: str
    title: str
    secondary: bool
    joint: str
    file_name: str
    document_name: str
    file: tuple[Field, ...]
    document: tuple[Field, ...]
    codes: Mapping[str, Mapping[str, str]]

    def written(self, field: Field, value: str | None) -> str | None:
        """Return a value in the circular's code; None where it is unknown or the circular has no code for it."""
        if value is None or field.codes is None:
            return value
        codes = self.codes[field.codes]
        return codes.get(value, codes.get("other"))


@cache
def load(name: str) -> Profile:
    """Return a profile by name. Raises ArchiveError."""
    if name not in PROFILES:
        known = ", ".join(PROFILES)
        raise ArchiveError(f"no profile {name!r}; profiles: {known}", f"không có mẫu {name!r}; các mẫu: {known}")
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Profile(
        id=table["id"],
        title=table["title"],
        secondary=table["secondary"],
        joint=table["joint"],
        file_name=table["names"]["file"],
        document_name=table["names"]["document"],
        file=tuple(map(_field, table["file"])),
        document=tuple(map(_field, table["document"])),
        codes=table["codes"],
    )


def _field(entry: dict[str, Any]) -> Field:
    return Field(source=entry.pop("from"), **entry)
