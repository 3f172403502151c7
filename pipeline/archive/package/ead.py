"""EAD 2002 of a file and of a document: what any archive's program understands, and every field of the circular.

The circular's fields stand in `odd` elements under their own names, since EAD has no place for some of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pipeline.archive.metadata import Described, Filed, Values
from pipeline.archive.profile import Field, Profile
from pipeline.archive.xmlkit import XLINK, Namespace, written

EAD = "urn:isbn:1-931666-22-9"
_ead = Namespace(EAD, None, {"xlink": XLINK})
_ISO_639 = {"vi": "vie", "en": "eng", "fr": "fre", "ru": "rus", "zh": "chi"}


def file_ead(filed: Filed, links: Iterable[str]) -> bytes:
    """Return the description of a file with a list of its documents; `links` are their places in the package."""
    plain, profile = filed.file.plain, filed.profile
    listed = (
        _ead("c", {"level": "item", "id": f"doc-{number:07d}"},
             _ead("did", None, *_identity(document, document.plain["subject"]),
                  _ead("dao", {f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": link})))
        for number, (document, link) in enumerate(zip(filed.documents, links, strict=True), 1)
    )  # fmt: skip
    extents = [("văn bản", plain["total_documents"]), ("trang", plain["pages"]), ("tờ", plain["sheets"])]
    return written(_document(
        filed.file, plain["title"], "file", profile, profile.file, extents,
        _ead("dsc", {"type": "combined"}, *listed),
    ))  # fmt: skip


def document_ead(document: Described, profile: Profile) -> bytes:
    """Return the description of one document."""
    plain = document.plain
    return written(_document(
        document, plain["subject"], "item", profile, profile.document, [("trang", plain["pages"])], None
    ))  # fmt: skip


def _document(
    described: Described, title: str | None, level: str, profile: Profile, fields: tuple[Field, ...],
    extents: list[tuple[str, str | None]], below: etree._Element | None,
) -> etree._Element:  # fmt: skip
    plain = described.plain
    language = _ISO_639.get(plain["language"] or "")
    did = _ead(
        "did", None, *_identity(described, title),
        _ead("physdesc", None, *(_ead("extent", None, f"{count} {unit}") for unit, count in extents if count)),
        _ead("langmaterial", None, _ead("language", {"langcode": language})) if language else None,
    )  # fmt: skip
    keywords = (plain["keywords"] or "").split("; ")
    return _ead(
        "ead", None,
        _ead("eadheader", {"countryencoding": "iso3166-1", "dateencoding": "iso8601", "langencoding": "iso639-2b"},
             _ead("eadid", {"countrycode": "VN"}, described.code),
             _ead("filedesc", None, _ead("titlestmt", None, _ead("titleproper", None, title or described.code)))),
        _ead("archdesc", {"level": level}, did,
             _ead("controlaccess", None, *(_ead("subject", None, word) for word in keywords)) if keywords[0] else None,
             *_fields(described.values, profile, fields), below),
    )  # fmt: skip


def _identity(described: Described, title: str | None) -> Iterable[etree._Element | None]:
    """Yield what identifies a unit: its code, title, time and origin."""
    plain = described.plain
    yield _ead("unitid", {"countrycode": "VN"}, described.code)
    yield _ead("unittitle", None, title) if title else None
    first, last = plain.get("issued") or plain.get("start"), plain.get("end")
    if first:
        days = [day for day in (first, last) if day]
        normal = "/".join("-".join(reversed(day.split("/"))) for day in days)
        yield _ead("unitdate", {"normal": normal}, " - ".join(days))
    if agency := plain.get("agency"):
        yield _ead("origination", None, _ead("corpname", None, agency))


def _fields(values: Values, profile: Profile, fields: tuple[Field, ...]) -> Iterable[etree._Element]:
    for field in fields:
        if (value := values[field.name]) is not None:
            yield _ead("odd", {"type": field.name, "altrender": profile.id}, _ead("p", None, value))
