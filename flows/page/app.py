"""The page as an application: its addresses, and what is answered there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from knipsel.flows.page.answer import Page, answer
from knipsel.flows.page.guard import Guard
from knipsel.flows.page.pages.article import article
from knipsel.flows.page.pages.desk import desk, held_document, mark, marks, settle
from knipsel.flows.page.pages.overview import overview
from knipsel.flows.page.pages.search import cite, search, why
from knipsel.flows.page.pages.speakers import entity, speaker, speakers
from knipsel.flows.page.pages.sql import sql
from knipsel.flows.page.pages.times import times
from knipsel.flows.page.site import Site
from knipsel.flows.runs.errors import explain

PageOf = Callable[[Site, Request], Page | Response]
"""What makes a page of a request, or leads to another.

It raises what a command would say in a sentence.
"""

PAGES: tuple[tuple[str, PageOf], ...] = (
    ("/", overview),
    ("/overview{form:form}", overview),
    ("/search{form:form}", search),
    ("/cite{form:form}", cite),
    ("/why{form:form}", why),
    ("/sql{form:form}", sql),
    ("/article/{article:id}{form:form}", article),
    ("/speakers{form:form}", speakers),
    ("/speaker{form:form}", speaker),
    ("/entity/{entity:id}{form:form}", entity),
    ("/times{form:form}", times),
    ("/held-back{form:form}", desk),
    ("/held-back/{document:id}{form:form}", held_document),
    ("/marks{form:form}", marks),
)
"""The addresses of the pages; ``{form:form}`` is where one may end in .json or .csv."""

SiteNow = Callable[[], Site]
"""What is looked at now: another release may have come."""

Action = Callable[[Site, Request, Mapping[str, str]], str]
"""What changes something as a form asks for it, and returns the address to go on with."""

ACTIONS: tuple[tuple[str, Action], ...] = (
    ("/held-back/{document:id}", settle),
    ("/marks/{article:id}", mark),
)
"""The addresses of forms, which need ``--write``."""

MOST_POSTED = 1 << 16
"""Bytes of a form that are read: what a person types."""

LINKS = (
    ("/", "Overview"),
    ("/search", "Search"),
    ("/speakers", "Who said what"),
    ("/times", "Times"),
    ("/sql", "SQL"),
    ("/held-back", "Held back"),
    ("/marks", "Marks"),
)
"""What stands at the top of each page."""

STATIC = Path(__file__).parent / "static"


def make_app(site: SiteNow, token: str, hosts: Collection[str]) -> Starlette:
    """Return the application; it is asked under ``hosts`` only, by who has the ``token``.

    Each request is answered from what ``site`` says then.
    """
    routes: list[Route | Mount] = [Route(path, _endpoint(site, page)) for path, page in PAGES]
    routes += [Route(path, _changing(site, one), methods=["POST"]) for path, one in ACTIONS]
    routes.append(Mount("/static", StaticFiles(directory=STATIC)))
    guard = Middleware(BaseHTTPMiddleware, dispatch=Guard(token, hosts))

    def not_found(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return _sentence(site(), request, "There is no such page.", status)

    return Starlette(routes=routes, middleware=[guard], exception_handlers={404: not_found})


def _endpoint(site: SiteNow, page: PageOf) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        try:
            now = site()
        except Exception as error:  # noqa: BLE001 - the same, where there is no page to say it on
            return PlainTextResponse(f"{explain(error)[1]}\n", 503)
        try:
            made = page(now, request)
        except Exception as error:  # noqa: BLE001 - a sentence on the page, as a command says it
            return _refused(now, request, error)
        if isinstance(made, Response):
            return made
        return answer(request, made, _common(now, request))

    return respond


def _changing(site: SiteNow, action: Action) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        body = await _body(request)
        given = {name: some[-1] for name, some in parse_qs(body, max_num_fields=20).items()}
        return await run_in_threadpool(_acted, site, action, request, given)

    return respond


async def _body(request: Request) -> str:
    """Return a form as it was sent, up to so many bytes."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_POSTED:
            return ""
    return body.decode("utf-8", "replace")


def _acted(site: SiteNow, action: Action, request: Request, given: Mapping[str, str]) -> Response:
    now = site()
    try:
        return RedirectResponse(action(now, request, given), 303)
    except Exception as error:  # noqa: BLE001 - a sentence on the page, as a command says it
        return _refused(now, request, error)


def _refused(site: Site, request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, LookupError) else 400
    return _sentence(site, request, explain(error)[1], status)


def _sentence(site: Site, request: Request, sentence: str, status: int) -> Response:
    page = Page(
        "shared/sentence.html.jinja", "That cannot be shown", {"sentence": sentence}, status=status
    )
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
