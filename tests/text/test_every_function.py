"""Every function over text stands any text, and keeps what it promises of it; none is left out.

The texts are made of pieces that the parsers look for, of what OCR makes of them, and of anything else.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline.text
from pipeline import models
from pipeline.text import (
    date_roles,
    dates,
    keys,
    labels,
    legacy,
    misread_labels,
    names,
    notation,
    people,
    secrecy,
    strips,
    syllables,
    unicode,
    wording,
    words,
)
from pipeline.text.citations import citation, issuers, sharing
from pipeline.text.match import Gazetteer, read_gazetteer

PIECES = (
    "Số:", " 13", "/2020/", "QĐ-UBND", "KH-", "ngày ", "05/02/2021", "31/4", "tháng 13 ", "năm 2020", "quý IV",
    "giai đoạn ", "2020-2025", "Căn cứ ", "Luật ", "của ", "Ủy ban nhân dân ", "tỉnh ", "Suối Lam", "về việc ",
    "“", "”", ";", ".", ",", "\n", "I. ", "IV) ", "1.1. ", "a) ", "đ) ", "- ", "Điều 5. ", "Chương HI ", "MẬT",
    "TỐI ", "Đinh Văn Thụ", "ThS. ", "TM. ", "KT.", "CỘNG HÒA XÃ HỘI", "céng hßa", "coäng hoøa", "hoà", "HOÀ",
    "uỷ", "Ðảng", "o\u0302\u0300", "\u0323", "\u00ad", "\u200b", "\u202e", "ﬁ", "İ", "ß", "ŉ", "\x00", "²", "Ⅳ",
    "١٢", "|", "l", "§", "…", "\t", "  ", "\u00a0", "😀",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).map("".join)
CODES = notation.Codes(Gazetteer(()), Gazetteer(()))
FAMILIES = read_gazetteer(models.folder() / "gazetteers/family_names.tsv")


def within(text: str, start: int, end: int) -> None:
    assert 0 <= start < end <= len(text)


def find_dates(text: str) -> None:
    for year in (None, 2020):
        found = dates.find_dates(unicode.nfc(text), year=year)
        assert [f.start for f in found] == sorted(f.start for f in found)
        for one in found:
            within(unicode.nfc(text), one.start, one.end)
            assert one.first <= one.last


def find_parts_of_year(text: str) -> None:
    for one in dates.find_parts_of_year(unicode.nfc(text), 2020):
        within(unicode.nfc(text), one.start, one.end)
        assert one.first < one.last


def roles(text: str) -> None:
    for found, role in date_roles.roles(unicode.nfc(text), frozenset({"2021-02-05"}), "2020-05-01"):
        within(unicode.nfc(text), found.start, found.end)
        assert role


def find(text: str) -> None:
    for found in notation.find(text):
        within(text, found.start, found.end)


def read_label(text: str) -> None:
    if label := labels.read_label(text):
        assert 0 < label.length <= len(text)
        assert label.ordinal >= 0


def read_labels(text: str) -> None:
    lines = text.split("\n")
    found = misread_labels.read_labels(lines)
    assert len(found) == len(lines)
    for line, label in zip(lines, found, strict=True):
        if label:
            assert 0 < label.length <= len(line)


def roman(text: str) -> None:
    value = labels.roman(text)
    assert value is None or value > 0


def nfc(text: str) -> None:
    assert unicode.nfc(unicode.nfc(text)) == unicode.nfc(text)


def fold(text: str) -> None:
    folded = unicode.fold(text)
    assert unicode.fold(folded) == folded == unicode.fold(text.swapcase().swapcase()) or not text.isascii()


def flat(text: str) -> None:
    assert len(unicode.flat(text)) == len(text)


def same_tones(text: str) -> None:
    once = unicode.same_tones(text)
    assert unicode.same_tones(once) == once


def to_unicode(text: str) -> None:
    for encoding in ("tcvn3", "vni"):
        assert isinstance(legacy.to_unicode(text, encoding), str)
        assert isinstance(legacy.from_unicode(text, encoding), str)


def decode(text: str) -> None:
    assert unicode.nfc(legacy.decode(text, "Times New Roman")) == unicode.nfc(text)
    assert len(legacy.decode_runs([(text, ".VnTime"), (text, None)])) == 2


def issuer(text: str) -> None:
    for at in range(0, len(text), 5):
        for span in (issuers.issuer_after(text, at), issuers.issuer_before(text, at)):
            if span:
                within(text, *span)


def read_details(text: str) -> None:
    for at in range(0, len(text), 5):
        assert at <= citation.read_details(text, at, len(text)).end <= len(text)


def slug(name: str) -> None:
    assert names.slug(name) == names.slug(name.upper().lower()) or not name.isascii()
    assert names.slug(name).count("-") < 14


def near_equal(text: str) -> None:
    assert names.near_equal(text, text) == bool(names.key_words(text))
    assert names.near_equal(text, text + " chín mươi chín sào") is False or not names.key_words(text)


def person(text: str) -> None:
    for ocr in (False, True):
        found = people.person(text, FAMILIES, ocr=ocr)
        assert found is None or found.strip() == found != ""
    assert people.is_name(text, FAMILIES) in (True, False)


def segments(text: str) -> None:
    assert all(part in text for part in notation.segments(text))
    year = notation.year(text)
    assert year is None or 1900 < year < 2200


def document_key(text: str) -> None:
    key = keys.document_key(text, text)
    assert key is None or key == keys.document_key(text, text)
    assert keys.document_key(None, None) is None


def shares(text: str) -> None:
    for share in syllables.vietnamese_share(text.split()):
        assert 0 <= share <= 1
    good, bad = syllables.telling_words(text)
    assert min(good, bad) >= 0


def level(text: str) -> None:
    for found in (secrecy.level(text), secrecy.likely_level(text)):
        assert found in (None, *secrecy.LEVELS.values())


def motto_at(text: str) -> None:
    at = wording.motto_at(text)
    assert at is None or 0 <= at <= len(text)


def answers(*functions: Callable[[str], object]) -> Callable[[str], None]:
    """Return a check that functions of one text give the same answer twice and do not raise."""

    def check(text: str) -> None:
        for function in functions:
            assert function(text) == function(text)

    return check


CHECKS: dict[str, Callable[[str], None]] = {
    "dates.find_dates": find_dates,
    "dates.find_parts_of_year": find_parts_of_year,
    "date_roles.roles": roles,
    "dates.read_date": answers(dates.read_date),
    "notation.find": find,
    "notation.head": answers(notation.head),
    "notation.segments": segments,
    "notation.year": segments,
    "labels.read_label": read_label,
    "labels.roman": roman,
    "misread_labels.read_labels": read_labels,
    "unicode.nfc": nfc,
    "unicode.fold": fold,
    "unicode.flat": flat,
    "unicode.same_tones": same_tones,
    "legacy.to_unicode": to_unicode,
    "legacy.from_unicode": to_unicode,
    "legacy.decode": decode,
    "legacy.decode_runs": decode,
    "legacy.guess": answers(legacy.guess),
    "legacy.as_unicode": answers(legacy.as_unicode),
    "legacy.is_unicode": answers(legacy.is_unicode),
    "citations.issuers.issuer_after": issuer,
    "citations.issuers.issuer_before": issuer,
    "citations.citation.read_details": read_details,
    "citations.citation.day_before": answers(citation.day_before),
    "citations.citation.clean": answers(citation.clean),
    "citations.sharing.share": answers(lambda text: sharing.share(text, (), CODES)),
    "names.aligned": lambda text: flat(text),
    "names.words": answers(names.words),
    "names.compact": answers(names.compact),
    "names.slug": slug,
    "names.near_equal": near_equal,
    "names.key_words": answers(names.key_words),
    "names.alike": near_equal,
    "people.person": person,
    "people.is_name": person,
    "keys.document_key": document_key,
    "syllables.is_syllable": answers(syllables.is_syllable),
    "syllables.vietnamese_share": shares,
    "syllables.telling_words": shares,
    "secrecy.level": level,
    "secrecy.likely_level": level,
    "strips.bare": answers(strips.bare),
    "wording.motto_at": motto_at,
    "wording.capitals": answers(wording.capitals),
    "wording.signed_digitally": answers(wording.signed_digitally),
}
ELSEWHERE = {"dates.from_iso", "words.sentences", "words.words", "words.tagged"}
"""Functions with tests of their own: of ISO days only, and of underthesea's models, which are slow."""


