"""Rows of the table ``checks`` as values."""

from __future__ import annotations

from dataclasses import fields

import duckdb

from knipsel.transforms.checks.accuracy import Check
from knipsel.warehouse.sql import column_list

NAMES = tuple(field.name for field in fields(Check))


def checks_in(connection: duckdb.DuckDBPyConnection, table: str) -> list[Check]:
    """Return the checks in a table, or in the query for one, in the order of their identifiers."""
    query = f"SELECT {column_list(NAMES)} FROM {table} ORDER BY check_id"
    return [Check(*row) for row in connection.execute(query).fetchall()]
