"""Who issued a document, from the words beside its number: `… của Bộ Chính trị về …`, `Sở Tư pháp tại Công văn số …`.

>>> text = "số 12/QĐ-UBND của Chủ tịch Ủy ban nhân dân tỉnh về việc khen thưởng"
>>> text[slice(*issuer_after(text, 13))]
'Chủ tịch Ủy ban nhân dân tỉnh'
"""

from __future__ import annotations

import re

from pipeline.text.unicode import flat, same_tones

_HEADS = (
    "chinh phu", "thu tuong", "chu tich", "quoc hoi", "uy ban", "uy vien", "ubnd", "ubmttq", "ubmt", "hdnd",
    "hoi dong", "bo", "ban", "so", "cuc", "tong cuc", "vu", "vien", "van phong", "thanh tra", "phong",
    "trung tam", "truong", "chi cuc", "tinh uy", "thanh uy", "huyen uy", "quan uy", "thi uy", "dang uy",
    "thuong truc", "thuong vu", "trung uong", "dang bo", "hoi", "hiep hoi", "lien hiep", "lien doan",
    "tong lien doan", "ldld", "cong doan", "doan", "tinh doan", "thanh doan", "huyen doan", "mat tran",
    "tong cong ty", "cong ty", "tap doan", "tong giam doc", "giam doc", "hieu truong", "dai hoc", "hoc vien",
    "nha truong", "benh vien", "toa an", "vien kiem sat", "kiem toan", "ngan hang", "kho bac", "bao hiem",
    "cong an", "bo chi huy", "quan khu", "lien bo", "lien nganh", "cum", "khoi", "doan chu tich", "bi thu",
    "lanh dao",
)  # fmt: skip
"""How the name of a body or of an office begins, flat, the longer ones found first."""

_HEAD = "|".join(sorted(_HEADS, key=len, reverse=True))
_OFFICE = rf"(?:{_HEAD})\b(?!\s(?:hanh|nghi|thao|y kien|dong thoi)\b)"
_BEGINS = re.compile(_OFFICE)
_DOCUMENT = re.compile(
    r"(?:nghi (?:quyet|dinh)|quyet dinh|thong (?:tu|bao)|ke hoach|cong van|chi thi|ket luan|luat|bo luat|chuong trinh|"
    r"to trinh|huong dan|bao cao|quy (?:dinh|che)|phap lenh|de an|dieu le|van ban)\b"
)
_GOVERNMENT = re.compile(r"(?:thu tuong )?chinh phu\b")
_BETWEEN = re.compile(r"\bgiua\s+$")

_CONTINUES = (
    r"the thao|chua benh|khen thuong|chong|gia dinh|tre em|truyen thong|du lich|dao tao|cong nghe|xa hoi|"
    r"moi truong|phat trien|nong thon|dau tu|thong tin|thuong mai|thuong binh|nhan dan|tim kiem|"
    r"luu tru|phong chong|vien chuc|cong chuc|lao dong|gioi tre|chau|kinh doanh|dong vien|hoan thien|dieu hanh|"
    r"ho tro|dieu tri|chua chay|cuu nan|kiem dich|kiem soat|bao ve|phuc hoi|phat thanh|truyen hinh|khoa hoc|"
    r"dich vu|quan ly|thong ke|tu van|an toan|vat tu|thiet bi|giai phap|tai chinh|ngan sach|phap luat|tu phap|"
    r"noi vu|the duc|van hoa|thao|san xuat|xay dung|toi pham|te nan|ma tuy|tieu cuc|lang phi|tham nhung|cuu ho|"
    r"cong thuong|dan toc|ton giao|giao duc|nhi dong|thieu nien|phu nu|nghe thuat|an ninh|trat tu|doi ngoai|"
    r"hop tac|doi moi|sang tao|chuyen doi|kien truc|quy hoach|ky thuat|bao hiem|phap y|my pham|thuc pham|giam ngheo"
)
"""What may follow a comma or và within one name: Văn hóa, Thể thao và Du lịch."""

_VERBS = (
    r"(?<!bao )ve|v\s?/\s?v|vv|quy dinh|qui dinh|ban hanh|huong dan|thuc hien|trien khai|phe duyet|cong bo|"
    r"thanh lap|sua doi|bo sung|thay the|bai bo|giao|cho|tai|gui|de nghi|yeu cau|thong bao|to chuc|"
    r"xay dung(?!\sphong trao)|kien toan|phan cong|dieu chinh|cong nhan|tang cuong|day manh|tiep tuc|xet|tang|cu the|"
    r"trong do|nhu|theo|duoc|da|ngay|nam|ky|so\s?\d|trinh|chi dao|phuc vu|nham|co|kem|de|khi|neu|noi|voi|"
    r"lay|bao cao|chuyen|moi|trieu tap|dong y|thong nhat|nhiem ky|giai doan|dang|nhan duoc|"
    r"thanh\s(?!pho|tra|uy|nien|doan|hoa|thieu|vien)|den|tren|trong|cung|bao dam|va cac|va nhung|va theo|"
    r"y kien|va y kien|"
    r"dat|ra soat|tong hop|cap nhat|tham muu"
)
_SPELLED = {
    "tai": "tại",
    "da": "đã",
    "noi": "nơi",
    "moi": "mời",
    "dang": "đăng",
    "tang": "tặng",
    "dat": "đạt",
    "ky": "ký",
    "giao": "giao",
    "duoc": "được",
    "cho": "cho",
    "khi": "khi",
    "co": "có",
    "cung": "cùng",
}
"""Words that end a name only with these marks: tại but not tải, được but not dược."""

