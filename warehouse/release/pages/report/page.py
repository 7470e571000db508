"""The report of a release: one page that loads nothing and runs nothing, and prints well.

It says what the corpus holds and how it came to be, as a paper would: the way of the files,
outlets, languages, dates with what is open in them, speakers, topics. No text of an article is in
it, and each text counts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from knipsel.warehouse.queries.page import overview as queries
from knipsel.warehouse.queries.page import report as own_queries
from knipsel.warehouse.release.pages.lanes import Lanes, lanes
from knipsel.warehouse.release.pages.plots import Bar, BarPlot, bar_plot
from knipsel.warehouse.release.pages.render import environment
from knipsel.warehouse.release.pages.report.flow import flow
from knipsel.warehouse.release.versions import Release

TEMPLATE = "report.html.jinja"
REPORT = "report.html"

Row = Mapping[str, Any]

HEADINGS = {
    "publisher": "Outlets",
    "language": "Languages",
    "completeness": "Completeness",
    "media_type": "Formats of the files",
}


def report_page(connection: duckdb.DuckDBPyConnection, release: Release, title: str | None) -> str:
    """Return the report of a release, whose tables the connection uses by default.

    ``title`` is what people call the corpus. The same tables give the same page.
    """

    def ask(query: str) -> list[Row]:
        answer = connection.sql(query)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]

    counts = ask(own_queries.FLOW)[0]
    groups = {name: ask(queries.GROUPS[name]) for name in HEADINGS}
    topics = ask(queries.GROUPS["topic"])
    return (
        environment(Path(__file__).parent)
        .get_template(TEMPLATE)
        .render(
            release=release,
            corpus=title,
            counts=counts,
            holds=ask(own_queries.HOLDS)[0],
            dates=ask(own_queries.DATES)[0],
            flow=flow(counts, ask(own_queries.REASONS)),
            plot=_plot(ask(queries.OVER_TIME)),
            groups=groups,
            headings=HEADINGS,
            most=queries.MOST_VALUES,
            outlets=_lanes(
                "Articles of each outlet over time",
                ask(queries.OVER_MONTHS["publisher"]),
                groups["publisher"],
                with_gaps=True,
            ),
            topics=_lanes(
                "Articles on each topic over time", ask(queries.OVER_MONTHS["topic"]), topics
            ),
            speakers=ask(own_queries.SPEAKERS),
        )
    )


def _plot(rows: list[Row]) -> BarPlot | None:
    bars = [Bar(row["period"], row["surely"], row["possibly"], "") for row in rows]
    return bar_plot("Articles over time", bars) if bars else None


def _lanes(
    title: str, rows: list[Row], totals: list[Row], *, with_gaps: bool = False
) -> Lanes | None:
    names = {row["value"]: row["articles"] for row in totals if row["value"] is not None}
    return lanes(title, rows, names, with_gaps=with_gaps)
