"""Small helpers for writing SQL, and the way to have a temporary table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from knipsel.warehouse.contract.temporary_tables import declared

if TYPE_CHECKING:
    import pyarrow as pa


def quoted_list(texts: Iterable[str]) -> str:
    """Return texts as a list in SQL.

    They are no parameters: at the first of these DuckDB imports pandas, for a second or two.
    """
    return f"[{', '.join(map(quoted, sorted(texts)))}]::VARCHAR[]"


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


def make_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    query: str,
    values: Mapping[str, object] | None = None,
) -> None:
    """Make a temporary table, which is declared, of a query; ``values`` are its parameters."""
    statement = f"CREATE OR REPLACE TEMP TABLE {declared(name)} AS {query}"
    # Even without any, parameters make DuckDB import pandas, which takes a second.
    connection.execute(statement) if values is None else connection.execute(statement, values)


def make_view(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """Make a temporary view, which is declared."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {declared(name)} AS {query}")


def take_in(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Let an Arrow table be queried under a name, which is declared."""
    connection.register(declared(name), rows)


@contextmanager
def taken_in(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> Iterator[None]:
    """Let an Arrow table be queried under a name, which is declared, while the block runs."""
    take_in(connection, name, rows)
    try:
        yield
    finally:
        connection.unregister(name)
