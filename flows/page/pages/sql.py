"""SQL: a query that only reads, with its answer as a table, and what there is to ask about."""

from __future__ import annotations

from typing import Any

import duckdb
from starlette.requests import Request

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.site import Site
from knipsel.warehouse.queries.page import tables as queries
from knipsel.warehouse.queries.queries import fetch_checked
from knipsel.warehouse.queries.sandbox import stopped_after
from knipsel.warehouse.release.pages.plots import Bar, BarPlot, bar_plot

MOST_SHOWN = 500
"""Rows that the page shows; the file has more."""
MOST_ROWS = 100_000
"""Rows that are written into a file: they are in memory meanwhile."""
MOST_SECONDS = 60.0
"""After which a query of the page is stopped; `knipsel sql --timeout` gives it longer."""
MOST_BARS = 200

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
    tables = site.ask(queries.TABLES)
    columns = site.ask(queries.COLUMNS)
    answer = _answered(site, query) if query else None
    data = {"query": query, "answer": answer}
    table = Table(answer["columns"], answer["rows"]) if answer else None
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
    """Return a plot of an answer of labels and counts, in the order in which they came."""
    is_counts = len(columns) == 2 and 1 < len(rows) <= MOST_BARS  # noqa: PLR2004 - label and count
    if not is_counts or not all(isinstance(row[1], int) and row[1] >= 0 for row in rows):
        return None
    return bar_plot(f"{columns[1]} by {columns[0]}", [Bar(str(a), n, 0, "") for a, n in rows])
