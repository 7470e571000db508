"""A release as it is shared: its tables and views, without what may not be passed on.

Whatever is exported is asked of these views, a query of one's own too. So a text that is held back
is in no column, whatever is computed of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from knipsel.warehouse.contract import TABLES, Column, Table
from knipsel.warehouse.contract.operations import CHECKED_ARTICLE, CHECKED_DOCUMENT
from knipsel.warehouse.exports.model import TIERS
from knipsel.warehouse.exports.policy import Sharing
from knipsel.warehouse.queries.sandbox import sealed
from knipsel.warehouse.release.tables import release_table
from knipsel.warehouse.release.views.views import create_views
from knipsel.warehouse.sql import identifier, taken_in

FULL, SNIPPET = TIERS.index("full"), TIERS.index("snippet")

RUN_WORDS = 6
"""Words in a row that tell a text: fewer are common phrases and most names."""

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
        for table in TABLES:
            query = shared_query(table, sharing)
            connection.execute(f"CREATE VIEW {identifier(table.name)} AS {query}")
        create_views(connection)
        with sealed(connection, [str(folder)], EXPORT_MEMORY):
            yield SharedRelease(connection, sharing)
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


def owner(table: Table) -> tuple[str, str, str] | None:
    """Return whose a row of a table is: the table of its tiers, its key there, and that in SQL.

    None where a row is nobody's.
    """
    if table.name in _ARTICLE or "article_id" in table.column_names:
        return "shared_articles", "article_id", _ARTICLE.get(table.name, "article_id")
    if "document_id" in table.column_names:
        return "shared_documents", "document_id", _DOCUMENT.get(table.name, "document_id")
    return None


def shared_query(table: Table, sharing: Sharing) -> str:
    """Return the query for a table as it is shared: its texts null where they are held back."""
    whole = f"whole.{identifier(table.name)}"
    held = [column for column in table.columns if _is_held_back(column)]
    if sharing.is_all or not held:
        return f"FROM {whole}"
    of_row = owner(table)
    if of_row is None:
        cells = (f"{_lower(table, one, sharing)} AS {identifier(one.name)}" for one in held)
        return f"SELECT kept.* REPLACE ({', '.join(cells)}) FROM {whole} AS kept"
    ranks, key, value = of_row
    cells = (
        f"CASE WHEN tier.rank = {FULL} THEN kept.{identifier(column.name)} "
        f"ELSE {_lower(table, column, sharing)} END AS {identifier(column.name)}"
        for column in held
    )
    return (
        f"SELECT kept.* REPLACE ({', '.join(cells)}) FROM {whole} AS kept "
        f"LEFT JOIN (SELECT {key} AS owner, rank FROM {ranks}) AS tier ON tier.owner = {value}"
    )


def _is_held_back(column: Column) -> bool:
    """Tell whether a column may be without a value where a text is not shared in full."""
    return column.holds_text or column.holds == "name"


def _lower(table: Table, column: Column, sharing: Sharing) -> str:
    """Return what a column has, in SQL, where the text is not shared in full.

    A name that is as long as what tells a text is taken for text.
    """
    name = f"kept.{identifier(column.name)}"
    if column.holds == "name":
        words = f"regexp_extract_all({name}, '[\\pL\\pN_]+')"
        return f"CASE WHEN len({words}) < {RUN_WORDS} THEN {name} END"
    if (table.name, column.name) == ("articles", "text"):
        first = snippet(name, sharing.snippet_words)
        return f"CASE WHEN tier.rank = {SNIPPET} THEN {first} END"
    return "CAST(NULL AS VARCHAR)"


def snippet(text: str, words: int) -> str:
    """Return the first words of a text in SQL, with a sign where there are more."""
    first = f"regexp_extract({text}, '^\\s*(?:\\S+\\s+){{0,{words - 1}}}\\S+')"
    return f"CASE WHEN length({first}) < length(rtrim({text})) THEN {first} || ' …' ELSE {text} END"


def shared_columns(table: Table, sharing: Sharing) -> tuple[Column, ...]:
    """Return the columns that a table has as it is shared: those that hold nothing then go.

    Where a text may be held back it may be null.
    """
    if sharing.is_all:
        return table.columns
    is_snippet = sharing.most == "snippet"
    return tuple(
        replace(column, nullable=True) if _is_held_back(column) else column
        for column in table.columns
        if not column.holds_text
        or sharing.most == "full"
        or (is_snippet and (table.name, column.name) == ("articles", "text"))
    )


def value_of(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    """Return the one value that a query gives."""
    row = connection.execute(query).fetchone()
    return row[0] if row else None
