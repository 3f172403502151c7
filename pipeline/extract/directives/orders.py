"""What makes a paragraph an order: verbs that ask, verbs of the work asked for, days by which to hand in."""

from __future__ import annotations

import re

from pipeline.extract.directives.verbs import first_verb
from pipeline.text.unicode import fold

_ACTOR = (
    r"(?=[A-ZĐÀ-Ỹ]|các\b|thủ trưởng|lãnh đạo|chủ tịch|giám đốc|quý|đơn vị|đồng chí|toàn|mỗi|phòng|ban\b|cơ quan|"
    r"ông|bà\b|"
    r"trưởng|đại diện|cán bộ|sinh viên|học (?:viên|sinh)|giáo viên|(?:đoàn|hội|thành|đảng) viên|nhân dân|doanh nghiệp|"
    r"giảng viên|hội\b|những|hai|người|đại biểu|tập thể|cá nhân|bộ phận|sở\b|ubnd|ủy ban|"
    r"uỷ ban|"
    r"công đoàn|xã\b|huyện\b)"
)
_ASKS = re.compile(
    r"(?<!theo )(?<!được )(?<!đã )(?<!xét )(?<!tại )(?<!văn bản )(?<!hồ sơ )(?<!có )(?<!an )"
    r"\b((?:[Kk]ính |[Tt]rân trọng )?(?:[ĐđÐ][ềể] n?gh?ị|[Yy]êu(?: ?\W{0,2} ?c[ầâ]u?|(?= [A-ZĐ]))|"
    r"[Gg]iao(?! ban\b)(?: cho)?|[Ủủ]y quyền(?: cho)?|"
    r"[Pp]hân công|[Kk]ính mời|[Tt]riệu tập|[Rr]ất mong|[Kk]ính mong|chỉ đạo|[Kk]ính trình|[Yy]êu cầu|[Đđ]ề nghị|"
    r"kêu gọi))\s+" + _ACTOR
)
PRESS = re.compile(r"^\W{0,2}(?:Báo|Đài) [A-ZĐÀ-Ỹ]")
"""A newspaper or a station, which folding would make one with báo cáo and đại diện."""
_RECEIVED = re.compile(r"\S nhận được\b|\b(?:tại|có) (?:[Cc]ông văn|[Vv]ăn bản|[Tt]ờ trình|[Bb]áo cáo)\b")
_HANDS_IN = re.compile(
    r"\b(gui|nop|dang ky|bao cao|hoan thanh|hoan chinh|phan hoi|tra loi|xac nhan|gop y)\b.{0,200}"
    r"\b(truoc|cham nhat|han chot|han cuoi|muon nhat|den het)\b[^.;]{0,20}\bngay \d"
)
_PAST = re.compile(
    r"\b(da|vua qua|trong thoi gian qua|con nhieu|van con|chua dat|dat duoc|nhan duoc|co su|co the|thong bao de)\b"
)
_SUBJECT = re.compile(
    r"^(cac(?! (van ban|noi dung|tai lieu|chi tieu|tieu chi|quy dinh|mau|hoat dong|nhiem vu|hinh thuc)\b)|"
    r"moi(?! (thong tin|vuong mac|chi tiet))|toan|thu truong|giam doc|truong|truong phong|chanh|chu tich|"
    r"phong(?! trao)|ban|so|ubnd|uy ban|hoi(?! nghi)|"
    r"khoi|sinh vien|"
    r"giang vien|phu huynh|hoc sinh|don vi|co quan|ca nhan|tap the|cong doan|dang uy|cap uy|chi bo|doan|mat tran|"
    r"bo phan|"
    r"trung tam|van phong|vien|cuc|chi cuc|ldld|can bo|giao vien|nguoi|cong an|kho bac|lien doan|truong)\b"
)


def asks(text: str) -> re.Match[str] | None:
    """Return the words by which a paragraph asks or orders somebody, None if it does neither.

    What a letter received asked for is none: `Sở Y tế nhận được Công văn … đề nghị các Sở …`.
    """
    for match in _ASKS.finditer(text):
        clause = re.split(r"[,.;:] ", text[: match.start()])[-1]
        if not _RECEIVED.search(clause):
            return match
    return None


def orders(text: str) -> bool:
    """Tell whether an unlabelled paragraph orders, asks or plans something to be done."""
    return bool(asks(text)) or bool(_HANDS_IN.search(fold(text))) or works(text)


def informs(folded: str) -> bool:
    """Tell whether a paragraph only lets somebody know: … thông báo để các đơn vị biết."""
    return bool(re.search(r"\b(thong bao|kinh bao|bao cao)\b.{2,120}\bbiet\W*$", folded))


def works(text: str) -> bool:
    """Tell whether a paragraph begins with those who shall act and then what they shall do."""
    return bool(_SUBJECT.match(fold(text).lstrip("-+ ")) or PRESS.match(text)) and does(text)


def does(text: str) -> bool:
    """Tell whether those with whom a text begins shall do something: no fact of the past, nothing done to them."""
    folded = fold(text).lstrip("-+ ")
    found = first_verb(text)
    if found is None:
        return False
    before = folded[: found[0]]
    return len(before) < 160 and not _PAST.search(before) and not re.search(r"\b(duoc|la|co|khong|se|cua)\s*$", before)


def commands(text: str) -> bool:
    """Tell whether a bullet orders something: it begins with a verb of work, or with who shall do it."""
    text = text.lstrip("-–+ ")
    found = first_verb(text)
    return (found is not None and found[0] == 0) or orders(text)
