"""Going back to a release: readers take it again, and the lake holds what it holds.

What was ingested after it is unknown to the lake then, and is read again when its files are
next seen; the archive keeps their bytes. Runs, the outcomes of rules and tombstones stay: what
happened, happened.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from knipsel.warehouse.contract import BY_NAME, TABLES, Table
from knipsel.warehouse.lake.checksums import note_sums
from knipsel.warehouse.lake.commit import insert_run
from knipsel.warehouse.lake.connection import DamagedCatalogError, NoWarehouseError, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.linking.tables import INTERNAL_TABLES
from knipsel.warehouse.release import history, versions
from knipsel.warehouse.release.files.source_paths import found
from knipsel.warehouse.release.tables import release_table, table_file
from knipsel.warehouse.release.versions import Release, write_aside
from knipsel.warehouse.sql import column_list, identifier, make_table

KEPT = {
    "runs": ("run_id",),
    "run_inputs": ("run_id", "kind", "name"),
    "validations": ("run_id", "suite"),
    "retractions": ("document_id", "article_id"),
    "checks": ("check_id",),
    "codes": ("code_id",),
}
"""Tables that no way leads back in, since they are the record of what was done, with what tells
their rows apart. What a lake that was made anew does not know, it is told by the release."""

TOLD_AGAIN = ("retractions", "checks", "codes")
"""Those of them for which a release is made where the one gone back to lacks rows of theirs."""


class NoSuchReleaseError(LookupError):
    """There is no release with that number."""


def find_release(warehouse: Warehouse, version: str) -> Release:
    """Return a release by its number or label, with or without leading zeros.

    Raises `NoSuchReleaseError`.
    """
    releases = versions.read_versions(warehouse)
    for release in releases:
        if version.lstrip("0") in {name.lstrip("0") for name in (release.version, release.label)}:
            return release
    known = f" There are {releases[0].version} to {releases[-1].version}." if releases else ""
    message = f"There is no release {version}.{known}"
    raise NoSuchReleaseError(message)


def pending_file(warehouse: Warehouse) -> Path:
    """Return the file that says which way back was begun and is not at its end."""
    return warehouse.root / ".rollback.json"


def begin(warehouse: Warehouse, release: Release) -> None:
    """Let readers take a release again, at once; `complete` does the rest.

    Raises `NewerContractError` where the lake could not follow.
    """
    with suppress(NoWarehouseError, DamagedCatalogError), open_lake(warehouse, read_only=True):
        pass
    write_aside(pending_file(warehouse), json.dumps({"version": release.version}))
    versions.point_latest(warehouse, release.version)
    versions.write_versions(warehouse, versions.read_versions(warehouse))


def complete(warehouse: Warehouse, record: dict[str, object]) -> None:
    """Make the lake hold what the release holds that a way back was begun to.

    ``record`` is the row of ``runs`` for it. Doing it again changes nothing.
    """
    version = json.loads(pending_file(warehouse).read_text(encoding="utf-8"))["version"]
    versions.point_latest(warehouse, version)
    folder = warehouse.releases / version
    with open_lake(warehouse, anew=True) as connection:
        connection.execute("BEGIN")
        for table in TABLES:
            if table.name not in KEPT:
                _replace_rows(connection, folder, table)
        _keep_tombstones(connection)
        for name, keys in KEPT.items():
            _add_missing(connection, folder, BY_NAME[name], keys)
        for internal in INTERNAL_TABLES:
            connection.execute(f"DELETE FROM lake.{internal.name}")
        insert_run(connection, record)
        connection.execute("COMMIT")
        _note_snapshot(connection, warehouse, version)
        note_sums(connection, warehouse)
    pending_file(warehouse).unlink()


def _note_snapshot(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, version: str
) -> None:
    """Note that the lake holds what the release holds, so that it is not published anew.

    Where tombstones or checks came after it, it does not, and the next release says so.
    """
    folder = warehouse.releases / version
    if any(_has_news(connection, folder, name) for name in TOLD_AGAIN):
        return
    snapshot_id = history.current_snapshot(connection)
    releases = [
        replace(one, snapshot_id=snapshot_id) if one.version == version else one
        for one in versions.read_versions(warehouse)
    ]
    versions.write_versions(warehouse, releases)


def _has_news(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> bool:
    """Tell whether a table of the lake has more rows, or fewer, than that of a release."""
    file = table_file(folder, name)
    told = pq.read_metadata(file).num_rows if file.exists() else 0
    return connection.execute(f"SELECT count(*) FROM lake.{name}").fetchone() != (told,)


def _replace_rows(connection: duckdb.DuckDBPyConnection, folder: Path, table: Table) -> None:
    """Let a table of the lake have the rows of the release; none where that has no such table."""
    if table.name == "documents":
        make_table(connection, "buried", "FROM lake.documents WHERE status = 'retracted'")
    rows = release_table(folder, table)
    if "path" in table.column_names:
        absolute = found(folder.parent.parent)
        rows = f"SELECT * REPLACE ({absolute} AS path) FROM ({rows})"
    connection.execute(f"DELETE FROM lake.{identifier(table.name)}")
    connection.execute(
        f"INSERT INTO lake.{identifier(table.name)} ({column_list(table.column_names)}) {rows}"
    )


def _add_missing(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: Table, keys: tuple[str, ...]
) -> None:
    """Add the rows of a release that a table of the lake does not have."""
    same = " AND ".join(f"told.{key} IS NOT DISTINCT FROM known.{key}" for key in keys)
    columns = column_list(table.column_names)
    connection.execute(
        f"INSERT INTO lake.{table.name} ({columns}) SELECT {columns} "
        f"FROM ({release_table(folder, table)}) AS told "
        f"WHERE NOT EXISTS (FROM lake.{table.name} AS known WHERE {same})"
    )


def _keep_tombstones(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring back the tombstones of documents that the release does not know."""
    connection.execute(
        "INSERT INTO lake.documents FROM buried ANTI JOIN lake.documents USING (document_id)"
    )
