"""SQLite: tables with keys and indexes, full-text search, and what Datasette shows of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from knipsel.warehouse.contract import Column, ColumnType
from knipsel.warehouse.exports.about import meaning, meanings
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.model import ExportTable
from knipsel.warehouse.exports.source import Row, Source
from knipsel.warehouse.sql import column_list, identifier

_TYPES = {
    ColumnType.INTEGER: "INTEGER",
    ColumnType.BOOLEAN: "INTEGER",
    ColumnType.NUMBER: "REAL",
}
"""Dates and moments are texts in SQLite; a truth is 0 or 1."""

SEARCHED = {
    "articles": ("headline", "description", "text"),
    "paragraphs": ("text",),
    "quotations": ("text", "speaker"),
}
"""The columns of tables that are searched by words."""

_INDEXED = {
    *("article_id", "document_id", "paragraph_id", "publisher", "date_published", "language"),
    *("month_published", "year_published", "entity_id", "speaker", "topic", "name", "role"),
}
"""Columns that people join and filter by."""

FACETS = {
    "articles": ("publisher", "language", "year_published", "genre", "completeness"),
    "article_authors": ("name",),
    "paragraphs": ("role",),
    "quotations": ("speaker", "is_direct"),
    "mentions": ("kind", "name"),
    "entities": ("kind",),
    "time_expressions": ("precision",),
    "topics": ("topic",),
    "topic_matches": ("topic",),
    "statements": ("field", "method", "chosen"),
    "documents": ("media_type", "status"),
    "removed_spans": ("reason",),
}
"""The columns whose values Datasette counts beside a table."""

METADATA_ENDING = ".metadata.json"
_ROWS_AT_ONCE = 2_000


def write_database(source: Source, file: Path) -> Notes:
    """Write all tables of an export as a database; beside it what Datasette reads of them."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # Nobody reads a file that is not whole yet, so no journal is needed to mend it.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for table in source.tables:
            connection.execute(_create(table, source.tables))
            _fill(connection, table, source.rows(table))
            _index(connection, table)
            _search(connection, table)
        _tell(connection, source)
        connection.execute("COMMIT")
    metadata = json.dumps(datasette_metadata(source, file.stem), indent=2, ensure_ascii=False)
    beside = file.with_name(file.stem + METADATA_ENDING)
    beside.write_text(metadata + "\n", encoding="utf-8", newline="\n")
    return []


def _create(table: ExportTable, tables: tuple[ExportTable, ...]) -> str:
    """Return the statement that makes a table, with its keys."""
    parts = [_definition(column) for column in table.columns]
    if table.primary_key:
        parts.append(f"PRIMARY KEY ({column_list(table.primary_key)})")
    keys = {one.name: one.primary_key for one in tables}
    for column, other in table.links.items():
        (key,) = keys[other]
        parts.append(
            f"FOREIGN KEY ({identifier(column)}) REFERENCES {identifier(other)} ({identifier(key)})"
        )
    return f"CREATE TABLE {identifier(table.name)} ({', '.join(parts)})"


def _definition(column: Column) -> str:
    null = "" if column.nullable else " NOT NULL"
    return f"{identifier(column.name)} {_TYPES.get(column.type, 'TEXT')}{null}"


def _fill(connection: sqlite3.Connection, table: ExportTable, rows: Iterator[Row]) -> None:
    places = ", ".join("?" * len(table.columns))
    statement = f"INSERT INTO {identifier(table.name)} VALUES ({places})"
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        connection.executemany(statement, [tuple(map(_stored, row)) for row in some])


def _stored(value: Any) -> Any:
    """Return a value as SQLite keeps it: days and moments as text, in order and in UTC."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _index(connection: sqlite3.Connection, table: ExportTable) -> None:
    for name in table.column_names:
        if name in _INDEXED | table.links.keys() and (name,) != table.primary_key:
            index = identifier(f"{table.name}_{name}")
            on = f"{identifier(table.name)} ({identifier(name)})"
            connection.execute(f"CREATE INDEX {index} ON {on}")


def _search(connection: sqlite3.Connection, table: ExportTable) -> None:
    """Let a table be searched by words (FTS5), where it has some; case and accents do not count."""
    columns = [one for one in SEARCHED.get(table.name, ()) if one in table.column_names]
    if not columns:
        return
    name, of = identifier(f"{table.name}_fts"), table.name.replace("'", "''")
    connection.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5({column_list(columns)}, "
        f"tokenize='unicode61 remove_diacritics 2', content='{of}')"
    )
    connection.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")


def _tell(connection: sqlite3.Connection, source: Source) -> None:
    """Write what the export is, and what its columns mean, into tables of their own."""
    connection.execute("CREATE TABLE about (what TEXT NOT NULL, value TEXT NOT NULL)")
    connection.executemany("INSERT INTO about VALUES (?, ?)", source.about.facts)
    connection.execute(
        "CREATE TABLE columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
        "type TEXT NOT NULL, meaning TEXT NOT NULL, PRIMARY KEY (table_name, column_name))"
    )
    connection.executemany("INSERT INTO columns VALUES (?, ?, ?, ?)", meanings(source.tables))


def datasette_metadata(source: Source, database: str) -> dict[str, Any]:
    """Return what Datasette shows: titles, meanings of columns, values to choose by."""
    tables = {table.name: _table_metadata(table) for table in source.tables}
    return {
        "title": source.about.title,
        "description": source.about.citation,
        "source": source.about.citation,
        "license": source.about.rights,
        "databases": {database: {"tables": tables}},
    }


def _table_metadata(table: ExportTable) -> dict[str, Any]:
    facets = [one for one in FACETS.get(table.name, ()) if one in table.column_names]
    shown: dict[str, Any] = {
        "description": table.description,
        "columns": {column.name: meaning(column) for column in table.columns},
        "facets": facets,
    }
    if table.name == "articles":
        shown["label_column"] = "headline"
    if "date_published" in table.column_names:
        shown["sort_desc"] = "date_published"
    return shown


def database_texts(file: Path) -> Iterator[str]:
    """Yield each text in a database, the words of its index too."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        # The index itself has words alone; all else that it has are copies of the tables.
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%!_fts!_%' "
            "ESCAPE '!'"
        ).fetchall()
        for (name,) in names:
            for row in connection.execute(f"SELECT * FROM {identifier(name)}"):
                yield from (cell for cell in row if isinstance(cell, str))


SQLITE = Format(
    "sqlite",
    "SQLite with full-text search, for Datasette",
    (".sqlite", ".db", ".sqlite3"),
    database_texts,
    write=write_database,
    tells_itself=True,
)
