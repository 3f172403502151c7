"""Fields are filled with what is known, in the circular's codes; nothing is cut and nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.metadata import KEYWORDS, longest, retention
from pipeline.archive.records import Record
from tests.archive.filing import dossier, filed, record


def remarks(*records: Record, profile: str = "tt05-2025", **given: str) -> set[tuple[str, str | None, str]]:
    return {(r.code, r.field, r.level) for r in filed(*records, profile=profile, **given).remarks}


def values(one: Record, profile: str = "tt05-2025", **given: str) -> dict[str, str | None]:
    return filed(one, profile=profile, **given).documents[0].values


def test_a_document_that_is_known_in_full() -> None:
    one = record(7, tags=("bảo-quản/vĩnh-viễn", "đề-mục/thi-đua", "tình-trạng/tốt", "ký-hiệu-thông-tin/a1"),
                 movements=("Xanh nhà, sạch xưởng",))  # fmt: skip
    assert values(one) == {
        "docId": "0000000000000007", "docCode": "01.2024.0000001", "maintenance": "01", "typeName": "10",
        "codeNumber": "7", "codeNotation": "KH-SNV", "issuedDate": "07/03/2024", "organName": "SỞ NỘI VỤ",
        "subject": "tập huấn văn thư", "language": "01", "numberOfPage": "2", "inforSign": "a1",
        "keyword": "Xanh nhà, sạch xưởng; thi đua", "mode": "01", "confidenceLevel": "02", "autograph": None,
        "format": "01", "riskRecovery": None, "riskRecoveryStatus": None, "process": None, "description": None,
    }  # fmt: skip
    assert remarks(one) == set()


def test_the_same_document_as_2019_wanted_it() -> None:
    found = values(record(7), "tt02-2019", organ_id="SNV", catalogue="01", file_notation="12.TĐ")
    assert {name: found[name] for name in ("DocOrdinal", "TypeName", "Mode", "ConfidenceLevel", "OrganId")} == {
        "DocOrdinal": "0000001", "TypeName": "Kế hoạch", "Mode": "Công khai", "ConfidenceLevel": "Số hóa",
        "OrganId": "SNV",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("bảo-quản/20-năm",), "20"),
        (("bảo-quản/vĩnh-viễn", "bảo-quản/70-năm"), "permanent"),
        (("bảo-quản/5-năm", "bảo-quản/10-năm"), "10"),
        (("bảo-quản/đến-khi-hết-hiệu-lực",), "other"),
        (("bảo-quản/lâu-dài", "bảo-quản/5-năm"), "5"),
        (("bảo-quản",), None),
        (("thi-đua",), None),
    ],
)
def test_retention(tags: tuple[str, ...], expected: str | None) -> None:
    assert retention(tags) == expected


@pytest.mark.parametrize(("period", "code"), [("15", "07"), ("20", "05"), ("permanent", "01"), ("other", "07")])
def test_a_period_without_a_code_of_its_own_is_another(period: str, code: str) -> None:
    tag = "bảo-quản/vĩnh-viễn" if period == "permanent" else f"bảo-quản/{period}-năm"
    assert values(record(tags=(tag,)))["maintenance"] == code


def test_a_file_is_kept_as_long_as_the_longest_of_its_documents() -> None:
    records = (record(1, tags=("bảo-quản/20-năm",)), record(2, tags=("bảo-quản/50-năm",)))
    assert filed(*records, retention="").file.values["maintenance"] == "03"
    assert longest([None, "20", "other", "permanent"]) == "permanent"


@pytest.mark.parametrize(
    ("changes", "given", "expected"),
    [
        ({}, {}, "01"),
        ({}, {"access": ""}, None),
        ({"tags": ("tiếp-cận/có-điều-kiện",)}, {}, "02"),
        ({"tags": ("tiếp-cận/có-điều-kiện", "tiếp-cận/công-khai")}, {"access": ""}, None),
        ({"secrecy": "MẬT", "tags": ("tiếp-cận/công-khai",)}, {}, "03"),
    ],
)
def test_access(changes: dict[str, object], given: dict[str, str], expected: str | None) -> None:
    assert values(record(**changes), **given)["mode"] == expected


@pytest.mark.parametrize(
    ("origins", "document", "file"),
    [
        (("scan",), "02", "02"),
        (("born_digital", "word", "text"), "01", "01"),
        (("mixed",), "03", "03"),
        (("scan", "born_digital"), "02", "03"),
    ],
)
def test_level_of_trust(origins: tuple[str, ...], document: str, file: str) -> None:
    whole = filed(*(record(n, origin=origin) for n, origin in enumerate(origins, 1)))
    assert whole.documents[0].values["confidenceLevel"] == document
    assert whole.file.values["confidenceLevel"] == file


def test_a_file_counts_and_bounds_its_documents() -> None:
    plain = filed(record(9), record(3), record(5, page_count=4)).file.plain
    assert {name: plain[name] for name in ("start", "end", "total_documents", "pages")} == {
        "start": "03/03/2024", "end": "09/03/2024", "total_documents": "3", "pages": "8",
    }  # fmt: skip


def test_what_is_not_known_of_one_is_not_said_of_all() -> None:
    whole = filed(record(1), record(2, issued_on="2024-03", page_count=None))
    assert {whole.file.plain[name] for name in ("start", "end", "pages")} == {None}
    assert whole.documents[1].values["issuedDate"] is None
    assert any("2024-03" in remark.vi for remark in whole.remarks if remark.field == "issuedDate")


def test_a_person_says_how_many_pages_a_text_has() -> None:
    assert values(record(page_count=None, tags=("số-trang/3",)))["numberOfPage"] == "3"


@pytest.mark.parametrize(
    ("changes", "given", "expected"),
    [
        ({"subject": None}, {}, ("missing-field", "subject", "error")),
        ({"number": None}, {}, ("missing-field", "codeNumber", "warning")),
        ({"subject": "a" * 501}, {}, ("field-too-long", "subject", "error")),
        ({"notation": "a" * 31}, {}, ("field-too-long", "codeNotation", "error")),
        ({}, {"title": ""}, ("missing-field", "title", "error")),
        ({}, {"title": "a" * 1001}, ("field-too-long", "title", "error")),
    ],
)
def test_what_is_wrong_is_remarked(
    changes: dict[str, object], given: dict[str, str], expected: tuple[str, str, str]
) -> None:
    assert remarks(record(**changes), **given) == {expected}


@pytest.mark.parametrize("length", [499, 500])
def test_a_field_that_just_fits_is_no_remark(length: int) -> None:
    assert remarks(record(subject="a" * length)) == set()


def test_a_circular_without_a_code_says_so() -> None:
    found = remarks(record(), profile="tt02-2019", retention="12 năm", organ_id="a", catalogue="1", file_notation="1")
    assert found == {("no-code", "Maintenance", "error")}


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=1200))
def test_nothing_is_ever_cut(subject: str) -> None:
    whole = filed(record(subject=subject))
    assert whole.documents[0].values["subject"] == subject
    assert ("field-too-long" in {r.code for r in whole.remarks}) == (len(subject) > 500)


@given(st.lists(st.text("abcđ ", min_size=1, max_size=60), max_size=8))
def test_keywords_are_whole_or_remarked(names: list[str]) -> None:
    whole = filed(record(movements=tuple(names)))
    written = whole.documents[0].values["keyword"] or ""
    assert len(written) <= KEYWORDS
    said = written + "".join(r.en for r in whole.documents[0].remarks if r.code == "keywords-left-out")
    assert all(name in said for name in names if name.strip() == name and name.lower() == name)


def test_the_code_of_a_document_is_the_file_s_with_seven_digits() -> None:
    whole = filed(*(record(n) for n in range(1, 13)))
    assert whole.documents[11].values["docCode"] == f"{dossier().code}.0000012"
