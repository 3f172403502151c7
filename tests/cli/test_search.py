"""`congvan search` at the terminal."""

import csv
import io
import json
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.catalogues import build, id_of


def test_json(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--out", str(filled), "--format", "json", "dieu", "dong", "--type", "Quyết định"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {hit["dispatch_id"] for hit in data["hits"]} == {id_of("transfer"), id_of("fund")}


def test_csv_is_guarded(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--out", str(filled), "--format", "csv", "mưa lũ"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["subject"], row["number"]) == ("'=phòng, chống mưa lũ", "02")


@pytest.mark.parametrize(("lang", "total"), [("vi", "3 văn bản"), ("en", "3 dispatches")])
def test_list(filled: Path, capsys: pytest.CaptureFixture[str], lang: str, total: str) -> None:
    assert main(["search", "--out", str(filled), "--lang", lang, "điều động"]) == 0
    out = capsys.readouterr().out
    assert "1. điều động công chức" in out
    assert "«điều động» cán bộ" in out
    assert total in out


def test_a_mistake_is_wrong_usage(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--out", str(filled), "--lang", "vi", "coqan:sở"]) == 2
    assert "^^^^^^" in capsys.readouterr().err
    assert main(["search", "--out", str(filled), "--from", "hôm qua"]) == 2


def test_days(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--out", str(filled), "--format", "json", "--from", "6/2020", "--to", "2020-06"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1


def test_saved_searches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(build(tmp_path)), "--format", "json"]
    assert main(["search", *out, "--save", "lũ", "--actor", "Lan", "mưa", "lũ"]) == 0
    assert main(["search", *out, "--saved", "lũ"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1
    assert main(["search", *out, "--saved-list"]) == 0
    assert [s["query"] for s in json.loads(capsys.readouterr().out)] == ["mưa lũ"]
    assert main(["search", *out, "--delete", "lũ"]) == 0
    assert main(["search", *out, "--saved", "lũ"]) == 1


def test_rebuild_and_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--out", str(build(tmp_path)), "--rebuild"]) == 0
    assert "12" in capsys.readouterr().err
    assert main(["search", "--fields", "--lang", "en"]) == 0
    assert "`agency:`" in capsys.readouterr().out
