"""A copy of the lake's catalogue as an SQLite file, whatever database has it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from knipsel.warehouse.lake.connection import METADATA, metadata, metadata_schema, open_lake
from knipsel.warehouse.layout import Warehouse, embedded_catalog
from knipsel.warehouse.sql import identifier, quoted

COPY = "catalog_copy"
"""What the copy is called on a connection."""

_TABLES = """
SELECT table_name, list(column_name ORDER BY column_index), list(data_type ORDER BY column_index)
FROM duckdb_columns() WHERE database_name = $database AND schema_name = $schema
AND starts_with(table_name, 'ducklake_')
GROUP BY table_name ORDER BY table_name
"""


def copy_catalog(warehouse: Warehouse, copy: Path) -> None:
    """Copy the catalogue as it is at one moment. Whoever calls it holds the warehouse.

    Files that wait to be deleted are forgotten: a backup does not have them.
    """
    copy.unlink(missing_ok=True)
    if warehouse.is_embedded:
        _copy_sqlite(embedded_catalog(warehouse.root), copy)
    else:
        _copy_tables(warehouse, copy)
    with closing(sqlite3.connect(copy)) as catalog, catalog:
        catalog.execute("DELETE FROM ducklake_files_scheduled_for_deletion")


def _copy_sqlite(catalog: Path, copy: Path) -> None:
    """Copy an SQLite database, whoever else has it open."""
    with (
        closing(sqlite3.connect(f"{catalog.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _copy_tables(warehouse: Warehouse, copy: Path) -> None:
    """Copy the tables of DuckLake out of another database.

    In PostgreSQL it keeps the texts of rows that are not in files yet as bytes, in SQLite as texts.
    """
    with open_lake(warehouse, read_only=True, also=("sqlite_scanner",)) as connection:
        connection.execute(f"ATTACH {quoted(str(copy))} AS {COPY} (TYPE sqlite)")
        connection.execute("BEGIN")
        place = {"database": METADATA, "schema": metadata_schema(warehouse)}
        for table, columns, types in connection.execute(_TABLES, place).fetchall():
            chosen = ", ".join(
                f"decode({identifier(name)}) AS {identifier(name)}"
                if kind == "BLOB"
                else identifier(name)
                for name, kind in zip(columns, types, strict=True)
            )
            name = identifier(table)
            connection.execute(
                f"CREATE TABLE {COPY}.{name} AS SELECT {chosen} FROM {metadata(warehouse)}.{name}"
            )
        connection.execute("COMMIT")
