"""A package holds the originals byte for byte, says what each is, and its check finds whatever is not as it was."""

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.archive import package
from pipeline.archive.metadata import Filed
from pipeline.archive.package import build, folder_name
from pipeline.archive.package.mets import METS
from pipeline.archive.records import Record
from pipeline.archive.verify import verify
from pipeline.archive.xmlkit import XLINK, parsed
from pipeline.errors import ArchiveError, PackageError, SourceChangedError
from tests.archive.filing import MAKING, filed, record, with_files

RECORDS = (record(1), record(2, media_type="image/png", source_path="thư mục 2.png"), record(3, signatures=1, intact=1))


def derive(one: Record, data: bytes) -> bytes | None:
    return b"%PDF-1.7 " + data if one.signatures == 0 else None


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Filed:
    return filed(*with_files(tmp_path_factory.mktemp("in"), *RECORDS))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, whole: Filed) -> Path:
    """A package as a folder; read it only."""
    return build(whole, tmp_path_factory.mktemp("made"), MAKING, index=b"PK", derive=derive).path


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def codes(path: Path) -> set[str]:
    return {fault.code for fault in verify(path).faults}


def test_what_lies_where(made: Path) -> None:
    assert made.name == "01.2024"
    assert list(contents(made)) == [
        "METS.xml",
        "documentation/MucLuc.docx",
        "metadata/descriptive/EAD.xml",
        "metadata/descriptive/HoSo.xml",
        "metadata/preservation/PREMIS.xml",
        "representations/rep1/METS.xml",
        "representations/rep1/data/0000001.pdf",
        "representations/rep1/data/0000002.png",
        "representations/rep1/data/0000003.pdf",
        *(f"representations/rep1/metadata/descriptive/EAD_doc_000000{n}.xml" for n in (1, 2, 3)),
        "representations/rep2/METS.xml",
        "representations/rep2/data/0000001.pdf",
        "representations/rep2/data/0000002.pdf",
        "schemas/tt05-2025.xsd",
    ]


def test_originals_are_byte_for_byte(made: Path, whole: Filed) -> None:
    for number, one in enumerate(whole.dossier.records, 1):
        assert one.path is not None
        (kept,) = (made / "representations/rep1/data").glob(f"{number:07d}.*")
        assert kept.read_bytes() == one.path.read_bytes()


def test_it_is_whole(made: Path) -> None:
    verdict = verify(made)
    assert (verdict.whole, verdict.faults, verdict.documents) == (True, (), 3)
    assert verdict.files == len(contents(made)) == verdict.hashed + 1


def test_the_same_files_make_the_same_package(made: Path, whole: Filed, tmp_path: Path) -> None:
    again = build(whole, tmp_path, MAKING, index=b"PK", derive=derive)
    assert contents(again.path) == contents(made)
    assert verify(made, expected=again.mets_sha256).whole
    zips = [build(whole, tmp_path / name, MAKING, index=b"PK", derive=derive, zipped=True).path for name in "ab"]
    assert zips[0].read_bytes() == zips[1].read_bytes()
    assert [path.name for path in tmp_path.joinpath("a").iterdir()] == ["01.2024.zip"]
    assert verify(zips[0]) == verify(made)


def test_another_hour_is_another_package(made: Path, whole: Filed, tmp_path: Path) -> None:
    later = replace(MAKING, moment=MAKING.moment.replace(hour=9))
    assert not verify(build(whole, tmp_path, later, index=b"PK").path, expected=verify(made).mets_sha256).whole


def test_mets_says_who_and_what(made: Path) -> None:
    root = parsed((made / "METS.xml").read_bytes())
    space = {"m": METS}
    assert root.get("OBJID") == "01.2024"
    assert root.get("LABEL") == "Hồ sơ thi đua"
    assert [agent.findtext("m:name", None, space) for agent in root.iterfind(".//m:agent", space)] == [
        "congvan",
        "SỞ NỘI VỤ",
    ]
    rep = parsed((made / "representations/rep1/METS.xml").read_bytes())
    files = rep.findall(".//m:file", space)
    assert [file.get("OWNERID") for file in files] == [one.source_path for one in RECORDS]
    assert [file.get("MIMETYPE") for file in files] == [one.media_type for one in RECORDS]
    links = [file.find("m:FLocat", space).get(f"{{{XLINK}}}href") for file in files]
    assert links == ["data/0000001.pdf", "data/0000002.png", "data/0000003.pdf"]


