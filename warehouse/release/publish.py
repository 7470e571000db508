"""Publishing: a release is written aside, checked, renamed; then the pointers change."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.arrow import arrow_schema
from warehouse.contract import BY_NAME, TABLES
from warehouse.lake import locked, open_lake
from warehouse.layout import Warehouse
from warehouse.release import export, history, versions
from warehouse.release.card import card
from warehouse.release.datapackage import data_package
from warehouse.release.validation_page import PAGE, validation_page
from warehouse.release.versions import Release, as_json
from warehouse.sql import quoted

INDEX = "index.json"


class ReleaseCheckError(RuntimeError):
    """A release that was written does not hold what the lake holds."""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """Who publishes, when and with what checks.

    ``record`` is the row of ``runs`` for a flow that does nothing else; None where the run
    is in the lake already. ``audit`` is given a connection whose tables are those of the
    release, and returns rows of ``validations``; it raises where the release may not be.
    """

    run_id: str
    created_at: datetime
    code_version: str
    record: dict[str, object] | None
    audit: Callable[[duckdb.DuckDBPyConnection, str], pa.Table]


@dataclass(frozen=True, slots=True)
class Published:
    """The outcome: the release, and whether it is new; the tables that were written anew."""

    version: str | None
    folder: Path | None
    is_new: bool
    tables_written: tuple[str, ...] = ()


def needs_release(
    connection: duckdb.DuckDBPyConnection, last: Release | None, code_version: str
) -> bool:
    """Tell whether the lake holds anything that the last release does not."""
    if last is None or last.code_version != code_version:
        return True
    changed = history.changed_since(connection, last.snapshot_id)
    if changed - history.BOOKKEEPING:
        return True
    row = connection.sql("SELECT count(*) FROM lake.sightings").fetchone()
    return row != (last.sightings,)


def _replacements(request: PublishRequest, version: str) -> dict[str, str]:
    """Return the queries for the tables that say in which release things come out."""
    runs = f"""
        SELECT * REPLACE (coalesce(release_version, {quoted(version)}) AS release_version)
        FROM lake.runs
    """
    if request.record is not None:
        # A run that is tried again is one run: what an attempt that was stopped said of it goes.
        runs += " ANTI JOIN publish_run USING (run_id) UNION ALL BY NAME FROM publish_run"
    return {
        "runs": runs,
        "validations": "FROM lake.validations ANTI JOIN release_audit USING (run_id, suite) "
        "UNION ALL BY NAME FROM release_audit",
    }


def _build(
    connection: duckdb.DuckDBPyConnection,
    request: PublishRequest,
    version: str,
    writers: export.ParquetWriters,
) -> None:
    """Build the tables of the release, audit them, add what the audit found; write them all."""
    if request.record is not None:
        row = {**request.record, "release_version": version}
        schema = arrow_schema(BY_NAME["runs"])
        connection.register("publish_run", pa.Table.from_pylist([row], schema=schema))
    connection.register("release_audit", arrow_schema(BY_NAME["validations"]).empty_table())
    replacements = _replacements(request, version)
    for name in export.BUILD_ORDER:
        export.build_table(connection, name, replacements)
        if name != "validations":
            writers.start(name)
    connection.execute("USE release")
    outcomes = request.audit(connection, request.run_id)
    connection.execute("USE memory")
    connection.register("release_audit", outcomes)
    export.build_table(connection, "validations", replacements)
    writers.start("validations")


def _shareable(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    request: PublishRequest,
    releases: list[Release],
) -> tuple[Path | None, set[str]]:
    """Return the folder of the last release, and the tables that are as they were in it.

    What another version of the code wrote is not shared: it may have another form.
    """
    if not releases or releases[-1].code_version != request.code_version:
        return None, set()
    last = releases[-1]
    changed = history.changed_since(connection, last.snapshot_id) | {"runs", "validations"}
    return warehouse.releases / last.version, set(BY_NAME) - changed


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


def _digest(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def check_files(folder: Path, rows: dict[str, int]) -> None:
    """Raise `ReleaseCheckError` unless each table's file has its schema and its rows."""
    for table in TABLES:
        file = pq.ParquetFile(folder / table.name / "part-0.parquet")
        if file.metadata.num_rows != rows[table.name]:
            message = f"{table.name} has {file.metadata.num_rows} rows, not {rows[table.name]}."
            raise ReleaseCheckError(message)
        if not file.schema_arrow.equals(arrow_schema(table)):
            message = f"{table.name} was not written with the contract's schema."
            raise ReleaseCheckError(message)


