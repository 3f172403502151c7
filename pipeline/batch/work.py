"""The work on one file: read (or take the kept reading), annotate, make rows. Every engine runs this function."""

from __future__ import annotations

import hashlib
import json
import logging
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline import __version__, models, read
from pipeline.batch.ledger import SETTINGS_OF_READING
from pipeline.batch.outcome import Outcome, Task, Trouble, failure
from pipeline.batch.secrecy import evidence
from pipeline.batch.walk import read_stable
from pipeline.calibration import Calibration
from pipeline.document import Document
from pipeline.errors import CongvanError, OutOfMemoryError, SecretError, UnexpectedError, cannot_write
from pipeline.ocr import Recognizer
from pipeline.ocr.tesseract import Tesseract
from pipeline.read.reading import Mend
from pipeline.settings import Settings
from pipeline.stages import Stage, annotate, stages
from pipeline.store import readings
from pipeline.store.rows import rows_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know to make its tools; plain data. `now` is the run's time, ISO."""

    out: str
    models: str
    settings: Settings
    now: str


@dataclass(frozen=True, slots=True)
class Tools:
    """What the work on every file shares, made once in a process."""

    documents: Path
    settings: Settings
    steps: tuple[Stage, ...]
    recognizer: Recognizer
    mend: Mend
    calibration: Calibration
    now: str


def tools_of(setup: Setup) -> Tools:
    """Load the models and make the tools; raises ModelsError."""
    knowledge = models.load(Path(setup.models))
    return Tools(
        documents=Path(setup.out) / readings.FOLDER,
        settings=setup.settings,
        steps=stages(knowledge),
        recognizer=Tesseract(setup.settings.ocr_language),
        mend=knowledge.mend,
        calibration=knowledge.calibration,
        now=setup.now,
    )


def work(task: Task, tools: Tools) -> Outcome:
    """Process one file; whatever goes wrong with it is part of the outcome."""
    started = time.monotonic()
    try:
        return _process(task, tools, started)
    except CongvanError as error:
        return failure(error, seconds=_since(started))
    except MemoryError:
        return failure(_out_of_memory(tools.settings.max_memory_mib), seconds=_since(started))
    except Exception as error:
        # The frames without the message: a message may quote the document, and logs hold no body text.
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s: %s\n%s", task.dispatch_id, type(error).__name__, frames)
        return failure(_unexpected(error), seconds=_since(started))


def _process(task: Task, tools: Tools, started: float) -> Outcome:
    key = reading_key(tools.settings, tools.recognizer)
    data = read_stable(Path(task.path), task.sha256)
    reading = readings.load(tools.documents, task.dispatch_id, key)
    fresh = reading is None
    if reading is None:
        reading = readings.as_kept(read.read_pages(data, settings=tools.settings, recognizer=tools.recognizer))
    document = annotate(
        read.compose(reading, id=task.dispatch_id, source=task.source_path, mend=tools.mend), tools.steps
    )
    if not task.released and (found := evidence(document)):
        readings.forget(tools.documents, task.dispatch_id)
        return _restricted(found, _since(started))
    if fresh:
        try:
            readings.save(tools.documents, task.dispatch_id, key, reading)
        except OSError as error:
            return failure(cannot_write(tools.documents, error), fatal=True)
    return _done(task, document, tools, _since(started))


def reading_key(settings: Settings, recognizer: Recognizer) -> str:
    """Return what a kept reading rests on: the reader's version, the recogniser's, and the settings of both."""
    parts = {name: value for name, value in asdict(settings).items() if name in SETTINGS_OF_READING}
    text = json.dumps([read.VERSION, recognizer.version, parts], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _done(task: Task, document: Document, tools: Tools, seconds: float) -> Outcome:
    rows = rows_of(
        document,
        sha256=task.sha256,
        pipeline_version=__version__,
        ingested_at=tools.now,
        review_below=tools.settings.review_below,
        calibration=tools.calibration,
    )
    problems = tuple(Trouble(p.stage, p.code, p.message) for p in document.problems)
    return Outcome("done", rows=rows, problems=problems, seconds=seconds, pages=len(document.pages))


def _restricted(found: str, seconds: float) -> Outcome:
    error = SecretError(
        f"stamped secret ({found}): it is kept out of all tables; `congvan release ID --actor NAME` lets it in",
        f"có dấu mật ({found}): không đưa vào bảng nào; `congvan release ID --actor TÊN` để cho phép",
    )
    return Outcome("restricted", error.code, problems=(Trouble.of(error, "secrecy"),), seconds=seconds)


def _out_of_memory(limit: int) -> OutOfMemoryError:
    return OutOfMemoryError(
        f"needs more than {limit} MiB of memory: raise max_memory_mib or split the file",
        f"cần hơn {limit} MiB bộ nhớ: hãy nâng max_memory_mib hoặc tách nhỏ tập tin",
    )


def _unexpected(error: Exception) -> UnexpectedError:
    """Return the error for a fault of the program: its kind and place, and no word of it, which may be the document's.

    What fails before a secrecy stamp is seen is told in tables and exports all the same.
    """
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
    return UnexpectedError(
        f"a fault of the program ({where}): please report it",
        f"lỗi của chương trình ({where}): xin báo cho nhóm phát triển",
    )


def _since(started: float) -> float:
    return round(time.monotonic() - started, 3)
