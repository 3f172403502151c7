"""Checked records become gold, and what people wrote becomes proposals."""

import json
import sqlite3
from pathlib import Path

from pipeline import models
from pipeline.evaluate import FIELDS
from pipeline.people import corrections, gold, learn

from .conftest import IDS, LAN, MINH


def test_only_checked_records_are_gold(catalogue: sqlite3.Connection, tmp_path: Path) -> None:
    corrections.set_field(catalogue, IDS[0], "number", "31", LAN)
    assert gold.write_gold(catalogue, tmp_path / "gold") == 1
    record = json.loads((tmp_path / "gold" / f"{IDS[0]}.json").read_text("utf-8"))
    assert record["dispatch"] == dict.fromkeys(FIELDS) | {"number": "31"}
    assert [entry["name"] for entry in record["recipients"]] == ["Sở A", "Sở B"]


def test_what_people_wrote_is_proposed_with_its_evidence(catalogue: sqlite3.Connection) -> None:
    for dispatch_id, by in ((IDS[0], LAN), (IDS[1], MINH)):
        corrections.set_field(catalogue, dispatch_id, "agency", "HỘI ĐỒNG CHƯA AI BIẾT", by)
    undone = corrections.set_field(catalogue, IDS[2], "agency", "BAN KHÁC", LAN)
    corrections.undo(catalogue, undone, LAN)
    corrections.set_cells(catalogue, IDS[3], "recipients", ["Sở A#1"], "name", "Sở Chưa Ai Biết", LAN)
    found = learn.proposals(catalogue, models.load())
    assert found == (
        learn.Proposal("organizations", "HỘI ĐỒNG CHƯA AI BIẾT", (), IDS[:2]),
        learn.Proposal("organizations", "Sở Chưa Ai Biết", ("Sở A",), (IDS[3],)),
    )
