"""What a query may do that somebody else may have written: read the tables, and nothing else.

DuckDB itself keeps files, the network and extensions out of reach, once told to. What is left
are its own temporary folder, which counts as allowed, and in the lake the catalogue: attached
as a database of its own, with functions that change it, and a connection string to read.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from knipsel.warehouse.sql import quoted

SPILL_LIMIT = "8GiB"
"""How much of the disk a query may take for what does not fit into memory: enough to sort some
millions of articles, and no more than a disk can lose without harm."""

QUERY_MEMORY = "2GiB"
"""How much a query holds in memory before it spills: what any laptop can spare."""

READING = {"SELECT", "EXPLAIN", "SET", "CREATE"}
"""Kinds of statements that are let through to a release. What they would change is either
temporary, or read-only, or locked, as DuckDB then says itself."""

_EXPLAIN = re.compile(r"\s*EXPLAIN(\s+ANALYZE|\s*\([^)]*\))?\s", re.IGNORECASE)

READING_FUNCTIONS = {
    "duckdb_columns",
    "duckdb_functions",
    "duckdb_keywords",
    "duckdb_schemas",
    "duckdb_tables",
    "duckdb_types",
    "duckdb_views",
    "ducklake_snapshots",
    "ducklake_table_changes",
    "ducklake_table_deletions",
    "ducklake_table_info",
    "ducklake_table_insertions",
    "generate_series",
    "json_each",
    "json_tree",
    "pragma_table_info",
    "pragma_version",
    "range",
    "repeat",
    "snapshots",
    "summary",
    "table_changes",
    "table_deletions",
    "table_info",
    "table_insertions",
    "test_all_types",
    "unnest",
}
"""Functions that a query of the lake may read from. Any other could change the catalogue, show how
it is reached, or read its file, which DuckDB allows once it is attached."""

TELLING_FUNCTIONS = {"current_setting", "getenv"}
"""Functions that give a value of the process: a key of the object storage may be one."""

TELLING_VIEWS = {"duckdb_databases", "duckdb_settings", "pg_settings", "pragma_database_list"}
"""Views that show how the catalogue is reached, or a key."""

_CATALOGUE = "__ducklake"


class RefusedQueryError(ValueError):
    """A query does, or names, what a query may not."""

    def __init__(self, what: str) -> None:
        """Say what is refused, and how it is to be had."""
        super().__init__(
            f"A query only reads the tables: {what} is not allowed; if the query is your own, "
            "`--unsafe` allows it."
        )


class EmptyQueryError(ValueError):
    """There is nothing in a query."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The query is empty; try `SHOW TABLES`.")


class SlowQueryError(RuntimeError):
    """A query took longer than it may."""

    def __init__(self, seconds: float) -> None:
        """Say how long it may take, and what to do."""
        super().__init__(
            f"The query was stopped after {seconds:g} seconds; ask for less, or give it more "
            "time (--timeout, or max_query_seconds in the settings)."
        )


