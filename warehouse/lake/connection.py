"""The lake: DuckLake tables of the contract, under one SQL catalogue.

All tables of a run change in one transaction; what is committed can be queried at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb
from filelock import FileLock, Timeout

from knipsel.warehouse.contract import TABLES, Column, ColumnType, Table
from knipsel.warehouse.lake.extensions import connect_with
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.linking.tables import INTERNAL_TABLES
from knipsel.warehouse.secrets import parted, redacted
from knipsel.warehouse.sql import identifier, quoted

LOCK_TIMEOUT_SECONDS = 600
"""How long a run waits for another one to finish committing before it gives up."""

MEMORY_LIMIT = "400MB"
"""How much DuckDB holds in memory before it spills: a batch's size decides, not the corpus's.
With what it needs beside that, and all that a command is, a run stays below 1.5 GB."""

ARTICLE_ROW_GROUP = 2_048
"""Rows in a row group of articles: the least that DuckDB writes. A few texts among 100,000 are
looked up in a sixth of the time then, since the others are not read."""

DAMAGE_WORDS = ("malformed", "not a database", "disk I/O error")
"""What SQLite says of a file that is not what it wrote."""

SQL_TYPES = {
    ColumnType.STRING: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DATE: "DATE",
    ColumnType.TIMESTAMP: "TIMESTAMPTZ",
}


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


def column_definition(column: Column) -> str:
    """Return a column as CREATE TABLE wants it."""
    null = "" if column.nullable else " NOT NULL"
    return f"{identifier(column.name)} {SQL_TYPES[column.type]}{null}"


def create_statements(table: Table, catalog: str = "lake") -> Iterator[str]:
    """Yield the statements that create a table with its comments in ``catalog``."""
    name = f"{catalog}.{identifier(table.name)}"
    columns = ", ".join(column_definition(column) for column in table.columns)
    yield f"CREATE TABLE {name} ({columns})"
    yield from comment_statements(table, catalog)


def comment_statements(table: Table, catalog: str) -> Iterator[str]:
    """Yield the statements that say what a table and its columns mean."""
    name = f"{catalog}.{identifier(table.name)}"
    yield f"COMMENT ON TABLE {name} IS {quoted(table.description)}"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {name}.{identifier(column.name)} IS {quoted(column.description)}"


def _extensions(warehouse: Warehouse) -> list[str]:
    """Return the extensions that the lake's catalogue and data need."""
    names = [
        "ducklake",
        "postgres_scanner" if "postgres:" in warehouse.catalog else "sqlite_scanner",
    ]
    return [*names, "httpfs"] if "://" in warehouse.data else names


def bound_memory(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Let large commits and sorts spill to the warehouse's staging folder."""
    spill = warehouse.staging("spill")
    spill.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"SET temp_directory = {quoted(str(spill))}")
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")


def _attach(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, *, read_only: bool
) -> None:
    """Attach the lake to a connection under the name ``lake``."""
    # The catalogue remembers where the data was; a warehouse that was moved has it elsewhere.
    options = [f"DATA_PATH {quoted(warehouse.data)}", "OVERRIDE_DATA_PATH true"]
    if read_only:
        options.append("READ_ONLY")
    address, password = parted(warehouse.catalog)
    if password is not None:
        os.environ["PGPASSWORD"] = password  # libpq looks there, and no error quotes it
    target = quoted(f"ducklake:{address}")
    try:
        connection.execute(f"ATTACH {target} AS lake ({', '.join(options)})")
    except duckdb.Error as error:
        if warehouse.is_embedded and any(words in str(error) for words in DAMAGE_WORDS):
            raise DamagedCatalogError(warehouse, "damaged") from error
        if read_only and "does not exist" in str(error) and "DuckLake" in str(error):
            raise NoWarehouseError(warehouse) from None
        # Prefect keeps what an error says; DuckDB quotes addresses in it.
        raise type(error)(redacted(str(error))) from None


def _missing_tables(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table] = TABLES
) -> list[Table]:
    """Return those of the tables that the lake does not have yet."""
    rows = connection.sql(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'"
    ).fetchall()
    return [table for table in tables if (table.name,) not in rows]


def _create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables that are not there yet, in one transaction."""
    missing = _missing_tables(connection, (*TABLES, *INTERNAL_TABLES))
    if not missing:
        return
    connection.execute("BEGIN")
    for table in missing:
        for statement in create_statements(table):
            connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute(
        f"CALL lake.set_option('parquet_row_group_size', {ARTICLE_ROW_GROUP}, "
        "table_name => 'articles')"
    )


def _check_catalog(warehouse: Warehouse, *, read_only: bool, anew: bool) -> None:
    """Raise an error where the embedded catalogue is not there and should be."""
    if not warehouse.is_embedded:
        return
    file = warehouse.root / "catalog.sqlite"
    if file.exists() and file.stat().st_size > 0:
        return
    if warehouse.versions_file.exists() and not anew:
        raise DamagedCatalogError(warehouse, "empty" if file.exists() else "missing")
    if read_only:
        raise NoWarehouseError(warehouse)


@contextmanager
def open_lake(
    warehouse: Warehouse, *, read_only: bool = False, anew: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the lake as the schema ``lake`` of a new connection; create it where it is not.

    Where something was published there was a lake: it is created then only with ``anew``, so
    that one that was lost is not taken for one that is new. Raises `NoWarehouseError` where a
    reader finds none, or one that is only being made; `DamagedCatalogError`.
    """
    _check_catalog(warehouse, read_only=read_only, anew=anew)
    connection = _connected(warehouse, read_only=read_only)
    try:
        if not read_only:
            bound_memory(connection, warehouse)
            _create_tables(connection)
        elif missing := _missing_tables(connection):
            connection.close()
            if len(missing) == len(TABLES):
                raise NoWarehouseError(warehouse)
            _bring_up_to_date(warehouse)
            connection = _connected(warehouse, read_only=read_only)
        yield connection
    finally:
        connection.close()


def _connected(warehouse: Warehouse, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Return a new connection with the lake attached."""
    connection = connect_with(*_extensions(warehouse))
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


def _bring_up_to_date(warehouse: Warehouse) -> None:
    """Create the tables that a lake of an older version lacks, for whoever comes to read it."""
    with locked(warehouse):
        connection = _connected(warehouse, read_only=False)
        try:
            _create_tables(connection)
        finally:
            connection.close()


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

    Raises `WarehouseBusyError` after `LOCK_TIMEOUT_SECONDS`.
    """
    warehouse.root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(warehouse.lock_file, timeout=LOCK_TIMEOUT_SECONDS):
            yield
    except Timeout:
        message = (
            f"Another run has held {warehouse.root} for {LOCK_TIMEOUT_SECONDS} seconds; "
            "wait for it to end and try again."
        )
        raise WarehouseBusyError(message) from None
