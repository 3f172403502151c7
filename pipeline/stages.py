"""The pipeline: every stage, in the order in which they run, and the one loop that runs them.

To add an extractor: one file in `extract/`, one line here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.annotations import Field, Paragraph, Recipient, Zone
from pipeline.document import Annotation, Document, Problem
from pipeline.extract import arrival, heading, paragraphs, recipients, signature, zones
from pipeline.models import Models

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
        Stage("zones", Zone, zones.extract),
        Stage("paragraphs", Paragraph, paragraphs.extract, needs=(Zone,)),
        Stage("heading", Field, lambda doc: heading.extract(doc, models), needs=(Zone,)),
        Stage("signature", Field, lambda doc: signature.extract(doc, models), needs=(Zone,)),
        Stage("arrival", Field, arrival.extract, needs=(Zone,)),
        Stage("recipients", Recipient, lambda doc: recipients.extract(doc, models.directory), needs=(Zone,)),
    )


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
            log.exception("stage %s failed on %s", stage.name, document.id)
            document = document.trouble(Problem(stage.name, "stage-failed", f"{type(error).__name__}: {error}"))
            broken.add(stage.gives)
            continue
        document = document.annotate(found)
    return document
