"""The scope, duration and method of an emulation movement, as the official statistic counts them.

Thông tư 02/2023/TT-BNV asks for each. What a dispatch does not tell stays None and is counted as such.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from pipeline.text.unicode import fold, same_tones

Scope = Literal["nation", "province", "cluster", "unit"]
Duration = Literal["under_1", "1", "1_to_3", "3_to_5", "5_up"]
Method = Literal["theme", "regular"]

SCOPES: dict[Scope, tuple[str, str]] = {
    "nation": ("Phạm vi toàn quốc", "Nationwide"),
    "province": ("Bộ, ban, ngành, tỉnh", "A ministry or province"),
    "cluster": ("Cụm, khối thi đua", "A cluster"),
    "unit": ("Cơ quan, đơn vị", "A unit"),
}
DURATIONS: dict[Duration, tuple[str, str]] = {
    "under_1": ("Dưới 1 năm", "Under 1 year"),
    "1": ("1 năm", "1 year"),
    "1_to_3": ("Trên 1 năm đến dưới 3 năm", "Over 1 to under 3 years"),
    "3_to_5": ("Từ 3 năm đến dưới 5 năm", "3 to under 5 years"),
    "5_up": ("Từ 5 năm trở lên", "5 years and over"),
}
METHODS: dict[Method, tuple[str, str]] = {
    "theme": ("Theo chuyên đề", "By theme"),
    "regular": ("Thường xuyên, hằng năm", "Regular and yearly"),
}

_NATION = re.compile(r"\b(?:chinh phu|thu tuong|trung uong|viet nam|quoc hoi|chu tich nuoc)\b")
_CLUSTER = re.compile(r"\b(?:cum|khoi) (?:thi dua|truong|so|\d|[ivx]+\b)")
_BELOW = re.compile(
    r"^(?:so|phong|ban quan ly|chi cuc|cuc|trung tam|truong|benh vien|cong ty|xi nghiep|hop tac xa|doi|to|van phong"
    r"|cong doan co so|cong doan|chi bo|chi doan|kho bac|bao hiem xa hoi)\b"
)
# The cities that are run centrally; other cities belong to a province.
_PROVINCE = re.compile(
    r"^(?:bo|uy ban dan toc|thanh tra chinh phu|ngan hang nha nuoc)\b"
    r"|\b(?:tinh|thanh pho (?:ha noi|ho chi minh|hai phong|da nang|can tho|hue))\b"
)
# With their diacritics: "cơ quan" is no "quận", "địa phương" no "phường".
_UNIT = re.compile(r"\b(?:huyện|quận|thị xã|xã(?! hội)|phường|thị trấn|đặc khu)\b")
_THEME = re.compile(r"\b(?:chuyen de|dot thi dua|cao diem|nuoc rut|ngay dem)\b")
_REGULAR = re.compile(r"\b(?:thuong xuyen|hang nam|cong tac nam|nam hoc)\b")


def scope_of(launched_by: str | None, name: str = "") -> Scope | None:
    """Return how wide a movement reaches, by the body that launched it and what its name says.

    >>> scope_of("ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH"), scope_of("Sở Nội vụ tỉnh Hòa Bình"), scope_of(None)
    ('province', 'unit', None)
    """
    body = fold(launched_by or "")
    if re.search(r"\b(?:ca nuoc|toan quoc)\b", fold(name)):
        return "nation"
    if not body:
        return None
    if _CLUSTER.search(body):
        return "cluster"
    if _BELOW.search(body) or _UNIT.search(same_tones(launched_by or "").casefold()):
        return "unit"
    if _PROVINCE.search(body):
        return "province"
    if re.search(r"\bthanh pho\b", body):
        return "unit"
    return "nation" if _NATION.search(body) else None


def duration_of(start: str | None, end: str | None) -> Duration | None:
    """Return how long a movement runs, by the full days of its period.

    >>> duration_of("2020-01-01", "2020-12-31"), duration_of("2020-01-01", "2025-12-31")
    ('1', '5_up')
    """
    try:
        first, after = date.fromisoformat(start or ""), date.fromisoformat(end or "") + timedelta(days=1)
    except ValueError:
        return None
    if after <= first:
        return None
    years = after.year - first.year - ((after.month, after.day) < (first.month, first.day))
    whole = (after.month, after.day) == (first.month, first.day)
    if years == 0:
        return "under_1"
    if years == 1 and whole:
        return "1"
    return "1_to_3" if years < 3 else "3_to_5" if years < 5 else "5_up"


def method_of(words: str) -> Method | None:
    """Return whether the words of a launch say that it is by theme or a regular one; None if they say neither or both.

    >>> method_of("đợt thi đua nước rút"), method_of("thi đua thường xuyên"), method_of("thi đua yêu nước")
    ('theme', 'regular', None)
    """
    text = fold(words)
    theme, regular = bool(_THEME.search(text)), bool(_REGULAR.search(text))
    if theme == regular:
        return None
    return "theme" if theme else "regular"