@pytest.mark.parametrize("name", CHECKS)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_any_text(name: str, text: str) -> None:
    CHECKS[name](text)


@settings(deadline=None)
@given(st.dates())
def test_from_iso_gives_the_days_that_it_names(day: object) -> None:
    iso = str(day)
    first, last, precision = dates.from_iso(iso)
    assert (str(first), str(last), precision) == (iso, iso, "day")
    for length in (7, 4):
        first, last, _ = dates.from_iso(iso[:length])
        assert str(first) <= iso <= str(last)


@settings(deadline=None, max_examples=15)
@given(TEXTS)
def test_words_and_sentences_stand_where_they_say(text: str) -> None:
    for piece in (*words.sentences(text), *words.words(text), *(tagged.word for tagged in words.tagged(text))):
        assert text[piece.start : piece.end] == piece.text


def test_no_function_is_left_out() -> None:
    found = set()
    for module in pkgutil.walk_packages(pipeline.text.__path__, "pipeline.text."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(thing) and thing.__module__ == module.name and not name.startswith("_"):
                first = next(iter(inspect.signature(thing).parameters.values()), None)
                if first is not None and "str" in str(first.annotation):
                    found.add(f"{module.name.removeprefix('pipeline.text.')}.{name}")
    assert found == CHECKS.keys() | ELSEWHERE
