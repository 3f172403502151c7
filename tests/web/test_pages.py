"""The pages without a browser: what they show, and what they refuse."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path
from typing import get_args

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from pipeline.annotations import FIELD_NAMES
from pipeline.people import ChangeKind
from pipeline.search.fields import FIELDS
from pipeline.web.data import CHOICES, COLUMNS
from pipeline.web.reasons import Reason, reasons_of
from pipeline.web.registry import DIRECTIVE_COLUMNS, DUE, MOVEMENT_COLUMNS
from pipeline.web.texts import TEXTS

from .conftest import HOSTILE

ID = f"{1:016x}"
PAGES = (
    "/records", f"/review/{ID}", "/movements", "/movements/dispatches?id=giu-rung", "/directives?due=all", "/tags",
    "/history", "/status",
)  # fmt: skip


def token(client: TestClient, path: str = "/records") -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_shown_in_both_languages(client: TestClient, path: str, lang: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    assert HOSTILE not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_no_page_lets_scripts_or_frames_in(client: TestClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?! src)|\son\w+=|style=", answer.text)


def test_what_the_record_page_shows(client: TestClient) -> None:
    page = client.get(f"/review/{ID}").text
    assert 'value="11"' in page
    assert 'data-for="field-number"' in page
    assert "&lt;script&gt;alert(1)" in page
    picture = client.get(f"/dispatches/{ID}/pages/1.png")
    assert picture.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("vi", '<a href="#value-issued_on">thiếu Ngày ban hành: không thấy dòng này'),
        ("en", '<a href="#value-issued_on">Issued on is missing'),
    ],
)
def test_a_record_says_why_it_needs_review(client: TestClient, lang: str, why: str) -> None:
    page = client.get(f"/review/{ID}", params={"lang": lang}).text
    assert why in page, re.findall("notice warn.*", page)
    row = client.get(f"/api/dispatches/{ID}").json()
    assert "missing:issued_on" in row["review_reason"]
    assert "Issued on is missing" in row["review_message"]
    assert "thiếu Ngày ban hành" in row["review_message_vi"]


def test_review_leads_to_the_least_sure_and_on(client: TestClient) -> None:
    first = client.get("/review", follow_redirects=False).headers["location"]
    second = client.get("/review", params={"after": first.rsplit("/")[-1]}, follow_redirects=False).headers["location"]
    assert {first, second} < {f"/review/{n:016x}" for n in range(1, 4)}
    assert first != second


def test_review_goes_through_what_a_query_finds(client: TestClient) -> None:
    first = client.get("/review", params={"q": "so:12"}, follow_redirects=False).headers["location"]
    assert first == f"/review/{2:016x}?q=so%3A12"
    page = client.get(first).text
    assert f"/review?q=so%3A12&amp;after={2:016x}" in page
    assert "Không còn văn bản nào khác" in client.get("/review", params={"q": "so:12", "after": f"{2:016x}"}).text


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({}, 3),
        ({"due": "overdue"}, 3),
        ({"due": "soon"}, 0),
        ({"assignee": "CONG AN"}, 3),
        ({"assignee": "y tế"}, 0),
        ({"agency": "ủy ban x"}, 3),
        ({"words": "giao ban cong"}, 3),
        ({"start": "2026-02"}, 3),
        ({"end": "31/1/2026"}, 0),
    ],
)
def test_directives_are_narrowed_and_exported(client: TestClient, params: dict[str, str], count: int) -> None:
    lines = client.get("/directives", params=params | {"format": "jsonl"}).text.splitlines()
    assert len(lines) == count
    assert len(client.get("/api/directives", params=params).json()) == count
    page = client.get("/directives", params=params).text
    assert page.count('<tr class="overdue">') == count


def test_directives_as_csv_start_no_formula(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    row = {"text": "=1+1", "assignees": "@a"}
    client.post(f"/api/dispatches/{ID}/directives", json={"values": row}, headers=head)
    lines = client.get("/directives", params={"format": "csv", "due": "all"}).text.splitlines()
    assert lines[0].startswith("\ufeffHạn,")
    assert len(lines) == 5
    assert "'=1+1" in lines[4]
    assert "'@a" in lines[4]
    english = client.get("/directives", params={"format": "csv", "lang": "en"}).text
    assert english.startswith("\ufeffDeadline,")


def test_lists_as_spreadsheets(client: TestClient) -> None:
    for path, rows in (("/directives", 4), ("/movements", 2)):
        content = client.get(path, params={"format": "xlsx"}).content
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert sheet.max_row == rows
    assert client.get("/movements", params={"format": "pdf"}).status_code == 400


def test_movements_over_time(client: TestClient) -> None:
    (entry,) = client.get("/api/movements").json()
    assert (entry["name"], entry["count"], entry["launched_by"]) == ("giữ rừng", 3, "UBND xã")
    assert client.get("/api/movements", params={"q": "xa la"}).json() == []
    found = client.get("/api/movements/dispatches", params={"movement_id": "giu-rung"}).json()
    assert [row["number"] for row in found] == ["11", "12", "13"]
    assert client.get("/movements/dispatches", params={"id": "khong-co"}).status_code == 404


def test_a_change_goes_back_to_the_page_it_came_from(client: TestClient) -> None:
    csrf = token(client)
    form = {"csrf": csrf, "here": "/records?q=rung&page=1", "scope": "all", "add": "a"}
    preview = client.post("/records/preview", data=form)
    assert 'id="apply"' in preview.text
    assert client.get("/api/tags").json() == []
    made = client.post("/records/apply", data=form | {"reason": "thử"}, follow_redirects=False)
    address = made.headers["location"]
    assert address.startswith("/records?q=rung&changed=")
    page = client.get(address).text
    change = re.search(r'action="/changes/([^"/]+)/undo"', page)
    assert change
    undo = {"csrf": csrf, "back": "/records?q=rung"}
    undone = client.post(f"/changes/{change[1]}/undo", data=undo, follow_redirects=False).headers["location"]
    assert undone.startswith("/records?q=rung&undone=")
    assert "Đã hoàn tác" in client.get(undone).text
    assert client.get("/api/tags").json() == []
    assert client.get("/api/changes").json()[1]["reason"] == "thử"


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"scope": "all", "add": "<b>"}, id="not a tag"),
        pytest.param({"scope": "all"}, id="no tag"),
        pytest.param({"scope": "all", "what": "field", "field": "text", "value": "x"}, id="no such field"),
        pytest.param({"scope": "all", "what": "field", "field": "issued_on", "value": "mai"}, id="not a day"),
        pytest.param({"scope": "all", "add": "a", "here": "/records?q=("}, id="not a query"),
    ],
)
def test_a_change_that_cannot_be_made_says_why_on_the_page(client: TestClient, form: dict[str, str]) -> None:
    answer = client.post("/records/apply", data=form | {"csrf": token(client)})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert client.get("/api/changes").json() == []


def test_one_field_of_many_records(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    fill = {"query": "", "name": "place", "value": "Lũng Phìn"}
    preview = client.post("/api/fields/preview", json=fill, headers=head).json()
    assert (preview["change_id"], preview["rows"]) == (None, 3)
    change = client.post("/api/fields/apply", json=fill | {"reason": "cùng xã"}, headers=head).json()
    assert change["rows"] == 3
    assert client.post("/api/fields/preview", json=fill, headers=head).json()["rows"] == 0
    assert client.get(f"/api/dispatches/{ID}").json()["place"] == "Lũng Phìn"
    client.post(f"/api/changes/{change['change_id']}/undo", headers=head)
    assert client.get(f"/api/dispatches/{ID}").json()["place"] is None


def test_searches_are_kept_with_what_narrows_them(client: TestClient) -> None:
    csrf = token(client)
    client.post("/records/saved", data={"csrf": csrf, "name": "rừng", "here": "/records?q=rung&movement=giữ+rừng"})
    (kept,) = client.get("/api/searches").json()
    assert (kept["query"], kept["facets"], kept["actor"]) == ("rung", {"movement": ["giữ rừng"]}, "Lan")
    assert "/records?q=rung&amp;movement=gi%E1%BB%AF+r%E1%BB%ABng" in client.get("/records").text
    client.post("/records/saved/forget", data={"csrf": csrf, "name": "rừng"})
    assert client.get("/api/searches").json() == []
    assert client.post("/records/saved", data={"csrf": csrf, "name": " "}).status_code == 400


def test_the_log_tells_what_was_changed(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    client.post(f"/api/dispatches/{ID}/fields", json={"name": "number", "value": "77"}, headers=head)
    client.post("/api/tags/apply", json={"query": "so:12", "add": ["a"], "reason": "<b>vì"}, headers=head)
    page = client.get("/history").text
    assert '<span class="tag gone">11</span> → <span class="tag new">77</span>' in page
    assert "&lt;b&gt;vì" in page
    assert "77/KH-UBND" in page
    assert client.get("/history", params={"kind": "tag"}).text.count("/undo") == 1
    assert client.get("/history", params={"actor": "Ai đó"}).text.count("/undo") == 0
    assert client.get(f"/review/{ID}").text.count('/undo"') == 1


def test_the_file_as_it_was_filed(client: TestClient, inbox: Path) -> None:
    answer = client.get(f"/dispatches/{ID}/file")
    assert answer.content == (inbox / f"{ID}.pdf").read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(("lang", "said"), [("vi", "Có phải muốn tìm:"), ("en", "Perhaps you meant:")])
def test_where_nothing_is_found_a_like_query_is_offered(client: TestClient, lang: str, said: str) -> None:
    page = client.get("/records", params={"q": "phong traoo", "lang": lang}).text
    offered = re.search(rf'{said} <a href="([^"]+)">', page)
    assert offered
    assert "<strong>3</strong>" in client.get(offered[1]).text
    assert said not in client.get("/records", params={"q": "phong trao"}).text


@pytest.mark.parametrize(("lang", "about"), [("vi", "about_vi"), ("en", "about_en")])
def test_how_to_search_names_every_field_and_its_examples_work(client: TestClient, lang: str, about: str) -> None:
    page = html.unescape(client.get("/records", params={"lang": lang}).text)
    for field in FIELDS:
        assert f"<code>{field.example}</code></td><td>{getattr(field, about)}</td>" in page
        assert client.get("/records", params={"q": field.example}).status_code == 200
    assert 'class="guide" open' in client.get("/records", params={"q": "ngay:mai"}).text


@pytest.mark.parametrize(
    ("lang", "day", "moment"), [("vi", "05/01/2026", "02/03/2026 08:00"), ("en", "2026-01-05", "2026-03-02 08:00")]
)
def test_days_are_written_as_the_language_writes_them(client: TestClient, lang: str, day: str, moment: str) -> None:
    head = {"X-CSRF-Token": token(client)}
    client.post(f"/api/dispatches/{ID}/fields", json={"name": "issued_on", "value": "5/1/2026"}, headers=head)
    shown = client.get(f"/review/{ID}", params={"lang": lang}).text
    assert f'name="issued_on" value="{day}" data-was="{day}"' in shown
    assert f'<span class="tag new">{day}</span>' in shown
    assert moment in shown
    form = {"csrf": head["X-CSRF-Token"], "scope": "all", "what": "field", "field": "issued_on", "value": "6/2026"}
    panel = client.post("/records/preview", params={"lang": lang}, data=form).text
    assert f'<span class="tag gone">{day}</span>' in panel
    assert f'<span class="tag new">{"06/2026" if lang == "vi" else "2026-06"}</span>' in panel


def test_the_language_is_changed_in_place(client: TestClient) -> None:
    page = client.get("/records", params={"q": "rung", "lang": "vi"}).text
    assert 'href="/records?q=rung&amp;lang=en"' in page


def test_a_page_that_is_not_there_is_said_plainly(client: TestClient) -> None:
    assert client.get(f"/dispatches/{ID}/pages/9.png").status_code == 400


def test_a_query_with_a_mistake_points_at_it(client: TestClient) -> None:
    answer = client.get("/records", params={"q": "ngay:mai"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("POST", f"/api/dispatches/{ID}/fields", {"name": "text", "value": "x"}, id="no such field"),
        pytest.param("POST", f"/api/dispatches/{ID}/movements", {"values": {"mentions": "a"}}, id="not a number"),
        pytest.param("PATCH", f"/api/dispatches/{ID}/dates", {"keys": ["x"], "column": "role"}, id="no such row"),
        pytest.param("DELETE", f"/api/dispatches/{ID}/dates", {"keys": ["x"]}, id="nothing to strike"),
        pytest.param("POST", "/api/tags/apply", {"query": "", "add": ["<b>"]}, id="not a tag"),
        pytest.param("POST", "/api/tags/apply", {"query": "(", "add": ["a"]}, id="not a query"),
        pytest.param("POST", "/api/changes/2020-x/undo", {}, id="no such change"),
        pytest.param("POST", "/api/ingest", {"inbox": "/etc"}, id="not a folder to ingest"),
        pytest.param("POST", "/api/searches", {"name": "a", "query": "("}, id="not a query to keep"),
        pytest.param("DELETE", "/api/searches?name=x", None, id="no such search"),
    ],
)
def test_what_cannot_be_done_is_a_clear_error(client: TestClient, method: str, path: str, body: object) -> None:
    answer = client.request(method, path, json=body, headers={"X-CSRF-Token": token(client)})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_rows_are_added_corrected_struck_and_brought_back(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    values = {"name": "Xã đội", "block": "recipient", "archive": ""}
    client.post(f"/api/dispatches/{ID}/recipients", json={"values": values}, headers=head)
    added = client.get(f"/api/dispatches/{ID}").json()["recipients"][-1]
    cell = {"keys": [added["key"]], "column": "purpose", "value": "b/c"}
    client.patch(f"/api/dispatches/{ID}/recipients", json=cell, headers=head)
    row = client.get(f"/api/dispatches/{ID}").json()["recipients"][-1]
    assert (row["name"], row["purpose"], row["author"]) == ("Xã đội", "b/c", "human:Lan")
    gone = client.request(
        "DELETE", f"/api/dispatches/{ID}/recipients", json={"keys": [row["key"]]}, headers=head
    ).json()
    assert len(client.get(f"/api/dispatches/{ID}").json()["recipients"]) == 1
    client.post(f"/api/changes/{gone['change_id']}/undo", headers=head)
    assert len(client.get(f"/api/dispatches/{ID}").json()["recipients"]) == 2


def test_a_corrected_value_is_found_at_once(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    client.post(f"/api/dispatches/{ID}/fields", json={"name": "subject", "value": "chuyện khác hẳn"}, headers=head)
    assert client.get("/api/search", params={"q": '"chuyen khac han"'}).json()["total"] == 1


def test_renaming_a_tag(client: TestClient) -> None:
    head = {"X-CSRF-Token": token(client)}
    client.post("/api/tags/apply", json={"query": "", "add": ["a/b"]}, headers=head)
    client.post("/tags/rename", data={"old": "a", "new": "c", "csrf": head["X-CSRF-Token"]})
    assert client.get("/api/tags").json() == [{"tag": "c/b", "count": 3}]
    branch = re.search(r'class="tag branch" href="([^"]+)">c<', client.get("/tags").text)
    assert branch
    assert "<strong>3</strong>" in client.get(branch[1]).text


def test_a_file_is_tried_again(client: TestClient) -> None:
    path = f"{HOSTILE}.pdf"
    answer = client.post("/api/status/retry", params={"source_path": path}, headers={"X-CSRF-Token": token(client)})
    assert answer.json() == {"rows": 1}
    assert client.get("/api/status").json()["failed"] == 1


def test_the_ledger_streams(client: TestClient) -> None:
    text = client.get("/api/status/stream", params={"once": True}).text
    assert text.startswith('data: {"running": false, "ours": false, "counts": {"found": 4')


def test_every_text_is_there_in_both_languages() -> None:
    assert [key for key, (vi, en) in TEXTS.items() if not vi or not en] == []
    templates = Path("pipeline/web/templates").glob("*.html")
    asked = {key for path in templates for key in re.findall(r"""\bt\(['"](\w+)['"]\)""", path.read_text("utf-8"))}
    named = {f"change_{kind}" for kind in get_args(ChangeKind)}
    named |= {f"{column}_{choice or 0}" for column, choices in CHOICES.items() for choice in choices}
    named |= {*FIELD_NAMES, *DUE, *DIRECTIVE_COLUMNS, *MOVEMENT_COLUMNS, *(c for cs in COLUMNS.values() for c in cs)}
    assert sorted((asked | named) - set(TEXTS)) == []


def test_reasons_are_read_in_one_place(client: TestClient, out: Path) -> None:
    assert reasons_of(None) == ()
    assert reasons_of("missing:issued_on; problem:stage-failed") == (
        Reason("missing", "issued_on"),
        Reason("problem", "stage-failed"),
    )
    page = client.get(f"/review/{ID}").text
    assert '<a href="#value-number">Số chưa chắc: “11” (độ tin cậy 60%)</a>' in page
    fields = re.findall(r'id="field-(\w+)"', page)
    assert set(fields[:4]) == {"issued_on", "type_name", "signer_name", "number"}
