"""Makes small Word files from raw XML, so that tests say exactly what stands in them."""

from __future__ import annotations

import io
import zipfile

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATIONS = (
    f'xmlns:w="{NAMESPACE}" xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="dat" ContentType="text/x"/>'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)


def docx(body: str, *, parts: dict[str, str] | None = None, raw: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file with this body; `parts` are further parts by name (`styles.xml`), as inner XML of a root.

    Every part is a relation of the document, with its name as id; `raw` are parts as they stand.
    """
    out = io.BytesIO()
    names = [*(parts or {}), *(name.removeprefix("word/") for name in raw or {})]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relations("word/document.xml"))
        archive.writestr("word/document.xml", f"<w:document {DECLARATIONS}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", relations(*names))
        for name, inner in (parts or {}).items():
            archive.writestr(f"word/{name}", f"<w:root {DECLARATIONS}>{inner}</w:root>")
        for name, data in (raw or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def relations(*names: str) -> str:
    """Return the relations to parts, each with its name as id."""
    rows = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/part" Target="{name}"/>' for name in names)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, properties: str = "") -> str:
    """Return a paragraph of runs; bare text becomes a run."""
    runs = "".join(x if x.startswith("<") else r(x) for x in inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(*rows: list[str]) -> str:
    """Return a table; a cell is text, or XML that begins with a tag."""
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def font(name: str) -> str:
    """Return run properties that set a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def numbered(list_id: int, level: int = 0) -> str:
    """Return paragraph properties that put a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(depth: int, shape: str, format: str = "decimal", start: int = 1, extra: str = "") -> str:
    """Return a level of a list's definition."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>'
        f'<w:lvlText w:val="{shape}"/>{extra}</w:lvl>'
    )
