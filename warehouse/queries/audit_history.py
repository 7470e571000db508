"""What the audit said last, and whether the lake holds what no release has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.lake.staging import ANNOTATOR_FAILED
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.history import BOOKKEEPING, changed_since
from knipsel.warehouse.release.tables import table_file
from knipsel.warehouse.release.versions import Release
from knipsel.warehouse.sql import quoted

Row = dict[str, Any]

OF_RELEASE = "(suite = 'bounds' OR starts_with(suite, 'release.'))"
"""The suites that are checked when a release is made."""

ON_ENTRY = f"NOT {OF_RELEASE}"
"""The suites that are checked when files come in."""

ARTICLE_ID = "[0-9a-f]{16}-[0-9]+"
"""What an identifier of an article looks like among what a rule saw."""

_COLUMNS = (
    *("suite", "rule", "column_name", "severity"),
    *("element_count", "unexpected_count", "observed_value"),
)
_SEVEREST_FIRST = "ORDER BY severity, suite, rule, column_name"


def _failing(connection: duckdb.DuckDBPyConnection, run_id: str, suites: str) -> list[Row]:
    """Return the rules that failed in a run, the critical ones first."""
    # Values stand in the query: at the first parameter DuckDB imports pandas, for a second.
    rows = connection.sql(
        f"SELECT {', '.join(_COLUMNS)} FROM validations "
        f"WHERE run_id = {quoted(run_id)} AND NOT success AND {suites} {_SEVEREST_FIRST}"
    ).fetchall()
    failing: list[Row] = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    for rule in failing:
        if rule["rule"] == ANNOTATOR_FAILED:
            rule["sources"] = _sources(connection, rule["observed_value"])
    return failing


def _sources(connection: duckdb.DuckDBPyConnection, observed: str) -> list[str]:
    """Return the smallest source of the articles that an outcome names, if it is still there."""
    rows = connection.sql(
        f"SELECT path FROM documents JOIN articles USING (document_id) WHERE article_id IN "
        f"(SELECT unnest(regexp_extract_all({quoted(observed)}, '{ARTICLE_ID}'))) "
        "ORDER BY byte_size, path LIMIT 1"
    ).fetchall()
    return [path for (path,) in rows]


def newest_audit(
    connection: duckdb.DuckDBPyConnection, suites: str, last: Release | None
) -> Row | None:
    """Return what the newest audit with some suites found; None where there was none yet.

    ``suites`` is `OF_RELEASE` or `ON_ENTRY`; ``stopped`` says that a critical rule failed,
    ``failing`` lists the rules that did, the critical ones first. After a way back to a release,
    ``last``, what had come after that counts no more.
    """
    version = quoted(last.version if last else "")
    newest = connection.sql(
        f"""
        SELECT run_id, started_at, bool_or(severity = 'critical' AND NOT success) AS stopped
        FROM validations JOIN runs USING (run_id) WHERE {suites} AND (
            release_version <= {version} OR ended_at >= coalesce(
                (SELECT max(ended_at) FROM runs WHERE flow = 'rollback'), ended_at))
        GROUP BY run_id, started_at, ended_at ORDER BY ended_at DESC, run_id DESC LIMIT 1
        """
    ).fetchone()
    if newest is None:
        return None
    run_id, started_at, stopped = newest
    failing = _failing(connection, run_id, suites)
    return {"run_id": run_id, "started_at": started_at, "stopped": stopped, "failing": failing}


def unpublished_tables(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, last: Release | None
) -> list[str]:
    """Return the tables of the lake in which something is that the last release has not.

    What runs note of themselves does not count; new sightings do.
    """
    if last is None:
        held = (name for name in BY_NAME if name not in BOOKKEEPING)
        return [name for name in held if _count(connection, name)]
    changed = changed_since(connection, last.snapshot_id) - BOOKKEEPING
    if changed and _was_just_gone_back_to(connection):
        folder = warehouse.releases / last.version
        changed = {name for name in changed if _count(connection, name) != _rows(folder, name)}
    if _count(connection, "sightings") != last.sightings:
        changed.add("sightings")
    return [name for name in BY_NAME if name in changed]


def _was_just_gone_back_to(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether nothing was done since a way back: what differs then are rows that stayed."""
    row = connection.sql(
        "SELECT flow = 'rollback' FROM runs WHERE result = 'success' "
        "ORDER BY ended_at DESC, run_id DESC LIMIT 1"
    ).fetchone()
    return bool(row and row[0])


def _rows(folder: Path, table: str) -> int:
    """Return the number of rows of a table of a release; 0 where it has no such table."""
    file = table_file(folder, table)
    return int(pq.read_metadata(file).num_rows) if file.exists() else 0


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Return the number of rows of a table."""
    row = connection.sql(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0
