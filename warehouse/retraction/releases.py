"""A retraction in the releases: each that has the text is written again without it.

A release keeps its number, its time, its own contract and all else that it holds; its checksums
and counts are those of what is left, and it is a revision from then on, which lists the checksums
of before. It is written aside and changes places with the old one in one step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import duckdb

from knipsel.warehouse.contract import Table
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import export, versions
from knipsel.warehouse.release.exchange import exchange
from knipsel.warehouse.release.files.corpus_file import share_corpus
from knipsel.warehouse.release.files.describe import describe, digest, keep_superseded
from knipsel.warehouse.release.files.facts import row_counts
from knipsel.warehouse.release.files.registers import share_registers
from knipsel.warehouse.release.versions import UNFINISHED, Release, Revision
from knipsel.warehouse.retraction.everywhere import OLD, OldRelease, opened
from knipsel.warehouse.retraction.mentions import SAID, find_mentions, find_said
from knipsel.warehouse.retraction.proof.search import Finder
from knipsel.warehouse.retraction.rows import (
    NAME,
    find_documents,
    find_stretches,
    kept,
    remaining_articles,
    remaining_documents,
)
from knipsel.warehouse.search.index.build import has_dead, write_index
from knipsel.warehouse.search.index.opened import clear_unfinished
from knipsel.warehouse.search.index.state import FOLDER as SEARCH
from knipsel.warehouse.sql import quoted


def holding(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> list[str]:
    """Return the numbers of the releases that hold any of what goes."""
    found = []
    for release in versions.read_versions(warehouse):
        with opened(connection, warehouse, release) as old:
            if _holds_any(connection, old, None):
                found.append(release.version)
    return found


def rewrite_releases(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, run_id: str, finder: Finder
) -> list[str]:
    """Write each release without what goes; return the labels of those that the run revised.

    Expects what `knipsel.warehouse.retraction.lake.tombstones_of` leaves, and
    ``retract_headlines``. Doing it again after it was interrupted does what is left, and makes no
    second revision. ``finder`` knows the passages of the text and the names of its files.
    """
    listed = versions.settle(warehouse)
    clear_unfinished(warehouse)
    current = [_as_written(warehouse, release) for release in listed]
    shared: dict[str, Path] = {}
    for place, release in enumerate(current):
        with opened(connection, warehouse, release) as old:
            if _holds_any(connection, old, finder):
                current[place] = _rewrite(connection, old, run_id, shared)
            elif has_dead(old.folder):
                # What it has no more may be what goes, and its words are still in the index: the
                # next search makes it anew.
                shutil.rmtree(old.folder / SEARCH)
    if current != listed:
        versions.write_versions(warehouse, current)
    return [one.label for one in current if one.revisions and one.revisions[-1].run_id == run_id]


def _as_written(warehouse: Warehouse, listed: Release) -> Release:
    """Return a release as its folder has it, which the list may not know yet."""
    with suppress(OSError, ValueError, KeyError, TypeError):  # a damaged index is `verify`'s
        written = versions.read_index(warehouse.releases / listed.version)
        if written.revision > listed.revision:
            return replace(written, snapshot_id=listed.snapshot_id)
    return listed


def _holds_any(
    connection: duckdb.DuckDBPyConnection, old: OldRelease, finder: Finder | None
) -> bool:
    """Tell whether a release has a row that goes, or a name of a source that does.

    With a ``finder`` also whether a note of a run has any of the text.
    """
    find_documents(connection, OLD)
    find_stretches(connection, OLD)
    find_mentions(connection, OLD)
    find_said(connection, OLD, finder or Finder(()))
    queries = [
        (
            f"SELECT 1 FROM {OLD}.documents WHERE document_id IN (FROM retract_documents) "
            "AND status <> 'retracted'"
        ),
        "SELECT 1 FROM retract_said",
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
    if column := SAID.get(table.name):
        blotted = f"CASE WHEN {column} IN (SELECT value FROM retract_said) THEN {quoted(NAME)}"
        return f"SELECT * REPLACE ({blotted} ELSE {column} END AS {column}) FROM {source}"
    condition = kept(table, OLD, has_witnesses=has_witnesses)
    if table.name == "removed_spans":
        return f"FROM {source} WHERE {condition} UNION ALL BY NAME FROM retract_remainders"
    return f"FROM {source}" + (f" WHERE {condition}" if condition else "")


def _rewrite(
    connection: duckdb.DuckDBPyConnection, old: OldRelease, run_id: str, shared: dict[str, Path]
) -> Release:
    """Write a release anew and let it take the place of the old one."""
    aside = old.folder.with_name(f"{UNFINISHED}{old.folder.name}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        written = _write(connection, old, aside, run_id, shared)
        exchange(aside, old.folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return written


def _write(
    connection: duckdb.DuckDBPyConnection,
    old: OldRelease,
    aside: Path,
    run_id: str,
    shared: dict[str, Path],
) -> Release:
    """Write what stays of a release into a folder beside it, with its own tables and views."""
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
    rewritten = _revised(connection, old.release, run_id, rows)
    share_registers(old.folder, aside)
    share_corpus(old.folder, aside)
    keep_superseded(old.folder, aside, rewritten.revision)
    describe(aside, rewritten, old.tables)
    if (old.folder / SEARCH).exists():
        write_index(aside)  # anew: the old one has the words of what goes
    return rewritten


def _revised(
    connection: duckdb.DuckDBPyConnection, before: Release, run_id: str, rows: Mapping[str, int]
) -> Release:
    """Return what a release is with so many rows of each table, after a retraction."""
    row = connection.execute(
        "SELECT max(retracted_at), count(DISTINCT document_id) FILTER (document_id IN "
        f"(FROM retract_documents) AND document_id IN (SELECT document_id FROM {OLD}.documents "
        "WHERE status <> 'retracted')) FROM retract_tombstones"
    ).fetchone()
    at, documents = row or (None, 0)
    revision = Revision(
        before.revision + 1,
        at.astimezone(UTC).isoformat() if at else before.created_at,
        run_id,
        before.articles - rows["articles"],
        int(documents),
    )
    return replace(
        before,
        documents=rows["documents"],
        sightings=rows["sightings"],
        articles=rows["articles"],
        revision=revision.number,
        revisions=(*before.revisions, revision),
    )


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
