"""Feeds one parser with whatever atheris thinks of: `python -m tests.faults.fuzz TARGET SECONDS FOLDER`."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline.text", "pipeline.search"]):
    from pipeline.errors import QueryError
    from pipeline.search.query import parse
    from pipeline.text import dates, labels, legacy, notation, secrecy


WORDS = {
    "notations": [
        "Số",
        "13",
        "/2020",
        "QĐ",
        "-UBND",
        "KH-",
        "34-CT/TW",
        "NĐ-CP",
        ":",
        "số:",
        "07",
        "/TTr-",
        "ngày",
        ".",
        ",",
    ],
    "days": [
        "ngày",
        "05",
        "/",
        "02",
        "tháng",
        "13",
        "năm",
        "2020",
        "2021",
        "-",
        "từ",
        "đến",
        "quý",
        "II",
        "IV",
        "giai",
        "đoạn",
        "2020-2025",
        "trước",
        "31/4",
        "30.2.1999",
    ],
    "fonts": ["Céng", "hßa", "x·", "héi", "ViÖt", "Nam", "coäng", "hoøa", "§éc", "lËp", "hội", "Việt"],
    "queries": [
        "so:",
        "13",
        "ngay:2020-01..2020-06",
        '"',
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
        "thi*",
        "loai:",
        "tag:a/b",
        "kyhieu:KH-UBND",
        "nam:20",
    ],
    "levels": ["MẬT", "TỐI", "TUYỆT", "ĐỘ MẬT:", "Số:", "/BC-", "CỘNG HÒA XÃ HỘI", "[", "|", "I", "bản số", "MAT"],
    "items": ["I", "IV", "HI", "1", ".", ")", "a", "đ", "-", "+", "Điều", "Chương", "Mục", "Phần", "thứ"],
}
"""What each parser looks for; inputs are made of these and of anything else."""


def notations(text: str) -> None:
    for found in notation.find(text):
        assert 0 <= found.start < found.end <= len(text)
    notation.head(text)


def days(text: str) -> None:
    for found in dates.find_dates(text, year=2020):
        assert 0 <= found.start < found.end <= len(text)
        assert found.first <= found.last
    dates.read_date(text)


def fonts(text: str) -> None:
    legacy.as_unicode(text)
    legacy.guess(text)


def queries(text: str) -> None:
    with suppress(QueryError):
        parse(text)


def levels(text: str) -> None:
    assert secrecy.level(text) in (None, *secrecy.LEVELS.values())
    secrecy.likely_level(text)


def items(text: str) -> None:
    label = labels.read_label(text)
    assert label is None or 0 < label.length <= len(text)


TARGETS: dict[str, Callable[[str], None]] = {f.__name__: f for f in (notations, days, fonts, queries, levels, items)}


def main(target: str, seconds: int, folder: Path) -> None:
    """Fuzz one target; ends with another code than 0 at the first input that breaks it, which is kept in a folder."""
    run, words = TARGETS[target], WORDS[target]

    def test(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        pieces = []
        while provider.remaining_bytes():
            choice = provider.ConsumeIntInRange(0, len(words) + 1)
            pieces.append(words[choice] if choice < len(words) else provider.ConsumeUnicodeNoSurrogates(12))
            pieces.append(" " * provider.ConsumeIntInRange(0, 1))
        run("".join(pieces))

    limits = (f"-max_total_time={seconds}", "-max_len=1200", "-timeout=10", "-rss_limit_mb=2048")
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/"], test)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
