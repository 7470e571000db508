"""Publishing: a release is written aside, checked, renamed; then the pointers change."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from knipsel.warehouse.contract import BY_NAME, TABLES
from knipsel.warehouse.contract.arrow import arrow_schema
from knipsel.warehouse.contract.versions import CONTRACT_VERSION
from knipsel.warehouse.intake.run_inputs import RunInput, inputs_table
from knipsel.warehouse.lake.checksums import note_sums
from knipsel.warehouse.lake.connection import locked, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import export, history, versions
from knipsel.warehouse.release.files.corpus_file import corpus_bytes, share_corpus
from knipsel.warehouse.release.files.describe import describe
from knipsel.warehouse.release.files.facts import row_counts
from knipsel.warehouse.release.files.registers import write_registers
from knipsel.warehouse.release.files.source_paths import shown
from knipsel.warehouse.release.versions import Release
from knipsel.warehouse.search.index.build import write_index
from knipsel.warehouse.search.index.opened import clear_abandoned
from knipsel.warehouse.sql import quoted, take_in


class ReleaseCheckError(RuntimeError):
    """A release that was written does not hold what the lake holds."""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """Who publishes, when and with what checks.

    ``record`` is the row of ``runs`` for a flow that does nothing else, ``inputs`` what decides
    it; None where the run is in the lake already. ``audit`` is given a connection whose tables are
    those of the release, and returns rows of ``validations``; it raises where the release may not
    be.
    """

    run_id: str
    created_at: datetime
    code_version: str
    record: dict[str, object] | None
    audit: Callable[[duckdb.DuckDBPyConnection, str], pa.Table]
    inputs: Sequence[RunInput] = ()
    search_index: bool = True
    """Whether the release gets an index for search."""
    absolute_paths: bool = False
    """Whether it says where sources were seen as the lake does, with what tells of the machine."""


@dataclass(frozen=True, slots=True)
class Published:
    """The outcome: the release, and whether it is new; the tables that were written anew."""

    version: str | None
    folder: Path | None
    is_new: bool
    tables_written: tuple[str, ...] = ()


def needs_release(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    last: Release | None,
    code_version: str,
) -> bool:
    """Tell whether the lake, or what people say of it, holds what the last release does not."""
    if last is None:
        return True
    if corpus_bytes(warehouse.root) != corpus_bytes(warehouse.releases / last.version):
        return True
    if (last.code_version, last.contract_version) != (code_version, CONTRACT_VERSION):
        return True
    changed = history.changed_since(connection, last.snapshot_id)
    if changed - history.BOOKKEEPING:
        return True
    row = connection.sql("SELECT count(*) FROM lake.sightings").fetchone()
    return row != (last.sightings,)


def _replacements(request: PublishRequest, warehouse: Warehouse, version: str) -> dict[str, str]:
    """Return the queries for tables that are not as the lake has them.

    They say in which release things come out, and where sources were seen from the warehouse.
    """
    runs = f"""
        SELECT * REPLACE (coalesce(release_version, {quoted(version)}) AS release_version)
        FROM lake.runs
    """
    if request.record is not None:
        # A run that is tried again is one run: what an attempt that was stopped said of it goes.
        runs += " ANTI JOIN publish_run USING (run_id) UNION ALL BY NAME FROM publish_run"
    return {
        "runs": runs,
        "run_inputs": "FROM lake.run_inputs ANTI JOIN publish_inputs USING (run_id) "
        "UNION ALL BY NAME FROM publish_inputs",
        "validations": "FROM lake.validations ANTI JOIN release_audit USING (run_id, suite) "
        "UNION ALL BY NAME FROM release_audit",
        **({} if request.absolute_paths else _relative(warehouse)),
    }


_OF_PATHS = ("documents", "sightings")


def _relative(warehouse: Warehouse) -> dict[str, str]:
    path = shown(warehouse.root)
    return {name: f"SELECT * REPLACE ({path} AS path) FROM lake.{name}" for name in _OF_PATHS}


def _has_paths(folder: Path, *, absolute: bool) -> bool:
    """Tell whether a release says where its sources were seen in one form: any row tells of all."""
    file = folder / "sightings" / "part-0.parquet"
    batches = pq.ParquetFile(file).iter_batches(1, columns=["path"]) if file.exists() else iter(())
    first = next(batches, None)
    return first is None or str(first["path"][0]).startswith("/") == absolute


def _build(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    request: PublishRequest,
    version: str,
    writers: export.ParquetWriters,
) -> None:
    """Build the tables of the release, audit them, add what the audit found; write them all."""
    if request.record is not None:
        told = {"release_version": version, "contract_version": CONTRACT_VERSION}
        row = {**request.record, **told}
        schema = arrow_schema(BY_NAME["runs"])
        take_in(connection, "publish_run", pa.Table.from_pylist([row], schema=schema))
    inputs = () if request.record is None else request.inputs
    take_in(connection, "publish_inputs", inputs_table(request.run_id, inputs))
    take_in(connection, "release_audit", arrow_schema(BY_NAME["validations"]).empty_table())
    replacements = _replacements(request, warehouse, version)
    for name in export.BUILD_ORDER:
        export.build_table(connection, BY_NAME[name], replacements.get(name))
        if name != "validations":
            writers.start(name)
    connection.execute("USE release")
    outcomes = request.audit(connection, request.run_id)
    connection.execute("USE memory")
    take_in(connection, "release_audit", outcomes)
    export.build_table(connection, BY_NAME["validations"], replacements["validations"])
    writers.start("validations")


def _shareable(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    request: PublishRequest,
    last: Release | None,
) -> tuple[Path | None, set[str]]:
    """Return the folder of the last release, and the tables that are as they were in it.

    What another version of the code wrote is not shared: it may have another form. Nor is a
    table whose columns, or what is said of them, were others then.
    """
    if last is None or last.code_version != request.code_version:
        return None, set()
    changed = history.changed_since(connection, last.snapshot_id) | {"runs", "validations"}
    if request.record is not None and request.inputs:
        changed.add("run_inputs")
    folder = warehouse.releases / last.version
    if not _has_paths(folder, absolute=request.absolute_paths):
        changed |= set(_OF_PATHS)
    return folder, {name for name in BY_NAME if name not in changed and _has_form(folder, name)}


def _has_form(folder: Path, name: str) -> bool:
    """Tell whether a release has a table as the contract is now."""
    file = folder / name / "part-0.parquet"
    expected = arrow_schema(BY_NAME[name])
    return file.exists() and pq.read_schema(file).equals(expected, check_metadata=True)


def _link_unchanged(folder: Path, last: Path | None, unchanged: set[str]) -> dict[str, Path]:
    """Share the files of tables that did not change; return those that are to be written."""
    to_write: dict[str, Path] = {}
    for table in TABLES:
        file = folder / table.name / "part-0.parquet"
        if last is None or table.name not in unchanged:
            to_write[table.name] = file
            continue
        file.parent.mkdir(parents=True)
        os.link(last / table.name / "part-0.parquet", file)
    return to_write


def check_files(folder: Path, rows: Mapping[str, int]) -> None:
    """Raise `ReleaseCheckError` unless each table's file has its schema and its rows."""
    for table in TABLES:
        file = pq.ParquetFile(folder / table.name / "part-0.parquet")
        if file.metadata.num_rows != rows[table.name]:
            message = f"{table.name} has {file.metadata.num_rows} rows, not {rows[table.name]}."
            raise ReleaseCheckError(message)
        if not file.schema_arrow.equals(arrow_schema(table)):
            message = f"{table.name} was not written with the contract's schema."
            raise ReleaseCheckError(message)


