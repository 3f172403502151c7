"""The parser: meanings, mistakes with a caret under the place, and nothing else ever raised."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import QueryError
from pipeline.search import Searcher
from pipeline.search.days import days_of
from pipeline.search.fields import FIELDS, OPERATORS, field_named
from pipeline.search.keys import key_in, key_of
from pipeline.search.query import LONGEST, parse
from pipeline.search.syntax import And, Due, Issued, Key, Not, Or, Tagged, Text

MEANINGS = {
    "words": ("thi đua", And((Text("thi", loose=True), Text("đua", loose=True)))),
    "phrase": ('"thi đua"', Text("thi đua")),
    "phrase prefix": ('"thi đ"*', Text("thi đ", prefix=True)),
    "field": ("coquan:sở", Text("sở", columns=("agency",))),
    "space after a field": ("Số: 05", Text("5", columns=("number",))),
    "precedence": ("a OR b c", Or((Text("a", loose=True), And((Text("b", loose=True), Text("c", loose=True)))))),
    "not": ("KHÔNG a", Not(Text("a", loose=True))),
    "key": ("13/KH-UB", Key("13xkhub", "13/KH-UB")),
    "key ends at a space": ("13/KH ngày", And((Key("13xkh", "13/KH"), Text("ngày", loose=True)))),
    "years are no key": ("2020-2025", Text("2020-2025", loose=True)),
    "a day is no key": ("26/6/2020", Text("26/6/2020", loose=True)),
    "a clock is no field": ("8:30", Text("8:30", loose=True)),
    "an address is no field": ("https://x.vn", Text("https://x.vn", loose=True)),
    "date": ("ngay:2/2020", Issued("2020-02-01", "2020-02-29")),
    "due": ("han:..2020", Due("0001-01-01", "2020-12-31")),
    "tag": ("tag:Khen*", Tagged("khen", prefix=True)),
    "nothing": ("   ", None),
}

MISTAKES = {
    "open quote": ('loai:"kế hoạch', "     ^"),
    "open bracket": ("a (b OR c", "  ^"),
    "stray bracket": ("a b) c", "   ^"),
    "operator at the end": ("a AND", "     ^"),
    "operator at the start": ("OR a", "^^"),
    "two operators": ("a HOẶC VÀ b", "       ^^"),
    "empty brackets": ("a ()", "   ^"),
    "star alone": ("a *", "  ^"),
    "star inside": ("t*i", " ^"),
    "unknown field": ("thi cơquang:sở", "    ^^^^^^^^"),
    "no value": ("a coquan:", "  ^^^^^^^"),
    "no value before a bracket": ("(loai:) a", " ^^^^^"),
    "bad date": ("ngay:31/6/2020", "     ^^^^^^^^^"),
    "range upside down": ("ngay:2021..2020", "     ^^^^^^^^^^"),
    "month for a year": ("nam:2020-05", "    ^^^^^^^"),
    "unknown state": ("trangthai:xong", "          ^^^^"),
    "field in a field": ("loai:(so:3)", "      ^^^"),
    "only a dash": ("-", " ^"),
}


@pytest.mark.parametrize(("query", "node"), MEANINGS.values(), ids=MEANINGS.keys())
def test_meaning(query: str, node: object) -> None:
    assert parse(query) == node


@pytest.mark.parametrize(("query", "caret"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_pointed_at(query: str, caret: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    for lang in ("vi", "en"):
        _, shown, pointer = caught.value.say(lang).split("\n")
        assert shown == f"  {query}"
        assert pointer.startswith(f"  {caret}")
    assert caught.value.say("vi") != caught.value.say("en")


def test_a_misspelt_field_is_guessed() -> None:
    with pytest.raises(QueryError, match="coquan:\\?"):
        parse("coqan:sở")


def test_a_query_too_long_is_refused() -> None:
    with pytest.raises(QueryError, match=str(LONGEST)):
        parse("a " * LONGEST)


def test_deep_brackets_are_refused() -> None:
    with pytest.raises(QueryError, match="nested"):
        parse("(" * 500 + "a" + ")" * 500)


def test_every_name_of_a_field_is_its_own() -> None:
    for field in FIELDS:
        assert parse(field.example) is not None
        assert all(field_named(name.upper()) is field for name in field.names)


@pytest.mark.parametrize("number", ["13/PĐTD-LĐLĐ", "13 /PĐTD - LĐLĐ", "013/pdtd-ldld", "13/Pdtd–LdLd"])
def test_one_key_for_every_way_of_writing(number: str) -> None:
    assert key_in(number) == key_of("13", "PĐTD-LĐLĐ")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-2", ("2020-02-01", "2020-02-29")),
        ("5.7.2021", ("2021-07-05", "2021-07-05")),
        ("1/2020..3/2020", ("2020-01-01", "2020-03-31")),
        ("..", None),
        ("0000", None),
        ("2020-13", None),
        ("hôm nay", None),
    ],
)
def test_days(text: str, days: tuple[str, str] | None) -> None:
    assert days_of(text) == days


PIECES = st.sampled_from(
    [*OPERATORS, *(f"{f.vi}:" for f in FIELDS), "(", ")", '"', "*", "thi", "đua", "13/KH-UB", "2020", "..", "-", " ",
     "NEAR", "{a}", "^", "+", "'", "\0", "\ud7ff", "🙂", "½", "đ" + "\u0301"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES).map(" ".join)))
def test_any_line_is_a_query_or_a_query_error(reading: sqlite3.Connection, line: str) -> None:
    try:
        results = Searcher(reading).search(line)
    except QueryError:
        return
    assert len(results.hits) == min(results.total, 20)
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
