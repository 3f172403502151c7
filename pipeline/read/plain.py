"""Reads plain text and Markdown: any encoding that Vietnamese was ever typed in, hard-wrapped or not.

Markdown's marks are taken off, for they are no words of the dispatch: `## KẾ HOẠCH` reads KẾ HOẠCH.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from pipeline.document import Line, Page, Word
from pipeline.errors import TooManyPagesError, UnreadableSourceError
from pipeline.ocr import Recognizer
from pipeline.read.columns import Placed, arrange
from pipeline.read.reading import Reading
from pipeline.read.sniff import text_encoding
from pipeline.settings import Settings
from pipeline.text.legacy import as_unicode, guess, to_unicode
from pipeline.text.syllables import telling_words

_CONTROLS: Final = (*range(0x20), *range(0x7F, 0xA0))
_UNSEEN: Final = dict.fromkeys((*_CONTROLS, *map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff")), "") | {
    **{ord(char): char for char in "\t\n\f"},
    0x07: "\t",
    0x1E: "-",
    0x85: "\n",
}
"""What is no letter: control characters go, but Word's end of a cell is a gap and its hard hyphen a hyphen."""

# Every repetition is bounded, so that hostile text costs no more than honest text of its length.
_MARKDOWN: Final = re.compile(
    r"^ {0,3}#{1,6} \S|\*\*[^\s*][^*\n]{0,400}\*\*|^\|[^\n]{0,2000}\|$|^ {0,3}(?:```|~~~)", re.MULTILINE
)
_TAGS: Final = "[biu]|strong|em|center|p|div|span|su[bp]|t(?:able|r|d|h|body|head)"
_INLINE: Final = (
    (re.compile(r"<br\s{0,9}/?>", re.IGNORECASE), "\n"),
    (re.compile(rf"</?(?:{_TAGS})\b[^<>]{{0,400}}>", re.IGNORECASE), ""),
    (re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]{0,400}\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"(?<!\\)\[([^\]\[\n]{1,400})\]\((?:https?:|mailto:|#|/)[^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"^ {0,3}#{1,6}[ \t]([^\n]*)$", re.MULTILINE), lambda line: line[1].strip().rstrip("#").rstrip()),
    (re.compile(r"^ {0,3}(?:>[ \t]?){1,9}", re.MULTILINE), ""),
    (re.compile(r"^([ \t]{0,40})[*+][ \t]+(?=\S)", re.MULTILINE), r"\1- "),
    (re.compile(r"(?<![\\*])\*\*\*(?=\S)([^*]{1,400}?)(?<=[^\s\\])\*\*\*"), r"\1"),
    (re.compile(r"(?<![\\*])\*\*(?=\S)((?:[^*]|\*(?!\*)){1,400}?)(?<=[^\s\\])\*\*"), r"\1"),
    (re.compile(r"(?<![\\\w_])__(?=\S)([^_\n]{1,400}?)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\\*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s\\])\*(?!\*)"), r"\1"),
    (re.compile(r"(?<![\\\w_])_(?=[^\s_])([^_\n]{1,400}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"(?<!\\)`([^`\n]{1,400})`"), r"\1"),
    (re.compile(r"^[ \t]{0,9}\|([^\n]*)\|[ \t]{0,9}$", re.MULTILINE), lambda row: _cells(row[1])),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), r"\1"),
)

_WRAP_WIDTHS: Final = range(45, 131)
_WRAPPED_SHARE: Final = 0.5  # of the lines that another line follows
_LEAST_WRAPPED: Final = 4
_LONG: Final = 40
_NEW_ITEM: Final = re.compile(
    r"[-–—+*•·○●▪]\s?|\(?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)/]|\(?[a-zđ][.)]|[IVXLC]{1,6}[.)]|[A-ZĐ][.)]\s|"
    r"(?:Điều|Chương|Mục|Phần|Khoản|Phụ lục|PHỤ LỤC|CHƯƠNG|MỤC|PHẦN|ĐIỀU)\s+\w+|Căn cứ\b|Xét\b|Theo đề nghị\b|"
    r"(?:Nơi nhận|Nơi gửi|Kính gửi|Kính trình|Lưu|Số|V/v)\s*:?"
)
_ENDS: Final = (".", ";", ":", "!", "?", "./.")


def read(data: bytes, *, media_type: str, settings: Settings, recognizer: Recognizer) -> Reading:
    """Read plain text or Markdown; raises UnreadableSourceError where the bytes are no text."""
    text = decode(data)
    if _MARKDOWN.search(text):
        text = unmark(text)
    sheets = text.strip("\f\n").split("\f")
    if len(sheets) > settings.max_pages:
        raise TooManyPagesError(
            f"the text has {len(sheets)} pages, the limit is {settings.max_pages}: split it or raise max_pages",
            f"văn bản có {len(sheets)} trang, vượt giới hạn {settings.max_pages}: hãy tách nhỏ hoặc nâng max_pages",
        )
    pages = tuple(
        Page(number, None, None, tuple(Line(tuple(map(Word, line.split()))) for line in lines if line), "text")
        for number, lines in enumerate(map(paragraphs, sheets), start=1)
    )
    return Reading(media_type, pages, "text")


def decode(data: bytes) -> str:
    """Return the text of a file's bytes as Unicode NFC with line feeds at the ends of lines."""
    encoding = text_encoding(data)
    if encoding is None:
        raise UnreadableSourceError(
            "the file is no text in any known encoding: save it as UTF-8",
            "tập tin không phải văn bản theo bảng mã nào đã biết: hãy lưu lại theo UTF-8",
        )
    text = _eight_bit(data) if encoding == "cp1258" else data.decode(encoding)
    text = re.sub(r"\r\n?|\u2028|\u2029|\v", "\n", unicodedata.normalize("NFC", as_unicode(text)))
    return text.translate(_UNSEEN)


def unmark(text: str) -> str:
    """Return Markdown as plain text: headings, emphasis, links, tables and escapes without their marks."""
    for pattern, plain in _INLINE:
        text = pattern.sub(plain, text)
    return text


def _cells(row: str) -> str:
    """Return the cells of a table's row parted by tabs; nothing for the row that only draws a rule."""
    cells = [cell.strip() for cell in row.split("|")]
    return "" if set("".join(cells)) <= set(":-") else "\t".join(cells)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text in reading order: columns set apart, hard-wrapped lines joined."""
    placed = arrange(text.split("\n"))
    width = wrap_width([line.text for line in placed if not line.column])
    return list(_joined(placed, width))


def wrap_width(lines: Sequence[str]) -> int | None:
    """Return the width at which a text was wrapped by hand or by a mailer; None where it was not."""
    followed = [(line, after) for line, after in pairwise(lines) if line and after]
    width = max((len(line) for line in lines), default=0)
    if width not in _WRAP_WIDTHS or len(followed) < _LEAST_WRAPPED:
        return None
    wrapped = sum(_full(line, after, width) for line, after in followed)
    return width if wrapped >= max(_LEAST_WRAPPED, _WRAPPED_SHARE * len(followed)) else None


def _joined(lines: Iterable[Placed], width: int | None) -> Iterator[str]:
    """Join what belongs to one paragraph: wrapped lines, and sentences broken by an empty line."""
    held = ""
    gap = False
    for line in lines:
        if not line.text:
            gap = True
            continue
        if held and not line.column and _goes_on(held.rpartition("\n")[2], line.text, width, gap):
            held = f"{held}\n{line.text}"
        else:
            if held:
                yield held.replace("\n", " ")
            held = line.text
        if line.column:
            yield held
            held = ""
        gap = False
    if held:
        yield held.replace("\n", " ")


def _goes_on(line: str, after: str, width: int | None, gap: bool) -> bool:
    """Tell whether a paragraph goes on in the next line, or behind the empty line of a page's end."""
    if _NEW_ITEM.match(after):
        return False
    if gap:
        return len(line) >= _LONG and after[0].islower() and not line.endswith(_ENDS)
    return width is not None and _full(line, after, width)


def _full(line: str, after: str, width: int) -> bool:
    """Tell whether the next line's first word had no room on this one."""
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width and not _NEW_ITEM.match(after)


def _eight_bit(data: bytes) -> str:
    """Decode text of an old code page: TCVN3 or VNI if its words come out so, else Windows-1258."""
    western = data.decode("cp1252", "replace")
    legacy = guess(western)
    windows = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if legacy and telling_words(to_unicode(western, legacy))[0] > telling_words(windows)[0]:
        return to_unicode(western, legacy)
    return windows
