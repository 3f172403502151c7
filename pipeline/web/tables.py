"""A list of the pages as a file: CSV for any spreadsheet, XLSX with typed cells, JSON Lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fastapi.responses import Response

from pipeline.errors import CongvanError
from pipeline.export import guard, xlsx
from pipeline.store.schema import Column
from pipeline.web.data import cell
from pipeline.web.texts import text

MOST = 100_000
"""Rows that a file may have: it is made in memory."""

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson; charset=utf-8",
}
FORMATS = tuple(_TYPES)


class FormatError(CongvanError):
    """A format that a list cannot be had in."""

    code = "format-refused"


def answer(name: str, format: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], lang: str) -> Response:
    """Return rows as a file to be saved; raises FormatError for another format, or for too many rows."""
    if format not in _TYPES:
        known = ", ".join(FORMATS)
        raise FormatError(f"no format {format!r}; formats: {known}", f"không có dạng {format!r}; các dạng: {known}")
    headings = [text(column, lang) for column in columns]
    kept = _limited({column: row[column] for column in columns} for row in rows)
    headers = {"Content-Disposition": f"attachment; filename={name}.{format}"}
    content = {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}[format](name, columns, headings, kept)
    return Response(content, media_type=_TYPES[format], headers=headers)


def _limited(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows):
        if number >= MOST:
            raise FormatError(
                f"more than {MOST} rows: narrow them, or use `congvan export`",
                f"hơn {MOST} dòng: hãy lọc bớt, hoặc dùng `congvan export`",
            )
        yield row


def _csv(name: str, columns: Sequence[str], headings: Sequence[str], rows: Iterator[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([guard(cell(value)) for value in row.values()] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(name: str, columns: Sequence[str], headings: Sequence[str], rows: Iterator[dict[str, Any]]) -> bytes:
    book, out = xlsx.new_book(), io.BytesIO()
    xlsx.write_sheet(book, name, [Column(column) for column in columns], headings, rows)
    book.save(out)
    return out.getvalue()


def _jsonl(name: str, columns: Sequence[str], headings: Sequence[str], rows: Iterator[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
