"""The tables of a release: sorted into ``knipsel.duckdb``, and from there to Parquet.

The database is written first because it costs one sort for both. It is kept uncompressed:
on 100,000 articles that takes 4 seconds where DuckDB's own choice takes 8 to 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from knipsel.warehouse.contract import BY_NAME, Table
from knipsel.warehouse.contract.arrow import arrow_schema
from knipsel.warehouse.contract.ddl import comment_statements
from knipsel.warehouse.release.views.views import create_views
from knipsel.warehouse.sql import column_list, identifier, quoted

ROW_GROUP_ROWS = 20_480
"""Rows in a Parquet row group: ten of DuckDB's vectors, some 60 MB of article text."""

ZSTD_LEVEL = 1
"""On 330 MB of page texts level 3 makes files a tenth smaller and takes half as long again."""

STORAGE_VERSION = "v1.0.0"
"""The oldest storage format of DuckDB that holds all this, so that older readers open it."""

WRITERS = 2
"""Tables written at a time; compression runs outside Python's lock."""

DATABASE = "knipsel.duckdb"


BUILD_ORDER = sorted(BY_NAME, key=lambda name: name not in {"articles", "paragraphs"})
"""The tables that hold the texts first: they are written while the others are built."""


def attach_database(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Attach a new database file as ``release``."""
    connection.execute(
        f"ATTACH {quoted(str(file))} AS release (STORAGE_VERSION '{STORAGE_VERSION}')"
    )
    connection.execute("SET force_compression = 'uncompressed'")


def build_table(
    connection: duckdb.DuckDBPyConnection, table: Table, source: str | None = None
) -> None:
    """Copy a table, in its order, into the attached release, with comments.

    It is the lake's, unless ``source`` is a query to take instead.
    """
    name, columns = identifier(table.name), column_list(table.column_names)
    source = source or f"FROM lake.{name}"
    connection.execute(
        f"CREATE OR REPLACE TABLE release.{name} AS "
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
    """Add the views and the index, and close the database file.

    Without the index each article that is asked for costs a block of texts to unpack.
    """
    connection.execute("USE release")
    connection.execute("CREATE UNIQUE INDEX articles_by_identifier ON articles (article_id)")
    create_views(connection)
    connection.execute("USE memory")
    connection.execute("DETACH release")


def copy_form(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Give the attached release the tables and views of another release's file, without rows."""
    connection.execute(f"ATTACH {quoted(str(file))} AS form (READ_ONLY)")
    connection.execute("COPY FROM DATABASE form TO release (SCHEMA)")
    connection.execute("DETACH form")


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
    order = [
        pq.SortingColumn(schema.get_field_index(name), nulls_first=False) for name in table.sort_by
    ]
    # An error keeps what was at hand, and an open result the database file: it is closed here.
    with (
        connection.sql(f"FROM release.{identifier(table.name)}").to_arrow_reader(
            ROW_GROUP_ROWS
        ) as reader,
        pq.ParquetWriter(
            file,
            schema,
            compression="zstd",
            compression_level=ZSTD_LEVEL,
            write_page_index=True,
            sorting_columns=order,
        ) as writer,
    ):
        for rows in _row_groups(reader, schema):
            writer.write_table(rows, row_group_size=ROW_GROUP_ROWS)


def _write_and_close(cursor: duckdb.DuckDBPyConnection, table: Table, file: Path) -> None:
    """Write a table through a connection of its own, and close that."""
    with closing(cursor):
        write_parquet(cursor, table, file)


class ParquetWriters:
    """Writes tables of the attached release to Parquet while others are still being built."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path]) -> None:
        """Be ready to write each table named in ``files``."""
        self._connection = connection
        self._files = files
        self._pool = ThreadPoolExecutor(WRITERS)
        self._writing: list[Future[None]] = []

    def start(self, name: str) -> None:
        """Start to write a table that is built, where it has a file to be written."""
        if name in self._files:
            cursor, file = self._connection.cursor(), self._files[name]
            self._writing.append(self._pool.submit(_write_and_close, cursor, BY_NAME[name], file))

    def __enter__(self) -> Self:
        """Return the writers."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait until all is written; raise what any writer raised."""
        self._pool.shutdown()
        for written in self._writing:
            written.result()
