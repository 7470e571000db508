"""What changed in the lake since a release, and what a release tells the lake."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.lake.connection import lake_catalog
from knipsel.warehouse.release.tables import release_table
from knipsel.warehouse.sql import any_row, column_list, make_table, make_view, quoted, taken_in

BOOKKEEPING = frozenset({"runs", "run_inputs", "validations", "sightings", "owner"})
"""Tables that change in every run; a release is not made for their sake alone."""


ROW_CHANGES = frozenset(
    {
        "inlined_insert",
        "inlined_delete",
        "tables_inserted_into",
        "tables_deleted_from",
        "tables_dropped",
    }
)
"""What DuckLake calls the changes to rows; merging files, say, changes none."""


def current_snapshot(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the lake's newest snapshot."""
    catalog = quoted(lake_catalog(connection))
    row = connection.sql(f"FROM ducklake_current_snapshot({catalog})").fetchone()
    return int(row[0]) if row else 0


def changed_since(connection: duckdb.DuckDBPyConnection, snapshot_id: int) -> set[str]:
    """Return the tables whose rows changed after a snapshot of the lake."""
    catalog = quoted(lake_catalog(connection))
    names = {
        str(table_id): name
        for name, table_id in connection.sql(
            f"SELECT table_name, table_id FROM ducklake_table_info({catalog})"
        ).fetchall()
    }
    # The number stands in the query: at the first parameter DuckDB imports pandas, for a second.
    snapshots = connection.sql(
        f"SELECT changes FROM ducklake_snapshots({catalog}) WHERE snapshot_id > {int(snapshot_id)}"
    ).fetchall()
    if len(snapshots) < current_snapshot(connection) - snapshot_id:
        # Some were removed, with what they changed.
        return set(names.values())
    touched = {
        item
        for (changes,) in snapshots
        for kind, items in changes.items()
        if kind in ROW_CHANGES
        for item in items
    }
    return {names[item] for item in touched if item in names}


def record_validations(connection: duckdb.DuckDBPyConnection, validations: pa.Table) -> None:
    """Record in the lake what stopped a release; what the same run said before is replaced."""
    columns = column_list(BY_NAME["validations"].column_names)
    with taken_in(connection, "stopped_validations", validations):
        connection.execute("BEGIN")
        connection.execute(
            "DELETE FROM lake.validations WHERE (run_id, suite) IN "
            "(SELECT (run_id, suite) FROM stopped_validations)"
        )
        connection.execute(
            f"INSERT INTO lake.validations ({columns}) SELECT {columns} FROM stopped_validations"
        )
        connection.execute("COMMIT")


def adopt(connection: duckdb.DuckDBPyConnection, folder: Path, version: str) -> None:
    """Tell the lake what a release says of runs and rules: in which version each came out.

    The release is written first and the lake told after, so that a release that never
    happened leaves no trace; doing it again changes nothing. Where an earlier attempt of a
    run was stopped, what the lake knows of that gives way to what the release says.
    """
    for name in ("runs", "run_inputs", "validations"):
        released = release_table(folder, BY_NAME[name])
        make_view(connection, f"released_{name}", released)
    make_table(
        connection,
        "open_runs",
        """
        SELECT run_id FROM lake.runs WHERE release_version IS NULL AND run_id IN
        (SELECT run_id FROM released_runs WHERE release_version = $version)
        """,
        {"version": version},
    )
    columns = column_list(BY_NAME["validations"].column_names)
    outdated = f"""
        SELECT DISTINCT run_id, suite FROM (
            SELECT {columns} FROM lake.validations SEMI JOIN open_runs USING (run_id)
            EXCEPT SELECT {columns} FROM released_validations SEMI JOIN open_runs USING (run_id)
        )
    """
    news = {
        "runs": "FROM released_runs ANTI JOIN lake.runs USING (run_id)",
        "run_inputs": "FROM released_run_inputs ANTI JOIN lake.run_inputs USING (run_id)",
        "validations": "FROM released_validations ANTI JOIN lake.validations USING (run_id, suite)",
    }
    connection.execute("BEGIN")
    if any_row(connection, outdated):
        connection.execute(
            f"DELETE FROM lake.validations WHERE (run_id, suite) IN (SELECT (run_id, suite) FROM "
            f"({outdated}))"
        )
    if any_row(connection, "FROM open_runs"):
        connection.execute("DELETE FROM lake.runs WHERE run_id IN (FROM open_runs)")
    for name, query in news.items():
        if connection.sql(f"{query} LIMIT 1").fetchone():
            columns = column_list(BY_NAME[name].column_names)
            connection.execute(
                f"INSERT INTO lake.{name} ({columns}) SELECT {columns} FROM ({query})"
            )
    connection.execute("COMMIT")
