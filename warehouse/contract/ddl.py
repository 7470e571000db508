"""The contract in SQL: its tables as statements, and tables of older contracts as queries."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from knipsel.warehouse.contract.model import Column, ColumnType, Table
from knipsel.warehouse.contract.versions import steps_since
from knipsel.warehouse.sql import identifier, quoted

SQL_TYPES = {
    ColumnType.STRING: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DATE: "DATE",
    ColumnType.TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
}
"""The types as DuckDB itself calls them, so that a lake can be compared with the contract."""


def column_definition(column: Column) -> str:
    """Return a column as CREATE TABLE wants it."""
    null = "" if column.nullable else " NOT NULL"
    return f"{identifier(column.name)} {SQL_TYPES[column.type]}{null}"


def create_statement(table: Table) -> str:
    """Return the statement that creates a table in the lake."""
    columns = ", ".join(column_definition(column) for column in table.columns)
    return f"CREATE TABLE lake.{identifier(table.name)} ({columns})"


def comment_statements(table: Table, catalog: str) -> Iterator[str]:
    """Yield the statements that say what a table and its columns mean."""
    name = f"{catalog}.{identifier(table.name)}"
    yield f"COMMENT ON TABLE {name} IS {quoted(table.description)}"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {name}.{identifier(column.name)} IS {quoted(column.description)}"


def as_contract(table: Table, source: str, present: Collection[str], version: int) -> str:
    """Return the query for a table of an older contract, with the columns of the contract now.

    ``source`` is the table, or a call that reads it; ``present`` are the columns that it has,
    none where there is no such table; ``version`` is its contract. What it does not have is null,
    unless a step says more.
    """
    values = {name: identifier(name) for name in present}
    if present:
        values |= {step.column: step.value for step in steps_since(version, table.name)}
    columns = (
        f"CAST({values.get(column.name, 'NULL')} AS {SQL_TYPES[column.type]}) "
        f"AS {identifier(column.name)}"
        for column in table.columns
    )
    return f"SELECT {', '.join(columns)} " + (f"FROM {source}" if present else "WHERE false")
