"""What the words of a line say about its zone, tolerant of what OCR makes of them.

Every rule reads folded text (no case, no diacritics), because hooks and tildes are what OCR loses
first. The types are those of Nghị định 30/2020/NĐ-CP, Phụ lục III, and of the Party's Hướng dẫn
36-HD/VPTW.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from pipeline.extract.zones.lines import Printed
from pipeline.text import wording

TYPES = (
    "nghi quyet", "quyet dinh", "chi thi", "quy che", "quy dinh", "thong cao", "thong bao", "huong dan",
    "chuong trinh", "ke hoach", "phuong an", "de an", "du an", "bao cao", "bien ban", "to trinh", "hop dong",
    "cong dien", "ban ghi nho", "ban thoa thuan", "giay uy quyen", "giay moi", "giay gioi thieu", "giay nghi phep",
    "phieu gui", "phieu chuyen", "phieu bao", "thu cong", "phat dong", "ket luan", "loi keu goi", "thong tu",
    "nghi dinh", "luat", "phap lenh", "lenh", "thong tri", "thong tu lien tich", "quyet nghi", "dieu le", "thu keu goi",
    "phieu trinh", "giay xac nhan", "giao uoc thi dua", "ban cam ket", "thong cao bao chi", "sao y", "thu moi",
)  # fmt: skip

_MOTTOES = (
    ("cong hoa xa hoi chu nghia viet nam", 75),
    ("doc lap - tu do - hanh phuc", 75),
    ("dang cong san viet nam", 88),
    ("doan tncs ho chi minh", 93),
    ("doan thanh nien cong san ho chi minh", 93),
)
_OWN_NUMBER = re.compile(r"^\W{0,3}(luat |nghi quyet |phap lenh )?so\s?:?\s?\d{0,5}\s?[/-]\s?[a-z0-9][^\s,;]*\W*$")
_NUMBER_BARE = re.compile(r"^\W{0,2}so\s?[:;.]")
_PLACE_DATE = re.compile(
    r"n[gq]ay.{0,9}t\w?ang.{0,9}n[ao]m\b.{0,12}$|,\s*ngay.{0,30}\d{4}\W*$|,\s*thang\s\d+\W+n?a?m?\s?\d{4}$"
)
_ABOUT = re.compile(r"^\W{0,2}(v\s?[/.,]\s?[vw]\b|ve viec\b|w/v\b|v[/.]v)")
_POSITION = re.compile(
    r"^\W{0,3}(quyen |q\. ?)?(pho |thu |tong )?(chu tich|chu nhiem|bi thu|giam doc|tong giam doc|cuc truong|"
    r"vu truong|truong (ban|phong|doan|khoa|cum|khoi)|hieu truong|chanh (van phong|thanh tra|an)|vien truong|"
    r"bo truong|thu truong|thu tuong|thong doc|tong thanh tra|chi cuc truong|doi truong|tran truong|to truong|"
    r"chu toa|thu ky|chu tri|nguoi (ghi|lap|ky)|pho|thuong truc|dai dien|kiem tra|van phong)\b"
)
_BODY = re.compile(
    r"^\W{0,2}(can cu|thuc hien|xet |theo (de|chi|ket|noi|tinh|cong|to|quyet|chuong|ke|thong)|tiep theo|"
    r"trien khai|nham |de (thuc|trien|tiep|dam|bao|co|kip|gop|chuan|day|nang|phat|chu|tang)|hom nay|"
    r"trong (thoi|nhung|nam|cac|qua|tinh|boi)|nam (hoc )?\d{4}|ngay \d|vao (luc|hoi)|hoi \d|sau khi|phuc dap|"
    r"tra loi|qua |nhan |vua qua|hien nay|dieu 1\b|chuong (i|1)\b|phan (i|1|thu)\b|(i|a|1)\s?[./)]\s?\S|"
    r"quyet (dinh|nghi)\s?:|chi thi\s?:|tiep nhan|luat |so \w+ nhan duoc|"
    r"uy ban nhan dan .{3,60} (nhan|ban|da|yeu|de) )"
)
_ENACTING = re.compile(r"^\W{0,2}(quyet (dinh|nghi)|chi thi|ra lenh|thong nhat)\s?:?\W*$")
_INVITES = re.compile(r"^\W{0,2}(.{4,90} )?(tran trong )?kinh moi\b")
_MARKS = ("khan", "mat", "hoatoc", "thuongkhan", "toimat", "tuyetmat", "hoatochengio")
_APPENDIX = re.compile(
    r"^\W{0,2}(phu luc|phu bieu|bieu mau|mau so|mau \d|bieu so|danh sach|bang tong hop|"
    r"\(?\s?(ban hanh )?(kem|dinh kem) theo)\b"
)
_ATTACHED = re.compile(r"^\W{0,2}(ban hanh |duoc ban hanh |kem theo|dinh kem).{0,20}(kem theo|theo|so)")
_RULE = re.compile(r"^[\W_]+$")
_ARRIVAL = re.compile(
    r"^\W{0,4}((cong van|van ban|cv)\s+)?d[eao]n\b(?!\s+(ngay|het|nam|thang|truoc)).{0,24}$|"
    r"^\W{0,3}(so|ngay) den\b|^\W{0,3}chuyen\s?[:.].{0,30}$|^\W{0,3}(luu ho so|so va ky hieu hs|kinh chuyen)\b|"
    r"^\W{0,4}gio\s?[:.].{0,20}$|^\W{0,3}ngay\s?[:.]?[\s\d./-]{4,16}\W*$"
)
_AGENCY = re.compile(
    r"^\W{0,3}(ubnd|uy ban|hdnd|hoi dong|so |bo |cuc |chi cuc|tinh |huyen |thanh pho|hoi |lien doan|ldld|dang bo|"
    r"truong |cong ty|tong |vien |toa an|mat tran|doan |benh vien|ban )"
)
_NAME = re.compile(
    r"^\W{0,4}(ths|ts|pgs|gs|bs|cn|ks|bscki+|thac si|tien si|dai ta|thuong ta|trung ta|thieu tuong)?\.?\s*"
    r"\w+(\s\w+){1,4}\W{0,3}$"
)


def motto(line: Printed) -> bool:
    """Quốc hiệu, tiêu ngữ, or the Party's and the Youth Union's in their place."""
    text = line.folded.strip(" .,-_*|")
    return any(
        fuzz.ratio(phrase, text) >= least
        or (len(phrase) <= len(text) < len(phrase) + 14 and fuzz.partial_ratio(phrase, text) >= least + 8)
        for phrase, least in _MOTTOES
    )


def motto_kind(line: Printed) -> bool:
    """The first line of a head's right column: quốc hiệu or the Party's name."""
    text = line.folded.strip(" .,-_*|")
    return wording.capitals(line.text) and any(fuzz.ratio(p, text) >= least for p, least in (_MOTTOES[0], _MOTTOES[2]))


def number(line: Printed) -> bool:
    """Số: 13/KH-ABC."""
    return len(line.text) < 60 and bool(wording.NUMBER.match(line.folded) or _NUMBER_BARE.match(line.folded))


def own_number(line: Printed) -> bool:
    """Số: 13/2020/HĐ-ABC alone on a line, as contracts and laws bear it below their title."""
    return len(line.text) < 60 and bool(_OWN_NUMBER.match(line.folded))


def place_date(line: Printed) -> bool:
    """A place and its date alone on a line."""
    return len(line.text) < 75 and bool(_PLACE_DATE.search(line.folded))


def about(line: Printed) -> bool:
    """V/v or Về việc."""
    return bool(_ABOUT.match(line.folded))


def addressees(line: Printed) -> bool:
    """Kính gửi."""
    return bool(wording.ADDRESSEES.match(line.folded))


def recipients(line: Printed) -> bool:
    """Nơi nhận."""
    return bool(wording.RECIPIENTS.match(line.folded)) and len(line.text) < 40


def authority(line: Printed) -> bool:
    """TM., KT., TL., TUQ., Q. before capitals."""
    return len(line.text) < 90 and bool(wording.AUTHORITY.match(line.folded)) and wording.capitals(line.text)


def position(line: Printed) -> bool:
    """A signer's position in capitals."""
    return len(line.text) < 80 and line.upper and bool(_POSITION.match(line.folded))


