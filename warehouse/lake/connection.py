"""The lake: DuckLake tables of the contract, under one SQL catalogue.

All tables of a run change in one transaction; what is committed can be queried at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from filelock import FileLock, Timeout

from knipsel.warehouse.addresses.identity import OWNER_TABLE, check_new, check_owner, claim
from knipsel.warehouse.addresses.remembered import remember_addresses
from knipsel.warehouse.addresses.secrets import parted, redacted
from knipsel.warehouse.lake.extensions import connect_with
from knipsel.warehouse.lake.migrations import (
    LakeShape,
    bring_up_to_date,
    lake_shape,
    show_as_contract,
)
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.sql import identifier, quoted

LOCK_TIMEOUT_SECONDS = 600
"""How long a run waits for another one to finish committing before it gives up."""

MEMORY_LIMIT = "400MB"
"""How much DuckDB holds in memory before it spills: a batch's size decides, not the corpus's.
With what it needs beside that, and all that a command is, a run stays below 1.5 GB."""

MEMORY_PER_BYTE = 16
"""Bytes of memory that DuckDB needs for each of a text to write it, sorted, to Parquet: one of
25 MB goes into `MEMORY_LIMIT`."""

LONG_TEXT = 1_000_000
"""Bytes, or characters, of a text that is longer than any article in a newspaper."""

_LIMIT_BYTES = 400_000_000

ARTICLE_ROW_GROUP = 2_048
"""Rows in a row group of articles: the least that DuckDB writes. A few texts among 100,000 are
looked up in a sixth of the time then, since the others are not read."""

METADATA = "__ducklake_metadata_lake"
"""What the database of the lake's catalogue is called on a connection, whatever the lake is."""

OLDER = "older_lake"
"""What a lake of an older contract is called behind the views that show it as one of now."""

DAMAGE_WORDS = ("malformed", "not a database", "disk I/O error")
"""What SQLite says of a file that is not what it wrote."""


class WarehouseBusyError(RuntimeError):
    """Another run held the warehouse for longer than anyone should wait."""


class NoWarehouseError(RuntimeError):
    """There is nothing at the place where a warehouse was looked for."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Say where it was looked for, and what to do."""
        super().__init__(f"There is no warehouse at {warehouse.root}; run `knipsel ingest` first.")


class DamagedCatalogError(RuntimeError):
    """The lake's catalogue is missing or cannot be read, though something was published."""

    def __init__(self, warehouse: Warehouse, said: str) -> None:
        """Say what is wrong with it and how the lake is made again."""
        super().__init__(
            f"The catalogue {warehouse.root / 'catalog.sqlite'} is {said}. Restore it from a "
            "backup; or move it away and run `knipsel rollback VERSION`, which makes the lake "
            "again of that release."
        )


class NoPasswordError(RuntimeError):
    """The database of the catalogue wants a password, and none is given."""

    def __init__(self, address: str) -> None:
        """Say which database it is, and where the password belongs."""
        super().__init__(
            f"The database of the catalogue, {redacted(address)}, wants a password: give it in the "
            "variable PGPASSWORD, or with the address in KNIPSEL_CATALOG. A warehouse remembers "
            "addresses, and no passwords."
        )


def _extensions(warehouse: Warehouse) -> list[str]:
    """Return the extensions that the lake's catalogue and data need."""
    names = ["ducklake", "postgres_scanner" if warehouse.is_in_postgres else "sqlite_scanner"]
    return [*names, "httpfs"] if warehouse.has_remote_data else names


def bound_memory(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Let large commits and sorts spill to the warehouse's staging folder."""
    spill = warehouse.staging("spill")
    spill.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"SET temp_directory = {quoted(str(spill))}")
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")