def test_ead_holds_every_field(made: Path, whole: Filed) -> None:
    space = {"e": "urn:isbn:1-931666-22-9"}
    for path, described in (
        ("metadata/descriptive/EAD.xml", whole.file),
        ("representations/rep1/metadata/descriptive/EAD_doc_0000002.xml", whole.documents[1]),
    ):
        root = parsed((made / path).read_bytes())
        found = {e.get("type"): e.findtext("e:p", None, space) for e in root.iterfind("e:archdesc/e:odd", space)}
        assert found == {name: value for name, value in described.values.items() if value is not None}
    root = parsed((made / "metadata/descriptive/EAD.xml").read_bytes())
    assert len(root.findall(".//e:c", space)) == 3
    assert root.find(".//e:unitdate", space).get("normal") == "2024-03-01/2024-03-03"


def test_premis_tells_what_a_pdfa_was_made_from(made: Path) -> None:
    text = (made / "metadata/preservation/PREMIS.xml").read_text("utf-8")
    assert text.count("<premis:relationshipSubType>has source<") == 2
    assert text.count("<premis:eventType>message digest calculation<") == 5
    assert text.count("<premis:eventType>creation<") == 2


def rewrite(path: str, old: bytes, new: bytes) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        data = (folder / path).read_bytes()
        assert old in data
        (folder / path).write_bytes(data.replace(old, new, 1))

    return damage


def flip(folder: Path) -> None:
    path = folder / "representations/rep1/data/0000001.pdf"
    path.write_bytes(path.read_bytes()[:-1] + b"#")


DATA = "representations/rep1/data/0000001.pdf"
DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte is flipped": (flip, "hash-differs"),
    "a file is longer": (lambda f: (f / DATA).write_bytes(b"%PDF longer than it was before, by far"), "size-differs"),
    "a file is gone": (lambda f: (f / DATA).unlink(), "missing"),
    "a file is gone and counted": (lambda f: (f / DATA).unlink(), "count-differs"),
    "a file too many": (lambda f: (f / "representations/rep1/data/9.pdf").write_bytes(b"x"), "not-listed"),
    "a file beside": (lambda f: (f / "note.txt").write_bytes(b"x"), "not-listed"),
    "no METS": (lambda f: (f / "METS.xml").unlink(), "CSIPSTR4"),
    "no METS of a representation": (lambda f: (f / "representations/rep1/METS.xml").unlink(), "CSIPSTR12"),
    "METS cut short": (lambda f: (f / "METS.xml").write_bytes((f / "METS.xml").read_bytes()[:900]), "not-xml"),
    "METS that is none": (lambda f: (f / "METS.xml").write_bytes(b"<a/>"), "not-mets"),
    "METS with a document type": (rewrite("METS.xml", b"<mets ", b"<!DOCTYPE mets><mets "), "not-xml"),
    "another OBJID": (rewrite("METS.xml", b'OBJID="01.2024"', b'OBJID="01.2025"'), "CSIP86"),
    "MD5": (rewrite("METS.xml", b'CHECKSUMTYPE="SHA-256"', b'CHECKSUMTYPE="MD5"'), "hash-unknown"),
    "a link out": (rewrite("METS.xml", b"documentation/MucLuc.docx", b"../../../../etc/passwd"), "outside"),
    "a link to the net": (rewrite("METS.xml", b"documentation/MucLuc.docx", b"http://a.vn/b"), "outside"),
    "an identifier of nothing": (rewrite("METS.xml", b'ADMID="uuid-', b'ADMID="none-'), "dangling-id"),
    "fields changed": (rewrite("metadata/descriptive/HoSo.xml", b"<totalDoc>3", b"<totalDoc>4"), "count-differs"),
    "fields out of order": (rewrite("metadata/descriptive/HoSo.xml", b"<mode>01</mode>", b"<mode>09</mode>"),
                            "fields-invalid"),
    "another profile": (rewrite("metadata/descriptive/HoSo.xml", b"tt05-2025", b"tt99"), "profile-unknown"),
    "pages that do not add up": (rewrite("metadata/descriptive/HoSo.xml", b"<numberOfPage>6", b"<numberOfPage>7"),
                                 "count-differs"),
    "a history of other bytes": (rewrite("metadata/preservation/PREMIS.xml", b"<premis:messageDigest>",
                                         b"<premis:messageDigest>0"), "history-differs"),
    "no schemas": (lambda f: shutil.rmtree(f / "schemas"), "CSIPSTR15"),
    "a link": (lambda f: (f / "link").symlink_to("/etc/passwd"), "not-a-file"),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "code"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found(copy: Path, damage: Callable[[Path], object], code: str) -> None:
    damage(copy)
    verdict = verify(copy)
    assert code in {fault.code for fault in verdict.faults}
    assert not verdict.whole
    assert all(fault.say("vi") and fault.say("en") for fault in verdict.faults)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_changed_byte_anywhere_is_found(made: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(contents(made))))
    path, digest = made / name, verify(made).mets_sha256
    sound = path.read_bytes()
    at, other = data.draw(st.integers(0, len(sound) - 1)), data.draw(st.integers(1, 255))
    path.write_bytes(sound[:at] + bytes([sound[at] ^ other]) + sound[at + 1 :])
    try:
        assert not verify(made, expected=digest).whole
    finally:
        path.write_bytes(sound)