def title(line: Printed) -> bool:
    """The name of a type, in capitals, alone or with the first words of the subject."""
    if line.text.rstrip().endswith(":") or not wording.capitals(line.text):
        return False
    text = re.sub(r"^\W+|\W+$|^\w\s|^ban (?=quy|ke|huong|de)", "", line.folded)
    close = text.replace(" ", "")
    return any(_near(name.replace(" ", ""), close) or text.startswith(name + " ") for name in TYPES)


def _near(name: str, read: str) -> bool:
    """Tell whether letters are those of a type's name; of a short one none may be lost: THƯỞNG is no THƯ CÔNG."""
    return fuzz.ratio(name, read) >= 86 and (len(name) > 8 or len(read) >= len(name))


def body(line: Printed) -> bool:
    """Words with which a body begins."""
    opens = bool(_BODY.match(line.folded)) and not line.upper
    return opens or bool(_ENACTING.match(line.folded) and ":" in line.text)


def invites(line: Printed) -> bool:
    """A sentence that invites: … trân trọng kính mời."""
    return bool(_INVITES.match(line.folded)) and not line.upper


def marks(line: Printed) -> bool:
    """A mark of urgency or secrecy; print is taken at its letters: HÒA LỘC is a place."""
    letters = re.sub("[^a-z]", "", line.folded)
    misread = line.confidence is not None and len(letters) > 4
    near = letters in _MARKS or (misread and any(fuzz.ratio(letters, mark) >= 80 for mark in _MARKS))
    return near and len(line.text) < 30 and wording.capitals(line.text)


