"""The overview: what is in the corpus, over time and by outlet, and what is not and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.pages.asked import is_for_people
from knipsel.flows.page.render import address
from knipsel.flows.page.site import Row, Site
from knipsel.warehouse.queries.page import overview as queries
from knipsel.warehouse.release.pages.lanes import Lanes, lanes
from knipsel.warehouse.release.pages.plots import Bar, BarPlot, bar_plot

UNKNOWN = {
    name: "SELECT article_id, headline, publisher, date_published FROM canonical_articles "
    f"WHERE {condition} ORDER BY article_id"
    for name, condition in (
        (
            "date_published",
            "date_published_not_before IS NULL OR date_published_not_after IS NULL",
        ),
        ("publisher", "publisher IS NULL"),
        ("language", "language IS NULL"),
    )
}
"""Queries that lead to the articles of which something is not known."""


def overview(site: Site, request: Request) -> Page:
    """Return the overview of the release."""
    totals = site.ask(queries.TOTALS)[0]
    over_time = site.ask(queries.OVER_TIME)
    groups = {name: site.ask(query) for name, query in queries.GROUPS.items()}
    held_back = site.ask(queries.HELD_BACK)
    warnings = site.ask(queries.WARNINGS)
    coverage = site.ask(queries.OVER_MONTHS["publisher"])
    data = {
        "totals": totals,
        "over_time": over_time,
        "coverage": coverage,
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
        _drawn(data) if is_for_people(request) else {},
    )


def _drawn(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "plot": _plot(data["over_time"]),
        "lanes_of_outlets": _coverage(data["coverage"], data["groups"]["publisher"]),
        "unknown": UNKNOWN,
        "most": queries.MOST_VALUES,
    }


def _coverage(rows: list[Row], outlets: list[Row]) -> Lanes | None:
    """Return the outlets with most texts over time, and where they have none."""
    names = {row["value"]: row["articles"] for row in outlets if row["value"] is not None}
    return lanes(
        "Texts of each outlet over time",
        rows,
        names,
        lambda name, period: address(
            "/search", **{"publisher": f'"{name}"', "from": period, "to": period}
        ),
        with_gaps=True,
    )


def _plot(rows: list[Row]) -> BarPlot | None:
    bars = [
        Bar(
            row["period"],
            row["surely"],
            row["possibly"],
            address("/search", **{"from": row["period"], "to": row["period"]}),
        )
        for row in rows
    ]
    return bar_plot("Articles over time", bars) if bars else None
