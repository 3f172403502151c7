"""PREMIS 3 of a package: every content file with its hash, where it came from, and what was done when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from pipeline.archive.package.parts import Making, Part, identifier
from pipeline.archive.xmlkit import XLINK, XSI, Namespace, written

PREMIS = "http://www.loc.gov/premis/v3"
_premis = Namespace(PREMIS, "premis", {"xsi": XSI, "xlink": XLINK})


def premis(package: str, originals: Sequence[Part], derived: Mapping[str, Part], making: Making) -> bytes:
    """Return the record; `derived` leads from an original's path to the PDF/A made from it."""
    sources = {part.path: original for original, part in derived.items()}
    parts = (*originals, *derived.values())
    events = [_event(package, "message digest calculation", part, making) for part in parts]
    events += [_event(package, "creation", part, making, source) for part in derived.values()
               if (source := sources[part.path])]  # fmt: skip
    objects = (_object(part, sources.get(part.path)) for part in parts)
    return written(_premis("premis", {"version": "3.0"}, *objects, *events, _agent(making)))


def _object(part: Part, source: str | None) -> etree._Element:
    related = _premis(
        "relationship", None,
        _premis("relationshipType", None, "derivation"), _premis("relationshipSubType", None, "has source"),
        _premis("relatedObjectIdentifier", None, *_named("relatedObject", source)),
    ) if source else None  # fmt: skip
    return _premis(
        "object", {f"{{{XSI}}}type": "premis:file"},
        _premis("objectIdentifier", None, *_named("object", part.path)),
        _premis("objectCharacteristics", None,
                _premis("fixity", None, _premis("messageDigestAlgorithm", None, "SHA-256"),
                        _premis("messageDigest", None, part.sha256)),
                _premis("size", None, str(part.size)),
                _premis("format", None, _premis("formatDesignation", None,
                                                _premis("formatName", None, part.media_type)))),
        _premis("originalName", None, part.original) if part.original else None,
        related,
    )  # fmt: skip


def _event(package: str, kind: str, part: Part, making: Making, source: str | None = None) -> etree._Element:
    detail = "PDF/A-2b: image and invisible text, original unchanged" if source else "SHA-256, original unchanged"
    return _premis(
        "event", None,
        _premis("eventIdentifier", None, _premis("eventIdentifierType", None, "UUID"),
                _premis("eventIdentifierValue", None, identifier(package, f"{kind}/{part.path}"))),
        _premis("eventType", None, kind),
        _premis("eventDateTime", None, making.at),
        _premis("eventDetailInformation", None, _premis("eventDetail", None, detail)),
        _premis("eventOutcomeInformation", None, _premis("eventOutcome", None, "success")),
        _premis("linkingAgentIdentifier", None, *_named("linkingAgent", making.software)),
        *(_premis("linkingObjectIdentifier", None, *_named("linkingObject", path), _premis("linkingObjectRole", None,
                                                                                            role))
          for path, role in ((source, "source"), (part.path, "outcome")) if path),
    )  # fmt: skip


def _agent(making: Making) -> etree._Element:
    return _premis(
        "agent", None,
        _premis("agentIdentifier", None, *_named("agent", making.software)),
        _premis("agentName", None, making.software), _premis("agentType", None, "software"),
        _premis("agentVersion", None, making.version),
    )  # fmt: skip


def _named(kind: str, value: str | None) -> Iterable[etree._Element]:
    yield _premis(f"{kind}IdentifierType", None, "local")
    yield _premis(f"{kind}IdentifierValue", None, value)