def _write(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    request: PublishRequest,
    last: Release | None,
    aside: Path,
) -> tuple[Release, tuple[str, ...]]:
    """Write the next release into the folder ``aside``, check it, and give it its name."""
    version = aside.name.removeprefix(versions.UNFINISHED)
    snapshot_id = history.current_snapshot(connection)
    to_write = _link_unchanged(aside, *_shareable(connection, warehouse, request, last))
    before = warehouse.releases / last.version if last else None
    write_registers(connection, warehouse, aside, before)
    share_corpus(warehouse.root, aside)
    export.attach_database(connection, aside / export.DATABASE)
    with export.ParquetWriters(connection, to_write) as writers:
        _build(connection, warehouse, request, version, writers)
    rows = row_counts(connection, TABLES, "release.")
    export.finish_database(connection)
    check_files(aside, rows)
    release = Release(
        version=version,
        created_at=request.created_at.isoformat(),
        snapshot_id=snapshot_id,
        code_version=request.code_version,
        contract_version=CONTRACT_VERSION,
        documents=rows["documents"],
        sightings=rows["sightings"],
        articles=rows["articles"],
    )
    describe(aside, release)
    if request.search_index:
        write_index(aside, before)
    aside.rename(warehouse.releases / version)
    return release, tuple(to_write)


def publish(warehouse: Warehouse, request: PublishRequest) -> Published:
    """Publish what the lake holds, unless the last release holds it already.

    Raises `ReleaseCheckError`, or what the request's audit raises; the last release stays
    then, and readers see nothing of the attempt.
    """
    with locked(warehouse), open_lake(warehouse) as connection:
        releases = versions.settle(warehouse)
        clear_abandoned(warehouse)
        last = versions.current_release(warehouse, releases)
        if last is not None:
            history.adopt(connection, warehouse.releases / last.version, last.version)
        if not needs_release(connection, warehouse, last, request.code_version):
            folder = warehouse.releases / last.version if last else None
            return Published(last.version if last else None, folder, is_new=False)
        version = versions.next_version(releases)
        aside = warehouse.releases / f"{versions.UNFINISHED}{version}"
        aside.mkdir(parents=True)
        try:
            release, written = _write(connection, warehouse, request, last, aside)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        versions.point_latest(warehouse, release.version)
        versions.write_versions(warehouse, [*releases, release])
        folder = warehouse.releases / release.version
        history.adopt(connection, folder, release.version)
        note_sums(connection, warehouse)
        return Published(release.version, folder, is_new=True, tables_written=written)
