"""The fields of a file and its documents as XML, and the schema (XSD 1.0) of that XML, made from the profile."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pipeline.archive.metadata import Described, Filed
from pipeline.archive.profile import Field, Profile
from pipeline.archive.xmlkit import Namespace, written

_XS = Namespace("http://www.w3.org/2001/XMLSchema", "xs")


def uri(profile: Profile) -> str:
    """Return the namespace of a profile's XML."""
    return f"urn:congvan:archive:{profile.id}"


def fields_xml(filed: Filed) -> bytes:
    """Return a file and its documents as XML, in the order and under the names of the profile."""
    return written(_file(filed))


def all_fields_xml(filed: Iterable[Filed], profile: Profile) -> bytes:
    """Return several files in one document."""
    return written(Namespace(uri(profile))("danhSach", None, *map(_file, filed)))


def _file(filed: Filed) -> etree._Element:
    profile = filed.profile
    space = Namespace(uri(profile))
    documents = (
        space(profile.document_name, None, *_elements(space, profile.document, document))
        for document in filed.documents
    )
    return space(profile.file_name, None, *_elements(space, profile.file, filed.file), *documents)


def _elements(space: Namespace, fields: tuple[Field, ...], described: Described) -> Iterable[etree._Element]:
    return [space(f.name, None, value) for f in fields if (value := described.values[f.name]) is not None]


def schema(profile: Profile) -> bytes:
    """Return the schema of a profile's XML: which fields are obligatory, how long they may be, in which codes."""
    documents = _XS(
        "element", {"name": profile.document_name, "minOccurs": "0", "maxOccurs": "unbounded"},
        _XS("complexType", None, _XS("sequence", None, *(_declared(profile, f) for f in profile.document))),
    )  # fmt: skip
    file = _XS(
        "element", {"name": profile.file_name},
        _XS("complexType", None,
            _XS("sequence", None, *(_declared(profile, f) for f in profile.file), documents)),
    )  # fmt: skip
    listed = _XS(
        "element", {"name": "danhSach"},
        _XS("complexType", None,
            _XS("sequence", None, _XS("element", {"ref": f"f:{profile.file_name}", "minOccurs": "0",
                                                  "maxOccurs": "unbounded"}))),
    )  # fmt: skip
    attributes = {
        "targetNamespace": uri(profile),
        "elementFormDefault": "qualified",
    }
    root = Namespace(_XS.uri, "xs", {"f": uri(profile)})("schema", attributes, file, listed)
    return written(root)


def _declared(profile: Profile, field: Field) -> etree._Element:
    codes = profile.codes[field.codes] if field.codes else {}
    limits = [_XS("minLength", {"value": "1"})] if field.need == "must" else []
    if field.size is not None:
        limits.append(_XS("maxLength", {"value": str(field.size)}))
    limits += [_XS("enumeration", {"value": code}) for code in dict.fromkeys(codes.values())]
    return _XS(
        "element", {"name": field.name, "minOccurs": "1" if field.need == "must" else "0"},
        _XS("annotation", None, _XS("documentation", None, f"{field.vi} / {field.en}")),
        _XS("simpleType", None, _XS("restriction", {"base": "xs:string"}, *limits)),
    )  # fmt: skip