@pytest.mark.parametrize("name", ["METS.xml", "representations/rep1/METS.xml", "metadata/descriptive/EAD.xml"])
def test_any_change_of_a_description_is_found(copy: Path, made: Path, name: str) -> None:
    data = (copy / name).read_bytes()
    (copy / name).write_bytes(data + b"\n")
    assert not verify(copy, expected=verify(made).mets_sha256).whole


def test_a_package_under_another_name_is_whole_still(copy: Path) -> None:
    verdict = verify(copy.rename(copy.with_name("khác")))
    assert ([fault.code for fault in verdict.faults], verdict.whole) == (["CSIPSTR2"], True)


def zip_of(path: Path, *entries: tuple[str, bytes], link: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o120777 << 16 if link else 0o644 << 16
            archive.writestr(entry, data)
    return path


@pytest.mark.parametrize(
    "entries",
    [
        [("../METS.xml", b"x")],
        [("/a/METS.xml", b"x")],
        [("a\\METS.xml", b"x")],
        [("a/METS.xml", b"x"), ("b/METS.xml", b"x")],
        [("METS.xml", b"x")],
        [("a/big", b"\0" * (65 << 20))],
    ],
    ids=["up", "absolute", "backslash", "two roots", "no root", "bomb"],
)
def test_a_hostile_zip_is_no_package(tmp_path: Path, entries: list[tuple[str, bytes]]) -> None:
    with pytest.raises(PackageError):
        verify(zip_of(tmp_path / "a.zip", *entries))


def test_a_zip_with_a_link_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="link"):
        verify(zip_of(tmp_path / "a.zip", ("a/METS.xml", b"/etc/passwd"), link=True))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_a_name_twice_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="twice"):
        verify(zip_of(tmp_path / "a.zip", ("a/METS.xml", b"x"), ("a/METS.xml", b"y")))


def test_a_zip_that_is_cut_short(whole: Filed, tmp_path: Path) -> None:
    path = build(whole, tmp_path, MAKING, index=b"PK", zipped=True).path
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(PackageError):
        verify(path)


def test_a_flipped_byte_in_a_zip(whole: Filed, tmp_path: Path) -> None:
    path = build(whole, tmp_path, MAKING, index=b"PK", zipped=True).path
    data, mark = bytearray(path.read_bytes()), b"%PDF-1.4"
    data[data.index(mark)] ^= 1
    path.write_bytes(data)
    with pytest.raises(PackageError, match="CRC"):
        verify(path)


def test_nothing_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(PackageError):
        verify(tmp_path / "none")
    assert "CSIPSTR4" in codes(tmp_path)


def test_nothing_is_written_over(whole: Filed, tmp_path: Path) -> None:
    for zipped in (False, True):
        build(whole, tmp_path, MAKING, index=b"PK", zipped=zipped)
        with pytest.raises(ArchiveError, match="already"):
            build(whole, tmp_path, MAKING, index=b"PK", zipped=zipped)


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    records = with_files(tmp_path / "in", *RECORDS)
    assert records[1].path is not None
    records[1].path.write_bytes(b"changed since")
    for zipped in (False, True):
        with pytest.raises(SourceChangedError):
            build(filed(*records), tmp_path / "out", MAKING, index=b"PK", zipped=zipped)
    gone = filed(replace(records[0], path=None))
    with pytest.raises(ArchiveError, match="gone"):
        build(gone, tmp_path / "out", MAKING, index=b"PK")
    with pytest.raises(ArchiveError, match="no document"):
        build(filed(), tmp_path / "out", MAKING, index=b"PK")
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("code", "name"), [("01/2020 TĐ", "01-2020-TĐ"), ("../../etc", "etc"), ("a:b*c", "a-b-c"), ("(01).a", "(01).a")]
)
def test_folders_are_named_after_codes(code: str, name: str) -> None:
    assert folder_name(code) == name


def test_a_code_that_names_no_folder() -> None:
    with pytest.raises(ArchiveError):
        folder_name("../..")


def test_the_layout_in_the_docstring_is_the_layout(made: Path) -> None:
    for line in ("METS.xml", "EAD.xml", "HoSo.xml", "PREMIS.xml", "MucLuc.docx", "EAD_doc_0000001.xml"):
        assert line in (package.__doc__ or "")
        assert list(made.rglob(line))
