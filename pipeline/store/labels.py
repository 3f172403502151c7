"""What tables and columns are called, and what they mean, in Vietnamese and English.

Spreadsheets, the browser of tables and the figures take their words from here; a test finds what lacks one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Label:
    """A short title and a sentence of explanation in both languages."""

    vi: str
    en: str
    about_vi: str
    about_en: str

    def title(self, lang: Lang) -> str:
        """Return the title in one language."""
        return self.vi if lang == "vi" else self.en

    def about(self, lang: Lang) -> str:
        """Return the explanation in one language."""
        return self.about_vi if lang == "vi" else self.about_en


TABLE_LABELS = {
    "dispatches": Label("Văn bản", "Dispatches", "Mỗi dòng là một văn bản.", "Each row is a dispatch."),
    "zones": Label(
        "Thành phần thể thức",
        "Zones",
        "Các phần của văn bản: cơ quan, số, trích yếu, nơi nhận …",
        "The parts of a dispatch: agency, number, subject, recipients …",
    ),
    "paragraphs": Label("Đoạn", "Paragraphs", "Các đoạn của phần nội dung.", "The paragraphs of the main body."),
    "fields": Label(
        "Căn cứ từng trường",
        "Fields",
        "Chỗ trong văn bản làm căn cứ cho mỗi trường.",
        "The evidence for each field of a dispatch.",
    ),
    "recipients": Label(
        "Nơi gửi, nơi nhận",
        "Recipients",
        "Mỗi tên dưới Kính gửi và Nơi nhận.",
        "Each name under Kính gửi and Nơi nhận.",
    ),
    "movements": Label(
        "Phong trào",
        "Movements",
        "Mỗi phong trào, cuộc vận động được nêu tên trong một văn bản.",
        "Each movement or campaign that a dispatch names.",
    ),
    "dates": Label(
        "Mốc thời gian", "Dates", "Ngày và khoảng thời gian trong văn bản.", "Dates and periods in a dispatch."
    ),
    "references": Label(
        "Văn bản viện dẫn", "References", "Mỗi văn bản khác được nhắc đến.", "Each other document referred to."
    ),
    "directives": Label(
        "Nhiệm vụ", "Directives", "Mỗi việc được giao, yêu cầu.", "Each task that is ordered or asked."
    ),
    "signatures": Label("Chữ ký số", "Signatures", "Chữ ký số có trong tệp.", "The digital signatures in a file."),
    "sources": Label("Tệp", "Sources", "Mỗi tệp đã tìm thấy và trạng thái.", "Each file found, and its state."),
    "problems": Label("Vấn đề", "Problems", "Những gì hỏng hoặc chưa làm được.", "What went wrong or was left undone."),
    "tags": Label("Nhãn", "Tags", "Nhãn do người dùng gắn.", "The tags that people gave."),
    "changes": Label("Thay đổi", "Changes", "Mỗi lần gắn nhãn, sửa, hoàn tác.", "Each tagging, correction and undo."),
    "corrections": Label(
        "Chỗ đã sửa", "Corrections", "Mỗi giá trị do người sửa.", "Each value that a person corrected."
    ),
}

COLUMN_LABELS = {
    "dispatch_id": Label(
        "Mã văn bản",
        "Dispatch id",
        "16 chữ số đầu của SHA-256 của tệp",
        "the first 16 hex digits of the file's SHA-256",
    ),
    "source_path": Label("Đường dẫn tệp", "File", "tính từ thư mục đầu vào", "relative to the input folder"),
    "sha256": Label("SHA-256", "SHA-256", "giá trị băm của tệp", "the hash of the file's bytes"),
    "media_type": Label("Loại tệp", "Media type", "kiểu MIME", "the MIME type"),
    "origin": Label(
        "Nguồn gốc", "Origin", "scan, born_digital, mixed, word hoặc text", "scan, born_digital, mixed, word or text"
    ),
    "page_count": Label("Số trang", "Pages", "trống với tệp không chia trang", "empty where the format has no pages"),
    "language": Label("Ngôn ngữ", "Language", "mã ngôn ngữ", "language code"),
    "parent_agency": Label("Cơ quan chủ quản", "Parent agency", "như in trên văn bản", "as printed"),
    "agency": Label("Cơ quan ban hành", "Agency", "như in trên văn bản", "as printed"),
    "agency_id": Label("Mã cơ quan", "Agency id", "trong danh mục cơ quan", "in the list of organisations"),
    "number": Label("Số", "Number", "phần số của số, ký hiệu", "the number itself"),
    "notation": Label("Ký hiệu", "Notation", "phần chữ của số, ký hiệu", "what follows the number"),
    "type_code": Label("Mã loại", "Type code", "chữ viết tắt tên loại", "abbreviation of the type"),
    "type_name": Label("Loại văn bản", "Type", "tên loại văn bản", "name of the type"),
    "subject": Label("Trích yếu", "Subject", "trích yếu nội dung", "what it is about"),
    "place": Label("Địa danh", "Place", "nơi ban hành", "place of issue"),
    "issued_on": Label(
        "Ngày ban hành", "Issued on", "ngày; tháng hoặc năm nếu văn bản để trống", "day; month or year if left blank"
    ),
    "urgency": Label("Độ khẩn", "Urgency", "KHẨN, THƯỢNG KHẨN, HỎA TỐC", "KHẨN, THƯỢNG KHẨN, HỎA TỐC"),
    "secrecy": Label("Độ mật", "Secrecy", "MẬT, TỐI MẬT, TUYỆT MẬT", "MẬT, TỐI MẬT, TUYỆT MẬT"),
    "signing_authority": Label("Thể thức ký", "Signing authority", "TM., KT., TL., TUQ. …", "TM., KT., TL., TUQ. …"),
    "signer_position": Label("Chức vụ người ký", "Signer's position", "như in trên văn bản", "as printed"),
    "signer_name": Label("Người ký", "Signer", "họ và tên", "name"),
    "arrival_number": Label("Số đến", "Arrival number", "trên dấu ĐẾN", "on the arrival stamp"),
    "arrived_on": Label("Ngày đến", "Arrived on", "trên dấu ĐẾN", "on the arrival stamp"),
    "text": Label("Nguyên văn", "Text", "chữ như trong văn bản", "the words as they stand"),
    "ocr_confidence": Label(
        "Độ tin cậy nhận dạng", "OCR confidence", "từ 0 đến 1; trống nếu không nhận dạng", "0 to 1; empty without OCR"
    ),
    "confidence": Label(
        "Độ tin cậy trích xuất",
        "Confidence",
        "từ 0 đến 1: mức đúng thường thấy",
        "0 to 1: how often such a value is right",
    ),
    "score": Label(
        "Điểm của bước trích xuất",
        "Author's score",
        "từ 0 đến 1: điều bên nêu tự đánh giá, trước khi hiệu chỉnh",
        "0 to 1: what its author said, before calibration",
    ),
    "review_state": Label(
        "Trạng thái rà soát", "Review state", "machine, needs_review hoặc checked", "machine, needs_review or checked"
    ),
    "review_reason": Label(
        "Mã lý do rà soát", "Review reason", "vì sao cần xem lại, dạng mã", "why a person should look, as codes"
    ),
    "review_message": Label(
        "Lý do rà soát (tiếng Anh)", "Why review", "vì sao cần xem lại, bằng tiếng Anh", "why a person should look"
    ),
    "review_message_vi": Label(
        "Lý do rà soát", "Why review, in Vietnamese", "vì sao cần xem lại", "why a person should look, in Vietnamese"
    ),
    "pipeline_version": Label("Phiên bản", "Version", "phiên bản chương trình", "version of the program"),
    "ingested_at": Label("Lúc nhập", "Ingested at", "thời điểm xử lý", "time of processing"),
    "ordinal": Label("Thứ tự", "Ordinal", "theo thứ tự đọc, từ 1", "in reading order, from 1"),
    "char_start": Label("Từ ký tự", "From character", "trong dispatches.text", "in dispatches.text"),
    "char_end": Label("Đến ký tự", "To character", "trong dispatches.text, không tính", "in dispatches.text, excluded"),
    "page": Label("Trang", "Page", "từ 1", "from 1"),
    "x0": Label("Trái", "Left", "điểm PDF từ mép trái", "PDF points from the left"),
    "top": Label("Trên", "Top", "điểm PDF từ mép trên", "PDF points from the top"),
    "x1": Label("Phải", "Right", "điểm PDF từ mép trái", "PDF points from the left"),
    "bottom": Label("Dưới", "Bottom", "điểm PDF từ mép trên", "PDF points from the top"),
    "author": Label("Người nêu", "Author", "rule:…, model:… hoặc human:…", "rule:…, model:… or human:…"),
    "kind": Label("Dạng", "Kind", "dạng của dòng này", "the kind of this row"),
    "label": Label("Số mục", "Label", "như in: Điều 2, 1, a", "as printed: Điều 2, 1, a"),
    "level": Label("Cấp", "Level", "độ sâu của số mục", "depth of the label"),
    "name": Label("Tên", "Name", "tên riêng, hoặc tên trường", "a name, or the name of a field"),
    "value": Label("Giá trị", "Value", "giá trị của trường", "the field's value"),
    "block": Label(
        "Khối", "Block", "addressee: Kính gửi; recipient: Nơi nhận", "addressee: Kính gửi; recipient: Nơi nhận"
    ),
    "purpose": Label("Mục đích", "Purpose", "b/c, thực hiện, phối hợp …", "as printed in brackets or on a brace"),
    "archive": Label("Dòng Lưu", "Filing line", "đúng nếu là dòng Lưu", "true for the Lưu line"),
    "organization_id": Label("Mã tổ chức", "Organization id", "trong danh mục cơ quan", "in the list of organisations"),
    "movement_id": Label("Mã phong trào", "Movement id", "chung cho mọi văn bản", "the same in other dispatches"),
    "launched": Label("Phát động", "Launched", "văn bản này phát động phong trào", "this dispatch launches it"),
    "launched_by": Label("Nơi phát động", "Launched by", "cơ quan phát động", "the body that launched it"),
    "period_start": Label("Bắt đầu", "Period start", "ngày đầu của phong trào", "its first day"),
    "period_end": Label("Kết thúc", "Period end", "ngày cuối của phong trào", "its last day"),
    "mentions": Label("Số lần nhắc", "Mentions", "trong văn bản này", "in this dispatch"),
    "start": Label("Từ ngày", "Start", "ngày đầu", "first day"),
    "end": Label("Đến ngày", "End", "ngày cuối", "last day"),
    "precision": Label(
        "Độ chính xác", "Precision", "day, month, quarter, year, span", "day, month, quarter, year, span"
    ),
    "role": Label(
        "Vai trò", "Role", "issued, cited, deadline, period, event", "issued, cited, deadline, period, event"
    ),
    "issuer": Label("Nơi ban hành", "Issuer", "của văn bản được viện dẫn", "of the document referred to"),
    "issuer_id": Label("Mã nơi ban hành", "Issuer id", "trong danh mục cơ quan", "in the list of organisations"),
    "title": Label("Tiêu đề", "Title", "của văn bản được viện dẫn", "of the document referred to"),
    "relation": Label(
        "Quan hệ",
        "Relation",
        "basis, carries_out, amends, replaces, replies_to, mentions",
        "basis, carries_out, amends, replaces, replies_to, mentions",
    ),
    "target_dispatch_id": Label(
        "Văn bản đích", "Target", "mã văn bản, nếu có trong danh mục", "its id, if it is in the catalogue"
    ),
    "parent": Label("Thuộc mục", "Parent", "thứ tự của mục cấp trên", "ordinal of the item above"),
    "action": Label("Việc", "Action", "động từ chính", "what is to be done"),
    "assignee_ids": Label(
        "Mã nơi thực hiện",
        "Assignee ids",
        "của những nơi có trong danh mục cơ quan",
        "of those in the list of organisations",
    ),
    "assignees": Label("Giao cho", "Assignees", "nơi phải thực hiện", "who is to act"),
    "deadline": Label("Hạn", "Deadline", "ngày phải xong", "day due"),
    "signer": Label("Người ký số", "Signer", "chủ chứng thư", "holder of the certificate"),
    "organization": Label("Tổ chức", "Organization", "tổ chức trên chứng thư", "organisation on the certificate"),
    "signed_at": Label("Lúc ký", "Signed at", "thời điểm ký", "time of signing"),
    "intact": Label("Nguyên vẹn", "Intact", "tệp không đổi từ khi ký", "unchanged since signing"),
    "trusted": Label("Tin cậy", "Trusted", "chứng thư thuộc nguồn tin cậy", "the certificate leads to a trusted root"),
    "size": Label("Dung lượng", "Size", "byte", "bytes"),
    "state": Label(
        "Trạng thái",
        "State",
        "done, duplicate, quarantined, failed, restricted",
        "done, duplicate, quarantined, failed, restricted",
    ),
    "problem_code": Label("Mã vấn đề", "Problem code", "xem docs/errors.md", "see docs/errors.md"),
    "seconds": Label("Giây", "Seconds", "thời gian xử lý", "time of processing"),
    "attempts": Label("Số lần thử", "Attempts", "số lần đã xử lý", "how often it was tried"),
    "mtime_ns": Label("Sửa lúc", "Modified", "nano giây", "nanoseconds"),
    "ctime_ns": Label("Đổi lúc", "Changed", "nano giây", "nanoseconds"),
    "seen_at": Label("Thấy lúc", "Seen at", "lần chạy gần nhất", "the latest run"),
    "recipe": Label("Cách làm", "Recipe", "phiên bản và thiết lập đã dùng", "versions and settings used"),
    "inbox": Label("Thư mục vào", "Inbox", "thư mục đầu vào", "the input folder"),
    "gone": Label("Không còn", "Gone", "tệp không còn ở chỗ cũ", "the file is no longer there"),
    "stage": Label("Bước", "Stage", "bước của chương trình", "step of the pipeline"),
    "code": Label("Mã", "Code", "xem docs/errors.md", "see docs/errors.md"),
    "message": Label("Thông báo (tiếng Anh)", "Message", "bằng tiếng Anh", "in English"),
    "message_vi": Label("Thông báo", "Message in Vietnamese", "bằng tiếng Việt", "in Vietnamese"),
    "tag": Label("Nhãn", "Tag", "nhãn", "the tag"),
    "change_id": Label("Mã thay đổi", "Change", "lần thay đổi", "the change that made it"),
    "at": Label("Lúc", "At", "thời điểm", "time"),
    "actor": Label("Người làm", "Actor", "ai làm", "who did it"),
    "query": Label("Câu tìm", "Query", "câu tìm đã chọn văn bản", "the query that chose the dispatches"),
    "rows": Label("Số dòng", "Rows", "bao nhiêu dòng đổi", "how many rows changed"),
    "undoes": Label("Hoàn tác", "Undoes", "thay đổi bị hoàn tác", "the change that is undone"),
    "reason": Label("Lý do", "Reason", "vì sao", "why"),
    "table_name": Label("Bảng", "Table", "bảng được sửa", "the table corrected"),
    "row_key": Label("Dòng", "Row", "dòng được sửa", "the row corrected"),
    "column_name": Label("Cột", "Column", "cột được sửa", "the column corrected"),
    "before": Label("Trước", "Before", "giá trị trước đó", "the value before"),
}
