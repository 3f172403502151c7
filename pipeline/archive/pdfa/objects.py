"""The file format: numbered objects, their table, and the trailer of a PDF 1.7 file; nothing that PDF/A forbids."""

from __future__ import annotations

import zlib


class Objects:
    """The objects of a file, each with its number; a number may be given out before its object is known."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []

    def number(self) -> int:
        """Return a new object's number."""
        self._bodies.append(None)
        return len(self._bodies)

    def put(self, body: str | bytes, number: int | None = None) -> int:
        """Keep an object, under a number already given out or a new one, and return its number."""
        number = number or self.number()
        self._bodies[number - 1] = body.encode("ascii") if isinstance(body, str) else body
        return number

    def stream(self, entries: str, data: bytes, *, packed: bool = True) -> int:
        """Keep a stream with its dictionary's entries and return its number."""
        if packed:
            data, entries = zlib.compress(data, 9), f"{entries} /Filter /FlateDecode"
        return self.put(f"<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii") + data + b"\nendstream")

    def file(self, root: int, identity: str) -> bytes:
        """Return the whole file; `identity` is its name as hex digits."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self._bodies, 1):
            assert body is not None, f"object {number} was promised and never given"
            places.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        trailer = f"<< /Size {len(places) + 1} /Root {root} 0 R /ID [<{identity}> <{identity}>] >>"
        out += f"trailer\n{trailer}\nstartxref\n{table}\n%%EOF\n".encode("ascii")
        return bytes(out)
