"""The page of figures: one HTML file that holds everything and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from pipeline.stats.figure import Cell, Figure, Say

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

STYLE = """
html { color-scheme: light }
:root { --ink: #2b2622; --soft: #77706a; --line: #e6e0d8; --paper: #fffdf9; --red: #7a1f2b }
* { box-sizing: border-box }
body { margin: 0; background: #f4f0e9; color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif }
header, main, footer { max-width: 1240px; margin: 0 auto; padding: 0 24px }
header { padding-top: 36px } h1 { font-size: 30px; margin: 0; letter-spacing: -.01em } h1 + p { color: var(--soft); margin: 4px 0 20px }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 0 0 18px; padding: 0; list-style: none }
.tiles li { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 10px 18px; min-width: 130px }
.tiles b { display: block; font-size: 25px; line-height: 1.2; color: var(--red); font-variant-numeric: tabular-nums }
nav a { color: var(--red); margin-right: 16px; text-decoration: none; border-bottom: 1px solid var(--line) } nav { margin-bottom: 8px }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin: 20px 0 }
section h2 { margin: 0; font-size: 20px } section > p { margin: 2px 0 16px; color: var(--soft) }
.pair { display: grid; grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); gap: 28px; align-items: start }
.picture { overflow-x: auto }
.picture svg { width: 100%; height: auto; display: block; font-family: inherit }
.table { overflow: auto; max-height: 520px; border: 1px solid var(--line); border-radius: 6px }
table { border-collapse: collapse; font-size: 13px; width: 100% }
th { position: sticky; top: 0; background: #f4f0e9; text-align: left; font-weight: 600 }
th, td { padding: 5px 7px; border-bottom: 1px solid var(--line); vertical-align: top } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
td:first-child { min-width: 88px } td.wide { min-width: 150px } td.n { min-width: 0 } td.day { white-space: nowrap }
th:first-child, td:first-child { position: sticky; left: 0; background: var(--paper) } th:first-child { background: #f4f0e9; z-index: 1 }
tr:last-child td { border-bottom: 0 } .none { color: var(--soft); font-style: italic } footer { color: var(--soft); font-size: 13px; padding-bottom: 40px }
@media (max-width: 900px) { .pair { grid-template-columns: minmax(0, 1fr) } }
@media (max-width: 640px) { header, main, footer { padding-inline: 12px } header { padding-top: 18px } section { padding: 16px 14px } .picture svg { width: 580px }
  .tiles li { min-width: 0; flex: 1 1 30%; padding: 8px 12px } .tiles b { font-size: 21px } h1 { font-size: 25px } }
@media print { body { background: #fff } section { border: 0; padding: 0 } .picture { break-inside: avoid } tr { break-inside: avoid } .table { max-height: none; overflow: visible } th, td { position: static !important } nav { display: none } }
"""  # noqa: E501 (a style sheet reads better a rule a line)


def page(
    figures: Iterable[Figure], tiles: Iterable[tuple[str, float]], *, title: str, made: str, lang: str, say: Say
) -> str:
    """Return the whole page."""
    figures = tuple(figures)
    counts = "".join(f"<li><b>{_number(count, lang)}</b>{escape(name)}</li>" for name, count in tiles)
    ways = "".join(f'<a href="#{figure.name}">{escape(figure.title)}</a>' for figure in figures)
    body = "\n".join(_section(figure, lang, say) for figure in figures)
    return f"""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<p>{escape(made)}</p>
<ul class="tiles">{counts}</ul>
<nav>{ways}</nav>
</header>
<main>
{body}
</main>
<footer>{escape(say("Di chuột lên hình để xem con số.", "Point at pictures for numbers."))}</footer>
</body>
</html>
"""


def _section(figure: Figure, lang: str, say: Say) -> str:
    nothing = f'<p class="none">{escape(say("Chưa có gì để vẽ.", "Nothing to draw yet."))}</p>'
    return f"""<section id="{figure.name}">
<h2>{escape(figure.title)}</h2>
<p>{escape(figure.about)}</p>
<div class="pair"><div class="picture">{figure.picture or nothing}</div>
<div class="table" tabindex="0">{_table(figure, lang)}</div></div>
</section>"""


def _table(figure: Figure, lang: str) -> str:
    numeric = [all(isinstance(row[n], int | float | None) for row in figure.rows) for n in range(len(figure.headings))]
    head = "".join(
        f"<th{' class=n' if is_number and figure.rows else ''}>{escape(name)}</th>"
        for name, is_number in zip(figure.headings, numeric, strict=True)
    )
    rows = "".join(f"<tr>{''.join(_cell(cell, lang) for cell in row)}</tr>" for row in figure.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(cell: Cell, lang: str) -> str:
    if isinstance(cell, int | float):
        return f'<td class="n">{_number(cell, lang)}</td>'
    if cell and _DAY.fullmatch(cell):
        return f'<td class="day">{_day(cell, lang)}</td>'
    wide = " class=wide" if cell and len(cell) > 24 else ""
    return f"<td{wide}>{escape(cell or '')}</td>"


def _day(day: str, lang: str) -> str:
    """Return an ISO day as it is written in a language.

    >>> _day("2020-06-26", "vi"), _day("2020-06-26", "en")
    ('26/06/2020', '2020-06-26')
    """
    return "/".join(reversed(day.split("-"))) if lang == "vi" else day


def _number(value: float, lang: str) -> str:
    """Return a number as it is written in a language: 1.234,5 in Vietnamese.

    >>> _number(1234, "vi"), _number(0.875, "vi"), _number(1234, "en")
    ('1.234', '0,875', '1,234')
    """
    shown = f"{value:,}"
    return shown.translate(str.maketrans(",.", ".,")) if lang == "vi" else shown
