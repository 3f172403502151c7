"""Figures of the catalogue on one page that works offline, and the official statistic of movements."""

from __future__ import annotations

import sqlite3
from datetime import date

from pipeline.stats import confidence, deadlines, flows, lifelines, network, overtime
from pipeline.stats.figure import Figure
from pipeline.stats.page import page
from pipeline.store.labels import Lang

__all__ = ["Figure", "figures", "html"]

_TILES = (
    ("văn bản", "dispatches", "SELECT count(*) FROM dispatches"),
    ("cơ quan", "agencies", "SELECT count(DISTINCT agency) FROM dispatches"),
    ("phong trào", "movements", "SELECT count(DISTINCT movement_id) FROM movements"),
    ("nhiệm vụ", "directives", "SELECT count(*) FROM directives"),
    ("viện dẫn", "references", 'SELECT count(*) FROM "references"'),
    ("cần rà soát", "to be reviewed", "SELECT count(*) FROM dispatches WHERE review_state = 'needs_review'"),
)


def figures(connection: sqlite3.Connection, *, lang: Lang, today: date) -> tuple[Figure, ...]:
    """Return the figures, in the order of the page."""

    def say(vi: str, en: str) -> str:
        return vi if lang == "vi" else en

    return (
        *overtime.figures(connection, say),
        lifelines.figure(connection, say),
        network.figure(connection, say),
        flows.figure(connection, say),
        deadlines.figure(connection, say, today=today),
        confidence.figure(connection, say),
    )


def html(connection: sqlite3.Connection, *, lang: Lang, today: date) -> str:
    """Return the page of figures as it was on a day."""

    def say(vi: str, en: str) -> str:
        return vi if lang == "vi" else en

    tiles = [(say(vi, en), int(connection.execute(sql).fetchone()[0])) for vi, en, sql in _TILES]
    return page(
        figures(connection, lang=lang, today=today),
        tiles,
        title=say("Kho công văn qua các con số", "The dispatches in figures"),
        made=say(f"Lập ngày {today:%d/%m/%Y} từ các bảng của congvan.", f"Made on {today} from congvan's tables."),
        lang=lang,
        say=say,
    )
