"""Which parts of which types of dispatch hold tasks, by the words of their headings."""

from __future__ import annotations

import re
from typing import Literal

from rapidfuzz import fuzz

from pipeline.extract.directives import orders
from pipeline.extract.directives.outline import Item, heading
from pipeline.text.unicode import fold

Kind = Literal["decision", "letter", "report", "submission", "invitation", "notice", "minutes", "other"]

_TYPES: tuple[tuple[str, Kind], ...] = (
    ("quyet dinh", "decision"),
    ("nghi quyet", "decision"),
    ("bao cao", "report"),
    ("to trinh", "submission"),
    ("giay moi", "invitation"),
    ("thu moi", "invitation"),
    ("thong bao", "notice"),
    ("bien ban", "minutes"),
)
_IDLE = re.compile(
    r"^\W{0,3}(muc dich|muc tieu|chu de\b|yeu cau\b(?! [a-z]+ cac)|can cu|"
    r"co so (phap ly|thuc tien)|su can thiet|dac diem|"
    r"tinh hinh|"
    r"boi canh|thuc trang|(?:cac |nhung )?van ban (?:[a-z]+ ){0,2}(?:ap dung|lien quan)|"
    r"ket qua|danh gia|nhan xet|uu diem|ton tai|han che|khuyet diem|nguyen nhan|thuan loi|kho khan|"
    r"bai hoc|khai niem|giai thich|pham vi|quan diem|chi tieu|mot so ket qua|nhung (ket qua|han che)|qua trinh|"
    r"ly do|y nghia)"
)
_AIMS = re.compile(r"^\W{0,3}(muc dich|muc tieu|chi tieu|quan diem|y nghia)\b")
PARTICULARS = re.compile(
    r"^\W{0,3}(?:ve )?(thanh phan|thoi gian|thoi diem|dia diem|doi tuong|kinh phi|hinh thuc|noi dung cuoc hop|tai lieu|"
    r"chu tri\s?:|trang phuc|"
    r"phuong tien|ghi chu|luu y|lien he)(?!\w)"
)
_BINDS = re.compile(
    r"\b(phai|co trach nhiem|gui (?:[a-z]+ ){0,5}(?:ve|truc tiep)|nop (?:ve|cho|tai)|het ngay|cham nhat|truoc ngay)\b"
)
"""Words that make a duty of a particular: `Thời gian đăng ký: … hồ sơ gửi về …`, `Trang phục: phải mặc …`."""
_FORWARD = re.compile(
    r"(nhiem vu|phuong huong|chuong trinh (?:cong tac|hoat dong)|"
    r"giai phap|kien nghi|de xuat|de nghi|to chuc thuc hien|ke hoach|trong tam|"
    r"cong tac .{0,30}thoi gian toi)"
)
_FORWARD_ITSELF = re.compile(rf"\W{{0,3}}(?:(?:cac|mot so|nhung|ve|phan) )*{_FORWARD.pattern}")
_SUBMITS = re.compile(
    r"(kinh (trinh|de nghi|mong|xin)|(trinh|de nghi|de xuat|tham muu|kien nghi|xin) (thuong truc )?(hdnd|ubnd|uy ban|"
    r"hoi dong|chu tich|"
    r"bo |thu tuong|chinh phu|ban thuong vu|tinh uy|giam doc|cap co tham quyen|quy co quan)|^\W{0,3}(de nghi|"
    r"kien nghi|de xuat)\b"
    r"(?! cua)|trinh .{3,80}(xem xet|quyet dinh|noi dung|phe duyet))"
)

_TABLE_HEAD = re.compile(r"\W*s?tt\W+(?:[a-z]+ ){0,3}(?:noi dung|cong viec|nhiem vu|ten|ho va ten|hoat dong)\b")
"""The first words of a table of tasks or names: `STT Công việc Thời gian Người thực hiện`."""


def kind_of(title: str | None) -> Kind:
    """Return what kind of dispatch a title names; a dispatch without a title is a letter."""
    if not title:
        return "letter"
    folded = re.sub(r"^\W*\w?\s|\W+$", "", " " + fold(title))
    for name, kind in _TYPES:
        if fuzz.partial_ratio(name, folded[:24]) >= 86:
            return kind
    return "other"


def operative(item: Item, kind: Kind) -> bool:
    """Tell whether a labelled item stands in a part that orders."""
    line = list(item.line())
    folded = [fold(at.head) for at in line]
    if item.article is not None:
        return True
    if any(_idle(at, text) for at, text in zip(line, folded, strict=True)):
        return False
    if PARTICULARS.match(folded[0]) and not orders.asks(item.text):
        told = fold(item.text[len(item.head) :]) or folded[0].partition(":")[2] or folded[0]
        binding = kind != "invitation" and _BINDS.search(told)
        return bool(binding or (folded[0].startswith("kinh phi") and orders.works(item.text.partition(":")[2].strip())))
    if any(PARTICULARS.match(text) and heading(at.head) for at, text in zip(line[1:], folded[1:], strict=True)):
        return False
    if not item.children and len(item.passages) == 1 and heading(item.head) and _capitals(item.head):
        return False
    if _tabular(item):
        return False
    if kind == "report":
        return any(_FORWARD.search(text[:160]) for text in folded[1:]) or bool(_FORWARD_ITSELF.match(folded[0]))
    if kind == "submission":
        return any(_SUBMITS.search(fold(at.text)) for at in line)
    if kind in {"invitation", "minutes"}:
        return orders.orders(item.text)
    return True


def _idle(item: Item, folded: str) -> bool:
    """Tell whether a heading opens background, results or aims."""
    if not _IDLE.match(folded):
        return False
    return heading(item.head) or bool(_AIMS.match(folded)) or ":" in item.head[:60]


def _tabular(item: Item) -> bool:
    """Tell a table's rows, read as text, from tasks: a rule begins the item, or a table's head follows its heading."""
    below = item.passages[1].view.text if len(item.passages) > 1 else ""
    return item.head.startswith("| ") or (heading(item.head) and _TABLE_HEAD.match(fold(below)) is not None)


def _capitals(text: str) -> bool:
    letters = [char for char in text.partition("(")[0] if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= 0.8 * len(letters)