_CAPITAL_VERBS = r"Về|V/v|Quy định|Qui định|Hướng dẫn|Ban hành|Phê duyệt|Vê|Triển khai|Thực hiện"
_MARK = r"[;:)\[\]“”\"‘.…]|\s-\s(?!\w+ )|\((?![a-z&.]{2,9}\)\s\w)"
_END = re.compile(rf"\s*(?:{_MARK}|(?:,|\bva\b)(?!\s?(?:{_CONTINUES})\b)|\b(?:{_VERBS})\b)")
_CAPITAL_END = re.compile(rf"\s+(?:{_CAPITAL_VERBS})\b")
_LINKS = re.compile(r"[\s,.]*(?:\(?\s?(?:cua|do|giua)\s+)")
_LONGEST = 110

_BEFORE = re.compile(
    r"\s+(?:da\s|vua\s)?(?:co|ban hanh|ky ban hanh|gui|nhan duoc|chi dao|gop y|co y kien|bao cao|de nghi|trinh)?\s?"
    r"(?:tai(?:\snoi dung)?|ban hanh|co)\s+(?:cac\s+)?$|\s+(?:da\s)?co y kien(?:\s\w+){0,2}\stheo\s+$"
)
_OF_LIST = re.compile(r":\s$")
_UNIT = r"(?:ban|phong|khoa)\b"
_RANKS = re.compile(
    rf"(?:pho\s)?(?:giam doc|chanh van phong|truong(?=\s{_UNIT})(?!\s{_UNIT}\s{_UNIT})|truong {_UNIT}(?=\s{_UNIT})"
    r"|(?:cuc|chi cuc|vu) truong(?=\s(?:cuc|chi cuc|vu)\b))\s+"
)
"""The rank of a head before the name of the body: `Giám đốc Sở …`, `Trưởng phòng Phòng …`, `Trưởng` of `Trưởng ban`."""


def issuer_after(text: str, start: int) -> tuple[int, int] | None:
    """Return where the issuer stands that begins right at `start`, after `của`, `do`, `giữa` or by itself."""
    plain = flat(text[start : start + _LONGEST + 20])
    link = _LINKS.match(plain)
    begin = link.end() if link else len(plain) - len(plain.lstrip())
    if begin >= len(plain):
        return None
    if not link and not (text[start + begin].isupper() and _BEGINS.match(plain, begin)):
        return None
    end = _ends(text[start : start + len(plain)], plain, begin)
    if end - begin < 2 or not any(char.isupper() for char in text[start + begin : start + end]):
        return None
    return start + begin, start + end


def issuer_before(text: str, end: int) -> tuple[int, int] | None:
    """Return where the issuer stands that ends before `end`: `Sở Tư pháp tại`, `Bộ Nội vụ có`, `UBND tỉnh ban hành`."""
    left = max(0, end - _LONGEST - 30)
    plain = flat(text[left:end])
    link = _BEFORE.search(plain) or _OF_LIST.search(plain)
    if not link:
        return None
    starts = [
        match.start()
        for match in re.finditer(rf"(?<!\w){_OFFICE}", plain[: link.start()])
        if text[left + match.start()].isupper() and not re.search(r"[;:.()“”\"]", plain[match.start() : link.start()])
    ]
    listed = plain[link.start()] == ":"
    for at in starts:
        if listed and not plain[:at].endswith("cua "):
            continue
        if _ends(text[left : left + link.start()], plain[: link.start()], at) >= link.start():
            rank = _RANKS.match(plain, at)
            return left + (rank.end() if rank else at), left + link.start()
    return None


def _ends(text: str, plain: str, begin: int) -> int:
    """Return where the name that begins at `begin` ends: at the first word or mark that no name goes on with."""
    limit = min(len(plain), begin + _LONGEST)
    capital = _CAPITAL_END.search(text, begin + 1, limit)
    limit = capital.start() if capital else limit
    government = _GOVERNMENT.match(plain, begin)
    if government and not _BETWEEN.search(plain, 0, begin):
        return government.end()
    for match in _END.finditer(plain, begin + 1, limit):
        if _ends_name(text, begin, match):
            return len(text[: match.start()].rstrip())
    return len(text[:limit].rstrip())


def _ends_name(text: str, begin: int, match: re.Match[str]) -> bool:
    """Tell whether a word or mark that can end a name does so here."""
    word = text[match.start() : match.end()].strip()
    rest = text[match.end() :].lstrip(" ˆ'’`~")
    if word == ")":
        return "(" not in text[begin : match.start()]
    if word == ",":  # Cục Quản lý Y, Dược cổ truyền; but: Bộ Y tế, Sở Y tế, Kế hoạch số …
        other = _BEGINS.match(flat(rest[:20])) or _DOCUMENT.match(flat(rest[:20]))
        return not rest[:1].isupper() or other is not None or " " not in rest
    if word == ".":  # a speck inside a name
        return not rest[:1].islower()
    if word.casefold() == "và":
        return not rest[:1].isupper() or _DOCUMENT.match(flat(rest[:20])) is not None
    spelled = _SPELLED.get(flat(word))
    return not word[:1].isupper() and (spelled is None or same_tones(word) == spelled)
