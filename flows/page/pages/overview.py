"""The overview: what is in the corpus, over time and by outlet, and what is not and why."""

from __future__ import annotations

from starlette.requests import Request

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.render import address
from knipsel.flows.page.site import Site
from knipsel.warehouse.queries.page import overview as queries
from knipsel.warehouse.release.pages.plots import Bar, BarPlot, bar_plot

UNKNOWN = {
    column: "SELECT article_id, headline, publisher, date_published FROM canonical_articles "
    f"WHERE {column} IS NULL ORDER BY article_id"
    for column in ("date_published", "publisher", "language")
}
"""Queries that lead to the articles of which something is not known."""


def overview(site: Site, request: Request) -> Page:
    """Return the overview of the release."""
    del request
    totals = site.ask(queries.TOTALS)[0]
    over_time = site.ask(queries.OVER_TIME)
    groups = {name: site.ask(query) for name, query in queries.GROUPS.items()}
    held_back = site.ask(queries.HELD_BACK)
    warnings = site.ask(queries.WARNINGS)
    data = {
        "totals": totals,
        "over_time": over_time,
        "groups": groups,
        "held_back": held_back,
        "warnings": warnings,
    }
    columns = ("period", "surely", "possibly")
    table = Table(columns, [[row[name] for name in columns] for row in over_time])
    return Page(
        "overview.html.jinja",
        "Overview",
        data,
        table,
        {"plot": _plot(over_time), "unknown": UNKNOWN, "most": queries.MOST_VALUES},
    )


def _plot(rows: list[dict[str, object]]) -> BarPlot | None:
    bars = [
        Bar(
            str(row["period"]),
            int(str(row["surely"])),
            int(str(row["possibly"])),
            address("/search", **{"from": row["period"], "to": row["period"]}),
        )
        for row in rows
    ]
    return bar_plot("Articles over time", bars) if bars else None
