"""What each form of query finds, what it must not find, and what comes first."""

import sqlite3
import unicodedata
from dataclasses import dataclass

import pytest

from pipeline.search import Searcher
from tests.catalogues import DISPATCHES, id_of

SLUGS = {str(row["dispatch_id"]): str(row["source_path"]).removesuffix(".pdf") for row in DISPATCHES}
ALL = frozenset(SLUGS.values())


@dataclass(frozen=True)
class Case:
    """A query; `finds` is all of what is found unless `more` is set; `first` is the order of the first hits."""

    query: str
    finds: str
    first: str = ""
    misses: str = ""
    more: bool = False


CASES = {
    # Without diacritics everything is found; the đ is a d; case is nothing.
    "no diacritics": Case("quyet dinh", "transfer fund praise", more=True, misses="launch plan"),
    "no diacritics, one field": Case("loai:\"quyet dinh\"", "transfer fund praise"),
    "d for đ": Case("dieu dong", "transfer fund rules"),
    "d for đ, capital": Case("DIEU DONG", "transfer fund rules"),
    "d for đ in a name": Case("nguoiky:do", "launch"),
    "đ in a name": Case("nguoiky:đỗ", "launch"),
    "case is nothing": Case("xAnH NhÀ sạCh Xưởng", "launch plan report"),
    "ê ơ ư": Case("xuong", "launch plan report"),
    "a word is not a part of a word": Case("thuon", ""),
    "quy is not quyet": Case("qu", ""),
    # With diacritics the exact form comes first, its like follows.
    "exact first": Case("điều động", "transfer fund rules", first="transfer fund rules"),
    "exact first, the other way": Case("điều đóng", "transfer fund rules", first="fund transfer rules"),
    "exact phrase first": Case('"điều đóng"', "transfer fund rules", first="fund"),
    "wrong tone still finds": Case("khên thưởng", "praise rules", first="praise rules"),
    "đông is not đóng but near": Case("nguoiky:đóng", "rules plan praise telegram"),
    # Tone placement and normal forms.
    "hoà": Case("hoà bình", "launch report", more=True),
    "hòa": Case("hòa bình", "launch report", more=True),
    "hoà finds hòa in a place": Case('"hoà bình"', "report launch"),
    "old tone in the name": Case('nguoiky:"Đỗ Thị Hòa"', "launch"),
    "new tone in the name": Case('nguoiky:"Đỗ Thị Hoà"', "launch"),
    "uỷ ban is ủy ban": Case('"ủy ban nhân dân các xã"', "letter"),
    "NFD query": Case(unicodedata.normalize("NFD", "điều động"), "transfer fund rules", first="transfer"),
    "NFD phrase": Case(unicodedata.normalize("NFD", '"sạch xưởng"'), "launch plan report"),
    # Words, phrases, prefixes.
    "words in any order": Case("xưởng nhà", "launch plan report"),
    "phrase in order": Case('"nhà xưởng"', ""),
    "curly quotes": Case("“sạch xưởng”", "launch plan report"),
    "phrase over punctuation": Case('"xanh nhà sạch xưởng"', "launch plan report"),
    "words side by side come first": Case("phong nội", "transfer plan", more=True, first="plan"),
    "prefix": Case("thi đua*", "launch rules praise party letter report", first=""),
    "prefix of a syllable": Case("khen thuon*", "praise rules", first="praise"),
    "prefix in a phrase": Case('"huấn lu"*', "circular"),
    "prefix in a field": Case("trichyeu:khe*", "praise"),
    "a dash between words is nothing": Case("thi đua - khen thưởng", "praise rules"),
    # Operators, in both languages.
    "AND": Case("xưởng AND kế", "plan", more=True, misses="launch"),
    "VÀ": Case("mưa VÀ lũ", "telegram"),
    "OR": Case("lũ OR ơn", "telegram fund"),
    "HOẶC": Case("lũ HOẶC ơn", "telegram fund"),
    "NOT": Case("xưởng NOT kết", "plan"),
    "KHÔNG": Case("xưởng KHÔNG loai:BC", "launch plan"),
    "NOT alone": Case("NOT loai:QĐ", " ".join(ALL - {"transfer", "fund", "praise"})),
    "NOT NOT": Case("NOT NOT loai:QĐ", "transfer fund praise"),
    "AND binds before OR": Case("mưa lũ OR góp quỹ", "telegram fund"),
    "brackets": Case("(xưởng OR quỹ) loai:QĐ", "fund"),
    "small and is a word": Case("xưởng and nhà", ""),
    "a field over a group": Case("loai:(QC OR GM)", "rules invitation"),
    "NOT over a group": Case("loai:QĐ NOT (quỹ OR khen)", "transfer"),
    # Numbers and notations.
    "number": Case("so:27", "launch"),
    "number with zeros": Case("so:45", "plan"),
    "number typed with zeros": Case("so:0045", "plan"),
    "number as printed on paper": Case("Số: 118", "transfer"),
    "number is not a part": Case("so:11", ""),
    "notation": Case("kyhieu:PĐTD-LĐLĐ", "launch"),
    "notation without diacritics": Case("kyhieu:pdtd-ldld", "launch"),
    "part of a notation": Case("kyhieu:UBND", "plan praise invitation telegram rules"),
    "whole key": Case("27/PĐTD-LĐLĐ", "launch plan", first="launch"),
    "whole key in small letters": Case("27/pđtd-lđlđ", "launch plan", first="launch"),
    "whole key without diacritics": Case("27/pdtd-ldld", "launch plan", first="launch"),
    "whole key with spaces": Case("27 / PĐTD - LĐLĐ", "launch plan", first="launch"),
    "whole key in quotes": Case('"27/PĐTD-LĐLĐ"', "launch plan", first="launch"),
    "whole key of itself only": Case("kyhieu:27/PĐTD-LĐLĐ", "launch"),
    "whole key after so:": Case("so:27/PDTD-LDLD", "launch"),
    "key with zeros": Case("kyhieu:45/KH-UBND", "plan"),
    "key with a year": Case("12/2020/tt-bld", "circular"),
    "party key": Case("34-CT/HU", "party"),
    "key by its beginning": Case("kyhieu:118/Q*", "transfer"),
    "another number of that notation": Case("28/PĐTD-LĐLĐ", ""),
    "reference": Case("viendan:05-CT/TW", "launch party"),
    "reference by type": Case('viendan:"chỉ thị"', "launch party"),
    "reference in English": Case("reference:45/KH-UBND", "report"),
    # Fields.
    "type": Case('loai:"kế hoạch"', "plan"),
    "type by abbreviation": Case("loai:qd", "transfer fund praise"),
    "type in English": Case("type:BC", "report"),
    "agency": Case('coquan:"ủy ban nhân dân"', "rules plan praise invitation telegram"),
    "parent agency": Case('coquan:"tong lien doan"', "launch"),
    "agency in English": Case('agency:"so noi vu"', "transfer fund letter"),
    "field with diacritics": Case('cơquan:"sở nội vụ"', "transfer fund letter"),
    "field in capitals": Case('COQUAN:"sở nội vụ"', "transfer fund letter"),
    "signer": Case('nguoiky:"Hoàng Đình Đông"', "rules plan praise telegram"),
    "signer by position": Case('signer:"bí thư"', "party"),
    "recipient": Case('noinhan:"phòng nội vụ"', "plan"),
    "recipient, filing line": Case("noinhan:CSPL", "launch"),
    "movement": Case('phongtrao:"sạch xưởng"', "launch plan report"),
    "movement in English": Case('movement:"lao dong gioi"', "launch party"),
    "directive": Case('nhiemvu:"ngày hội tái chế"', "plan"),
    "subject": Case("trichyeu:lũ", "telegram"),
    "body": Case('noidung:"trực ban"', "telegram"),
    # Tags, states, times.
    "tag": Case("tag:khen-thưởng", "praise"),
    "tag without diacritics": Case("tag:khen-thuong", "praise"),
    "tag branch": Case("tag:thi-dua*", "launch plan"),
    "tag is whole": Case("tag:thi", ""),
    "no tag": Case("loai:QĐ NOT tag:2021", "transfer fund"),
    "state": Case("trangthai:canxem", "report"),
    "state in words": Case('trạngthái:"cần xem"', "report"),
    "state in English": Case("state:checked", "transfer"),
    "months": Case("ngay:2020-01..2020-06", "launch plan letter"),
    "one day": Case("ngay:15/6/2020", "letter"),
    "one month": Case("ngay:10/2020", "circular telegram"),
    "open range": Case("ngay:2021-04-03..", "fund praise"),
    "until": Case("ngay:..2018", "party"),
    "a month is no day in it": Case("ngay:2019-11-05..2019-11-20", ""),
    "a month without day": Case("ngay:2019-11", "rules"),
    "year": Case("nam:2020", "launch plan report letter circular invitation telegram"),
    "years": Case("year:2018..2019", "party rules"),
    "due": Case("han:20/6/2020", "plan letter"),
    "due in a month": Case("due:2020-12", "launch"),
    "due by a date": Case("han:2021", "circular"),
    # Mixtures and order.
    "words and a year": Case("thi đua nam:2020", "launch report letter", first="letter launch"),
    "filters alone, newest first": Case("loai:QĐ coquan:\"sở nội vụ\"", "transfer fund", first="fund transfer"),
    "words or a tag": Case("lũ OR tag:2021", "telegram praise", first="telegram praise"),
    "subject before body": Case("khen thưởng", "praise rules", first="praise rules"),
    "subject before a body full of it": Case("hội đồng", "rules", more=True, first="rules"),
    "movement before body": Case("lao động giỏi", "launch party", more=True),
    "everything": Case("", " ".join(ALL), first="praise fund transfer"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_search(reading: sqlite3.Connection, case: Case) -> None:
    results = Searcher(reading).search(case.query, limit=50)
    found = [SLUGS[hit.dispatch_id] for hit in results.hits]
    wanted = set(case.finds.split())
    assert len(found) == len(set(found)) == results.total
    assert wanted <= set(found) if case.more else wanted == set(found)
    assert not set(case.misses.split()) & set(found)
    assert found[: len(case.first.split())] == case.first.split()


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert id_of("launch") in SLUGS
