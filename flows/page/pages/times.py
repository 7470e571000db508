"""The times that texts mention, with their sentences."""

from __future__ import annotations

from starlette.requests import Request

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.pages.asked import PER_PAGE, bound, is_for_people, offset_of, pages, text_of
from knipsel.flows.page.render import address
from knipsel.flows.page.site import Site
from knipsel.warehouse.queries.page import speakers as queries
from knipsel.warehouse.release.pages.over_time import over_time

MOST_ROWS = 100_000
"""Rows that are written into a file."""
PRECISIONS = ("day", "month", "year", "interval")


def times(site: Site, request: Request) -> Page:
    """Return the times that texts mention, the earliest first."""
    asked: dict[str, object] = {
        "precision": text_of(request, "precision"),
        "publisher": text_of(request, "publisher"),
        "first": bound(request, "from"),
        "last": bound(request, "to", is_last=True),
    }
    total = site.ask(queries.TIMES_TOTAL, asked)[0]
    offset = offset_of(request, total["times"])
    is_file = request.path_params.get("form") == ".csv"
    room = {"most": MOST_ROWS, "offset": 0} if is_file else {"most": PER_PAGE, "offset": offset}
    rows = site.ask(queries.TIMES, asked | room)
    data = {"asked": asked, "totals": total, "offset": offset, "times": rows}
    table = Table([*rows[0]], [[*row.values()] for row in rows]) if rows else None
    if not is_for_people(request):
        return Page("times.html.jinja", "Times that texts mention", data, table)
    spread = site.ask(queries.TIMES_OVER_TIME, asked)
    shown = {
        "plot": over_time(
            "Times that are mentioned",
            spread,
            lambda year: address("/times", **{"from": year, "to": year}),
        ),
        "precisions": PRECISIONS,
        "outlets": site.ask(queries.OUTLETS),
        "given": request.query_params,
        **pages(request, offset, total["times"]),
    }
    return Page("times.html.jinja", "Times that texts mention", data, table, shown)
