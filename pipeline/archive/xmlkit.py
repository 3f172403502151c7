"""Making and reading XML: elements in a namespace, bytes that are the same every time, no trust in what is read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Namespace:
    """Makes elements of one namespace: `ead("unitid", {"label": "x"}, "text", child)`."""

    def __init__(self, uri: str, prefix: str | None = None, more: Mapping[str | None, str] | None = None) -> None:
        self.uri = uri
        self._map = {prefix: uri, **(more or {})}

    def __call__(
        self, name: str, attributes: Mapping[str, str | None] | None = None, *content: str | etree._Element | None
    ) -> etree._Element:
        """Return an element; attributes and content that are None are left out."""
        found = {key: clean(value) for key, value in (attributes or {}).items() if value is not None}
        element = etree.Element(f"{{{self.uri}}}{name}", found, nsmap=self._map)
        for part in content:
            if isinstance(part, str):
                element.text = clean(part)
            elif part is not None:
                element.append(part)
        return element


def clean(text: str) -> str:
    """Return text without the characters that XML cannot hold; a page break is a line break."""
    return _FORBIDDEN.sub("", text.replace("\f", "\n"))


def written(root: etree._Element) -> bytes:
    """Return a document's bytes: UTF-8, indented, each name space declared once."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def parsed(data: bytes) -> etree._Element:
    """Return the root of a document. Raises ValueError for what is no XML, or has a document type or entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type declaration")
    return root
