"""A secrecy stamp in a Word file where no line of text need hold it: watermark, text box, header or footer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.annotations import Field
from pipeline.read.word.package import Package, attribute, local
from pipeline.text.secrecy import level

_CONFIDENCE: Final = 0.95


def stamped(package: Package) -> tuple[Field, ...]:
    """Return the claim that a Word file bears a secrecy stamp, or none."""
    for name, root in package.shown():
        for words in _words(root, everywhere=name != "word/document.xml"):
            if found := level(words):
                return (Field(span=None, confidence=_CONFIDENCE, by="rule:stamp", name="secrecy", value=found),)
    return ()


def _words(root: Element, *, everywhere: bool) -> Iterator[str]:
    """Yield the words of watermarks, and the paragraphs of text boxes or, with `everywhere`, all paragraphs."""
    for path in root.iter():
        if local(path) == "textpath":
            yield attribute(path, "string") or ""
    for place in (root,) if everywhere else (box for box in root.iter() if local(box) == "txbxContent"):
        for paragraph in (node for node in place.iter() if local(node) == "p"):
            yield "".join(piece.text or "" for piece in paragraph.iter() if local(piece) == "t")