def appendix(line: Printed) -> bool:
    """The first words of an appendix."""
    return bool(_APPENDIX.match(line.folded)) and len(line.text) < 120


def attached(line: Printed) -> bool:
    """A note that what follows was issued with another document."""
    return bool(_ATTACHED.match(line.folded.lstrip("( ")))


def rule(line: Printed) -> bool:
    """No letter or digit at all."""
    return bool(_RULE.match(line.folded))


def page_number(line: Printed) -> bool:
    """A page's number."""
    return bool(wording.PAGE_NUMBER.match(line.folded))


def digital(line: Printed) -> bool:
    """A line of a digital signature's box."""
    return wording.signed_digitally(line.folded)


def agency(line: Printed) -> bool:
    """The name of a body in capitals."""
    return line.upper and bool(_AGENCY.match(line.folded))


def arrival(line: Printed) -> bool:
    """A line of an arrival stamp."""
    return bool(_ARRIVAL.match(line.folded))


def closed(line: Printed) -> bool:
    """A line that ends the text: ./."""
    return bool(re.search(r"\.\s?/\s?\.?\W*\w{0,4}\W*$", line.text)) and not line.dashed


def filing(line: Printed) -> bool:
    """Lưu: VT, the last line of Nơi nhận."""
    return len(line.text) < 70 and bool(wording.FILING.match(line.folded))


def stamped(line: Printed) -> bool:
    """The moment of a digital signature."""
    return bool(wording.STAMPED.search(line.folded))


def person(line: Printed) -> bool:
    """A name of a person: two to five words that begin with capitals."""
    words = [word for word in re.split(r"[\s.]+", line.text.strip(" .,:;|'`")) if word]
    capital = [word for word in words if word[:1].isupper()]
    return 2 <= len(words) <= 7 and len(capital) == len(words) and not line.upper and bool(_NAME.match(line.folded))
