"""The pipeline: every stage, in the order in which they run, and the one loop that runs them.

To add an extractor: one file in `extract/`, one line here.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotations import DateMention, Directive, Field, Movement, Paragraph, Recipient, Reference, Zone
from pipeline.document import Annotation, Document, Problem
from pipeline.extract import (
    agency,
    arrival,
    dates,
    directives,
    heading,
    movements,
    paragraphs,
    recipients,
    references,
    signature,
    zones,
)
from pipeline.models import Models
from pipeline.ocr import Recognizer
from pipeline.read import read
from pipeline.read.reading import Mend
from pipeline.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stage:
    """A named pure function, document to annotations, with what it gives and what it needs.

    `version` is raised whenever the function's results change, so that old results are redone.
    """

    name: str
    gives: type[Annotation]
    extract: Callable[[Document], Iterable[Annotation]]
    needs: tuple[type[Annotation], ...] = ()
    version: int = 1


def stages(models: Models) -> tuple[Stage, ...]:
    """The stages in the order in which they run."""
    return (
        Stage("zones", Zone, zones.extract, version=4),
        Stage("paragraphs", Paragraph, paragraphs.extract, needs=(Zone,), version=4),
        Stage("heading", Field, lambda doc: heading.extract(doc, models), needs=(Zone,), version=4),
        Stage("signature", Field, lambda doc: signature.extract(doc, models), needs=(Zone,), version=4),
        Stage("arrival", Field, arrival.extract, needs=(Zone,)),
        Stage("agency", Field, lambda doc: agency.extract(doc, models.directory), needs=(Zone, Field), version=2),
        Stage(
            "references",
            Reference,
            lambda doc: references.extract(doc, models.citations, models.directory),
            needs=(Zone, Paragraph, Field),
            version=3,
        ),
        Stage("dates", DateMention, dates.extract, needs=(Zone, Paragraph, Field, Reference), version=3),
        Stage("recipients", Recipient, lambda doc: recipients.extract(doc, models.directory), needs=(Zone,), version=4),
        Stage(
            "movements",
            Movement,
            lambda doc: movements.extract(doc, models.nlp, models.movements),
            needs=(Zone, Paragraph, DateMention),
            version=3,
        ),
        Stage(
            "directives",
            Directive,
            lambda doc: directives.extract(doc, models.directory),
            needs=(Zone, Paragraph, Field, DateMention, Movement),
            version=4,
        ),
    )


def process(
    path: Path, *, source: str, steps: Iterable[Stage], mend: Mend, settings: Settings, recognizer: Recognizer
) -> Document:
    """The whole way of one file: read it, then annotate it stage by stage.

    A pure function of the file, the stages, the mender and the models behind them. Raises what `read` raises.
    """
    return annotate(read(path, source=source, settings=settings, recognizer=recognizer, mend=mend), steps)


def annotate(document: Document, steps: Iterable[Stage]) -> Document:
    """Run the stages over a read document.

    A stage that raises becomes a Problem, and the stages that need what it gives are skipped with
    a Problem of their own, never run on emptiness.
    """
    broken: set[type[Annotation]] = set()
    for stage in steps:
        missing = broken.intersection(stage.needs)
        if missing:
            names = ", ".join(sorted(kind.__name__ for kind in missing))
            document = document.trouble(Problem(stage.name, "stage-skipped", f"needs {names}, which failed"))
            broken.add(stage.gives)
            continue
        try:
            found = tuple(stage.extract(document))
        except Exception as error:
            # The frames without the message: it may quote the document, and logs hold no body text.
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error("stage %s failed on %s: %s\n%s", stage.name, document.id, type(error).__name__, frames)
            document = document.trouble(Problem(stage.name, "stage-failed", f"{type(error).__name__}: {error}"))
            broken.add(stage.gives)
            continue
        document = document.annotate(found)
    return document
