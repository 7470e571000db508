"""The rows of an export, some at a time, as the formats take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from knipsel.warehouse.contract.arrow import arrow_field
from knipsel.warehouse.exports.about import About
from knipsel.warehouse.exports.model import ExportTable, Wanted
from knipsel.warehouse.exports.tables import LIST_SEPARATOR
from knipsel.warehouse.sql import identifier, quoted

BATCH_ROWS = 2_048
"""Rows that are in memory: one of DuckDB's vectors, some 6 MB of article text."""

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What an export has, and where its rows come from."""

    connection: duckdb.DuckDBPyConnection
    about: About
    tables: tuple[ExportTable, ...]
    wanted: Wanted

    def schema(self, table: ExportTable) -> pa.Schema:
        """Return the Arrow schema of a table whose lists are text."""
        return pa.schema([arrow_field(column) for column in table.columns])

    def batches(self, table: ExportTable) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a table as Arrow batches; lists are texts with `; ` between."""
        schema = self.schema(table)
        with self._cursor(flat(table)) as reader:
            for batch in reader:
                columns = [
                    values.cast(field.type)
                    for values, field in zip(batch.columns, schema, strict=True)
                ]
                yield pa.RecordBatch.from_arrays(columns, schema=schema)

    def rows(self, table: ExportTable, *, lists: bool = False) -> Iterator[Row]:
        """Yield the rows of a table as Python values; lists stay lists where they may."""
        with self._cursor(table.query if lists else flat(table)) as reader:
            for batch in reader:
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def _cursor(self, query: str) -> pa.RecordBatchReader:
        """Return a reader of a query; a cursor of its own, so that several can be open."""
        return self.connection.cursor().sql(query).to_arrow_reader(BATCH_ROWS)


def flat(table: ExportTable) -> str:
    """Return the query for a table without lists."""
    if not table.lists:
        return table.query
    cells = ", ".join(
        f"array_to_string({identifier(name)}, {quoted(LIST_SEPARATOR)}) AS {identifier(name)}"
        for name in sorted(table.lists)
    )
    return f"SELECT * REPLACE ({cells}) FROM ({table.query})"
