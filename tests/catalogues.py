"""A small invented catalogue, in every table, for the tests of search, exports, figures and the tutorial."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pipeline import search, store
from pipeline.store.parquet import write_tables
from pipeline.store.rows import Row, Value

LDLD = "LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA BÌNH"
UBND = "ỦY BAN NHÂN DÂN HUYỆN TÂN LẠC"
SNV = "SỞ NỘI VỤ"
CLAIM: Row = {"confidence": 0.9, "author": "rule:test", "page": 1}


def id_of(slug: str) -> str:
    """Return the dispatch id that stands for a slug."""
    return hashlib.sha256(slug.encode()).hexdigest()[:16]


def dispatch(slug: str, **values: Value) -> Row:
    """Return a row of `dispatches` with sensible values where none are given."""
    row: Row = {
        "dispatch_id": id_of(slug), "source_path": f"{slug}.pdf", "sha256": hashlib.sha256(slug.encode()).hexdigest(),
        "media_type": "application/pdf", "origin": "scan", "page_count": 2, "language": "vi",
        "agency": LDLD, "number": None, "notation": None, "type_name": "Kế hoạch", "type_code": "KH", "subject": None,
        "place": "Hòa Bình", "issued_on": None, "signer_name": None, "signer_position": None,
        "ocr_confidence": 0.93, "confidence": 0.9, "review_state": "machine", "pipeline_version": "test",
        "ingested_at": "2026-01-05T08:00:00+07:00",
    }  # fmt: skip
    row |= values
    subject = row["subject"] or ""
    row["text"] = (
        f"{row['agency']}\nSố: {row['number'] or ''}/{row['notation'] or ''}\n{subject}\n{values.get('text', '')}"
    )
    return row


DISPATCHES = (
    dispatch(
        "launch", number="27", notation="PĐTD-LĐLĐ", type_name="Phát động", type_code=None, issued_on="2020-03-26",
        subject="phong trào thi đua yêu nước trong công nhân giai đoạn 2020-2025", urgency=None,
        parent_agency="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", signing_authority="TM. BAN THƯỜNG VỤ",
        signer_position="PHÓ CHỦ TỊCH", signer_name="Đỗ Thị Hoà", arrival_number="341", arrived_on="2020-03-30",
        text="Căn cứ Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị;\nPhát động phong trào “Xanh nhà, sạch xưởng”"
        " tới mọi công đoàn cơ sở. Các đơn vị báo cáo kết quả trước ngày 15/12/2020.",
    ),
    dispatch(
        "transfer", number="118", notation="QĐ-SNV", type_name="Quyết định", type_code="QĐ", agency=SNV,
        issued_on="2021-04-02", subject="điều động công chức", signer_name="Trần Văn Khải", signer_position="GIÁM ĐỐC",
        text="Điều động ông Bùi Văn Nam đến nhận công tác tại Phòng Nội vụ.", review_state="checked",
    ),
    dispatch(
        "fund", number="119", notation="QĐ-SNV", type_name="Quyết định", type_code="QĐ", agency=SNV,
        issued_on="2021-04-03", subject="điều đóng góp quỹ", signer_name="Trần Văn Khải", signer_position="GIÁM ĐỐC",
        text="Sửa điều về đóng góp quỹ đền ơn.",
    ),
    dispatch(
        "rules", number="7", notation="QC-UBND", type_name="Quy chế", type_code="QC", agency=UBND, issued_on="2019-11",
        subject="làm việc của hội đồng", text="Việc điều động cán bộ do hội đồng xem xét. Việc thi đua, khen thưởng "
        "theo quy định.", signer_name="Hoàng Đình Đông", signer_position="CHỦ TỊCH",
    ),
    dispatch(
        "plan", number="045", notation="KH-UBND", agency=UBND, issued_on="2020-05-19",
        subject="thực hiện phong trào “Xanh nhà, sạch xưởng” năm 2020", signer_name="Hoàng Đình Đông",
        signer_position="CHỦ TỊCH", arrived_on="2020-05-21", arrival_number="512",
        text="Thực hiện Phát động số 27/PĐTD-LĐLĐ ngày 26/3/2020. Giao Phòng Nội vụ tham mưu.",
    ),
    dispatch(
        "report", number="88", notation="BC-CĐCS", type_name="Báo cáo", type_code="BC",
        agency="CÔNG ĐOÀN CƠ SỞ MAY SÔNG ĐÀ", issued_on="2020-12-10", parent_agency=LDLD,
        subject="kết quả phong trào “Xanh nhà, sạch xưởng”", signer_name="Lý A Páo", signer_position="CHỦ TỊCH",
        text="- 12 tổ đạt tiêu chuẩn\n+ 3 tổ chưa đạt. Hòa Bình thi đua.", review_state="needs_review",
        review_reason="missing:place", ocr_confidence=0.71, confidence=0.62,
    ),
    dispatch(
        "praise", number="301", notation="QĐ-UBND", type_name="Quyết định", type_code="QĐ", agency=UBND,
        issued_on="2022-01-14", subject="khen thưởng thành tích thi đua năm 2021", signer_name="Hoàng Đình Đông",
        signer_position="CHỦ TỊCH", text="Tặng Giấy khen cho 5 tập thể. Kính đề nghị các đơn vị học tập.",
    ),
    dispatch(
        "party", number="34", notation="CT/HU", type_name="Chỉ thị", type_code="CT", agency="HUYỆN ỦY TÂN LẠC",
        issued_on="2018-08-08", subject="đẩy mạnh thi đua lập thành tích", signer_name="Quách Công Sơn",
        signer_position="BÍ THƯ", text="Đẩy mạnh học tập theo Chỉ thị 05-CT/TW.", origin="born_digital",
        ocr_confidence=None,
    ),
    dispatch(
        "letter", number="560", notation="SNV-TĐKT", type_name="Công văn", type_code=None, agency=SNV,
        issued_on="2020-06-15", subject="báo cáo sơ kết phong trào thi đua", signer_name="Trần Văn Khải",
        signer_position="GIÁM ĐỐC", text="Đề nghị báo cáo trước ngày 20/6/2020. Uỷ ban nhân dân các xã phối hợp.",
        arrived_on="2020-06-16", arrival_number="77", urgency="KHẨN",
    ),
    dispatch(
        "circular", number="12", notation="2020/TT-BLĐ", type_name="Thông tư", type_code="TT", agency="BỘ LAO ĐỘNG",
        issued_on="2020-10-01", subject="hướng dẫn an toàn, vệ sinh lao động", signer_name="Nguyễn Đức Đạt",
        signer_position="BỘ TRƯỞNG", text="Người lao động được huấn luyện.", origin="text", page_count=None,
        ocr_confidence=None,
    ),
    dispatch(
        "invitation", number=None, notation="GM-UBND", type_name="Giấy mời", type_code="GM", agency=UBND,
        issued_on="2020", subject="dự hội nghị điển hình tiên tiến",
        text="Thời gian: 8:00 ngày 05/9. Nội dung: - tổng kết; + biểu dương.",
    ),
    dispatch(
        "telegram", number="02", notation="CĐ-UBND", type_name="Công điện", type_code="CĐ", agency=UBND,
        issued_on="2020-10-12", subject="=phòng, chống mưa lũ", signer_name="Hoàng Đình Đông", urgency="HỎA TỐC",
        signer_position="CHỦ TỊCH", text="Trực ban 24/24 giờ. Điện thoại +84 218 000 000.",
    ),
)  # fmt: skip


def _claims(slug: str, rows: Iterable[Row]) -> list[Row]:
    return [CLAIM | {"dispatch_id": id_of(slug), "ordinal": n} | row for n, row in enumerate(rows, 1)]


def _movement(name: str, id: str, *, launched: bool = False, by: str | None = None, **more: Value) -> Row:
    return {
        "text": name, "name": name, "kind": "movement", "movement_id": id, "launched": launched, "launched_by": by,
        "mentions": 1,
    } | more  # fmt: skip


def _recipient(name: str, *, block: str = "recipient", purpose: str | None = None, archive: bool = False) -> Row:
    return {"text": name, "name": name, "block": block, "purpose": purpose, "archive": archive}


def _directive(text: str, *assignees: str, deadline: str | None = None, label: str | None = None) -> Row:
    return {"text": text, "label": label, "assignees": list(assignees), "deadline": deadline}


def _reference(type_name: str, number: str, notation: str, relation: str, **more: Value) -> Row:
    text = f"{type_name} {number}-{notation}" if notation.startswith("CT/") else f"{type_name} {number}/{notation}"
    return {"text": text, "type_name": type_name, "number": number, "notation": notation, "relation": relation} | more


def _date(start: str, end: str, precision: str, role: str) -> Row:
    return {"text": start, "start": start, "end": end, "precision": precision, "role": role}


GREEN = "Xanh nhà, sạch xưởng"
CLAIMS: dict[str, dict[str, list[Row]]] = {
    "movements": {
        "launch": [
            _movement(GREEN, "xanh-nha", launched=True, by=LDLD, period_start="2020-01-01", period_end="2025-12-31"),
            _movement("Lao động giỏi", "lao-dong-gioi"),
        ],
        "plan": [_movement(GREEN, "xanh-nha", period_start="2020-01-01", period_end="2020-12-31")],
        "report": [_movement(GREEN, "xanh-nha", mentions=3)],
        "party": [_movement("Lao động giỏi", "lao-dong-gioi", kind="campaign")],
    },
    "recipients": {
        "launch": [
            _recipient("Công đoàn cơ sở", block="addressee"),
            _recipient("Tổng Liên đoàn", purpose="b/c"),
            _recipient("VT, CSPL", archive=True),
        ],
        "plan": [_recipient("Phòng Nội vụ", purpose="thực hiện"), _recipient("Sở Nội vụ", purpose="b/c")],
        "letter": [_recipient("Ủy ban nhân dân các xã", block="addressee"), _recipient("VT", archive=True)],
    },
    "directives": {
        "launch": [_directive("Các đơn vị báo cáo kết quả trước 15/12/2020.", "Các đơn vị", deadline="2020-12-15")],
        "plan": [
            _directive("Phòng Nội vụ tham mưu tổ chức ngày hội tái chế.", "Phòng Nội vụ", label="1"),
            _directive("Các xã nộp danh sách.", "Ủy ban nhân dân các xã", deadline="2020-06-20", label="2"),
        ],
        "letter": [_directive("Đề nghị báo cáo trước 20/6/2020.", "Ủy ban nhân dân các xã", deadline="2020-06-20")],
    },
    "references": {
        "launch": [_reference("Chỉ thị", "05", "CT/TW", "basis", issued_on="2016-05-15", issuer="Bộ Chính trị")],
        "plan": [_reference("Phát động", "27", "PĐTD-LĐLĐ", "carries_out", target_dispatch_id=id_of("launch"))],
        "party": [_reference("Chỉ thị", "05", "CT/TW", "carries_out")],
        "report": [_reference("Kế hoạch", "45", "KH-UBND", "mentions", target_dispatch_id=id_of("plan"))],
    },
    "dates": {
        "launch": [
            _date("2020-03-26", "2020-03-26", "day", "issued"),
            _date("2020-12-15", "2020-12-15", "day", "deadline"),
            _date("2020-01-01", "2025-12-31", "span", "period"),
        ],
        "circular": [_date("2021-01-31", "2021-01-31", "day", "deadline")],
    },
    "fields": {
        "launch": [{"text": "27", "name": "number", "value": "27"}],
        "report": [{"text": "88", "name": "number", "value": "88", "confidence": 0.62, "ocr_confidence": 0.55}],
    },
}  # fmt: skip
TAGS = (("praise", "khen-thưởng"), ("praise", "2021"), ("launch", "thi-đua/phát-động"), ("plan", "thi-đua"))


def fill(connection: sqlite3.Connection) -> None:
    """Write the catalogue and its search index."""
    with store.transaction(connection):
        store.insert(connection, "dispatches", DISPATCHES)
        for table, by_slug in CLAIMS.items():
            store.insert(connection, table, [row for slug, rows in by_slug.items() for row in _claims(slug, rows)])
        store.insert(connection, "tags", ({"dispatch_id": id_of(s), "tag": tag, "change_id": "c1"} for s, tag in TAGS))
        store.insert(
            connection, "sources",
            (
                {"source_path": d["source_path"], "sha256": d["sha256"], "size": 1000, "state": "done",
                 "dispatch_id": d["dispatch_id"], "seconds": 1.5, "attempts": 1}
                for d in DISPATCHES
            ),
        )  # fmt: skip
        search.rebuild(connection)


def build(out: Path) -> Path:
    """Write the catalogue and its Parquet tables into a folder, and return it."""
    connection = store.connect(out)
    fill(connection)
    write_tables(connection, out / "tables")
    connection.close()
    return out
