"""The spaCy pipeline in models/, as an analyst opens it."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from models.build import patterns
from pipeline import models
from pipeline.text.names import aligned

FOLDER = models.folder() / "vi_dispatch"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(FOLDER)


@pytest.mark.parametrize(
    ("text", "phrase", "label", "id"),
    [
        ("theo Quyết định của Sở Y tế", "Quyết định", "DOCUMENT_TYPE", "QĐ"),
        ("theo Quyết định của Sở Y tế", "Sở Y tế", "ORGANIZATION", "so-y-te"),
        ("tại tỉnh Lai Châu.", "Lai Châu", "PROVINCE", "lai-chau"),
        ("phong trào “Dân vận khéo”,", "Dân vận khéo", "MOVEMENT", "dan-van-kheo"),
        ("phong trào “Dân vận khéo”,", "phong trào", "MOVEMENT_KIND", "movement"),
        ("CUỘC VẬN ĐỘNG", "CUỘC VẬN ĐỘNG", "MOVEMENT_KIND", "campaign"),
    ],
)
def test_names_are_found_beside_punctuation_and_in_any_case(
    nlp: Language, text: str, phrase: str, label: str, id: str
) -> None:
    for written in (text, aligned(text)):
        doc = nlp(written)
        start = text.index(phrase)
        found = {(span.start_char, span.end_char, span.label_, span.id_) for span in doc.spans["names"]}
        assert (start, start + len(phrase), label, id) in found


def test_it_is_built_from_the_gazetteers_as_they_are() -> None:
    lines = (FOLDER / "span_ruler" / "patterns").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(patterns()), "the gazetteers changed: run `make models`"


def test_offsets_of_folded_text_are_those_of_the_text() -> None:
    text = "Đợt thi đua “Hoà ﬁ ß Ŋ”"
    assert len(aligned(text)) == len(text)


def test_the_model_lies_where_the_package_looks() -> None:
    assert Path(models.folder(), "vi_dispatch", "config.cfg").is_file()
