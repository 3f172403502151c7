"""Builds `lexicon.txt.gz`: how often each Vietnamese syllable, and each pair of syllables, is written.

    python -m models.repair.build

Sources (see models/README.md): the word lists and the tagged text that underthesea carries, the names
in `models/gazetteers`, the list of old and new administrative units that underthesea carries, and
`phrases.txt`, formulas of dispatches written for this purpose. Nothing is fetched.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from pipeline.text.unicode import fold, nfc, same_tones

HERE = Path(__file__).parent
PHRASE_WEIGHT = 6
NAME_WEIGHT = 2
FEATURE_FILES = (
    "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/models.bin",
    "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/models.bin",
    "pipeline/pos_tag/pos_crf_2017_10_11.bin",
)
"""Taggers keep the runs of words that they were trained on as names of their features, `T[-1,0]=của tỉnh`."""

_SYLLABLE = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile(r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$")


def main() -> None:
    """Count every source and write the lexicon."""
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text, weight in sources():
        for run in re.split(r"[^\w\s\-]|\d|\n", text):
            words = [same_tones(word.casefold()) for word in _SYLLABLE.findall(nfc(run))]
            words = [word for word in words if _VIETNAMESE.match(fold(word))]
            for word in words:
                single[word] += weight
            for pair in pairwise(words):
                pairs[pair] += weight
    lines = [f"{word}\t{count}" for word, count in sorted(single.items())]
    lines += [f"{first} {second}\t{count}" for (first, second), count in sorted(pairs.items())]
    data = ("\n".join(lines) + "\n").encode()
    (HERE / "lexicon.txt.gz").write_bytes(gzip.compress(data, 9, mtime=0))


def sources() -> Iterator[tuple[str, int]]:
    """Yield every text with its weight."""
    package = Path(find_spec("underthesea").origin or "").parent  # type: ignore[union-attr]
    yield (package / "corpus/data/Viet74K.txt").read_text(encoding="utf-8"), 1
    tagged = package / "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt"
    yield tagged_text(tagged.read_text(encoding="utf-8").splitlines()), 1
    for file in FEATURE_FILES:
        for text in feature_texts((package / file).read_bytes()):
            yield text, 1
    for name in places(json.loads((package / "address/data/mapping.json").read_text(encoding="utf-8"))):
        yield name, NAME_WEIGHT
    for file in sorted((HERE.parent / "gazetteers").glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield "\n".join([row["name"], *row["aliases"].split("|")]), NAME_WEIGHT
    for line in (HERE / "phrases.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line, PHRASE_WEIGHT


def tagged_text(lines: Iterable[str]) -> str:
    """Return a tagged text (word, tag, tag on each line; blank lines between sentences) as sentences."""
    words = (line.split("\t")[0] for line in lines)
    return " ".join(word or "\n" for word in words)


def feature_texts(data: bytes) -> list[str]:
    """Return every run of words that a tagger's features name, each once."""
    found = re.findall(rb"T\[[-\d,]+\](?:\.lower)?=([^\x00-\x1f]+)", data)
    return sorted({nfc(text.decode("utf-8", "ignore")).casefold() for text in found})


def places(mapping: object) -> Iterator[str]:
    """Yield every name of a place with its diacritics, once."""
    seen: set[str] = set()

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)
        elif isinstance(value, str) and " " in value and value not in seen:
            seen.add(value)
            yield value

    yield from walk(mapping)


if __name__ == "__main__":
    main()