@contextmanager
def stopped_after(connection: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    """Stop what a connection does where the block takes longer; never where that is None.

    Raises `SlowQueryError` then.
    """
    if seconds is None:
        yield
        return
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.Error as error:
        if is_late.is_set():
            raise SlowQueryError(seconds) from error
        raise
    finally:
        timer.cancel()


@contextmanager
def sealed(
    connection: duckdb.DuckDBPyConnection,
    folders: Sequence[str] = (),
    memory: str | None = None,
) -> Iterator[None]:
    """Keep a connection from all files but those in some folders, for good.

    What does not fit into ``memory``, `QUERY_MEMORY` where nothing is said, goes into a temporary
    folder while the block runs.
    """
    with TemporaryDirectory(prefix="knipsel-query-") as spill:
        connection.execute(f"SET temp_directory = {quoted(spill)}")
        connection.execute(f"SET max_temp_directory_size = '{SPILL_LIMIT}'")
        connection.execute(f"SET memory_limit = '{memory or QUERY_MEMORY}'")
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET autoload_known_extensions = false")
        listed = ", ".join(map(quoted, folders))
        connection.execute(f"SET allowed_directories = [{listed}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield


def check_statements(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise `RefusedQueryError` where a statement is none that reads.

    Raises `EmptyQueryError` where there is none, and `duckdb.ParserException` where the query is
    no SQL.
    """
    statements = connection.extract_statements(query)
    if not statements:
        raise EmptyQueryError
    for statement in statements:
        kind = statement.type.name
        if kind not in READING:
            raise RefusedQueryError(kind)
        if kind == "EXPLAIN":
            inner, stripped = _EXPLAIN.subn("", statement.query, count=1)
            if not stripped:
                raise RefusedQueryError("this form of EXPLAIN")
            check_statements(connection, inner)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects in a parsed query."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)


def _refused(node: dict[str, Any], macros: set[str]) -> str | None:
    """Return what is not allowed in a part of a query, if anything is."""
    kind = str(node.get("type"))
    if kind == "TABLE_FUNCTION":
        name = str(node["function"].get("function_name")).lower()
        if name not in READING_FUNCTIONS | macros:
            return f"{name}()"
    name = str(node.get("function_name")).lower()
    if name in TELLING_FUNCTIONS:
        return f"{name}()"
    if kind in {"BASE_TABLE", "SHOW_REF"}:
        names = [str(node.get(key, "")) for key in ("catalog_name", "schema_name", "table_name")]
        names = [part.strip('"').lower() for part in names]
        if names[2] in TELLING_VIEWS or any(part.startswith(_CATALOGUE) for part in names):
            return names[2] or "the catalogue"
    return None


def check_lake_query(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise `RefusedQueryError` where a query of the lake does more than read its tables.

    Raises `duckdb.ParserException` where it is no SQL.
    """
    check_statements(connection, query)
    macros = _own_macros(connection)
    for statement in connection.extract_statements(query):
        asked = _EXPLAIN.sub("", statement.query, count=1)
        for node in _nodes(_parsed(connection, asked, statement.type.name)):
            if refused := _refused(node, macros):
                raise RefusedQueryError(refused)


def check_export_query(connection: duckdb.DuckDBPyConnection, query: str, hidden: str) -> None:
    """Raise `RefusedQueryError` where a query reads more than the tables that are shared.

    What is held back lies in the schema ``hidden``, and files are named by a path or an ending.
    """
    check_lake_query(connection, query)
    for statement in connection.extract_statements(query):
        for node in _nodes(_parsed(connection, statement.query, statement.type.name)):
            names = {str(node.get(key, "")).strip('"') for key in ("catalog_name", "schema_name")}
            name = str(node.get("table_name", ""))
            if hidden in {one.lower() for one in names} or re.search(r"[./\\]", name):
                raise RefusedQueryError(name)


def _parsed(connection: duckdb.DuckDBPyConnection, query: str, kind: str) -> list[Any]:
    """Return a statement as DuckDB parses it; raise an error where it cannot be looked into."""
    row = connection.execute("SELECT json_serialize_sql($1::VARCHAR)", [query]).fetchone()
    parsed: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    # A PIVOT over what it finds becomes two statements, of which DuckDB gives no text.
    if parsed["error"] or not parsed["statements"]:
        if not query.strip():
            raise RefusedQueryError("a PIVOT that does not name its values, as in ON x IN (1, 2),")
        raise RefusedQueryError(kind)
    statements: list[Any] = parsed["statements"]
    return statements


def _own_macros(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the names of table macros that are not DuckDB's own."""
    rows = connection.execute(
        "SELECT function_name FROM duckdb_functions() "
        "WHERE function_type = 'table_macro' AND NOT internal"
    ).fetchall()
    return {str(name).lower() for (name,) in rows}
