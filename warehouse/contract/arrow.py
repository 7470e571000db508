"""Arrow schemas of the contract's tables, and rows made into Arrow tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import pyarrow as pa

from knipsel.warehouse.contract import Column, ColumnType, Table

ARROW_TYPES: Mapping[ColumnType, pa.DataType] = {
    ColumnType.STRING: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.DATE: pa.date32(),
    ColumnType.TIMESTAMP: pa.timestamp("us", tz="UTC"),
}
"""Types that Spark, R, pandas, polars and Hugging Face datasets all read: signed, no
nanoseconds, no lists or maps."""


def arrow_field(column: Column) -> pa.Field:
    """Return the Arrow field of a column, its meaning and standard term as metadata."""
    metadata = {"description": column.description}
    if column.term_uri:
        metadata["rdf_type"] = column.term_uri
    return pa.field(
        column.name, ARROW_TYPES[column.type], nullable=column.nullable, metadata=metadata
    )


def pandas_metadata(table: Table) -> str:
    """Return what tells pandas to read integers that may be null as integers.

    Without it pandas makes them floating-point numbers, with NaN for null. The form is
    that of https://pandas.pydata.org/docs/development/developer.html.
    """
    columns = [
        {
            "name": column.name,
            "field_name": column.name,
            "pandas_type": "int64",
            "numpy_type": "Int64",
            "metadata": None,
        }
        for column in table.columns
        if column.type is ColumnType.INTEGER and column.nullable
    ]
    return json.dumps({"index_columns": [], "column_indexes": [], "columns": columns})


def arrow_schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of a table, its title and meaning as metadata."""
    return pa.schema(
        [arrow_field(column) for column in table.columns],
        metadata={
            "title": table.title,
            "description": table.description,
            "pandas": pandas_metadata(table),
        },
    )


def relaxed_schema(schema: pa.Schema) -> pa.Schema:
    """Return ``schema`` with every field nullable.

    What is staged is not yet proven: a null where none may be is for the audit to find,
    not for the writer to fall over.
    """
    return pa.schema([field.with_nullable(nullable=True) for field in schema])


def mappings_to_table(schema: pa.Schema, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Return the rows as an Arrow table: mappings with a key for each field."""
    return pa.Table.from_pylist(list(rows), schema=schema)
