"""A catalogue of any number of invented dispatches, the same each time, with rows in every table.

Words are drawn as they are in real dispatches: few are everywhere, most are rare.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, islice

from pipeline import store
from pipeline.store.rows import Row

_COMMON = """và của các công tác thực hiện tổ chức về cho đơn vị cán bộ nhân dân ủy ban thi đua khen thưởng phong trào
    lao động kế hoạch báo cáo hướng dẫn quyết định chỉ đạo tỉnh huyện xã phường năm tháng ngày nhiệm vụ kết quả theo quy
    định được có trong với đến từ tại trên những một số điều khoản luật nghị chính phủ trung ương đảng đoàn viên công
    nhân viên chức giáo dục y tế văn hóa xã hội kinh tế phát triển xây dựng nông thôn mới đời sống tập thể cá nhân thành
    tích xuất sắc gương điển hình tiên tiến học tập tấm phong cách đạo đức tuyên truyền vận động triển khai kiểm tra
    giám sát đánh giá tổng kết sơ nội dung hình thức thời gian địa điểm kinh phí đề xuất tham mưu phối hợp"""
_HEADS = "b c ch d đ g gi h kh l m n ng nh ph qu s t th tr v x"
_RIMES = "an áng ạnh ầu ập ất ênh ệp ích iên iểu ỉnh ọc oàn oạt ộc ông ợp ơi ua uân ục uyên ưng ửu ượt ươm"
COMMON = tuple(dict.fromkeys(_COMMON.split()))
RARE = tuple(head + rime for head in _HEADS.split() for rime in _RIMES.split())
VOCABULARY = (*COMMON, *RARE)
_WEIGHTS = tuple(accumulate(1 / (rank + 8) for rank in range(len(VOCABULARY))))

PLACES = tuple(f"{kind} {a} {b}" for kind in ("huyện", "thị xã") for a in ("Bình", "Tân", "An", "Phú", "Long")
               for b in ("Lạc", "Sơn", "Thủy", "Điền", "Khánh", "Giang", "Xuyên", "Hưng"))  # fmt: skip
BODIES = ("ỦY BAN NHÂN DÂN", "LIÊN ĐOÀN LAO ĐỘNG", "HUYỆN ỦY", "PHÒNG NỘI VỤ", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO")
TYPES = (("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Báo cáo", "BC"), ("Công văn", None), ("Tờ trình", "TTr"),
         ("Thông báo", "TB"), ("Hướng dẫn", "HD"), ("Giấy mời", "GM"), ("Chỉ thị", "CT"))  # fmt: skip
NAMES = tuple(f"{a} {b} {c}" for a in ("Nguyễn", "Trần", "Lê", "Đỗ", "Hoàng", "Bùi") for b in ("Văn", "Thị", "Đức")
              for c in ("An", "Bình", "Đông", "Hòa", "Khải", "Nam", "Páo", "Sơn"))  # fmt: skip
MOVEMENTS = tuple(f"{a}, {b}" for a in ("Xanh nhà", "Lao động giỏi", "Đường hoa", "Ba tốt", "Sáng kiến")
                  for b in ("sạch xưởng", "nếp sống mới", "mỗi tuần", "vì dân", "đơn vị"))  # fmt: skip
BATCH = 2000


def words(rng: random.Random, count: int) -> str:
    """Return so many words as they come in dispatches."""
    return " ".join(rng.choices(VOCABULARY, cum_weights=_WEIGHTS, k=count))


def fill(connection: sqlite3.Connection, count: int) -> None:
    """Write so many dispatches with their claims; the index is left to be built."""
    made = (_rows(random.Random(number), number) for number in range(count))
    while batch := list(islice(made, BATCH)):
        with store.transaction(connection):
            for table in batch[0]:
                store.insert(connection, table, (row for rows in batch for row in rows[table]))


def _rows(rng: random.Random, number: int) -> dict[str, list[Row]]:
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    type_name, code = rng.choice(TYPES)
    body, place = rng.choice(BODIES), rng.choice(PLACES)
    agency = f"{body} {place.upper()}"
    notation = f"{code or place[0].upper()}-{''.join(word[0] for word in body.split())}"
    day = date(2015, 1, 1) + timedelta(days=rng.randrange(3900))
    movement = rng.choice(MOVEMENTS)
    subject = f"phong trào “{movement}” {words(rng, 8)}" if rng.random() < 0.3 else words(rng, rng.randint(6, 16))
    paragraphs = [words(rng, rng.randint(15, 70)) for _ in range(8)]
    text = "\n".join([agency, f"Số: {number % 900 + 1}/{notation}", type_name, subject, *paragraphs])
    dispatch_id = sha256[:16]
    dispatch: Row = {
        "dispatch_id": dispatch_id, "source_path": f"{day.year}/{number:06}.pdf", "sha256": sha256,
        "media_type": "application/pdf", "origin": "scan", "page_count": 2, "language": "vi", "agency": agency,
        "number": str(number % 900 + 1), "notation": notation, "type_name": type_name, "type_code": code,
        "subject": subject, "place": place, "issued_on": day.isoformat(), "signer_name": rng.choice(NAMES),
        "signer_position": "CHỦ TỊCH", "text": text, "ocr_confidence": 0.9, "confidence": 0.9,
        "review_state": rng.choice(("machine", "machine", "needs_review")), "pipeline_version": "0",
        "ingested_at": "2026-01-01T00:00:00",
    }  # fmt: skip
    due = (day + timedelta(days=40)).isoformat()
    kinds: dict[str, list[Row]] = {
        "zones": [{"text": piece, "kind": "body"} for piece in (agency, subject)],
        "paragraphs": [{"text": paragraph, "level": 0} for paragraph in paragraphs],
        "fields": [
            {"text": str(dispatch[name]), "name": name, "value": dispatch[name]}
            for name in ("agency", "number", "notation", "type_name", "subject", "issued_on", "signer_name")
        ],
        "recipients": [
            {"text": name, "name": name, "block": "recipient", "archive": False}
            for name in (f"{rng.choice(BODIES).capitalize()} {rng.choice(PLACES)}" for _ in range(4))
        ],
        "movements": [
            {"text": movement, "name": movement, "kind": "movement", "movement_id": movement.lower(),
             "launched": rng.random() < 0.1, "launched_by": agency, "period_start": day.isoformat(),
             "period_end": due, "mentions": rng.randint(1, 5)}
        ] if movement in subject else [],
        "dates": [{"text": due, "start": due, "end": due, "precision": "day", "role": "deadline"}],
        "references": [
            {"text": "Kế hoạch 12/KH-UBND", "type_name": "Kế hoạch", "number": str(rng.randint(1, 900)),
             "notation": "KH-ỦBND", "relation": rng.choice(("basis", "carries_out", "mentions"))}
            for _ in range(2)
        ],
        "directives": [
            {"text": paragraph, "assignees": [rng.choice(PLACES)], "deadline": due if rng.random() < 0.3 else None}
            for paragraph in paragraphs[:4]
        ],
    }  # fmt: skip
    source: Row = {"source_path": dispatch["source_path"], "sha256": sha256, "size": 90_000, "state": "done",
                   "dispatch_id": dispatch_id, "seconds": 2.0, "attempts": 1, "gone": False}  # fmt: skip
    tags: list[Row] = [{"dispatch_id": dispatch_id, "tag": rng.choice(("khen", "lưu", "gấp")), "change_id": "c"}]
    return {
        "dispatches": [dispatch],
        **{name: list(_claims(dispatch_id, rows)) for name, rows in kinds.items()},
        "sources": [source],
        "tags": tags if number % 3 == 0 else [],
    }


def _claims(dispatch_id: str, rows: list[Row]) -> Iterator[Row]:
    for ordinal, row in enumerate(rows, 1):
        yield {
            "dispatch_id": dispatch_id, "ordinal": ordinal, "char_start": 10, "char_end": 20, "page": 1, "x0": 60.0,
            "top": 100.0, "x1": 300.0, "bottom": 115.0, "confidence": 0.9, "ocr_confidence": 0.8, "author": "rule:x",
        } | row  # fmt: skip
