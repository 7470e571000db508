"""The page as an application: its addresses, and what is answered there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from knipsel.flows.page.answer import Page, answer
from knipsel.flows.page.guard import Guard
from knipsel.flows.page.pages.overview import overview
from knipsel.flows.page.pages.search import cite, search, why
from knipsel.flows.page.pages.sql import sql
from knipsel.flows.page.site import Site
from knipsel.flows.runs.errors import explain

PageOf = Callable[[Site, Request], Page]
"""What makes a page of a request. It raises what a command would say in a sentence."""

PAGES: tuple[tuple[str, PageOf], ...] = (
    ("/", overview),
    ("/overview{form:form}", overview),
    ("/search{form:form}", search),
    ("/cite{form:form}", cite),
    ("/why{form:form}", why),
    ("/sql{form:form}", sql),
)
"""The addresses of the pages; ``{form:form}`` is where one may end in .json or .csv."""

LINKS = (("/", "Overview"), ("/search", "Search"), ("/sql", "SQL"))
"""What stands at the top of each page."""

STATIC = Path(__file__).parent / "static"


def make_app(site: Site, token: str, hosts: Collection[str]) -> Starlette:
    """Return the application; it is asked under ``hosts`` only, by who has the ``token``."""
    routes: list[Route | Mount] = [Route(path, _endpoint(site, page)) for path, page in PAGES]
    routes.append(Mount("/static", StaticFiles(directory=STATIC)))
    guard = Middleware(BaseHTTPMiddleware, dispatch=Guard(token, hosts))

    def not_found(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return _sentence(site, request, "There is no such page.", status)

    return Starlette(routes=routes, middleware=[guard], exception_handlers={404: not_found})


def _endpoint(site: Site, page: PageOf) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        try:
            made = page(site, request)
        except Exception as error:  # noqa: BLE001 - a sentence on the page, as a command says it
            _, sentence = explain(error)
            status = 404 if isinstance(error, LookupError) else 400
            return _sentence(site, request, sentence, status)
        return answer(request, made, _common(site, request))

    return respond


def _sentence(site: Site, request: Request, sentence: str, status: int) -> Response:
    page = Page("sentence.html.jinja", "Not to be shown", {"sentence": sentence}, status=status)
    return answer(request, page, _common(site, request))


def _common(site: Site, request: Request) -> dict[str, Any]:
    """Return what stands on every page."""
    path = request.url.path
    return {
        "release": site.release,
        "links": [(to, name, to == path) for to, name in LINKS],
        "words": request.query_params.get("q", ""),
        "may_write": site.may_write,
    }
