"""METS.xml of a package and of a representation, after the profile of E-ARK CSIP 2.0.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipeline.archive.package.parts import Making, Part, identifier
from pipeline.archive.xmlkit import XLINK, Namespace, written

METS = "http://www.loc.gov/METS/"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-0-4.xml"
_mets = Namespace(METS, None, {"csip": CSIP, "xlink": XLINK})


@dataclass(frozen=True, slots=True)
class Described:
    """A file of metadata: its METS type, and the type's version, or its name where METS has none for it."""

    part: Part
    type: str
    version: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one use; `about` leads from a file's path to the metadata that describes it."""

    use: str
    parts: tuple[Part, ...]
    about: Mapping[str, Part] = field(default_factory=dict)
    content: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one METS.xml lists. `base` is the folder that it lies in, from which its links start.

    `package` names the whole package: identifiers are made from it and must be the same nowhere else.
    """

    package: str
    id: str
    label: str | None
    content: str
    type: str
    making: Making
    base: str = ""
    descriptive: tuple[Described, ...] = ()
    preservation: tuple[Described, ...] = ()
    groups: tuple[Group, ...] = ()
    representations: tuple[tuple[str, Part], ...] = ()


def mets(manifest: Manifest) -> bytes:
    """Return the METS.xml of a manifest."""
    making = manifest.making
    representations = [
        Group(f"Representations/{name}", (part,), content=True) for name, part in manifest.representations
    ]
    root = _mets(
        "mets",
        {
            "OBJID": manifest.id, "LABEL": manifest.label, "TYPE": manifest.content,
            f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "OTHER",
            f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE": manifest.type, "PROFILE": PROFILE,
        },
        _header(making),
        *(_section(manifest, one) for one in manifest.descriptive),
        _mets("amdSec", {"ID": _id(manifest, "amdSec")},
              *(_section(manifest, one, "digiprovMD") for one in manifest.preservation))
        if manifest.preservation else None,
        _mets("fileSec", {"ID": _id(manifest, "fileSec")},
              *(_group(manifest, group) for group in (*manifest.groups, *representations))),
        _structure(manifest, representations),
    )  # fmt: skip
    return written(root)


def _id(manifest: Manifest, thing: str) -> str:
    return identifier(manifest.package, f"{manifest.base}#{thing}")


def _header(making: Making) -> etree._Element:
    agents = [
        _mets("agent", {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"},
              _mets("name", None, making.software),
              _mets("note", {f"{{{CSIP}}}NOTETYPE": "SOFTWARE VERSION"}, making.version)),
    ]  # fmt: skip
    if making.agency:
        agents.append(_mets("agent", {"ROLE": "CREATOR", "TYPE": "ORGANIZATION"}, _mets("name", None, making.agency)))
    dates = {"CREATEDATE": making.at, "LASTMODDATE": making.at, "RECORDSTATUS": "NEW"}
    return _mets("metsHdr", dates | {f"{{{CSIP}}}OAISPACKAGETYPE": "SIP"}, *agents)


def _section(manifest: Manifest, described: Described, name: str = "dmdSec") -> etree._Element:
    part, at = described.part, manifest.making.at
    reference = _mets(
        "mdRef",
        {
            "LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": _href(manifest, part),
            "MDTYPE": described.type, "MDTYPEVERSION": described.version, "OTHERMDTYPE": described.other,
            **_measured(part, at),
        },
    )  # fmt: skip
    return _mets(name, {"ID": _id(manifest, part.path), "CREATED": at, "STATUS": "CURRENT"}, reference)


def _measured(part: Part, at: str) -> dict[str, str]:
    """Return the attributes by which a file is known again."""
    return {
        "MIMETYPE": part.media_type, "SIZE": str(part.size), "CREATED": at,
        "CHECKSUM": part.sha256, "CHECKSUMTYPE": "SHA-256",
    }  # fmt: skip


def _group(manifest: Manifest, group: Group) -> etree._Element:
    kind = {f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "OTHER",
            f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE": manifest.type} if group.content else {}  # fmt: skip
    return _mets("fileGrp", {"ID": _id(manifest, group.use), "USE": group.use, **kind},
                 *(_file(manifest, group, part) for part in group.parts))  # fmt: skip


def _file(manifest: Manifest, group: Group, part: Part) -> etree._Element:
    about = group.about.get(part.path)
    attributes = {
        "ID": _id(manifest, part.path), **_measured(part, manifest.making.at), "OWNERID": part.original,
        "DMDID": _id(manifest, about.path) if about else None,
    }  # fmt: skip
    link = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": _href(manifest, part)}
    return _mets("file", attributes, _mets("FLocat", link))


def _href(manifest: Manifest, part: Part) -> str:
    return part.path.removeprefix(manifest.base)


def _structure(manifest: Manifest, representations: Sequence[Group]) -> etree._Element:
    metadata = {
        "ID": _id(manifest, "div/Metadata"), "LABEL": "Metadata",
        "DMDID": " ".join(_id(manifest, one.part.path) for one in manifest.descriptive) or None,
        "ADMID": " ".join(_id(manifest, one.part.path) for one in manifest.preservation) or None,
    }  # fmt: skip
    divisions = [_mets("div", metadata)]
    for group in manifest.groups:
        pointer = _mets("fptr", {"FILEID": _id(manifest, group.use)})
        divisions.append(_mets("div", {"ID": _id(manifest, f"div/{group.use}"), "LABEL": group.use}, pointer))
    for group in representations:
        link = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": _href(manifest, group.parts[0]),
                f"{{{XLINK}}}title": _id(manifest, group.use)}  # fmt: skip
        attributes = {"ID": _id(manifest, f"div/{group.use}"), "LABEL": group.use}
        divisions.append(_mets("div", attributes, _mets("mptr", link)))
    top = _mets("div", {"ID": _id(manifest, "div"), "LABEL": manifest.id}, *divisions)
    return _mets("structMap", {"ID": _id(manifest, "structMap"), "TYPE": "PHYSICAL", "LABEL": "CSIP"}, top)
