"""Names of people: told from other lines, cleaned of ranks and degrees, never "corrected" into words.

>>> from pipeline.text.match import Entry
>>> person("ThS. NguyễnVăn Bình", Gazetteer((Entry("n", "Nguyễn"),)))
'Nguyễn Văn Bình'
"""

from __future__ import annotations

import re

from pipeline.text.match import Entry, Gazetteer
from pipeline.text.unicode import CAPITALS, flat

_RANK = re.compile(
    r"^\W*(?:(?:gs|pgs|ts|tskh|ths|bs|bac si|bscki|bsckii|bs\s?ck\s?i{1,2}|ck\s?i{1,2}|ds|ks|cn|ls|kts|ngut|ngnd|ttut"
    r"|ttnd"
    r"|dai tuong|thuong tuong|trung tuong|thieu tuong|dai ta|thuong ta|trung ta|thieu ta|dai uy|thuong uy|trung uy"
    r"|thieu uy|luat su|tien si|thac si|ong|ba|linh muc|hoa thuong|thuong toa)\b[\s.,:]*)+(?=\w)"
)
_GLUED = re.compile(rf"(?<=[^\W\d_{CAPITALS}])(?=[{CAPITALS}][^\W\d_{CAPITALS}])")
_SHORT = {"ê": "Lê", "ồ": "Hồ", "õ": "Võ", "ũ": "Vũ", "ỗ": "Đỗ"}
"""Family names of two letters that are common, by their last letter, where no other common one ends so."""
_PARTICLES = {"thi": "Thị", "van": "Văn"}
"""Middle names that OCR misreads and that nobody bears in another spelling."""


def person(text: str, families: Gazetteer, *, ocr: bool = False) -> str | None:
    """Return the name that a line holds, without rank or degree; None if it holds none.

    Of what OCR read, the family name and the middle names Văn and Thị are spelt rightly.
    """
    rank = _RANK.match(flat(text))
    rest = text[rank.end() :] if rank else text
    pieces = (word.strip("'`’‘|,;:\"*“”«»()[]{}<>=~^-_") for word in _GLUED.sub(" ", rest).replace(".", " ").split())
    words = [word for word in pieces if any(char.isalpha() for char in word)]
    words = [re.sub(r"^[\W\d_]+", "", word) for word in words]
    while len(words) > 1 and not _begins(words, families, ocr=ocr):
        words.pop(0)
    while words and not _name_word(words[-1]):
        words.pop()
    if not 2 <= len(words) <= 6:
        return None
    if all(word.isupper() for word in words):
        family = families.find(words[0])
        return " ".join(words) if len(words) > 2 and family and family.name.upper() == words[0] else None
    first = _family(words[0], families) if ocr else words[0]
    if not all(word[1:].islower() or "-" in word for word in (first, *words[1:])):
        return None
    middle = [_PARTICLES.get(flat(word), word) if ocr else word for word in words[1:-1]]
    return " ".join([first, *middle, words[-1]])


def _begins(words: list[str], families: Gazetteer, *, ocr: bool) -> bool:
    """Tell whether a name can begin here: with a family name, or with a word and no family name right behind it."""
    if not ocr:
        return _name_word(words[0])
    if _family(words[0], families) != words[0] or _known(words[0], families) is not None:
        return True
    seal_first = len(words) > 3 and len(words[0]) <= 3 and _known(words[1], families) is not None
    return _name_word(words[0]) and not seal_first


def _family(read: str, families: Gazetteer) -> str:
    """Return a family name rightly spelt, with the first letters that a seal took: `Zuyễn` is Nguyễn, `hạm` Phạm."""
    known = _known(read, families)
    if known:
        return known.name
    near = _one_letter_off(read, families)
    if near:
        return near
    short = _SHORT.get(read[-1:])
    if short and len(read) <= 2 and not read[0].isupper():
        return short  # 1ê, ,ê: a seal's edge took the L
    for cut in range(3):
        end = read[cut:].casefold()
        found = [
            entry.name for entry in families.entries if entry.name.casefold().endswith(end) and entry.name[0] not in end
        ]
        if len(end) >= 3 and len(found) == 1:
            return found[0]
    return read


def _one_letter_off(read: str, families: Gazetteer) -> str | None:
    """Return the one common family name that differs from a long reading by a letter behind the first: Nguyễu."""
    bare = flat(read)
    if len(bare) < 5:
        return None
    common = (entry.name for entry in families.entries if entry.more.get("common"))
    alike = [name for name in common if len(flat(name)) == len(bare) and flat(name)[0] == bare[0]]
    near = [name for name in alike if sum(a != b for a, b in zip(flat(name), bare, strict=True)) == 1]
    return near[0] if len(near) == 1 else None


def _known(read: str, families: Gazetteer) -> Entry | None:
    """Return the family name that a reading is, but for its marks; of several the one that is common."""
    found = families.find(read)
    if found:
        return found
    alike = (entry for entry in families.entries if entry.more.get("common") and flat(entry.name) == flat(read))
    return next(alike, None)


def is_name(name: str, families: Gazetteer) -> bool:
    """Tell whether a name begins with a known family name."""
    words = name.split()
    return bool(words) and families.find(words[0]) is not None


def _name_word(word: str) -> bool:
    """A capital and then letters; A and Y stand alone in names of the highlands."""
    letters = word.replace("-", "").replace("'", "")
    return (
        letters.isalpha()
        and word[:1].isupper()
        and (len(word) > 1 or word in {"A", "Y", "Á"})
        and (word[1:].islower() or word.isupper() or "-" in word)
    )
