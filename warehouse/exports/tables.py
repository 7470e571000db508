"""Which tables an export has, and the query that gives the rows of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import duckdb

from knipsel.warehouse.contract import BY_NAME, Column, ColumnType, Table
from knipsel.warehouse.contract import columns as c
from knipsel.warehouse.exports.model import ExportError, ExportTable, Wanted
from knipsel.warehouse.exports.shared import (
    SharedRelease,
    owner,
    shared_columns,
    value_of,
)
from knipsel.warehouse.queries.relations import NoAnswerError
from knipsel.warehouse.queries.sandbox import check_export_query
from knipsel.warehouse.release.export import total_order
from knipsel.warehouse.release.views.dates import MONTH_PUBLISHED, YEAR_PUBLISHED
from knipsel.warehouse.sql import column_list, identifier

ALL_TABLES = "all"
"""Stands for all tables that tell of articles."""
OF_ARTICLES = (
    *("articles", "article_authors", "paragraphs", "quotations", "mentions", "entities"),
    *("time_expressions", "topics", "topic_matches", "statements", "duplicates", "findings"),
    *("documents", "sightings", "removed_spans", "codes"),
)
QUERY = "query"
"""The name of the one table that a query gives."""
HIDDEN = "whole"
LIST_SEPARATOR = "; "

MONTH = Column(
    "month_published",
    c.STRING,
    "The month of publication; null where unknown.",
    nullable=True,
    holds="fact",
)
ADDED = (
    MONTH,
    Column(
        "year_published", c.INTEGER, "The year of publication; null where unknown.", nullable=True
    ),
    Column("authors", c.STRING, "The names in the byline.", "schema:author", holds="fact"),
    Column(
        "topics",
        c.STRING,
        "The topics of the codebook that are in it.",
        "schema:about",
        holds="fact",
    ),
)
"""What articles have besides their own columns: what people count by."""
TIER = Column(
    "tier",
    c.STRING,
    "What of the article's text is in the export: all of it (`full`), its first words "
    "(`snippet`), or none (`metadata`).",
    holds="fact",
)
_ARTICLES = f"""
    SELECT articles.*, {MONTH_PUBLISHED} AS month_published, {YEAR_PUBLISHED} AS year_published,
        (SELECT coalesce(list(name ORDER BY position), []) FROM article_authors
            WHERE article_authors.article_id = articles.article_id) AS authors,
        (SELECT coalesce(list(topic ORDER BY topic), []) FROM topics
            WHERE topics.article_id = articles.article_id) AS topics,
        ['metadata', 'snippet', 'full'][1 + rank] AS tier
    FROM articles JOIN (SELECT article_id, rank FROM shared_articles) AS shared USING (article_id)
"""
_CHOSEN = "(SELECT {key} FROM {owners} WHERE chosen)"


def tables_of(release: SharedRelease, wanted: Wanted) -> tuple[ExportTable, ...]:
    """Return the tables of an export, with the number of rows in each.

    Raises `ExportError` for a table that there is not, and what a query raises.
    """
    if wanted.query is not None:
        tables: Sequence[ExportTable] = [query_table(release.connection, wanted.query)]
    else:
        names = table_names(wanted.tables)
        tables = [_contract_table(release, BY_NAME[name], names) for name in names]
    count = "SELECT count(*) FROM ({})"
    return tuple(
        replace(table, rows=value_of(release.connection, count.format(table.query)))
        for table in tables
    )


def table_names(asked: Sequence[str]) -> list[str]:
    """Return the names of the tables that are asked for, each once; raise `ExportError`."""
    names = list(dict.fromkeys(asked)) or ["articles"]
    if ALL_TABLES in names:
        names = list(dict.fromkeys((*OF_ARTICLES, *(one for one in names if one != ALL_TABLES))))
    for name in names:
        if name not in BY_NAME:
            message = f"There is no table {name}; there are {', '.join(BY_NAME)}, and `all`."
            raise ExportError(message)
    return names


def _contract_table(release: SharedRelease, table: Table, names: Sequence[str]) -> ExportTable:
    columns = shared_columns(table, release)
    source, lists = f"FROM {identifier(table.name)}", frozenset[str]()
    if table.name == "articles":
        lists = frozenset({"authors", "topics"})
        columns = (*columns, *ADDED, *(() if release.sharing.is_all else (TIER,)))
        source = _ARTICLES
    named = column_list(column.name for column in columns)
    order = column_list(total_order(table))
    return ExportTable(
        table.name,
        table.title,
        table.description,
        columns,
        f"SELECT {named} FROM ({source}) WHERE {_is_chosen(table)} ORDER BY {order}",
        lists=lists,
        primary_key=table.primary_key,
        links=dict(_links(table, names)),
    )


def _is_chosen(table: Table) -> str:
    """Return the condition for rows of what is exported, in SQL; all of a table of nobody's."""
    if table.name == "entities":
        return (
            f"entity_id IN (SELECT entity_id FROM mentions WHERE {_is_chosen(BY_NAME['mentions'])})"
        )
    of_row = owner(table)
    if of_row is None:
        return "true"
    owners, key, value = of_row
    chosen = _CHOSEN.format(key=key, owners=owners)
    also = f" AND other_article_id IN {chosen}" if table.name == "duplicates" else ""
    return f"{value} IN {chosen}{also}"


