"""`congvan archive` from the command line: what it writes, what it answers, how it ends."""

import hashlib
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from pipeline import store
from pipeline.cli import main
from pipeline.document import Box, Line, Page, Word
from pipeline.read.reading import Reading
from pipeline.store import readings
from tests import pictures
from tests.archive import filing
from tests.catalogues import id_of

SAID = ("--title", "Hồ sơ thi đua", "--retention", "20 năm", "--access", "công khai")
AT = ("--at", "2026-01-05T08:00:00+07:00")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return filing.build(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    rc = main(["archive", *map(str, words)])
    said = capsys.readouterr()
    return rc, said.out, said.err


def test_check_in_both_languages(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rc, vi, _ = run(capsys, "check", "--out", kept, *SAID, "--lang", "vi")
    assert rc == 0
    assert "! " not in vi
    assert "? 02.2022.KT.0000001: unchecked: chưa có người kiểm tra" in vi
    rc, en, _ = run(capsys, "check", "--out", kept, *SAID, "--only-checked", "--lang", "en")
    assert rc == 3
    assert "! 02.2022.KT: empty-file: the file has no document" in en
    assert en.splitlines()[-1].startswith("2 files, 2 documents, 2 ready, ")


def test_check_as_data(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = ("--query", "nam:2020", "--code", "09", *SAID)
    _, text, _ = run(capsys, "check", "--out", kept, *query, "--format", "json")
    found = json.loads(text)
    assert (found["files"], found["documents"]) == (1, 7)
    assert {"subject", "code", "level", "vi", "en", "dispatch_id", "field"} == set(found["remarks"][0])


def test_a_choice_that_is_ready_ends_well(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--query", '"xanh nhà" loai:KH', "--code", "09", *SAID, "--out", out)
    assert run(capsys, "check", *words)[0] == 0
    rc, text, _ = run(capsys, "package", *words, *AT, "--zip", "--agency", "SỞ NỘI VỤ", "--format", "json")
    (built,) = json.loads(text)
    assert rc == 0
    assert (built["path"], built["documents"]) == (str(out / "archive/09.zip"), 1)
    rc, text, _ = run(capsys, "verify", built["path"], "--expect", built["mets_sha256"], "--format", "json")
    assert (rc, json.loads(text)["whole"]) == (0, True)
    assert run(capsys, "verify", built["path"], "--expect", "0" * 64, "--lang", "en")[0] == 3


def test_what_is_not_ready_is_packed_only_on_demand(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rc, _, err = run(capsys, "package", "--out", out, *AT, "--lang", "en")
    assert rc == 1
    assert "missing-field" in err
    assert "archive-refused" in err
    assert not (out / "archive").exists()
    rc, text, _ = run(capsys, "package", "--out", out, *AT, "--anyway", "--lang", "vi", "--to", out / "gói")
    assert rc == 0
    assert sorted(path.name for path in (out / "gói").iterdir()) == ["01.2020.TĐ", "02.2022.KT"]
    assert text.count("METS.xml SHA-256") == 2
    rc, text, _ = run(capsys, "verify", out / "gói/01.2020.TĐ", "--lang", "vi")
    assert (rc, "fields-invalid" in text) == (3, True)


def test_the_package_is_the_same_again(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = []
    for name in "ab":
        words = ("package", "--out", out, *AT, *SAID, "--anyway", "--zip", "--to", out / name)
        assert run(capsys, *words)[0] == 0
        made.append({path.name: path.read_bytes() for path in (out / name).iterdir()})
    assert made[0] == made[1]


@pytest.mark.parametrize("profile", ["tt05-2025", "tt02-2019"])
def test_metadata(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], profile: str) -> None:
    words = ("metadata", "--out", kept, *SAID, "--profile", profile, "--to", tmp_path, "--headings", "lang")
    rc, text, err = run(capsys, *words, "--lang", "vi")
    assert (rc, text.strip()) == (0, str(tmp_path / f"{profile}.xlsx"))
    assert "congvan archive check" in err
    book = openpyxl.load_workbook(tmp_path / f"{profile}.xlsx")
    assert book.sheetnames == ["Hồ sơ", "Tài liệu"]
    assert book["Tài liệu"].max_row == 4
    rc, text, _ = run(capsys, *words, "--as", "csv", "--format", "json")
    assert [Path(path).suffix for path in json.loads(text)["paths"]] == [".csv", ".csv"]


def test_index(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("docx", "xlsx"):
        rc, text, _ = run(capsys, "index", "--out", kept, *SAID, *AT, "--as", kind, "--to", tmp_path)
        assert rc == 0
        assert text.splitlines() == [str(tmp_path / f"mục-lục-{code}.{kind}") for code in ("01.2020.TĐ", "02.2022.KT")]


def with_scan(out: Path) -> None:
    """Make the file of `plan` a picture, with the reading that an ingest would have kept."""
    path, box = out.parent / "in/plan.pdf", Box(1, 90, 110, 120, 124)
    pictures.page(("Kế hoạch",)).save(path, "PNG", dpi=(200, 200))
    connection = store.connect(out)
    values = (hashlib.sha256(path.read_bytes()).hexdigest(), id_of("plan"))
    connection.execute("UPDATE dispatches SET media_type = 'image/png', sha256 = ? WHERE dispatch_id = ?", values)
    connection.close()
    page = Page(1, 595.4, 842.0, (Line((Word("hoạch", box, 0.9),)),), "ocr")
    readings.save(out / readings.FOLDER, id_of("plan"), "k", Reading("image/png", (page,), "scan"))


def test_pdfa_of_scans_lies_beside_and_in_the_package(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_scan(out)
    original = (out.parent / "in/plan.pdf").read_bytes()
    query = ("--query", '"xanh nhà" loai:KH', "--out", out, *AT)
    rc, text, _ = run(capsys, "pdfa", *query, "--to", out / "pdfa")
    assert (rc, text.strip()) == (0, str(out / "pdfa" / f"{id_of('plan')}.pdf"))
    assert (out.parent / "in/plan.pdf").read_bytes() == original
    rc, _, _ = run(capsys, "package", *query, *SAID, "--code", "09", "--pdfa")
    assert rc == 0
    made = out / "archive/09"
    assert (made / "representations/rep1/data/0000001.png").read_bytes() == original
    second = (made / "representations/rep2/data/0000001.pdf").read_bytes()
    assert second == (out / "pdfa" / f"{id_of('plan')}.pdf").read_bytes()
    assert run(capsys, "verify", made)[0] == 0


def test_pdfa_needs_the_reading(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_scan(out)
    shutil.rmtree(out / readings.FOLDER)
    rc, _, err = run(capsys, "pdfa", "--ids", ids(out, "plan"), "--out", out, "--lang", "en")
    assert (rc, "its reading is lost" in err) == (1, True)


def ids(out: Path, *slugs: str) -> Path:
    path = out / "ids.csv"
    path.write_text("dispatch_id\n" + "\n".join(map(id_of, slugs)) + "\n", encoding="utf-8")
    return path


def test_a_table_of_files(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = out / "hồ-sơ.tsv"
    path.write_text("code\ttitle\ttag\n07\tThi đua\t01.2020.tđ\n", encoding="utf-8")
    rc, text, _ = run(capsys, "check", "--files", path, *SAID[2:], "--out", out, "--format", "json")
    assert (rc, json.loads(text)["ready"]) == (0, 2)


@pytest.mark.parametrize(
    ("words", "rc"),
    [
        (("check", "--query", "x"), 1),
        (("check", "--profile", "tt99"), 1),
        (("verify", "no-package.zip"), 1),
        (("check", "--query", "loai:(", "--code", "1"), 2),
    ],
)
def test_what_cannot_be_done_says_so(
    kept: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], rc: int
) -> None:
    found, _, err = run(capsys, *words, "--out", kept)
    assert (found, err.startswith("congvan: ")) == (rc, True)
