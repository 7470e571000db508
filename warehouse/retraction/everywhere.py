"""All that is, or was, in a warehouse: the lake, its past, and every release.

After a way back to a release the lake does not hold what came later; the later releases do, and so
does the past of the lake. A retraction looks in each of these places, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from knipsel.warehouse.contract import BY_NAME, TABLES, Table
from knipsel.warehouse.contract.ddl import as_contract
from knipsel.warehouse.lake.connection import lake_catalog
from knipsel.warehouse.lake.migrations import lake_shape
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import versions
from knipsel.warehouse.release.files.source_paths import found
from knipsel.warehouse.release.tables import own_tables, unchanged_table, with_later_tables
from knipsel.warehouse.release.versions import Release
from knipsel.warehouse.sql import column_list, identifier, make_table, make_view, quoted

LAKE, PAST, OLD = "lake", "memory.past", "memory.old"
"""The schemas in which the tables of a place are: of the lake, of its past, of a release."""


@dataclass(frozen=True, slots=True)
class OldRelease:
    """A release as it is, with its folder and its own tables."""

    release: Release
    folder: Path
    tables: tuple[Table, ...]


@contextmanager
def opened(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, release: Release
) -> Iterator[OldRelease]:
    """Have the tables of a release as views in the schema ``old``.

    What the contract has now and the release has not, is there without a value.
    """
    folder = warehouse.releases / release.version
    old = OldRelease(release, folder, own_tables(folder))
    connection.execute(f"CREATE SCHEMA {OLD}")
    for table in with_later_tables(old.tables):
        query = unchanged_table(folder, table)
        connection.execute(f"CREATE VIEW {OLD}.{identifier(table.name)} AS {query}")
    try:
        yield old
    finally:
        connection.execute(f"DROP SCHEMA {OLD} CASCADE")


@contextmanager
def _past(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Have all rows that the lake's snapshots still hold as views in the schema ``past``."""
    catalog = lake_catalog(connection)
    row = connection.execute(
        f"SELECT min(snapshot_id), max(snapshot_id) FROM ducklake_snapshots({quoted(catalog)})"
    ).fetchone()
    first, last = row or (0, 0)
    version = lake_shape(connection).version
    connection.execute(f"CREATE SCHEMA {PAST}")
    for table in TABLES:
        name = identifier(table.name)
        then = f"FROM {catalog}.{name} AT (VERSION => {first})"
        came = f"{quoted(catalog)}, 'main', {quoted(table.name)}, {first}, {last}"
        before, now = _columns(connection, then), _columns(connection, f"FROM {catalog}.{name}")
        parts = [f"({then})"] if before else []
        if now:
            columns = column_list(now)
            parts.append(f"(SELECT {columns} FROM ducklake_table_insertions({came}))")
        source = f"({' UNION BY NAME '.join(parts)})"
        query = as_contract(table, source, {*before, *now}, version)
        connection.execute(f"CREATE VIEW {PAST}.{name} AS {query}")
    try:
        yield PAST
    finally:
        connection.execute(f"DROP SCHEMA {PAST} CASCADE")


def _columns(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    """Return the columns of a table of the lake; none where it was not there."""
    try:
        found = connection.execute(f"DESCRIBE {source}")
    except duckdb.CatalogException:
        return []
    return [str(row[0]) for row in found.fetchall()]


def places(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse
) -> Iterator[tuple[str, str | None]]:
    """Yield each place there is: the schema of its tables, and of a release its number.

    First the lake, then the releases, the newest first, then what only the lake's past has. A
    schema is there until the next one is asked for.
    """
    yield LAKE, None
    for release in reversed(versions.read_versions(warehouse)):
        with opened(connection, warehouse, release):
            yield OLD, release.version
    with _past(connection) as past:
        yield past, None


_GATHERED = {
    "everywhere_articles": (
        "articles",
        "article_id, document_id, text_sha256, cluster_id, publisher",
    ),
    "everywhere_sightings": ("sightings", "document_id, path"),
    "everywhere_pairs": ("duplicates", "article_id, other_article_id, is_duplicate"),
}
"""What is gathered from every place: the table that it is of, and the columns."""


def gather(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Leave what tells articles and documents apart, of all places together.

    In ``everywhere_articles``, ``everywhere_sightings`` and ``everywhere_pairs`` each row is
    there once, with whether the lake has it (``is_now``). ``everywhere_documents`` has each
    document once, as the first place that knows it has it. ``known_articles`` are those of the
    lake, and as they were those that it does not have: what is said of an article that the lake
    has is what the lake says.
    """
    for name, (table, columns) in _GATHERED.items():
        query = f"SELECT DISTINCT {columns}, true AS is_now FROM {LAKE}.{table}"
        make_table(connection, name, query)
    documents = column_list(BY_NAME["documents"].column_names)
    make_table(
        connection,
        "everywhere_documents",
        f"SELECT {documents}, true AS is_now FROM {LAKE}.documents",
    )
    for schema, _ in places(connection, warehouse):
        if schema != LAKE:
            _add_from(connection, schema, documents, found(warehouse.root))
    make_view(
        connection,
        "known_articles",
        "FROM everywhere_articles WHERE is_now OR article_id NOT IN "
        f"(SELECT article_id FROM {LAKE}.articles)",
    )


def _add_from(
    connection: duckdb.DuckDBPyConnection, schema: str, documents: str, path: str
) -> None:
    """Add what a place has and those before it do not; ``path`` is SQL for an absolute path."""
    for name, (table, columns) in _GATHERED.items():
        source = f"{schema}.{table}"
        if "path" in columns.split(", "):
            source = f"(SELECT * REPLACE ({path} AS path) FROM {source})"
        connection.execute(
            f"INSERT INTO {name} SELECT *, false FROM (SELECT {columns} FROM {source} "
            f"EXCEPT SELECT {columns} FROM {name})"
        )
    # In its past the lake knew a document in several ways.
    connection.execute(
        f"INSERT INTO everywhere_documents SELECT {documents}, false "
        f"FROM (SELECT * REPLACE ({path} AS path) FROM {schema}.documents) "
        "ANTI JOIN everywhere_documents USING (document_id) "
        "QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY first_seen_at, run_id) = 1"
    )
