"""From values to pages: the templates, the language, and what every page holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from pipeline.people.corrections import DAYS
from pipeline.search.fields import FIELDS
from pipeline.web.accounts import LEAST_PASSWORD, LONGEST_NAME, LONGEST_PASSWORD, Role, Session
from pipeline.web.texts import text

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def day(value: str | None, lang: str) -> str:
    """Return an ISO day, month or year as the language writes it.

    >>> day("2020-06-26", "vi"), day("2020-06", "vi"), day("2020-06-26", "en"), day(None, "vi")
    ('26/06/2020', '06/2020', '2020-06-26', '')
    """
    return "/".join(reversed(value.split("-"))) if value and lang == "vi" else value or ""


def _shown(value: str | None, column: str, lang: str) -> str:
    """Return a column's value as the language writes it."""
    return day(value, lang) if column in DAYS else value or ""


def _moment(value: str, lang: str) -> str:
    """Return an ISO time as the language writes it, without its zone and seconds."""
    return f"{day(value[:10], lang)} {value[11:16]}"


def _days_left(deadline: str, today: date) -> str:
    """Return the days from today to an ISO day; nothing for a text that is none."""
    try:
        return str((date.fromisoformat(deadline) - today).days)
    except ValueError:
        return ""


_TEMPLATES.filters |= {"day": day, "shown": _shown, "moment": _moment, "days_left": _days_left}
NAVIGATION = ("records", "review", "movements", "directives", "tags", "history", "status")
_TEMPLATES.globals |= {
    "navigation": NAVIGATION,
    "guide": FIELDS,
    "least_password": LEAST_PASSWORD,
    "longest_password": LONGEST_PASSWORD,
    "longest_name": LONGEST_NAME,
}


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page knows of its request: the language, who asks, and the token of their forms."""

    lang: str
    session: Session | None
    accounts: bool

    def t(self, key: str) -> str:
        """Return a text in the page's language."""
        return text(key, self.lang)

    @property
    def may_edit(self) -> bool:
        """Whether the user may change records."""
        return self.session is not None and self.session.user.role >= Role.ARCHIVIST

    @property
    def may_administer(self) -> bool:
        """Whether the user may steer the ingest."""
        return self.session is not None and self.session.user.role >= Role.ADMIN


def page_of(request: Request) -> PageContext:
    """Return what a page knows of its request."""
    workplace = request.app.state.workplace
    asked = request.query_params.get("lang") or request.cookies.get("congvan_lang") or workplace.lang
    return PageContext(
        lang="en" if asked == "en" else "vi",
        session=getattr(request.state, "session", None),
        accounts=workplace.door is not None,
    )


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page made of a template."""
    page = page_of(request)
    html = _TEMPLATES.get_template(template).render(
        page=page,
        t=page.t,
        path=request.url.path,
        other_language=_other(request, page.lang),
        **values,
    )
    response = HTMLResponse(html, status)
    if request.query_params.get("lang"):
        response.set_cookie("congvan_lang", page.lang, samesite="strict", path="/", max_age=365 * 86400)
    return response


def _other(request: Request, lang: str) -> str:
    """Return the address of this page in the other language."""
    if request.method != "GET":
        return f"/records?lang={'vi' if lang == 'en' else 'en'}"
    kept = [item for item in request.query_params.multi_items() if item[0] != "lang"]
    return f"{request.url.path}?{urlencode([*kept, ('lang', 'vi' if lang == 'en' else 'en')])}"


def problem(request: Request, status: int, code: str, message: str) -> Response:
    """Return an answer that says what did not work, why, and what to do: a page, or JSON for programs."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": code, "message": message}}, status)
    return render(request, "problem.html", status=status, message=message)


def refusal(request: Request, status: int, key: str) -> Response:
    """Return an answer that refuses a request, with one of our texts."""
    return problem(request, status, "refused", page_of(request).t(key))
