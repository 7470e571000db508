"""What can be wrong with the lake: its catalogue, its files, its texts, its rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from knipsel.expectations.releases.release_rules import check_release
from knipsel.transforms.describe.across.rules import BY_NAME as RULES
from knipsel.warehouse.addresses.secrets import redacted
from knipsel.warehouse.intake.archive import hash_file
from knipsel.warehouse.lake.checksums import (
    LakeFile,
    all_lake_files,
    lake_files,
    read_sums,
    sums_problem,
)
from knipsel.warehouse.lake.connection import DamagedCatalogError, NoWarehouseError, metadata
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import read_versions
from knipsel.warehouse.sql import quoted

RESTORE = "Restore it from a backup, or make the lake again with `knipsel rollback VERSION`."


def catalog_problems(warehouse: Warehouse) -> Iterator[str]:
    """Yield what is wrong with the catalogue, where it is the embedded one.

    Raises `NoWarehouseError` where there is none.
    """
    if not warehouse.exists and not read_versions(warehouse):
        raise NoWarehouseError(warehouse)
    if not warehouse.is_embedded or not (warehouse.root / "catalog.sqlite").exists():
        return
    file = warehouse.root / "catalog.sqlite"
    try:
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            rows = connection.execute("PRAGMA integrity_check").fetchall()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        yield str(DamagedCatalogError(warehouse, f"damaged ({error})"))
        return
    for (said,) in rows:
        if said != "ok":
            yield str(DamagedCatalogError(warehouse, f"damaged ({said})"))


def file_problems(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> Iterator[str]:
    """Yield what is wrong with the lake's data files: missing, damaged, not those of before."""
    if warehouse.has_remote_data:
        yield from _remote_problems(connection, warehouse)
        return
    sums, files = read_sums(warehouse), lake_files(connection, warehouse)
    if problem := sums_problem(warehouse, [file.path for file in files]):
        yield problem
    for file in files:
        problem = _file_problem(file, sums.get(file.path))
        if problem:
            yield f"{file.path} (of {file.table}) {problem} {RESTORE}"


def noted_problems(warehouse: Warehouse) -> Iterator[str]:
    """Yield the data files that are missing or have other checksums than were noted.

    The lake itself is not asked.
    """
    for path, value in read_sums(warehouse).items():
        if not path.exists():
            yield f"{path} is missing. {RESTORE}"
        elif hash_file(path).document_id != value:
            yield f"{path} has changed since it was written: its checksum is another. {RESTORE}"


def file_notes(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> Iterator[str]:
    """Yield what lies among the data and is of no snapshot: left by a run that was killed."""
    if warehouse.has_remote_data:
        return
    known: set[object] = {file.path for file in lake_files(connection, warehouse)}
    known |= _waiting(connection, warehouse)
    left = [
        file
        for file in sorted(Path(warehouse.data).rglob("*.parquet"))
        if file not in known and file.relative_to(warehouse.data).as_posix() not in known
    ]
    if left:
        shown = ", ".join(file.name for file in left[:3])
        yield f"{len(left):,} data files belong to nothing, such as {shown}."


def _waiting(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> set[object]:
    """Return the files that wait to be deleted, as the catalogue names them."""
    waiting = f"{metadata(warehouse)}.ducklake_files_scheduled_for_deletion"
    rows = connection.sql(f"SELECT path FROM {waiting}")
    return {Path(path) if path.startswith("/") else path for (path,) in rows.fetchall()}


def _remote_problems(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> Iterator[str]:
    """Yield what is wrong with data files in an object store, which keeps checksums of its own."""
    for file in all_lake_files(connection, warehouse):
        address = quoted(file.address)
        try:
            sizes = connection.sql(f"SELECT size FROM read_blob({address})").fetchall()
            rows = connection.sql(f"SELECT count(hash(one)) FROM read_parquet({address}) AS one")
            counted = rows.fetchall()
        except duckdb.Error as error:
            said = redacted(str(error)).strip().splitlines()[0]
            yield f"{file.address} (of {file.table}) cannot be read: {said}"
            continue
        if sizes != [(file.byte_size,)]:
            size = f"{file.byte_size:,} bytes"
            yield f"{file.address} (of {file.table}) has not its {size}. {RESTORE}"
        elif counted != [(file.rows,)]:
            yield f"{file.address} (of {file.table}) has not its {file.rows:,} rows. {RESTORE}"


def _file_problem(file: LakeFile, expected: str | None) -> str | None:
    if not file.path.exists():
        return "is missing."
    if file.path.stat().st_size != file.byte_size:
        return f"has {file.path.stat().st_size:,} bytes, not {file.byte_size:,}."
    if expected is not None and hash_file(file.path).document_id != expected:
        return "has changed since it was written: its checksum is another."
    try:
        with pq.ParquetFile(file.path) as source:
            rows = sum(len(batch) for batch in source.iter_batches())
    except (pa.ArrowException, OSError) as error:
        return f"cannot be read: {error}."
    return None if rows == file.rows else f"has {rows:,} rows, not {file.rows:,}."


def content_problems(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield the articles whose text is not the one that its hash was made of."""
    rows = connection.execute(
        "SELECT article_id FROM lake.articles "
        "WHERE sha256(text) <> text_sha256 OR length(text) <> char_count ORDER BY article_id"
    ).fetchall()
    for (article_id,) in rows:
        yield f"The text of {article_id} is not the one that its hash was made of."
    paragraphs = connection.execute(
        """
        SELECT paragraph_id FROM lake.paragraphs AS one JOIN lake.articles AS article
        USING (article_id) WHERE char_start IS NOT NULL
        AND one.text <> substring(article.text, char_start + 1, char_end - char_start)
        ORDER BY paragraph_id
        """
    ).fetchall()
    for (paragraph_id,) in paragraphs:
        yield f"{paragraph_id} is not what its article says between its offsets."


def rule_problems(connection: duckdb.DuckDBPyConnection, warnings: list[str]) -> Iterator[str]:
    """Yield the rules across tables that the lake breaks, with some of the rows.

    Those that only warn go into ``warnings``: they were there when it was published, and are no
    damage. Neither is what is found in articles, beside the others of their outlet.
    """
    connection.execute("USE lake")
    try:
        outcomes = check_release(connection)
    finally:
        connection.execute("USE memory")
    for outcome in outcomes:
        if not outcome.success and outcome.rule not in RULES:
            shown = "; ".join(outcome.examples)
            table = outcome.suite.removeprefix("release.")
            count = f"{outcome.unexpected_count:,}"
            said = f"{outcome.rule} ({outcome.severity}): {count} rows of {table}, such as {shown}."
            if outcome.severity == "warning":
                warnings.append(said)
            else:
                yield said
