"""A release as it is shared: its tables and views, without what may not be passed on.

Whatever is exported is asked of these views, a query of one's own too. So a text that is held back
is in no column, whatever is computed of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from knipsel.warehouse.contract import TABLES, Column, Table
from knipsel.warehouse.contract.operations import CHECKED_ARTICLE, CHECKED_DOCUMENT
from knipsel.warehouse.exports.model import FULL, SNIPPET, TIERS
from knipsel.warehouse.exports.policy import Sharing
from knipsel.warehouse.exports.runs import RUN_WORDS
from knipsel.warehouse.exports.withheld import repeating_facts, word_count
from knipsel.warehouse.queries.sandbox import sealed
from knipsel.warehouse.release.tables import release_table
from knipsel.warehouse.release.views.views import create_views
from knipsel.warehouse.sql import identifier, taken_in

EXPORT_MEMORY = "768MiB"
"""How much of the rows is sorted in memory: 100,000 articles of 3 kB sort on disk then, which takes
no longer that can be measured, and a laptop writes them with less than 1.5 GB."""

_ARTICLE = {"checks": CHECKED_ARTICLE}
_DOCUMENT = {"checks": CHECKED_DOCUMENT}
"""Whose a row is, where no column names it."""


@dataclass(frozen=True, slots=True)
class SharedRelease:
    """A release that is open, its tables as they are shared."""

    connection: duckdb.DuckDBPyConnection
    sharing: Sharing
    repeating: frozenset[tuple[str, str]] = frozenset()
    """Tables and columns in which facts are left out that repeat words of a withheld text."""

    def notes(self, tables: Collection[str] | None) -> Iterator[str]:
        """Yield which facts of some tables, or of all, are left out, in a sentence."""
        names = [
            f"{table}.{name}"
            for table, name in sorted(self.repeating)
            if tables is None or table in tables
        ]
        if names:
            yield (
                f"Facts that repeat {RUN_WORDS} words or more of a text that is held back are "
                f"left out: {', '.join(names)}."
            )

    def tiers(self) -> dict[str, int]:
        """Return how many of the chosen articles are of each tier, all of it first."""
        rows = self.connection.sql(
            "SELECT rank, count(*) FROM shared_articles WHERE chosen GROUP BY rank"
        ).fetchall()
        counts: dict[int, int] = dict(rows)
        return {TIERS[rank]: counts[rank] for rank in sorted(counts, reverse=True)}


@contextmanager
def shared_release(
    folder: Path,
    sharing: Sharing,
    chosen: Sequence[str] | None,
    *,
    copies: bool,
    in_order: bool = False,
) -> Iterator[SharedRelease]:
    """Open the release in a folder as it is shared; nothing but its tables can be read then.

    The ``chosen`` articles are exported, all of them where it is None; of these only one for each
    text, unless ``copies`` are wanted. With ``in_order`` the answer to a query that says nothing of
    its order has the same one each time.
    """
    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        if in_order:
            connection.execute("SET threads = 1")
        connection.execute("CREATE SCHEMA whole")
        for table in TABLES:
            name = f"whole.{identifier(table.name)}"
            connection.execute(f"CREATE VIEW {name} AS {release_table(folder, table)}")
        _rank(connection, sharing, chosen, copies=copies)
        repeating = frozenset() if sharing.is_all else _leave_out_repeating(connection)
        for table in TABLES:
            query = shared_query(table, sharing, repeating)
            connection.execute(f"CREATE VIEW {identifier(table.name)} AS {query}")
        create_views(connection)
        with sealed(connection, [str(folder)], EXPORT_MEMORY):
            yield SharedRelease(connection, sharing, repeating)
    finally:
        connection.close()


def _rank(
    connection: duckdb.DuckDBPyConnection,
    sharing: Sharing,
    chosen: Sequence[str] | None,
    *,
    copies: bool,
) -> None:
    """Make the table of all articles: how much of each is shared, and whether it is exported."""
    names = pa.table({"article_id": pa.array(chosen or [], pa.string())})
    conditions = ["true" if copies else "is_canonical"]
    if chosen is not None:
        conditions.append("article_id IN (SELECT article_id FROM chosen_articles)")
    with taken_in(connection, "chosen_articles", names):
        connection.execute(
            f"CREATE TABLE shared_articles AS SELECT article_id, document_id, "
            f"{' AND '.join(conditions)} AS chosen, "
            f"min({sharing.rank()}) OVER (PARTITION BY cluster_id) AS rank FROM whole.articles"
        )
    connection.execute(
        "CREATE TABLE shared_documents AS SELECT document_id, min(rank) AS rank, "
        "bool_or(chosen) AS chosen FROM shared_articles GROUP BY document_id"
    )


def _leave_out_repeating(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, str]]:
    """Make the table of facts that are not shared; return the columns that have such."""
    facts = repeating_facts(connection)
    connection.execute("CREATE TABLE repeating_facts (value VARCHAR)")
    values = sorted({value for found in facts.values() for value in found})
    if values:
        rows = pa.table({"value": pa.array(values, pa.string())})
        with taken_in(connection, "held_facts", rows):
            connection.execute("INSERT INTO repeating_facts FROM held_facts")
    return frozenset(facts)


def owner(table: Table) -> tuple[str, str, str] | None:
    """Return whose a row of a table is: the table of its tiers, its key there, and that in SQL.

    None where a row is nobody's.
    """
    if table.name in _ARTICLE or "article_id" in table.column_names:
        return "shared_articles", "article_id", _ARTICLE.get(table.name, "article_id")
    if "document_id" in table.column_names:
        return "shared_documents", "document_id", _DOCUMENT.get(table.name, "document_id")
    return None


def shared_query(table: Table, sharing: Sharing, repeating: Collection[tuple[str, str]]) -> str:
    """Return the query for a table as it is shared: its texts null where they are held back.

    So are the facts in columns of ``repeating`` that repeat words of such a text.
    """
    whole = f"whole.{identifier(table.name)}"
    if sharing.is_all:
        return f"FROM {whole}"
    of_row = owner(table)
    cells = [
        f"{_cell(table, column, sharing, has_owner=of_row is not None)} AS "
        f"{identifier(column.name)}"
        for column in table.columns
        if _is_held_back(column)
    ]
    for column in table.columns:
        if (table.name, column.name) in repeating:
            name = f"kept.{identifier(column.name)}"
            is_kept = f"{name} NOT IN (SELECT value FROM repeating_facts)"
            cells.append(f"CASE WHEN {is_kept} THEN {name} END AS {identifier(column.name)}")
    if not cells:
        return f"FROM {whole}"
    query = f"SELECT kept.* REPLACE ({', '.join(cells)}) FROM {whole} AS kept"
    if of_row is None:
        return query
    ranks, key, value = of_row
    return (
        f"{query} LEFT JOIN (SELECT {key} AS owner, rank FROM {ranks}) AS tier ON owner = {value}"
    )


def _is_held_back(column: Column) -> bool:
    """Tell whether a column may be without a value where a text is not shared in full."""
    return column.holds_text or column.holds == "name"


def _cell(table: Table, column: Column, sharing: Sharing, *, has_owner: bool) -> str:
    """Return what a column has, in SQL: all of it where the text is shared in full."""
    lower = _lower(table, column, sharing)
    if not has_owner:
        return lower
    return f"CASE WHEN tier.rank = {FULL} THEN kept.{identifier(column.name)} ELSE {lower} END"


def _lower(table: Table, column: Column, sharing: Sharing) -> str:
    """Return what a column has, in SQL, where the text is not shared in full.

    A name that is as long as what tells a text is taken for text.
    """
    name = f"kept.{identifier(column.name)}"
    if column.holds == "name":
        return f"CASE WHEN {word_count(name)} < {RUN_WORDS} THEN {name} END"
    if (table.name, column.name) == ("articles", "text"):
        first = snippet(name, sharing.snippet_words)
        return f"CASE WHEN tier.rank = {SNIPPET} THEN {first} END"
    return "CAST(NULL AS VARCHAR)"


def snippet(text: str, words: int) -> str:
    """Return the first words of a text in SQL, with a sign where there are more."""
    first = f"regexp_extract({text}, '^\\s*(?:\\S+\\s+){{0,{words - 1}}}\\S+')"
    return f"CASE WHEN length({first}) < length(rtrim({text})) THEN {first} || ' …' ELSE {text} END"


def shared_columns(table: Table, release: SharedRelease) -> tuple[Column, ...]:
    """Return the columns that a table has as it is shared: those that hold nothing then go.

    Where a value may be held back it may be null.
    """
    sharing = release.sharing
    if sharing.is_all:
        return table.columns
    is_snippet = sharing.most == "snippet"
    return tuple(
        replace(column, nullable=True)
        if _is_held_back(column) or (table.name, column.name) in release.repeating
        else column
        for column in table.columns
        if not column.holds_text
        or sharing.most == "full"
        or (is_snippet and (table.name, column.name) == ("articles", "text"))
    )


def value_of(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    """Return the one value that a query gives."""
    row = connection.execute(query).fetchone()
    return row[0] if row else None
