"""The pre-flight report: which records of a choice are not ready for the archive, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.archive.metadata import Described, Filed, Remark


@dataclass(frozen=True, slots=True)
class Report:
    """How many files and documents were looked at, how many documents are ready, and everything to settle."""

    files: int
    documents: int
    ready: int
    remarks: tuple[Remark, ...]

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What keeps records from being ready."""
        return tuple(remark for remark in self.remarks if remark.level == "error")


def report(filed: Sequence[Filed]) -> Report:
    """Look at files and their documents, each remark once, in the order of the files."""
    remarks = tuple(remark for one in filed for remark in _of_file(one))
    remarks += tuple(_in_several(filed))
    bad = {remark.subject for remark in remarks if remark.level == "error"}
    documents = [document for one in filed for document in one.documents]
    return Report(len(filed), len(documents), sum(document.code not in bad for document in documents), remarks)


def _of_file(filed: Filed) -> Iterator[Remark]:
    if not filed.documents:
        yield Remark(filed.file.code, "empty-file", "error", "hồ sơ không có tài liệu nào", "the file has no document")
    if count := filed.dossier.left_out:
        yield Remark(filed.file.code, "left-out", "warning", f"{count} văn bản được chọn không có trong hồ sơ này",
                     f"{count} chosen records are not in this file")  # fmt: skip
    yield from filed.file.remarks
    for document in filed.documents:
        yield from document.remarks
        yield from _of_document(document)


def _of_document(document: Described) -> Iterator[Remark]:
    record = document.record
    assert record is not None

    def remark(code: str, vi: str, en: str, *, fatal: bool = False) -> Remark:
        return Remark(document.code, code, "error" if fatal else "warning", vi, en, record.id)

    if record.review_state == "needs_review":
        why = record.review_reason or ""
        yield remark("needs-review", f"chờ rà soát: {why}", f"waits for review: {why}", fatal=True)
    elif record.review_state != "checked":
        yield remark("unchecked", "chưa có người kiểm tra", "no person has checked it")
    if record.path is None:
        yield remark("source-gone", "không thấy tập tin gốc", "the source file is gone", fatal=True)
    if record.secrecy:
        yield remark("secrecy-mark", f"có dấu {record.secrecy}, đã được cho phép vào bảng",
                     f"bears the mark {record.secrecy}; a person released it")  # fmt: skip
    if record.signatures > record.intact:
        yield remark("signature-broken", "có chữ ký số không còn nguyên vẹn hoặc chưa kiểm được",
                     "a digital signature is broken or could not be checked")  # fmt: skip
    if not record.signatures and document.plain["origin"] == "digital":
        yield remark("unsigned", "tài liệu điện tử không có chữ ký số: có phải bản gốc?",
                     "an electronic document without a digital signature: is it the original?")  # fmt: skip
    if document.plain["type"] == "32":
        yield remark("other-type", f"tên loại {record.type_name} được ghi là Khác (32)",
                     f"the type {record.type_name} goes in as Khác (32)")  # fmt: skip


def _in_several(filed: Iterable[Filed]) -> Iterator[Remark]:
    filed = tuple(filed)
    count = Counter(record.id for one in filed for record in one.dossier.records)
    for one in filed:
        for document in one.documents:
            if document.record and count[document.record.id] > 1:
                yield Remark(document.code, "in-several-files", "warning", "văn bản nằm trong nhiều hồ sơ",
                             "the dispatch is in several files", document.record.id)  # fmt: skip
