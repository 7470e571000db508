"""The tables of a release: sorted into ``knipsel.duckdb``, and from there to Parquet.

The database is written first because it costs one sort for both. It is kept uncompressed:
on 100,000 articles that takes 4 seconds where DuckDB's own choice takes 8 to 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.arrow import arrow_schema
from warehouse.contract import BY_NAME, TABLES, Table
from warehouse.lake import comment_statements
from warehouse.release.views import create_views
from warehouse.sql import column_list, identifier, quoted

ROW_GROUP_ROWS = 20_480
"""Rows in a Parquet row group: ten of DuckDB's vectors, some 60 MB of article text."""

ZSTD_LEVEL = 3
"""A third smaller than level 1 on article text, at half its speed; higher gains little."""

STORAGE_VERSION = "v1.0.0"
"""The oldest storage format of DuckDB that holds all this, so that older readers open it."""

WRITERS = 2
"""Tables written at a time; compression runs outside Python's lock."""

DATABASE = "knipsel.duckdb"


def attach_database(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Attach a new database file as ``release``."""
    connection.execute(
        f"ATTACH {quoted(str(file))} AS release (STORAGE_VERSION '{STORAGE_VERSION}')"
    )
    connection.execute("SET force_compression = 'uncompressed'")


def build_tables(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], replacements: Mapping[str, str]
) -> None:
    """Copy tables of the lake, each in its order, into the attached release, with comments.

    ``replacements`` gives, for some tables, a query to take instead of the lake's table.
    """
    for table in (BY_NAME[name] for name in names):
        source = replacements.get(table.name, f"FROM lake.{identifier(table.name)}")
        columns = column_list(table.column_names)
        connection.execute(
            f"CREATE OR REPLACE TABLE release.{identifier(table.name)} AS "
            f"SELECT {columns} FROM ({source}) ORDER BY {column_list(total_order(table))}"
        )
        for statement in comment_statements(table, "release"):
            connection.execute(statement)


def total_order(table: Table) -> tuple[str, ...]:
    """Return the columns that put a table's rows in one order.

    Where the table's own order ends in a key that suffices; long texts never decide then.
    """
    if table.primary_key and set(table.primary_key) <= set(table.sort_by):
        return table.sort_by
    return tuple(dict.fromkeys((*table.sort_by, *table.column_names)))


def finish_database(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the views and close the database file."""
    connection.execute("USE release")
    create_views(connection)
    connection.execute("USE memory")
    connection.execute("DETACH release")


def _row_groups(reader: pa.RecordBatchReader, schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield the rows in tables of `ROW_GROUP_ROWS`, whatever sizes they are read in."""
    held: list[pa.RecordBatch] = []
    for batch in reader:
        held.append(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
        while sum(map(len, held)) >= ROW_GROUP_ROWS:
            table = pa.Table.from_batches(held)
            yield table.slice(0, ROW_GROUP_ROWS)
            held = table.slice(ROW_GROUP_ROWS).to_batches()
    if held:
        yield pa.Table.from_batches(held)


def write_parquet(connection: duckdb.DuckDBPyConnection, table: Table, file: Path) -> None:
    """Write a table of the attached release to a Parquet file; equal rows give equal bytes."""
    schema = arrow_schema(table)
    file.parent.mkdir(parents=True, exist_ok=True)
    reader = connection.sql(f"FROM release.{identifier(table.name)}").to_arrow_reader(
        ROW_GROUP_ROWS
    )
    order = [
        pq.SortingColumn(schema.get_field_index(name), nulls_first=False) for name in table.sort_by
    ]
    with pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        write_page_index=True,
        sorting_columns=order,
    ) as writer:
        for rows in _row_groups(reader, schema):
            writer.write_table(rows, row_group_size=ROW_GROUP_ROWS)


def write_tables(connection: duckdb.DuckDBPyConnection, files: dict[str, Path]) -> None:
    """Write the Parquet file of each table named in ``files``."""
    tables = [table for table in TABLES if table.name in files]

    def write(table: Table) -> None:
        write_parquet(connection.cursor(), table, files[table.name])

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, tables))