def _rows(connection: duckdb.DuckDBPyConnection, schema: str = "") -> dict[str, int]:
    """Return the number of rows of each table of the release, attached as ``schema``."""
    counts = " UNION ALL ".join(
        f"SELECT {quoted(table.name)}, count(*) FROM {schema}{table.name}" for table in TABLES
    )
    return {name: int(count) for name, count in connection.sql(counts).fetchall()}


def _languages(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the languages of the articles, the most frequent first."""
    rows = connection.sql(
        """
        SELECT language FROM articles WHERE language IS NOT NULL
        GROUP BY language ORDER BY count(*) DESC, language
        """
    ).fetchall()
    return [language for (language,) in rows]


def describe(folder: Path, release: Release) -> None:
    """Write the files that say what a release holds, the checksums of all others last.

    All that they say comes from the tables in ``folder`` and from ``release``, so that a
    folder whose tables changed is described anew by calling this again.
    """
    with duckdb.connect(str(folder / export.DATABASE), read_only=True) as connection:
        rows, languages = _rows(connection), _languages(connection)
        page = validation_page(connection, release)
    created = datetime.fromisoformat(release.created_at)
    parquet = {table.name: f"{table.name}/part-0.parquet" for table in TABLES}
    digests = {path: _digest(folder / path) for path in (*parquet.values(), export.DATABASE)}
    package = data_package(
        release.version, created, {name: (path, digests[path]) for name, path in parquet.items()}
    )
    tables: dict[str, Any] = {
        name: {
            "rows": rows[name],
            "path": path,
            "bytes": (folder / path).stat().st_size,
            "sha256": digests[path],
        }
        for name, path in parquet.items()
    }
    written = {
        "datapackage.json": as_json(package),
        "README.md": card(release.version, created, rows, languages),
        PAGE: page,
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        digests[name] = _digest(folder / name)
    files = {
        name: {"bytes": (folder / name).stat().st_size, "sha256": digests[name]}
        for name in (export.DATABASE, *written)
    }
    index = {"release": asdict(release), "tables": tables, "files": files}
    (folder / INDEX).write_text(as_json(index), encoding="utf-8", newline="\n")
    digests[INDEX] = _digest(folder / INDEX)
    sums = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")


def _write(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    request: PublishRequest,
    releases: list[Release],
    aside: Path,
) -> tuple[Release, tuple[str, ...]]:
    """Write the next release into the folder ``aside``, check it, and give it its name."""
    version = aside.name.removeprefix(versions.UNFINISHED)
    snapshot_id = history.current_snapshot(connection)
    to_write = _link_unchanged(aside, *_shareable(connection, warehouse, request, releases))
    export.attach_database(connection, aside / export.DATABASE)
    with export.ParquetWriters(connection, to_write) as writers:
        _build(connection, request, version, writers)
    rows = _rows(connection, "release.")
    export.finish_database(connection)
    check_files(aside, rows)
    release = Release(
        version=version,
        created_at=request.created_at.isoformat(),
        snapshot_id=snapshot_id,
        code_version=request.code_version,
        documents=rows["documents"],
        sightings=rows["sightings"],
        articles=rows["articles"],
    )
    describe(aside, release)
    aside.rename(warehouse.releases / version)
    return release, tuple(to_write)


def publish(warehouse: Warehouse, request: PublishRequest) -> Published:
    """Publish what the lake holds, unless the last release holds it already.

    Raises `ReleaseCheckError`, or what the request's audit raises; the last release stays
    then, and readers see nothing of the attempt.
    """
    with locked(warehouse), open_lake(warehouse) as connection:
        releases = versions.settle(warehouse)
        last = releases[-1] if releases else None
        if last is not None:
            history.adopt(connection, warehouse.releases / last.version, last.version)
        if not needs_release(connection, last, request.code_version):
            folder = warehouse.releases / last.version if last else None
            return Published(last.version if last else None, folder, is_new=False)
        version = versions.next_version(releases)
        aside = warehouse.releases / f"{versions.UNFINISHED}{version}"
        aside.mkdir(parents=True)
        try:
            release, written = _write(connection, warehouse, request, releases, aside)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        versions.point_latest(warehouse, release.version)
        versions.write_versions(warehouse, [*releases, release])
        folder = warehouse.releases / release.version
        history.adopt(connection, folder, release.version)
        return Published(release.version, folder, is_new=True, tables_written=written)
