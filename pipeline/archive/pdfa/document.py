"""Puts a PDF/A-2b file together: pictures, the layer of text, the colour profile, and what the file says of itself."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import numpy as np
from lxml import etree
from PIL import Image, ImageCms

from pipeline.archive.pdfa.glyphless import ASCENT, DESCENT, WIDTH, font
from pipeline.archive.pdfa.layer import Characters, content
from pipeline.archive.pdfa.objects import Objects
from pipeline.archive.xmlkit import Namespace
from pipeline.document import Word
from pipeline.ocr import Array

_QUALITY = 85
_GREY = 24  # how far from black, white or grey a pixel may lie to be taken for it
_FEW = 0.002
_MIDDLE = 127
_FONT = "CongvanGlyphless"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML = "http://www.w3.org/XML/1998/namespace"
_NAMES: dict[str | None, str] = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be: grey or RGB pixels, its size in points, and its lines of words with boxes."""

    pixels: Array
    width: float
    height: float
    lines: tuple[tuple[Word, ...], ...]


def pdf(sheets: Iterable[Sheet], *, title: str, made: datetime, maker: str, source: str) -> bytes:
    """Return the file; `source` is the SHA-256 of the original, from which its identity follows."""
    objects, characters = Objects(), Characters()
    tree, typeface = objects.number(), objects.number()
    pages = [_page(objects, sheet, tree, typeface, characters) for sheet in sheets]
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects.put(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>", tree)
    _font(objects, characters, typeface)
    metadata = objects.stream("/Type /Metadata /Subtype /XML", _xmp(title, made, maker, source), packed=False)
    root = objects.put(
        f"<< /Type /Catalog /Pages {tree} 0 R /Metadata {metadata} 0 R /Lang (vi-VN)"
        f" /ViewerPreferences << /DisplayDocTitle true >> /OutputIntents [{_output_intent(objects)}] >>"
    )
    return objects.file(root, hashlib.sha256(f"{source} {made.isoformat()} {title}".encode()).hexdigest()[:32])


def _page(objects: Objects, sheet: Sheet, tree: int, typeface: int, characters: Characters) -> int:
    picture = _picture(objects, sheet.pixels)
    width, height = f"{sheet.width:.3f}", f"{sheet.height:.3f}"
    drawn = f"q\n{width} 0 0 {height} 0 0 cm\n/I1 Do\nQ\n" + content(sheet.lines, sheet.height, characters)
    contents = objects.stream("", drawn.encode("ascii"))
    return objects.put(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {width} {height}] /Contents {contents} 0 R"
        f" /Resources << /XObject << /I1 {picture} 0 R >> /Font << /F1 {typeface} 0 R >> >> >>"
    )


def _picture(objects: Objects, pixels: Array) -> int:
    """Keep a page's picture: a fax in one bit without loss, anything else as JPEG, grey where it has no colour."""
    height, width = pixels.shape[:2]
    common = f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
    if is_fax(pixels):
        grey = pixels if pixels.ndim == 2 else pixels[..., 1]
        return objects.stream(f"{common} /ColorSpace /DeviceGray /BitsPerComponent 1",
                              np.packbits(grey > _MIDDLE, axis=1).tobytes())  # fmt: skip
    image, out = Image.fromarray(pixels), io.BytesIO()
    space = "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return objects.stream(
        f"{common} /ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode",
        out.getvalue(),
        packed=False,
    )


def is_fax(pixels: Array) -> bool:
    """Tell whether a picture is black and white and nothing between; what little lies between is the drawing's edge."""
    if pixels.ndim == 3 and (pixels.max(axis=2) - pixels.min(axis=2)).max() > _GREY:
        return False
    grey = pixels if pixels.ndim == 2 else pixels[..., 1]
    between = np.count_nonzero((grey > _GREY) & (grey < 255 - _GREY))
    return bool(between <= _FEW * grey.size)


def _font(objects: Objects, characters: Characters, number: int) -> None:
    program = font()
    file = objects.stream(f"/Length1 {len(program)}", program)
    descriptor = objects.put(
        f"<< /Type /FontDescriptor /FontName /{_FONT} /Flags 4 /FontBBox [0 {DESCENT} {WIDTH} {ASCENT}]"
        f" /ItalicAngle 0 /Ascent {ASCENT} /Descent {DESCENT} /CapHeight {ASCENT} /StemV 80 /FontFile2 {file} 0 R >>"
    )
    glyphs = objects.stream("", characters.to_glyphs())
    descendant = objects.put(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{_FONT} /DW {WIDTH} /FontDescriptor {descriptor} 0 R"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap {glyphs} 0 R >>"
    )
    unicode = objects.stream("", characters.to_unicode())
    objects.put(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{_FONT} /Encoding /Identity-H"
        f" /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>",
        number,
    )


def _output_intent(objects: Objects) -> str:
    profile = objects.stream("/N 3", srgb())
    return (
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
        f" /Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} 0 R >>"
    )


@cache
def srgb() -> bytes:
    """Return an sRGB colour profile of Little CMS's making, without its hour and the name that follows from it."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[8:12] = bytes((4, 0x20, 0, 0))  # the version that PDF 1.7 knows; nothing in the profile is younger
    data[24:36] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 1 January 2000
    data[84:100] = bytes(16)  # "not calculated"
    return bytes(data)


def _xmp(title: str, made: datetime, maker: str, source: str) -> bytes:
    """Return the packet in which a PDF/A file says which part and level it keeps."""
    rdf = Namespace(_RDF, "rdf", _NAMES)
    dc, xmp, pdf_, pdfaid = (Namespace(uri, prefix) for prefix, uri in _NAMES.items())
    moment = made.isoformat(timespec="seconds")
    described = rdf(
        "Description", {f"{{{_RDF}}}about": ""},
        pdfaid("part", None, "2"),
        pdfaid("conformance", None, "B"),
        dc("title", None, rdf("Alt", None, rdf("li", {f"{{{_XML}}}lang": "x-default"}, title))),
        dc("source", None, f"urn:sha256:{source}"),
        xmp("CreateDate", None, moment),
        xmp("ModifyDate", None, moment),
        xmp("CreatorTool", None, maker),
        pdf_("Producer", None, maker),
    )  # fmt: skip
    meta = Namespace("adobe:ns:meta/", "x")("xmpmeta", None, rdf("RDF", None, described))
    packet = etree.tostring(meta, encoding="unicode", pretty_print=True)
    begin, end = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>', '<?xpacket end="w"?>'
    return f"{begin}\n{packet}{end}".encode()
