"""The fixed wordings of dispatches, told in folded text in spite of what OCR makes of them.

Every rule reads text without case and diacritics (`pipeline.text.unicode.fold`), because hooks and
tildes are what OCR loses first. Reading order and zones both rest on these rules.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from pipeline.text.unicode import fold

MOTTOES = (
    ("cong hoa xa hoi chu nghia viet nam", 78),
    ("doc lap - tu do - hanh phuc", 78),
    ("dang cong san viet nam", 88),
)
"""Quốc hiệu, tiêu ngữ and the Party's name in their place, with the least likeness (0 to 100) that counts."""

URGENCY = ("HỎA TỐC HẸN GIỜ", "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")
"""The stamps of urgency."""

SECRECY = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
"""The stamps of secrecy."""

PLACE_DATE = re.compile(r"\bn[gq]ay.{0,9}t\w?ang.{0,9}n[ao]m\b")
"""Ngày … tháng … năm, with what is written by hand between."""

NUMBER = re.compile(r"^\W{0,3}s\w{0,2}\s?[:;.,¿]?\s*\S{0,12}\s?[/-]\s?[a-z0-9]")
"""Số: 13/KH-ABC."""

ADDRESSEES = re.compile(r"^\W{0,2}k[iy1]nh (gui|goi|giri)\b|^.{0,14}\bkinh gui\s?:|^\W{0,2}dong kinh gui")
"""Kính gửi, after a mark of urgency at most."""

RECIPIENTS = re.compile(r"^\W{0,3}(n[oa0]i?\s?(nh[ao]\w{1,2}|gui)|m[oa]i nha[nm])\b\s*:?|^\W{0,3}noi nh\w{0,3}\s*:")
"""Nơi nhận."""

FILING = re.compile(r"^\W{0,4}l[uư]\w?\s?[:;.,]?\s*(v\s?[tp]\b|vp|van (thu|phong)|ho so|hs|[a-z]{2,6}[,.;])")
"""The filing line at the end of Nơi nhận: Lưu: VT."""

AUTHORITY = re.compile(
    r"^\W{0,3}(tm|t/m|kt|k/t|tl|t/l|tuq|t/uq|q)\s?[.,/:]\s?\w|^\W{0,3}(t/?m|k/?t|t/?l|t/?uq)\s+[a-z]"
)
"""TM., KT., TL., TUQ., Q. before whom it is for."""

PAGE_NUMBER = re.compile(r"^\W{0,3}(trang\s+|page\s+)?\d{1,3}(\s?/\s?\d{1,3})?\W{0,3}$")
"""A page's number."""

STAMPED = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{4},? \d{1,2}:\d{2}:\d{2}\b|\d{2}:\d{2}:\d{2} ?[+-]\d{2}[:.]?\d{2}")
"""The moment of a digital signature, to the second."""

DIGITAL = re.compile(
    r"\b(n?guoi ky|ky boi|ky ngay|thoi gian ky|ngay ky|gio ky|signature valid|digitally signed( by)?|signed by)\s?:"
    r"|^\W{0,3}(e-?mail|co quan|to chuc|chuc vu|date|reason|location)\s?:"
)
"""A line of a digital signature's box."""


def motto_at(text: str) -> int | None:
    """Return where a motto begins in a row, None if there is none.

    Quốc hiệu and the Party's name are motto only in capitals: both stand in sentences too.
    """
    folded = fold(text)
    for motto, least in MOTTOES:
        hit = fuzz.partial_ratio_alignment(motto, folded, score_cutoff=least)
        if hit is None or len(folded) < len(motto) - 4:
            continue
        if "-" in motto or capitals(text[hit.dest_start : hit.dest_end]):
            return hit.dest_start
    return None


def capitals(text: str) -> bool:
    """Tell whether most letters are capitals."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= 0.7 * len(letters)


def signed_digitally(folded: str) -> bool:
    """Tell whether a line stands in a digital signature's box."""
    return len(folded) < 140 and bool(DIGITAL.search(folded) or STAMPED.search(folded))