def allow_for(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise the bound on memory where the longest text needs it; ``query`` returns its bytes.

    Few rows go into the catalogue itself at first, and into memory until the commit: long ones go
    into files at once.
    """
    (longest,) = connection.execute(query).fetchone() or (0,)
    if (longest or 0) > LONG_TEXT:
        connection.execute("SET ducklake_default_data_inlining_row_limit = 0")
    needed = (longest or 0) * MEMORY_PER_BYTE
    if needed > _LIMIT_BYTES:
        connection.execute(f"SET memory_limit = '{needed} bytes'")


def _attach(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    *,
    read_only: bool,
    name: str = "lake",
) -> None:
    """Attach the lake to a connection, under the name ``lake`` where none is given."""
    # The catalogue remembers where the data was; a warehouse that was moved has it elsewhere.
    options = [f"DATA_PATH {quoted(warehouse.data)}", "OVERRIDE_DATA_PATH true"]
    options.append(f"METADATA_CATALOG {quoted(METADATA)}")
    if warehouse.catalog_schema:
        options.append(f"METADATA_SCHEMA {quoted(warehouse.catalog_schema)}")
    if read_only:
        options.append("READ_ONLY")
    address, password = parted(warehouse.catalog)
    if password is not None:
        os.environ["PGPASSWORD"] = password  # libpq looks there, and no error quotes it
    target = quoted(f"ducklake:{address}")
    try:
        connection.execute(f"ATTACH {target} AS {name} ({', '.join(options)})")
    except duckdb.Error as error:
        if warehouse.is_embedded and any(words in str(error) for words in DAMAGE_WORDS):
            raise DamagedCatalogError(warehouse, "damaged") from error
        if read_only and "does not exist" in str(error) and "DuckLake" in str(error):
            raise NoWarehouseError(warehouse) from None
        if "no password supplied" in str(error):
            raise NoPasswordError(address) from None
        # Prefect keeps what an error says; DuckDB quotes addresses in it.
        raise type(error)(redacted(str(error))) from None


def metadata_schema(warehouse: Warehouse) -> str:
    """Return the schema in which the catalogue's tables are."""
    return warehouse.catalog_schema or ("public" if warehouse.is_in_postgres else "main")


def metadata(warehouse: Warehouse) -> str:
    """Return what stands before the names of the catalogue's own tables."""
    return f"{METADATA}.{identifier(metadata_schema(warehouse))}"


def lake_catalog(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what the lake is called that DuckLake's own functions are asked about.

    One of an older contract stands behind views, under another name than ``lake``.
    """
    row = connection.sql(
        "SELECT database_name FROM duckdb_databases() WHERE type = 'ducklake'"
    ).fetchone()
    return str(row[0]) if row else "lake"


def _make_current(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, shape: LakeShape
) -> None:
    """Create the lake's tables, or bring them up to date; see to whose they are before."""
    if "articles" not in shape.tables:
        check_new(warehouse)
    is_known = OWNER_TABLE.name in shape.tables and check_owner(connection, warehouse)
    remember_addresses(warehouse)
    if is_known and shape.is_current:
        return
    with locked(warehouse):
        if not shape.is_current:
            bring_up_to_date(connection)
        if not check_owner(connection, warehouse):
            is_new = "articles" not in shape.tables and not warehouse.was_published
            claim(connection, warehouse, is_new=is_new)
    if "articles" not in shape.tables:
        connection.execute(
            f"CALL lake.set_option('parquet_row_group_size', {ARTICLE_ROW_GROUP}, "
            "table_name => 'articles')"
        )


def _read_as_current(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, shape: LakeShape
) -> None:
    """Let a lake of an older contract be read as one of the contract now; it does not change."""
    if shape.is_new:
        raise NoWarehouseError(warehouse)
    if OWNER_TABLE.name in shape.tables:
        check_owner(connection, warehouse)
    if shape.is_current:
        return
    connection.execute("DETACH lake")
    _attach(connection, warehouse, read_only=True, name=OLDER)
    connection.execute("ATTACH ':memory:' AS lake")
    show_as_contract(connection, shape, OLDER)


def _check_catalog(warehouse: Warehouse, *, read_only: bool, anew: bool) -> None:
    """Raise an error where the embedded catalogue is not there and should be."""
    if not warehouse.is_embedded:
        return
    file = warehouse.root / "catalog.sqlite"
    if file.exists() and file.stat().st_size > 0:
        return
    if warehouse.was_published and not anew:
        raise DamagedCatalogError(warehouse, "empty" if file.exists() else "missing")
    if read_only:
        raise NoWarehouseError(warehouse)


@contextmanager
def open_lake(
    warehouse: Warehouse,
    *,
    read_only: bool = False,
    anew: bool = False,
    also: tuple[str, ...] = (),
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the lake as the schema ``lake`` of a new connection; create it where it is not.

    A lake of an older contract is brought up to date, or where it is only read, shown as if it
    were. Where something was published there was a lake: it is created then only with ``anew``,
    so that one that was lost is not taken for one that is new. ``also`` names extensions of DuckDB
    that are needed besides. Raises `NoWarehouseError` where a
    reader finds none, or one that is only being made; `DamagedCatalogError`; `NewerContractError`;
    `ForeignCatalogError` where the catalogue is another warehouse's.
    """
    _check_catalog(warehouse, read_only=read_only, anew=anew)
    connection = _connected(warehouse, read_only=read_only, also=also)
    try:
        if not read_only:
            bound_memory(connection, warehouse)
        open_as = _read_as_current if read_only else _make_current
        open_as(connection, warehouse, lake_shape(connection))
        if not read_only:
            allow_for(connection, "SELECT max(char_count) FROM lake.articles")
        yield connection
    finally:
        connection.close()


def _connected(
    warehouse: Warehouse, *, read_only: bool, also: tuple[str, ...] = ()
) -> duckdb.DuckDBPyConnection:
    """Return a new connection with the lake attached."""
    connection = connect_with(*_extensions(warehouse), *also)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET preserve_insertion_order = true")
        # DuckDB would draw its progress between the rows that a program reads.
        connection.execute("SET enable_progress_bar = false")
        _attach(connection, warehouse, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def ensure_lake(warehouse: Warehouse) -> None:
    """Create the lake under a team's catalogue where there is none: a reader finds none there.

    The embedded one is seen to be missing, and created by its first commit.
    """
    if not warehouse.is_embedded:
        with locked(warehouse), open_lake(warehouse):
            pass


@contextmanager
def locked(warehouse: Warehouse) -> Iterator[None]:
    """Hold the warehouse for oneself: one run at a time commits or releases.

    Who holds it may hold it once more. Raises `WarehouseBusyError` after `LOCK_TIMEOUT_SECONDS`.
    """
    warehouse.root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(warehouse.lock_file, timeout=LOCK_TIMEOUT_SECONDS, is_singleton=True):
            yield
    except Timeout:
        message = (
            f"Another run has held {warehouse.root} for {LOCK_TIMEOUT_SECONDS} seconds; "
            "wait for it to end and try again."
        )
        raise WarehouseBusyError(message) from None
