"""A retraction in the releases: each that has the text is written again without it.

A release keeps its number, its time, its own contract and all else that it holds; its checksums
and counts are those of what is left. It is written aside and changes places with the old one in
one step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from knipsel.warehouse.contract import Table
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import export, versions
from knipsel.warehouse.release.exchange import exchange
from knipsel.warehouse.release.files.describe import describe, digest, row_counts
from knipsel.warehouse.release.files.registers import share_registers
from knipsel.warehouse.release.versions import UNFINISHED, Release
from knipsel.warehouse.retraction.everywhere import OLD, OldRelease, opened
from knipsel.warehouse.retraction.rows import (
    find_documents,
    find_stretches,
    kept,
    remaining_articles,
    remaining_documents,
)
from knipsel.warehouse.search.index.build import has_dead, write_index
from knipsel.warehouse.search.index.opened import clear_unfinished
from knipsel.warehouse.search.index.state import FOLDER as SEARCH


def holding(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> list[str]:
    """Return the numbers of the releases that hold any of what goes."""
    found = []
    for release in versions.read_versions(warehouse):
        with opened(connection, warehouse, release) as old:
            if _holds_any(connection, old):
                found.append(release.version)
    return found


def rewrite_releases(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> list[str]:
    """Write each release without what goes, and return the numbers of those that held any.

    Expects what `knipsel.warehouse.retraction.lake.tombstones_of` leaves. Doing it again after it
    was interrupted does what is left.
    """
    releases = versions.settle(warehouse)
    clear_unfinished(warehouse)
    current = {release.version: release for release in releases}
    rewritten: list[str] = []
    shared: dict[str, Path] = {}
    for release in releases:
        with opened(connection, warehouse, release) as old:
            if _holds_any(connection, old):
                current[release.version] = _rewrite(connection, old, shared)
                rewritten.append(release.version)
            elif has_dead(old.folder):
                # What it has no more may be what goes, and its words are still in the index: the
                # next search makes it anew.
                shutil.rmtree(old.folder / SEARCH)
    if rewritten:
        versions.write_versions(warehouse, list(current.values()))
    return rewritten


def _holds_any(connection: duckdb.DuckDBPyConnection, old: OldRelease) -> bool:
    """Tell whether a release has a row that goes, or a name of a source that does."""
    find_documents(connection, OLD)
    find_stretches(connection, OLD)
    queries = [
        (
            f"SELECT 1 FROM {OLD}.documents WHERE document_id IN (FROM retract_documents) "
            "AND status <> 'retracted'"
        )
    ]
    queries += [
        f"SELECT 1 FROM {OLD}.{table.name} WHERE NOT ({condition})"
        for table in old.tables
        if (condition := kept(table, OLD, has_witnesses=_has_witnesses(old.tables))) is not None
    ]
    return any(connection.execute(f"{query} LIMIT 1").fetchone() for query in queries)


def _has_witnesses(tables: Sequence[Table]) -> bool:
    """Tell whether articles of a release may carry what copies of them say."""
    names = {table.name: table.column_names for table in tables}
    return "evidence_article_id" in names.get("statements", ())


def _remaining(table: Table, *, has_witnesses: bool) -> str:
    """Return the query for what stays of a table of the release."""
    source = f"{OLD}.{table.name}"
    if table.name == "documents":
        return remaining_documents(source)
    if table.name == "articles":
        return remaining_articles(
            source,
            has_score="text_confidence" in table.column_names,
            has_witnesses=has_witnesses,
        )
    if table.name == "retractions":
        return (
            f"FROM {source} UNION BY NAME "
            f"(FROM retract_tombstones SEMI JOIN {OLD}.documents USING (document_id))"
        )
    condition = kept(table, OLD, has_witnesses=has_witnesses)
    return f"FROM {source}" + (f" WHERE {condition}" if condition else "")


def _rewrite(
    connection: duckdb.DuckDBPyConnection, old: OldRelease, shared: dict[str, Path]
) -> Release:
    """Write a release anew and let it take the place of the old one."""
    aside = old.folder.with_name(f"{UNFINISHED}{old.folder.name}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        written = _write(connection, old, aside, shared)
        exchange(aside, old.folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return written


def _write(
    connection: duckdb.DuckDBPyConnection,
    old: OldRelease,
    aside: Path,
    shared: dict[str, Path],
) -> Release:
    """Write what stays of a release into a folder beside it, with its own tables and views."""
    find_stretches(connection, OLD)
    export.attach_database(connection, aside / export.DATABASE)
    export.copy_form(connection, old.folder / export.DATABASE)
    for table in old.tables:
        export.build_table(
            connection, table, _remaining(table, has_witnesses=_has_witnesses(old.tables))
        )
        place = f"{table.name}/part-0.parquet"
        export.write_parquet(connection, table, aside / place)
        _share(aside / place, old.folder / place, shared)
    rows = row_counts(connection, old.tables, "release.")
    connection.execute("DETACH release")
    rewritten = replace(
        old.release,
        documents=rows["documents"],
        sightings=rows["sightings"],
        articles=rows["articles"],
    )
    share_registers(old.folder, aside)
    describe(aside, rewritten, old.tables)
    if (old.folder / SEARCH).exists():
        write_index(aside)  # anew: the old one has the words of what goes
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
