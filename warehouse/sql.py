"""Small helpers for writing SQL."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb


def quoted(text: str) -> str:
    """Return ``text`` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return ``name`` as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def column_list(names: Iterable[str]) -> str:
    """Return names as a list of quoted SQL identifiers."""
    return ", ".join(identifier(name) for name in names)


def any_row(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Tell whether a query has a row; a statement that changes nothing still costs a commit."""
    return connection.execute(f"SELECT EXISTS ({query})").fetchone() == (True,)
