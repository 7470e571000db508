"""SQL: a query that only reads, with its answer as a table, and what there is to ask about."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import duckdb
from starlette.requests import Request

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.pages.asked import is_for_people
from knipsel.flows.page.site import Site
from knipsel.warehouse.queries.page import tables as queries
from knipsel.warehouse.queries.queries import fetch_checked
from knipsel.warehouse.queries.sandbox import stopped_after
from knipsel.warehouse.release.pages.over_time import over_time
from knipsel.warehouse.release.pages.plots import Bar, BarPlot, bar_plot

MOST_SHOWN = 500
"""Rows that the page shows; the file has more."""
MOST_ROWS = 100_000
"""Rows that are written into a file: they are in memory meanwhile."""
MOST_SECONDS = 60.0
"""After which a query of the page is stopped; `knipsel sql --timeout` gives it longer."""
MOST_BARS = 200
_PERIOD = re.compile(r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-[0-3][0-9](?:[ T]00:00:00)?)?)?")
"""A year, a month or a day, as a label."""

EXAMPLES = (
    (
        "Articles of each outlet",
        (
            "SELECT publisher, count(*) AS articles FROM canonical_articles "
            "GROUP BY publisher ORDER BY articles DESC"
        ),
    ),
    (
        "Who is quoted most",
        (
            "SELECT speaker, count(*) AS quotations FROM who_said_what "
            "WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY quotations DESC LIMIT 20"
        ),
    ),
    (
        "Articles of each month",
        (
            "SELECT month_published, count(*) AS articles FROM canonical_articles "
            "WHERE month_published IS NOT NULL GROUP BY month_published ORDER BY month_published"
        ),
    ),
)


def sql(site: Site, request: Request) -> Page:
    """Return the answer to a query, if there is one, and the tables with their meanings."""
    query = request.query_params.get("query", "").strip()
    answer = _answered(site, query) if query else None
    data = {"query": query, "answer": answer}
    table = Table(answer["columns"], answer["rows"]) if answer else None
    if not is_for_people(request):
        return Page("sql.html.jinja", "SQL", data, table)
    tables = site.ask(queries.TABLES)
    columns = site.ask(queries.COLUMNS)
    shown = {
        "tables": tables,
        "columns_of": {
            row["name"]: [one for one in columns if one["table_name"] == row["name"]]
            for row in tables
        },
        "examples": EXAMPLES,
        "most_shown": MOST_SHOWN,
        "plot": _plot(answer["columns"], answer["rows"]) if answer else None,
    }
    return Page("sql.html.jinja", "SQL", data, table, shown)


def _answered(site: Site, query: str) -> dict[str, Any]:
    """Return columns and rows of an answer; raise what is wrong with the query."""
    with site.connection.cursor() as cursor, stopped_after(cursor, MOST_SECONDS):
        return fetch_checked(cursor, query, _fetched, lake=False)


def _fetched(cursor: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    answer = cursor.execute(query)
    columns = [column[0] for column in answer.description or []]
    rows = answer.fetchmany(MOST_ROWS + 1)
    return {
        "columns": columns,
        "rows": [list(row) for row in rows[:MOST_ROWS]],
        "is_whole": len(rows) <= MOST_ROWS,
    }


def _plot(columns: list[str], rows: list[list[Any]]) -> BarPlot | None:
    """Return a plot of an answer of labels and counts.

    Labels that are all days, months or years stand on an axis of time, with room for those that
    are missing, and days that lie far apart by month; others stand in the order in which they came.
    """
    is_counts = len(columns) == 2 and 1 < len(rows) <= MOST_BARS  # noqa: PLR2004 - label and count
    if not is_counts or not all(isinstance(row[1], int) and row[1] >= 0 for row in rows):
        return None
    title = f"{columns[1]} by {columns[0]}"
    labels = [(str(label), number) for label, number in rows]
    if all(_PERIOD.fullmatch(label) for label, _ in labels):
        if plot := _over_days(title, labels):
            return plot
        months = [{"first": one[:7], "last": one[:7], "number": number} for one, number in labels]
        if len({len(row["first"]) for row in months}) == 1:
            return over_time(title, months)
    return bar_plot(title, [Bar(label, number, 0, "") for label, number in labels])


def _over_days(title: str, labels: list[tuple[str, int]]) -> BarPlot | None:
    """Return a plot with a bar for each day, where the labels are days and not too far apart."""
    counts: Counter[date] = Counter()
    for label, number in labels:
        try:
            counts[date.fromisoformat(label[: len("2024-01-31")])] += number
        except ValueError:  # no day, such as the 31st of June or a month
            return None
    days = (max(counts) - min(counts)).days + 1
    if days > MOST_BARS:
        return None
    axis = (min(counts) + timedelta(days=at) for at in range(days))
    return bar_plot(title, [Bar(day.isoformat(), counts[day], 0, "") for day in axis])
