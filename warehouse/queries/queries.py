"""What people ask of a warehouse: how it stands, any query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

import duckdb

from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.audit_history import (
    OF_RELEASE,
    ON_ENTRY,
    newest_audit,
    unpublished_tables,
)
from knipsel.warehouse.queries.sandbox import (
    RefusedQueryError,
    check_lake_query,
    check_statements,
    sealed,
    stopped_after,
)
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.versions import current_release, read_versions
from knipsel.warehouse.release.views.views import create_lake_views

Row = dict[str, Any]
T = TypeVar("T")


class NoReleaseError(RuntimeError):
    """There is no release to read."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Say where it was looked for, and what to do."""
        super().__init__(f"Nothing is published in {warehouse.root}; run `knipsel publish` first.")


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a query: names of columns, and rows of values."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def mappings(self) -> list[Row]:
        """Return the rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Stream:
    """The outcome of a query whose rows come one after the other, each once.

    They are there as long as the connection is open.
    """

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


_ROWS_AT_ONCE = 1000
"""Rows of a stream that are in memory."""


def stream(connection: duckdb.DuckDBPyConnection, query: str) -> Stream:
    """Ask a query whose answer may be larger than the memory."""
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or []]
    return Stream(columns, _in_parts(cursor))


def _in_parts(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield from rows


def ask(
    connection: duckdb.DuckDBPyConnection, query: str, params: dict[str, object] | None = None
) -> Answer:
    """Return the answer to a query; a statement without one has no columns."""
    cursor = connection.execute(query, params or {})
    columns = [column[0] for column in cursor.description or []]
    return Answer(columns, cursor.fetchall())


@contextmanager
def open_release(
    warehouse: Warehouse, *, unsafe: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the latest release for reading only: no files, no network, no settings.

    With ``unsafe`` files can be read and written. Raises `NoReleaseError` where nothing was
    published, `NewerContractError` where something was by a newer knipsel.
    """
    read_versions(warehouse)
    database = warehouse.latest.resolve() / DATABASE
    if not database.exists():
        raise NoReleaseError(warehouse)
    connection = duckdb.connect(str(database), read_only=True)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        with nullcontext() if unsafe else sealed(connection):
            yield connection
    finally:
        connection.close()


@contextmanager
def open_lake_for_questions(
    warehouse: Warehouse, *, unsafe: bool = False, views: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the lake for reading only; no files but the lake's data can be touched.

    With ``unsafe`` all files can; with ``views`` those of a release are there too, which takes a
    third of the time again. The catalogue is within reach of a query: see
    `check_lake_query` for those that somebody else wrote.
    """
    with open_lake(warehouse, read_only=True) as connection:
        connection.execute("USE lake")
        if views:
            create_lake_views(connection)
        with nullcontext() if unsafe else sealed(connection, [warehouse.data]):
            yield connection


def answer_as_reader(
    warehouse: Warehouse,
    query: str,
    fetch: Callable[[duckdb.DuckDBPyConnection, str], T],
    *,
    lake: bool = False,
    unsafe: bool = False,
    seconds: float | None = None,
) -> T:
    """Return what ``fetch`` fetches of the answer to a query, which does no more than read.

    Raises `RefusedQueryError` where it does more, unless it may do all, ``unsafe``, and
    `SlowQueryError` where it takes longer than so many ``seconds``.
    """
    with (
        _opened(warehouse, lake=lake, unsafe=unsafe) as connection,
        stopped_after(connection, seconds),
    ):
        if unsafe:
            return fetch(connection, query)
        return fetch_checked(connection, query, fetch, lake=lake)


def _opened(
    warehouse: Warehouse, *, lake: bool, unsafe: bool
) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    if lake:
        return open_lake_for_questions(warehouse, unsafe=unsafe, views=True)
    return open_release(warehouse, unsafe=unsafe)


def ask_checked(connection: duckdb.DuckDBPyConnection, query: str, *, lake: bool) -> Answer:
    """Return the answer to a query; raise `RefusedQueryError` where it does more than read."""
    return fetch_checked(connection, query, ask, lake=lake)


def fetch_checked(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    fetch: Callable[[duckdb.DuckDBPyConnection, str], T],
    *,
    lake: bool,
) -> T:
    """Return what ``fetch`` fetches of the answer to a query that only reads.

    Raises `RefusedQueryError` where it does more.
    """
    (check_lake_query if lake else check_statements)(connection, query)
    try:
        return fetch(connection, query)
    except duckdb.PermissionException as error:
        raise RefusedQueryError("any other file") from error


_LAST_SUCCESS = "SELECT max(ended_at) FROM runs WHERE flow = 'ingest' AND result = 'success'"


def status(warehouse: Warehouse) -> Row:
    """Return how a warehouse stands: counts, the last run, the last release, open reasons.

    ``last_success`` is when the last ingest that succeeded ended, None where none did;
    ``contract_version`` is the contract that the lake is of, older ones as they were found.
    ``unpublished_tables`` are those in which the lake holds what no release has;
    ``release_audit`` and ``entry_audit`` what the newest audits found (see `newest_audit`).
    """
    with open_lake_for_questions(warehouse) as connection:
        counts = ask(
            connection,
            """
            SELECT
                (SELECT count(*) FROM documents) AS documents,
                (SELECT count(*) FROM documents WHERE status = 'published') AS published,
                (SELECT count(*) FROM documents WHERE status = 'quarantined') AS quarantined,
                (SELECT count(*) FROM documents WHERE status = 'retracted') AS retracted,
                (SELECT count(*) FROM sightings) AS sightings,
                (SELECT count(*) FROM articles) AS articles,
                (SELECT count(*) FROM articles WHERE is_canonical) AS canonical_articles,
                (SELECT count(*) FROM articles WHERE date_published IS NOT NULL)
                    AS articles_with_a_date
            """,
        ).mappings()[0]
        reasons = ask(
            connection,
            """
            SELECT rule, count(DISTINCT document_id) AS documents, any_value(message) AS message
            FROM quarantine WHERE resolved_at IS NULL GROUP BY rule ORDER BY documents DESC, rule
            """,
        ).mappings()
        runs = ask(
            connection,
            """
            SELECT run_id, flow, started_at, ended_at, result, files_seen, files_new, message
            FROM runs ORDER BY started_at DESC LIMIT 1
            """,
        ).mappings()
        (last_success,) = ask(connection, _LAST_SUCCESS).rows[0]
        (version,) = ask(connection, "SELECT version FROM contract").rows[0]
        last = current_release(warehouse, read_versions(warehouse))
        audits = {
            "unpublished_tables": unpublished_tables(connection, warehouse, last),
            "release_audit": newest_audit(connection, OF_RELEASE, last),
            "entry_audit": newest_audit(connection, ON_ENTRY, last),
        }
    return {
        "warehouse": str(warehouse.root),
        "contract_version": version,
        **counts,
        "latest_release": last.version if last else None,
        **audits,
        "last_run": runs[0] if runs else None,
        "last_success": last_success,
        "quarantine_reasons": reasons,
    }
