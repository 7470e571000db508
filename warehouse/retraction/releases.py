"""A retraction in the releases: each that has the text is written again without it.

A release keeps its number, its time and all else that it holds; its checksums and counts are
those of what is left. It is written aside and changes places with the old one in one step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from knipsel.warehouse.contract import TABLES, Table
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import export, versions
from knipsel.warehouse.release.exchange import exchange
from knipsel.warehouse.release.files.describe import describe, digest, row_counts
from knipsel.warehouse.release.tables import release_table
from knipsel.warehouse.release.versions import UNFINISHED, Release
from knipsel.warehouse.retraction.rows import (
    find_stretches,
    kept,
    remaining_articles,
    remaining_documents,
)
from knipsel.warehouse.sql import identifier

OLD = "memory.old"
"""Where the tables of the release are that is being looked at."""


def holding(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> list[str]:
    """Return the numbers of the releases that hold any of what goes."""
    found = []
    for release in versions.read_versions(warehouse):
        with _old_tables(connection, warehouse.releases / release.version):
            if _holds_any(connection):
                found.append(release.version)
    return found


def rewrite_releases(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> list[str]:
    """Write each release without what goes, and return the numbers of those that held any.

    Expects what `knipsel.warehouse.retraction.lake.tombstones_of` leaves. Doing it again after it
    was interrupted does what is left.
    """
    releases = versions.settle(warehouse)
    current = {release.version: release for release in releases}
    rewritten: list[str] = []
    shared: dict[str, Path] = {}
    for release in releases:
        with _old_tables(connection, warehouse.releases / release.version):
            if _holds_any(connection):
                current[release.version] = _rewrite(connection, warehouse, release, shared)
                rewritten.append(release.version)
    if rewritten:
        versions.write_versions(warehouse, list(current.values()))
    return rewritten


@contextmanager
def _old_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[None]:
    """Have the tables of a release as views in the schema ``old``, as the contract is now."""
    connection.execute("CREATE SCHEMA memory.old")
    for table in TABLES:
        query = release_table(folder, table)
        connection.execute(f"CREATE VIEW {OLD}.{identifier(table.name)} AS {query}")
    try:
        yield
    finally:
        connection.execute("DROP SCHEMA memory.old CASCADE")


def _holds_any(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a release has a row that goes, or a name of a source that does."""
    find_stretches(connection, OLD)
    queries = [
        (
            f"SELECT 1 FROM {OLD}.documents WHERE document_id IN (FROM retract_documents) "
            "AND status <> 'retracted'"
        )
    ]
    queries += [
        f"SELECT 1 FROM {OLD}.{table.name} WHERE NOT ({condition})"
        for table in TABLES
        if (condition := kept(table, OLD)) is not None
    ]
    return any(connection.execute(f"{query} LIMIT 1").fetchone() for query in queries)


def _remaining(table: Table) -> str:
    """Return the query for what stays of a table of the release."""
    source = f"{OLD}.{table.name}"
    if table.name == "documents":
        return remaining_documents(source)
    if table.name == "articles":
        return remaining_articles(source)
    if table.name == "retractions":
        return (
            f"FROM {source} UNION BY NAME "
            f"(FROM retract_tombstones SEMI JOIN {OLD}.documents USING (document_id))"
        )
    condition = kept(table, OLD)
    return f"FROM {source}" + (f" WHERE {condition}" if condition else "")


def _rewrite(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    release: Release,
    shared: dict[str, Path],
) -> Release:
    """Write a release anew and let it take the place of the old one."""
    folder = warehouse.releases / release.version
    aside = warehouse.releases / f"{UNFINISHED}{release.version}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        written = _write(connection, folder, aside, release, shared)
        exchange(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return written


def _write(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    aside: Path,
    release: Release,
    shared: dict[str, Path],
) -> Release:
    """Write what stays of a release into a folder beside it."""
    find_stretches(connection, OLD)
    replacements = {table.name: _remaining(table) for table in TABLES}
    export.attach_database(connection, aside / export.DATABASE)
    for table in TABLES:
        export.build_table(connection, table.name, replacements)
        place = f"{table.name}/part-0.parquet"
        export.write_parquet(connection, table, aside / place)
        _share(aside / place, folder / place, shared)
    rows = row_counts(connection, "release.")
    export.finish_database(connection)
    rewritten = replace(
        release,
        documents=rows["documents"],
        sightings=rows["sightings"],
        articles=rows["articles"],
    )
    describe(aside, rewritten)
    return rewritten


def _share(file: Path, final: Path, shared: dict[str, Path]) -> None:
    """Let equal files of several releases be one, as they are where nothing was retracted.

    ``final`` is where the file will be, and where the old one is.
    """
    key = digest(file)
    same = final if final.exists() and digest(final) == key else shared.get(key)
    if same is not None:
        file.unlink()
        os.link(same, file)
    shared[key] = final
