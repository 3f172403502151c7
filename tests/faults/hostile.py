"""Makes the files that people and attackers put into the folder: each kind with the code that it must end with."""

import io
import os
import socket
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Hostile:
    """A kind of file: the name it gets, how its bytes are made, and the codes it may end with."""

    name: str
    make: Callable[[], bytes]
    codes: tuple[str, ...]


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of numbered objects, with a right table of offsets."""
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    end = b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(data))
    return data + table + end


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"


def one_page(stream: bytes, filters: bytes, kids: bytes = b"[3 0 R]", count: bytes = b"1") -> bytes:
    pages = b"<< /Type /Pages /Kids %s /Count %s >>" % (kids, count)
    body = b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream)
    return pdf(CATALOGUE, pages, PAGE, body)


@cache
def packed_zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = bytes(MEGABYTE)
    return b"".join(packer.compress(block) for _ in range(size // MEGABYTE)) + packer.flush()


def written_pdf(password: str | None = None) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption(password, canPrint=0) if password else None, invariant=1)
    for number in range(40):
        canvas.drawString(72, 800 - 18 * number, f"line {number} of a page that is broken off in the middle")
    canvas.save()
    return file.getvalue()


def thousand_pages() -> bytes:
    kids = b"[" + b" ".join(b"%d 0 R" % (n + 3) for n in range(1000)) + b"]"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return pdf(CATALOGUE, b"<< /Type /Pages /Kids %s /Count 1000 >>" % kids, *[page] * 1000)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *extra: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + pixels + chunk(b"IEND", b"")


def tiff(width: int, height: int, *, next_at: int = 0) -> bytes:
    """Return a TIFF of one directory, which may name itself or any other place as the next one."""
    tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 100)]
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + rows + struct.pack("<I", next_at)


def thread(width: int, height: int) -> bytes:
    """Return a white picture that would be miles long at the resolution of a page as wide as it is."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * width) * height))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def many_directories(count: int) -> bytes:
    """Return a TIFF with a chain of directories, each of a picture of 4 by 4."""
    tags = ((256, 4), (257, 4), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 4), (279, 16))
    rows = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    size = len(rows) + 4
    nexts = (8 + size * number if number < count else 0 for number in range(1, count + 1))
    return b"II*\0" + struct.pack("<I", 8) + b"".join(rows + struct.pack("<I", place) for place in nexts)


def many_frames() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("1", (8, 8)) for _ in range(400)]
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def cut_jpeg() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((600, 600), 50).save(file, "JPEG")
    return file.getvalue()[:9000]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = b"http://schemas.openxmlformats.org/package/2006/"
TYPES = (
    b'<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>' % PACKAGE
)
RELATIONS = (
    b'<Relationships xmlns="%srelationships"><Relationship Id="r" Type="officeDocument" Target="word/document.xml"/>'
    b"</Relationships>" % PACKAGE
)


def docx(body: bytes = b"", *, doctype: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    document = b'<?xml version="1.0"?>%s<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>'
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": document % (doctype, WORD.encode(), body),
        **(more or {}),
    }
    return zipped(members)


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def nested_zip() -> bytes:
    """Return a small archive of archives that would unpack to some 100 GB: what lies within is not to be opened."""
    data = zipped({"0": bytes(100 * MEGABYTE)})
    for _ in range(3):
        data = zipped({f"{n}.zip": data for n in range(10)})
    return data


PADDING = b"<!--%s-->" % (b" " * 200_000)  # before a declaration that is looked for at the start alone
LAUGHS = b'<!DOCTYPE l [<!ENTITY a0 "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
) + b"]>"  # fmt: skip
OUTSIDE = b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
SEVEN_BITS = (
    b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE l [+ADwAIQ-ENTITY x SYSTEM "file:///etc/passwd"+AD4-]+AD4-'
    b'<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>+ACY-x;</w:t></w:r></w:p></w:body></w:document>' % WORD.encode()
)
PARAGRAPH = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"


