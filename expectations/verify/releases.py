"""What can be wrong with a release: files missing, changed or unlisted, tables that differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from knipsel.expectations.releases.release_rules import check_release
from knipsel.warehouse.contract.versions import CONTRACT_VERSION
from knipsel.warehouse.lake.checksums import parse_sums
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.files.describe import INDEX, SUMS, digest
from knipsel.warehouse.release.versions import Release, read_list, read_versions
from knipsel.warehouse.search.index.state import FOLDER as SEARCH
from knipsel.warehouse.search.index.state import index_problems

AGAIN = "`knipsel publish` writes a new release where the lake is sound."


def pointer_problems(warehouse: Warehouse) -> Iterator[str]:
    """Yield what is wrong with ``latest`` and ``versions.json``."""
    listed, releases = read_list(warehouse), read_versions(warehouse)
    versions = {release.version for release in releases}
    if not releases:
        return
    if listed is None:
        state = "damaged" if warehouse.versions_file.exists() else "missing"
        yield (
            f"{warehouse.versions_file} is {state}: the releases are taken from their folders, and "
            "`knipsel publish` makes it anew from them."
        )
    if not warehouse.latest.is_symlink():
        yield f"{warehouse.latest} is missing or no link; `knipsel rollback VERSION` makes it."
        return
    pointed = warehouse.latest.readlink().name
    if pointed not in versions:
        yield f"latest points to {pointed}, which is not in versions.json."
    elif listed is not None and pointed != listed.latest:
        yield f"latest points to {pointed}, but versions.json says {listed.latest}."
    for folder in sorted(warehouse.releases.glob("*")):
        if folder.name not in versions:
            fate = "cannot be read as one" if listed is None else "the next publish clears it away"
            yield f"{folder} is no release; {fate}."


def release_problems(warehouse: Warehouse, release: Release) -> Iterator[str]:
    """Yield what is wrong with a release."""
    folder = warehouse.releases / release.version
    if not folder.is_dir():
        yield f"{folder} is missing. {AGAIN}"
        return
    damaged = list(_file_problems(folder))
    yield from damaged
    if not damaged:
        yield from _table_problems(folder, release)
        yield from index_problems(folder, _identifiers(folder))


def _file_problems(folder: Path) -> Iterator[str]:
    """Yield the files that are not what the checksums say."""
    if not (folder / SUMS).exists():
        yield f"{folder / SUMS} is missing. {AGAIN}"
        return
    sums, damaged = parse_sums((folder / SUMS).read_text(encoding="utf-8", errors="replace"))
    if damaged:
        yield f"{folder / SUMS} is damaged: {damaged:,} of its lines are no checksums. {AGAIN}"
    for name, value in sums.items():
        file = folder / name
        if not file.exists():
            yield f"{file} is missing. {AGAIN}"
        elif digest(file) != value:
            yield f"{file} has changed since it was published: its checksum is another. {AGAIN}"
    there = {
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and file.name != SUMS and file.relative_to(folder).parts[0] != SEARCH
    }
    for name in sorted(there - set(sums)):
        yield f"{folder / name} is not part of the release."


def _identifiers(folder: Path) -> list[str]:
    """Return the identifiers of the articles of a release."""
    column = pq.read_table(folder / "articles" / "part-0.parquet", columns=["article_id"])
    return [str(one) for one in column["article_id"].to_pylist()]


def _table_problems(folder: Path, release: Release) -> Iterator[str]:
    """Yield the tables that differ between Parquet, database and index; then broken rules."""
    tables = json.loads((folder / INDEX).read_text(encoding="utf-8"))["tables"]
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        for name, table in tables.items():
            yield from _counts(connection, folder, name, table)
        if release.contract_version < CONTRACT_VERSION:
            return  # The rules are those of the contract now: about columns that it may lack.
        for outcome in check_release(connection):
            if not outcome.success and outcome.severity == "critical":
                yield f"{outcome.rule}: {outcome.unexpected_count:,} rows break it."


def _counts(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str, table: dict[str, object]
) -> Iterator[str]:
    try:
        with pq.ParquetFile(folder / str(table["path"])) as source:
            in_parquet = sum(len(batch) for batch in source.iter_batches())
    except (pa.ArrowException, OSError) as error:
        yield f"{folder / str(table['path'])} cannot be read: {error}."
        return
    row = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
    counts = {in_parquet, row[0] if row else None, table["rows"]}
    if len(counts) > 1:
        yield (
            f"{name} has {in_parquet:,} rows in Parquet, {row and row[0]} in {DATABASE}, and "
            f"{table['rows']} in {INDEX}."
        )
