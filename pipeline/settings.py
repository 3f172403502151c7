"""The settings: one frozen object of few fields, from one TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set; everything has a default that suits a plain office computer.

    `ocr_dpi`: resolution at which scans are read. `max_pages`, `max_seconds`, `max_memory_mib`:
    limits for one file. `recycle_after`: documents after which a worker is started anew.
    `review_below`: a decisive field whose confidence is lower sends the record to review.
    """

    ocr_language: str = "vie"
    ocr_dpi: int = 200
    max_pages: int = 300
    max_seconds: float = 900.0
    max_memory_mib: int = 4096
    max_megabytes: int = 200
    recycle_after: int = 200
    max_attempts: int = 3
    review_below: float = 0.8


def load(path: Path | None) -> Settings:
    """Read settings from a TOML file; defaults where there is none. Raises SettingsError."""
    if path is None or not path.is_file():
        return Settings()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not TOML: {error}", f"{path}: không phải TOML: {error}") from error
    known = {f.name: type(f.default) for f in fields(Settings)}
    for key, value in values.items():
        if key not in known or not (isinstance(value, known[key]) or (known[key] is float and type(value) is int)):
            names = ", ".join(known)
            raise SettingsError(
                f"{path}: bad setting {key} = {value!r}; known: {names}",
                f"{path}: thiết lập sai {key} = {value!r}; các tên đúng: {names}",
            )
    return Settings(**values)


def load_named(path: Path | None) -> Settings:
    """Read the settings file that a person named, or `congvan.toml` if there is one. Raises SettingsError."""
    if path is not None and not path.is_file():
        raise SettingsError(f"no settings file {path}", f"không có tệp thiết lập {path}")
    return load(path or Path("congvan.toml"))