def odt(doctype: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    content = (
        b'<?xml version="1.0"?>%s<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
        b'office:1.0">&a11;</office:document-content>'
    )
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content % doctype, **(more or {})})


def locked_docx() -> bytes:
    """Return the outside of a Word file with a password: an OLE file with an entry of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)


KINDS = (
    Hostile("empty.pdf", lambda: b"", ("empty-file",)),
    Hostile("program.pdf", lambda: b"MZ" + os.urandom(4000), ("unsupported-format",)),
    Hostile("archive.docx", lambda: zipped({"a.txt": b"x"}), ("unsupported-format",)),
    Hostile("noise.txt", lambda: bytes(range(256)) * 20, ("unsupported-format",)),
    Hostile("locked.pdf", lambda: written_pdf("mat khau"), ("encrypted-source",)),
    Hostile("locked.docx", locked_docx, ("encrypted-source",)),
    Hostile("cut.pdf", lambda: written_pdf()[:400], ("damaged-source",)),
    Hostile("header-only.pdf", lambda: b"%PDF-1.4\n", ("damaged-source",)),
    Hostile(
        "no-pages.pdf",
        lambda: pdf(CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"),
        ("no-pages",),
    ),
    Hostile("loop.pdf", lambda: one_page(b"", b"[]", kids=b"[2 0 R]"), ("damaged-source",)),
    Hostile("count.pdf", lambda: one_page(b"", b"[]", count=b"99999999"), ("too-many-pages", "empty-document")),
    Hostile("thousand.pdf", thousand_pages, ("too-many-pages",)),
    Hostile("bomb.pdf", lambda: one_page(packed_zeros(500 * MEGABYTE), b"/FlateDecode"), ("decompression-bomb",)),
    Hostile(
        "bomb-in-bomb.pdf",
        lambda: one_page(zlib.compress(packed_zeros(900 * MEGABYTE), 9), b"[/FlateDecode /Fl]"),
        ("decompression-bomb",),
    ),
    Hostile(
        "named-otherwise.pdf",
        lambda: one_page(packed_zeros(500 * MEGABYTE), b"/F#6cateDecode"),
        ("decompression-bomb",),
    ),
    Hostile(
        "named-elsewhere.pdf",
        lambda: one_page(packed_zeros(500 * MEGABYTE), b"5 0 R /Length 3 /X (%s)" % (b"x" * 3000)),
        ("decompression-bomb",),
    ),
    Hostile(
        "bomb-in-letters.pdf",
        lambda: one_page(packed_zeros(500 * MEGABYTE).hex().encode() + b">", b"[/ASCIIHexDecode /FlateDecode]"),
        ("decompression-bomb",),
    ),
    Hostile(
        "thread.pdf",
        lambda: pdf(CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE.replace(b"595 842", b"1 9999999")),
        ("empty-document",),
    ),
    Hostile("thread.png", lambda: thread(1, 100_000), ("empty-document",)),
    Hostile("bomb.png", lambda: png(60000, 60000), ("too-many-pixels", "damaged-source")),
    Hostile(
        "text-bomb.png",
        lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + packed_zeros(200 * MEGABYTE))),
        ("damaged-source",),
    ),
    Hostile("absurd.tif", lambda: tiff(2**31, 2**31), ("too-many-pixels", "damaged-source")),
    Hostile("loop.tif", lambda: tiff(10, 10, next_at=8), ("damaged-source", "empty-document")),
    Hostile("frames.tif", many_frames, ("too-many-pages",)),
    Hostile("directories.tif", lambda: many_directories(65_535), ("too-many-pages",)),
    Hostile("cut.jpg", cut_jpeg, ("damaged-source",)),
    Hostile("cut.docx", lambda: docx(PARAGRAPH % b"a" * 2000)[:300], ("unsupported-format", "damaged-source")),
    Hostile(
        "bomb.docx", lambda: docx(more={"word/media/a.bin": bytes(200 * MEGABYTE)}), ("decompression-bomb",)
    ),
    Hostile(
        "members.docx", lambda: docx(more={f"word/media/{n}": b"" for n in range(20_000)}), ("decompression-bomb",)
    ),
    Hostile("zip-in-zip.docx", lambda: zipped({"a.zip": zipped({"b.zip": b""})}), ("unsupported-format",)),
    Hostile("nested.docx", lambda: docx(more={"word/media/a.zip": nested_zip()}), ("empty-document",)),
    Hostile("laughs.docx", lambda: docx(PARAGRAPH % b"&a11;", doctype=LAUGHS), ("hostile-xml",)),
    Hostile("outside.docx", lambda: docx(PARAGRAPH % b"&x;", doctype=OUTSIDE), ("hostile-xml",)),
    Hostile("padded.docx", lambda: docx(PARAGRAPH % b"&x;", doctype=PADDING + OUTSIDE), ("hostile-xml",)),
    Hostile("seven-bits.docx", lambda: docx(more={"word/document.xml": SEVEN_BITS}), ("hostile-xml",)),
    Hostile("deep.docx", lambda: docx(b"<w:tbl>" * 60_000 + b"</w:tbl>" * 60_000), ("over-limit", "empty-document")),
    Hostile("broken.docx", lambda: docx(b"<w:p>"), ("damaged-source",)),
    Hostile("nothing.docx", docx, ("empty-document",)),
    Hostile("laughs.odt", lambda: odt(LAUGHS), ("hostile-xml",)),
    Hostile("outside.odt", lambda: odt(OUTSIDE), ("hostile-xml",)),
    Hostile("padded.odt", lambda: odt(PADDING + OUTSIDE), ("hostile-xml",)),
    Hostile("bomb.odt", lambda: odt(more={"Pictures/a": bytes(200 * MEGABYTE)}), ("decompression-bomb",)),
    Hostile("sheets.txt", lambda: b"a\f" * 400, ("too-many-pages",)),
    Hostile("zeros.txt", lambda: ("M\0" * 500).encode("utf-16"), ("unsupported-format",)),
    Hostile("blank.txt", lambda: b" \n\n\t \n", ("empty-document",)),
)  # fmt: skip
"""Every kind that is told before the slow work begins."""

STRANGE_NAMES = (
    b"hai\ndong.txt", "Quye\u0302\u0301t di\u0323nh.txt".encode(), b"cong\xffvan.txt", b"a" * 251 + b".txt",
    b"-rf.txt", b"$(reboot).txt", b"\x1b[2J.txt", "‮gpj.txt".encode(),
)  # fmt: skip
"""Names under which an honest file may lie."""


def put(folder: Path, kinds: tuple[Hostile, ...] = KINDS) -> dict[str, tuple[str, ...]]:
    """Write each kind into a folder, and what is no file at all; returns the codes by source path."""
    expected = {}
    for kind in kinds:
        (folder / kind.name).write_bytes(kind.make())
        expected[kind.name] = kind.codes
    (folder / "link.pdf").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe.pdf")
    devices: tuple[str, ...] = ()
    if os.geteuid() == 0:  # nobody else may make one
        with suppress(PermissionError):
            os.mknod(folder / "device.pdf", stat.S_IFCHR | 0o666, os.makedev(1, 5))  # zeros without end
            devices = ("device.pdf",)
    with socket.socket(socket.AF_UNIX) as server:
        before = Path.cwd()
        os.chdir(folder)  # a socket's path may have 107 bytes at most
        server.bind("socket.pdf")
        os.chdir(before)
    with (folder / "huge.pdf").open("wb") as file:
        file.truncate(10**12)
    return expected | dict.fromkeys(("link.pdf", "loop", "pipe.pdf", "socket.pdf", *devices), ("not-a-file",)) | {
        "huge.pdf": ("too-large",)
    }  # fmt: skip
