"""The rules of comparing: what counts as exact, close, the same claim, and an agreeing detail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.compare import ENTITIES, Record, agrees, align, judge, normal


@pytest.mark.parametrize(
    ("name", "gold", "found", "mark"),
    [
        ("number", None, None, None),
        ("number", None, "", None),
        ("number", "27", "27", (True, True)),
        ("number", "27", None, (False, False)),
        ("number", None, "27", (False, False)),
        ("number", "123456789012", "123456789013", (False, False)),  # coded: nearly right is wrong
        ("notation", "KH-UBND", "kh – ubnd.", (True, True)),
        ("notation", "QĐ/HU", "QĐ / HU", (True, True)),
        ("subject", "“Nhà xanh” năm 2021", '"Nhà xanh"  năm 2021.', (True, True)),
        ("subject", "trồng cây mùa xuân", "trồng cây mùa xuâm", (False, True)),
        ("subject", "a" * 10, "a" * 9 + "b", (False, True)),  # similarity of 0.90
        ("subject", "a" * 9, "a" * 8 + "b", (False, False)),  # and of 0.89
        ("subject", "trồng cây", None, (False, False)),
        ("place", "Hòa Bình", "Hòa Bình", (True, True)),  # composed and decomposed
        ("issued_on", "2021-03-09", "2021-03-09 00:00:00", (True, True)),
        ("issued_on", "2021-03", "2021-03-09", (True, True)),  # gold knows the month alone
        ("issued_on", "2021-03-09", "2021-03", (False, False)),
        ("issued_on", None, "2021-03-09", (False, False)),
        ("urgency", "HỎA TỐC", "HỎA TÓC", (False, False)),
    ],
)
def test_fields(name: str, gold: str | None, found: str | None, mark: tuple[bool, bool] | None) -> None:
    assert judge(name, gold, found) == mark


def _reference(text: str, type_name: str | None, number: str | None, notation: str | None = None) -> Record:
    return {"text": text, "type_name": type_name, "number": number, "notation": notation}


@pytest.mark.parametrize(
    ("kind", "gold", "found", "same"),
    [
        ("recipients", {"name": "Sở Nội vụ", "archive": False}, {"name": "sở nội vụ;", "archive": None}, True),
        ("recipients", {"name": "VT", "archive": True}, {"name": "VT", "archive": False}, False),
        ("recipients", {"name": "a" * 20}, {"name": "a" * 17 + "bbb"}, True),  # 0.85
        ("recipients", {"name": "a" * 20}, {"name": "a" * 16 + "bbbb"}, False),
        ("movements", {"name": "a" * 5}, {"name": "aaaab"}, True),  # 0.80
        ("movements", {"name": "a" * 5}, {"name": "aaabb"}, False),
        ("dates", {"start": "2021-01-01", "end": "2021-12-31"}, {"start": "2021-01-01", "end": "2021-12-31"}, True),
        ("dates", {"start": "2021-01-01", "end": "2021-12-31"}, {"start": "2021-01-01", "end": "2021-12-30"}, False),
        ("references", _reference("x", "Chỉ thị", "34", "CT/TW"), _reference("y", "Kế hoạch", "34", "CT / TW"), True),
        ("references", _reference("x", "Chỉ thị", "34", "CT/TW"), _reference("x", "Chỉ thị", "34", "CT/TU"), False),
        ("references", _reference("x", "Chỉ thị", "34"), _reference("x", "Chỉ thị", None), False),
        ("references", _reference("Luật Đê điều", "Luật", None), _reference("Luật đê điều", "Luật", None), True),
        ("references", _reference("Luật Đê điều", "Luật", None), _reference("Luật Đê điều", "Bộ luật", None), False),
        ("directives", {"text": "Nộp báo cáo"}, {"text": "nộp báo cáo."}, True),
    ],
)
def test_claims(kind: str, gold: Record, found: Record, same: bool) -> None:
    rule = ENTITIES[kind]
    assert (align([gold], [found], rule.same, rule.threshold) == [(0, 0)]) is same


@pytest.mark.parametrize(
    ("detail", "gold", "found", "same"),
    [
        ("launched", False, None, True),
        ("launched", True, None, False),
        ("deadline", None, None, True),
        ("deadline", "2021-06-20", "2021-06-20 00:00:00", True),
        ("deadline", "2021-06-20", None, False),
        ("purpose", "b/c", "B / c", True),
        ("label", "II.1.a", "II.1", False),
    ],
)
def test_details(detail: str, gold: object, found: object, same: bool) -> None:
    assert agrees(detail, gold, found) is same


def test_the_best_pairs_come_first() -> None:
    gold, found = [{"name": "Sở Y tế xa"}, {"name": "Sở Y tế"}], [{"name": "Sở Y tế"}, {"name": "Sở Y tế xe"}]
    rule = ENTITIES["movements"]
    assert sorted(align(gold, found, rule.same, 0.6)) == [(0, 1), (1, 0)]


@given(st.text())
def test_normal_form_is_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.lists(st.integers(0, 5), max_size=6), st.lists(st.integers(0, 5), max_size=6))
def test_alignment_is_one_to_one(left: list[int], right: list[int]) -> None:
    pairs = align(
        [{"v": v} for v in left], [{"v": v} for v in right], lambda a, b: 1.0 - abs(a["v"] - b["v"]) / 10, 0.9
    )
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(abs(left[i] - right[j]) <= 1 for i, j in pairs)