def _links(table: Table, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns that name a row of another table that is exported too."""
    for key in table.foreign_keys:
        if key.table in names and len(key.columns) == 1:
            yield key.columns[0], key.table


_TYPES = {
    "BOOLEAN": ColumnType.BOOLEAN,
    "DATE": ColumnType.DATE,
    "TIMESTAMP WITH TIME ZONE": ColumnType.TIMESTAMP,
    "VARCHAR": ColumnType.STRING,
    "DOUBLE": ColumnType.NUMBER,
    **dict.fromkeys(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"),
        ColumnType.INTEGER,
    ),
}
"""Types of DuckDB that a column of an export has; any other is written as text."""
_CAST = {
    **dict.fromkeys(("HUGEINT", "UBIGINT"), (ColumnType.INTEGER, "BIGINT")),
    **dict.fromkeys(("FLOAT", "DECIMAL", "UHUGEINT"), (ColumnType.NUMBER, "DOUBLE")),
    "TIMESTAMP": (ColumnType.TIMESTAMP, "TIMESTAMP WITH TIME ZONE"),
}
"""Types that become another one: whole numbers stay whole, as the sum of a count does."""


def query_table(connection: duckdb.DuckDBPyConnection, query: str) -> ExportTable:
    """Return the table that a query of somebody's own gives; it only reads what is shared."""
    check_export_query(connection, query, HIDDEN)
    asked = query.strip().rstrip(";")
    described = connection.execute(f"DESCRIBE SELECT * FROM ({asked}\n)").fetchall()
    if not described:
        raise NoAnswerError
    columns, cells, lists = [], [], set()
    for name, kind, *_ in described:
        found, cell, is_list = _column(str(name), str(kind))
        columns.append(found)
        cells.append(cell)
        if is_list:
            lists.add(str(name))
    return ExportTable(
        QUERY,
        "Query",
        "The rows of a query.",
        tuple(columns),
        f"SELECT {', '.join(cells)} FROM ({asked}\n)",
        lists=frozenset(lists),
    )


def _column(name: str, kind: str) -> tuple[Column, str, bool]:
    """Return a column of a query, the SQL of its cells, and whether they are lists."""
    quoted_name = identifier(name)
    meaning = _meaning(name)
    if kind == "VARCHAR[]":
        return Column(name, c.STRING, meaning, nullable=True), quoted_name, True
    found, cast = _CAST.get(kind.partition("(")[0], (_TYPES.get(kind), kind))
    if found is None:
        found, cast = ColumnType.STRING, "VARCHAR"
    cell = f"CAST({quoted_name} AS {cast}) AS {quoted_name}"
    return Column(name, found, meaning, nullable=True), cell, False


_KNOWN = {
    column.name: column for table in reversed(list(BY_NAME.values())) for column in table.columns
}
_KNOWN |= {column.name: column for column in ADDED}


def _meaning(name: str) -> str:
    """Return what a column of a query means, as far as its name tells."""
    known = _KNOWN.get(name)
    return known.description if known else "As the query computes it."
