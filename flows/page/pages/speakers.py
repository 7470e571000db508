"""Who said what: speakers, all that one said, and names with what stands beside them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.pages.asked import PER_PAGE, bound, is_for_people, offset_of, pages, text_of
from knipsel.flows.page.site import Row, Site
from knipsel.warehouse.queries.page import speakers as queries
from knipsel.warehouse.release.pages.over_time import over_time

MOST_ROWS = 100_000
"""Rows that are written into a file."""


def speakers(site: Site, request: Request) -> Page:
    """Return who is quoted, on what, when and where."""
    asked = {
        "topic": text_of(request, "topic"),
        "publisher": text_of(request, "publisher"),
        "words": text_of(request, "words"),
        "first": bound(request, "from"),
        "last": bound(request, "to", is_last=True),
    }
    totals = site.ask(queries.TOTALS, asked)[0]
    offset = offset_of(request, totals["speakers"])
    rows = _rows(site, request, queries.SPEAKERS, asked, offset)
    data = {"asked": asked, "totals": totals, "offset": offset, "speakers": rows}
    if not is_for_people(request):
        return Page("speakers.html.jinja", "Who said what", data, _table(rows))
    shown = {
        "topics": site.ask(queries.TOPICS),
        "outlets": site.ask(queries.OUTLETS),
        "given": request.query_params,
        **pages(request, offset, totals["speakers"]),
    }
    return Page("speakers.html.jinja", "Who said what", data, _table(rows), shown)


def speaker(site: Site, request: Request) -> Page:
    """Return all that a speaker said, each quotation in its paragraph."""
    name = text_of(request, "name")
    if name is None:
        raise ValueError("Name a speaker, such as /speaker?name=Joe+Biden.")
    total = site.ask(
        "SELECT count(*) AS number, any_value(said.entity_id ORDER BY quotation_id) AS entity_id "
        "FROM who_said_what AS said JOIN articles USING (article_id) "
        "WHERE is_canonical AND said.speaker = $name",
        {"name": name},
    )[0]
    if not total["number"]:
        message = f"Nobody is quoted as {name!r} in release {site.release.version}."
        raise LookupError(message)
    offset = offset_of(request, total["number"])
    rows = _rows(site, request, queries.OF_SPEAKER, {"name": name}, offset)
    data = {
        "name": name,
        "total": total["number"],
        "entity_id": total["entity_id"],
        "offset": offset,
        "topics": site.ask(queries.TOPICS_OF, {"name": name}),
        "quotations": rows,
    }
    if not is_for_people(request):
        return Page("speaker.html.jinja", name, data, _table(rows))
    months = site.ask(queries.MONTHS_OF_SPEAKER, {"name": name})
    shown = {
        "plot": over_time(f"Quotations of {name} over time", months),
        **pages(request, offset, total["number"]),
    }
    return Page("speaker.html.jinja", name, data, _table(rows), shown)


def entity(site: Site, request: Request) -> Page:
    """Return how a name is written, where it stands, and what stands beside it."""
    wanted = {"id": request.path_params["entity"]}
    found = site.ask(queries.ENTITY, wanted)
    if not found:
        message = f"Release {site.release.version} has no name {wanted['id']}."
        raise LookupError(message)
    named = {"name": found[0]["name"], "kind": found[0]["kind"]}
    rows = site.ask(queries.NAMED_IN, wanted)
    data = {
        "entity": found[0],
        "spellings": site.ask(queries.SPELLINGS, wanted),
        "beside": site.ask(queries.BESIDE, named),
        "articles": rows,
    }
    months = site.ask(queries.MONTHS_OF_ENTITY, wanted) if is_for_people(request) else []
    plot = over_time(f"Articles that name {named['name']}", months)
    return Page("entity.html.jinja", str(named["name"]), data, _table(rows), {"plot": plot})


def _rows(
    site: Site, request: Request, query: str, asked: dict[str, Any], offset: int
) -> list[Row]:
    """Return the rows of a page, or for a file all of them."""
    is_file = request.path_params.get("form") == ".csv"
    room = {"most": MOST_ROWS, "offset": 0} if is_file else {"most": PER_PAGE, "offset": offset}
    return site.ask(query, asked | room)


def _table(rows: list[Row]) -> Table | None:
    return Table([*rows[0]], [[*row.values()] for row in rows]) if rows else None
