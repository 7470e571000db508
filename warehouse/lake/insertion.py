"""Rows into the lake: so many at a time that memory does not grow with a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

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

BYTES_AT_ONCE = 24 << 20
"""Bytes of text that are sorted and written together, some 8,000 articles: inserting 100,000 at
once took more than 300 MB, and failed below. A longer text goes by itself."""

ARTICLES_AT_ONCE = 8_192
"""Articles that are, where they are short: what else a row has takes its memory too."""

BATCHES_AT_ONCE = 32
"""Batches whose other rows are, as many articles, where they are of usual size."""

MOST_BYTES_OF_ROWS = 64 << 20
"""Bytes of such rows that are sorted and written together."""


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
    for first, last in _parts(connection, "incoming"):
        insert(connection, "articles", _articles(first, last))
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
        for first, last in _parts(connection, f"renewed_{name}", has_text=name == "articles"):
            part = f"rowid BETWEEN {first} AND {last}"
            insert(connection, name, f"FROM renewed_{name} WHERE {part}")
    return True


def _insert_staged(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    tables: Iterable[str],
    owners: str,
    key: str = "article_id",
) -> None:
    """Insert the staged rows of some tables that hang on articles, or on what else has the key."""
    for name in tables:
        for files in _in_parts(sorted(staged.folder.glob(f"{name}/*.parquet"))):
            listed = ", ".join(quoted(str(file)) for file in files)
            source = f"FROM read_parquet([{listed}])"
            insert(connection, name, f"{source} SEMI JOIN {owners} USING ({key})")


def insert_removed_spans(connection: duckdb.DuckDBPyConnection, staged: Staged | None) -> None:
    """Insert what was left out of the documents of the run. Expects ``passed``."""
    if staged is not None:
        _insert_staged(connection, staged, ("removed_spans",), "passed", "document_id")


def _parts(
    connection: duckdb.DuckDBPyConnection, table: str, *, has_text: bool = True
) -> list[tuple[int, int]]:
    """Return the first and the last rows of parts that are so small as is said above."""
    size = "strlen(text)" if has_text else "0"
    return connection.execute(
        f"""
        SELECT min(number), max(number) FROM (
            SELECT number, number // {ARTICLES_AT_ONCE} AS by_number,
                sum(size) OVER (ORDER BY number) // {BYTES_AT_ONCE} AS by_size
            FROM (SELECT rowid AS number, {size} AS size FROM {table})
        ) GROUP BY by_number, by_size ORDER BY ALL
        """
    ).fetchall()


def _articles(first: int, last: int) -> str:
    """Return the query for a part of the articles, from the row ``first`` to ``last``."""
    return f"""
        SELECT incoming.* REPLACE (
            elected.cluster_id AS cluster_id,
            elected.canonical_article_id AS canonical_article_id,
            incoming.article_id = elected.canonical_article_id AS is_canonical)
        FROM incoming JOIN elected USING (article_id)
        WHERE incoming.rowid BETWEEN {first} AND {last}
    """


def _in_parts(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield files in parts of `BATCHES_AT_ONCE`, fewer where they hold more bytes than usual."""
    part: list[Path] = []
    size = 0
    for file in files:
        more = _bytes_in(file)
        if part and (len(part) == BATCHES_AT_ONCE or size + more > MOST_BYTES_OF_ROWS):
            yield part
            part, size = [], 0
        part.append(file)
        size += more
    if part:
        yield part


def _bytes_in(file: Path) -> int:
    """Return how many bytes the rows of a staged file take, unpacked."""
    about = pq.read_metadata(file)
    return sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
