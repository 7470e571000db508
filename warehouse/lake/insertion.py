"""Rows into the lake: so many at a time that memory does not grow with a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb

from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.lake.staging import Run, Staged
from knipsel.warehouse.sql import any_row, column_list, make_table, quoted

OF_ARTICLE = (
    "article_authors",
    "paragraphs",
    "statements",
    "quotations",
    "mentions",
    "time_expressions",
    "topics",
    "topic_matches",
)
"""The tables whose rows go with their article."""

ARTICLES_AT_ONCE = 8_192
"""Articles that are sorted and written together, some 25 MB of text: inserting 100,000 at once
took more than 300 MB, and failed below."""

BATCHES_AT_ONCE = 32
"""Batches whose other rows are, as many articles."""


def insert(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    """Insert the rows of a query, in the table's order; nothing at all where there are none."""
    if not any_row(connection, query):
        return
    contract = BY_NAME[table]
    columns, order = column_list(contract.column_names), column_list(contract.sort_by)
    connection.execute(
        f"INSERT INTO lake.{table} ({columns}) SELECT {columns} FROM ({query}) ORDER BY {order}"
    )


OF_ANNOTATORS = ("quotations", "mentions", "time_expressions", "topics", "topic_matches")
"""Those of them that annotators make."""

RENEWED = ("articles", "documents")
"""The tables whose rows say by which run and version they were made."""


def insert_articles(connection: duckdb.DuckDBPyConnection, staged: Staged | None) -> None:
    """Insert the articles of the run, each in its cluster, and the rows that hang on them.

    Expects ``incoming`` and ``elected``.
    """
    (count,) = connection.execute("SELECT count(*) FROM incoming").fetchone() or (0,)
    for first in range(0, count, ARTICLES_AT_ONCE):
        insert(connection, "articles", _articles(first))
    if staged is not None:
        _insert_staged(connection, staged, OF_ARTICLE, "incoming")


def put_aside(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Leave ``renewed_…``: the rows of documents that were annotated anew, as of this run.

    An update would hold all of them in memory; so they are inserted again in parts, by a number
    that rows have only once they are committed. Expects ``reannotated``.
    """
    for name in RENEWED if any_row(connection, "FROM reannotated") else ():
        make_table(
            connection,
            f"renewed_{name}",
            f"""
            SELECT known.* REPLACE (
                {quoted(run.run_id)} AS run_id, staged.transform_version AS transform_version)
            FROM lake.{name} AS known JOIN staged_documents AS staged USING (document_id)
            WHERE document_id IN (SELECT document_id FROM reannotated)
            """,
        )


def replace_annotations(connection: duckdb.DuckDBPyConnection, staged: Staged | None) -> bool:
    """Give articles that were annotated anew what they say now; tell whether there are any.

    All else of them stays as it is, but for the run and the version that made their rows.
    Expects ``reannotated``, and what `put_aside` leaves.
    """
    if staged is None or not any_row(connection, "FROM reannotated"):
        return False
    for name in OF_ANNOTATORS:
        gone = f"FROM lake.{name} WHERE article_id IN (SELECT article_id FROM reannotated)"
        if any_row(connection, gone):
            connection.execute(f"DELETE {gone}")
    _insert_staged(connection, staged, OF_ANNOTATORS, "reannotated")
    for name in RENEWED:
        connection.execute(
            f"DELETE FROM lake.{name} WHERE document_id IN (SELECT document_id FROM reannotated)"
        )
        rows = connection.execute(f"SELECT count(*) FROM renewed_{name}").fetchone() or (0,)
        for first in range(0, rows[0], ARTICLES_AT_ONCE):
            part = f"rowid >= {first} AND rowid < {first + ARTICLES_AT_ONCE}"
            insert(connection, name, f"FROM renewed_{name} WHERE {part}")
    return True


def _insert_staged(
    connection: duckdb.DuckDBPyConnection, staged: Staged, tables: Iterable[str], articles: str
) -> None:
    """Insert the staged rows of some tables that hang on articles."""
    for name in tables:
        for files in _in_parts(sorted(staged.folder.glob(f"{name}/*.parquet"))):
            listed = ", ".join(quoted(str(file)) for file in files)
            source = f"FROM read_parquet([{listed}])"
            insert(connection, name, f"{source} SEMI JOIN {articles} USING (article_id)")


def _articles(first: int) -> str:
    """Return the query for a part of the articles, from the row ``first`` on."""
    return f"""
        SELECT incoming.* REPLACE (
            elected.cluster_id AS cluster_id,
            elected.canonical_article_id AS canonical_article_id,
            incoming.article_id = elected.canonical_article_id AS is_canonical)
        FROM incoming JOIN elected USING (article_id)
        WHERE incoming.rowid >= {first} AND incoming.rowid < {first + ARTICLES_AT_ONCE}
    """


def _in_parts(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield files in parts of `BATCHES_AT_ONCE`."""
    rest = iter(files)
    while part := list(islice(rest, BATCHES_AT_ONCE)):
        yield part
