"""The level, scope, duration and method of an emulation movement, as the official statistic counts them.

Thông tư 02/2023/TT-BNV asks for each. What a dispatch does not tell stays None and is counted as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias

from pipeline.text.unicode import fold, same_tones

Level = Literal["central", "ministry", "unit"]
Scope = Literal["nation", "ministry", "cluster", "unit"]
Duration = Literal["under_1", "1", "1_to_3", "3_to_5", "5_up"]
Method = Literal["theme", "regular"]

Names: TypeAlias = Mapping[str, tuple[str, str]]
"""What a value is called in Vietnamese and English."""

LEVELS: Names = {
    "central": ("Cấp Trung ương (Hội đồng Thi đua - Khen thưởng Trung ương)", "Central (the Central Council)"),
    "ministry": (
        "Cấp bộ, ban, ngành, đoàn thể trung ương, tỉnh, thành phố trực thuộc Trung ương",
        "Ministries, central organisations, provinces",
    ),
    "unit": ("Cơ quan, tổ chức, đơn vị", "Bodies and units"),
}
SCOPES: Names = {
    "nation": ("Toàn quốc", "Nationwide"),
    "ministry": ("Bộ, ban, ngành, đoàn thể, địa phương", "A ministry, organisation or province"),
    "cluster": (
        "Cụm, khối thi đua do Hội đồng Thi đua - Khen thưởng các cấp tổ chức",
        "A cluster that a council of emulation formed",
    ),
    "unit": ("Cơ quan, tổ chức, đơn vị", "A body or unit"),
}
DURATIONS: Names = {
    "under_1": ("Dưới 1 năm", "Under 1 year"),
    "1": ("1 năm", "1 year"),
    "1_to_3": ("Từ 1 năm đến dưới 3 năm", "1 to under 3 years"),
    "3_to_5": ("Từ 3 năm đến dưới 5 năm", "3 to under 5 years"),
    "5_up": ("Từ 5 năm trở lên", "5 years and over"),
}
METHODS: Names = {
    "theme": ("Thi đua theo chuyên đề", "By theme"),
    "regular": ("Thi đua thường xuyên hàng năm", "Regular and yearly"),
}
"""The words of the form, in its order, and what they say in English."""

_CENTRAL = re.compile(
    r"\b(?:chinh phu|thu tuong|quoc hoi|chu tich nuoc|hoi dong thi dua[ ,-]+khen thuong trung uong)\b"
)
_CLUSTER = re.compile(r"\b(?:cum|khoi) (?:thi dua|truong|so|\d|[ivx]+\b)")
_MINISTRY = re.compile(
    r"^(?:bo|uy ban dan toc|thanh tra chinh phu|ngan hang nha nuoc"
    r"|van phong (?:chinh phu|quoc hoi|chu tich nuoc|trung uong))\b"
)
_BELOW = re.compile(
    r"^(?:so|phong|ban quan ly|chi cuc|cuc|trung tam|truong|hoc vien|dai hoc|benh vien|cong ty|tong cong ty|tap doan"
    r"|xi nghiep|hop tac xa|doi|to|van phong|cong doan co so|cong doan|chi bo|chi doan|kho bac|bao hiem xa hoi)\b"
)
# The cities that are run centrally; other cities belong to a province.
_PROVINCE = re.compile(r"\b(?:tinh|thanh pho (?:ha noi|ho chi minh|hai phong|da nang|can tho|hue))\b")
# With their diacritics: "cơ quan" is no "quận", "địa phương" no "phường".
_UNIT = re.compile(r"\b(?:huyện|quận|thị xã|xã(?! hội)|phường|thị trấn|đặc khu)\b")
_THEME = re.compile(r"\b(?:chuyen de|dot thi dua|cao diem|nuoc rut|ngay dem)\b")
_REGULAR = re.compile(r"\b(?:thuong xuyen|hang nam|cong tac nam|nam hoc)\b")


def level_of(launched_by: str | None) -> Level | None:
    """Return the level of the body that launched a movement.

    >>> level_of("ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH"), level_of("Sở Nội vụ tỉnh Hòa Bình"), level_of(None)
    ('ministry', 'unit', None)
    """
    body = fold(launched_by or "")
    if _CLUSTER.search(body):
        return "unit"
    if _MINISTRY.search(body):
        return "ministry"
    if _BELOW.search(body) or _UNIT.search(same_tones(launched_by or "").casefold()):
        return "unit"
    if _PROVINCE.search(body):
        return "ministry"
    if re.search(r"\bthanh pho\b", body):
        return "unit"
    if _CENTRAL.search(body):
        return "central"
    return "ministry" if re.search(r"\b(?:trung uong|viet nam)\b", body) else None


def scope_of(launched_by: str | None, name: str = "") -> Scope | None:
    """Return how wide a movement reaches, by the body that launched it and what its name says.

    >>> scope_of("THỦ TƯỚNG CHÍNH PHỦ"), scope_of("CỤM THI ĐUA SỐ 3"), scope_of("BỘ Y TẾ", "Cả nước chung tay")
    ('nation', 'cluster', 'nation')
    """
    level = level_of(launched_by)
    if level == "central" or re.search(r"\b(?:ca nuoc|toan quoc)\b", fold(name)):
        return "nation"
    return "cluster" if _CLUSTER.search(fold(launched_by or "")) else level


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
