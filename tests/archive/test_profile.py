"""The profiles ask for what the circulars ask for, and only for values that there are."""

import pytest

from pipeline.archive.profile import PROFILES, load
from pipeline.errors import ArchiveError
from tests.archive.filing import TYPES, filed, record

SIZES_2025 = {
    "docId": 25, "docCode": 100, "maintenance": None, "typeName": None, "codeNumber": 11, "codeNotation": 30,
    "issuedDate": None, "organName": 200, "subject": 500, "language": None, "numberOfPage": 4, "inforSign": 30,
    "keyword": 100, "mode": 20, "confidenceLevel": 30, "autograph": 2000, "format": 50, "riskRecovery": None,
    "riskRecoveryStatus": None, "process": None, "description": 500,
}  # fmt: skip
FILE_2025 = {
    "fileCode": 100, "title": 1000, "maintenance": None, "mode": None, "language": None, "startDate": None,
    "endDate": None, "keyword": 100, "totalDoc": None, "numberOfPaper": None, "numberOfPage": None, "format": 50,
    "inforSign": 30, "confidenceLevel": 40, "paperFileCode": 100, "riskRecovery": None, "riskRecoveryStatus": None,
    "description": 2000,
}  # fmt: skip
DOCUMENT_2019 = (
    "DocCode", "Identifier", "OrganId", "FileCatalog", "FileNotation", "DocOrdinal", "TypeName", "CodeNumber",
    "CodeNotation", "IssuedDate", "OrganName", "Subject", "Language", "PageAmount", "Description", "InforSign",
    "Keyword", "Mode", "ConfidenceLevel", "Autograph", "Format",
)  # fmt: skip


def test_the_one_in_force_comes_first() -> None:
    assert PROFILES == ("tt05-2025", "tt02-2019")


def test_the_fields_of_2025() -> None:
    profile = load("tt05-2025")
    assert {field.name: field.size for field in profile.document} == SIZES_2025
    assert {field.name: field.size for field in profile.file} == FILE_2025
    assert profile.secondary


def test_the_fields_of_2019() -> None:
    assert tuple(field.name for field in load("tt02-2019").document) == DOCUMENT_2019


@pytest.mark.parametrize("name", PROFILES)
def test_every_field_has_a_value_and_every_code_a_table(name: str) -> None:
    profile, described = load(name), filed(record(), profile=name)
    for fields, plain in ((profile.file, described.file.plain), (profile.document, described.documents[0].plain)):
        assert {field.source for field in fields} <= plain.keys()
        assert {field.codes for field in fields if field.codes} <= profile.codes.keys()
        assert all(field.vi and field.en for field in fields)


def test_every_type_of_the_gazetteer_has_a_code() -> None:
    assert {entry.more["archive_code"] for entry in TYPES.entries} <= load("tt05-2025").codes["type"].keys()


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ArchiveError, match="tt05-2025"):
        load("tt99")
