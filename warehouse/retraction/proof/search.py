"""Searching files for passages: their bytes, and what is compressed inside them.

Parquet, DuckDB and SQLite are read as well as searched, since they compress what they hold or
cut it at the ends of pages.
"""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import ahocorasick_rs
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from knipsel.warehouse.retraction.proof.passages import PASSAGE_CHARACTERS
from knipsel.warehouse.sql import identifier

BLOCK_BYTES = 16 << 20
"""How much of a file is looked at at a time."""

LONGEST_PASSAGE_BYTES = 4 * PASSAGE_CHARACTERS
"""How far blocks overlap: no character takes more than four bytes in UTF-8."""

ROWS = 20_000
"""Rows of a table read at a time."""

INFLATED_BYTES = 256 << 20
"""How much is read of what a ZIP file, as office documents are, holds."""

_PARQUET, _SQLITE, _ZIP = b"PAR1", b"SQLite format 3\0", b"PK\x03\x04"
_DUCKDB_AT, _DUCKDB = 8, b"DUCK"


class Finder:
    """Finds passages in bytes; each is known by its place in the list that it is made with."""

    def __init__(self, passages: Iterable[bytes]) -> None:
        """Take the passages to look for."""
        self.passages = list(passages)
        self._automaton = ahocorasick_rs.BytesAhoCorasick(self.passages)

    def within(self, data: bytes) -> list[tuple[int, int]]:
        """Return each passage in ``data``, by its place in the list, with where it starts."""
        found = self._automaton.find_matches_as_indexes(data, overlapping=True)
        return [(passage, start) for passage, start, _ in found]

    def in_stream(self, blocks: Iterable[bytes]) -> set[int]:
        """Return the passages in a stream, across the ends of its blocks too."""
        found: set[int] = set()
        before = b""
        for block in blocks:
            data = before + block
            found.update(passage for passage, _ in self.within(data))
            before = data[-LONGEST_PASSAGE_BYTES:]
        return found


def passages_in(finder: Finder, file: Path) -> set[int]:
    """Return the passages that a file holds, in its bytes or in what can be read of it.

    Raises `OSError` where the file cannot be read.
    """
    with file.open("rb") as source:
        start = source.read(_DUCKDB_AT + len(_DUCKDB))
    found = finder.in_stream(_blocks(file))
    if start.startswith(_PARQUET):
        found |= _in_tables(finder, _parquet(file))
    elif start.startswith(_SQLITE):
        found |= finder.in_stream(_sqlite(file))
    elif start.startswith(_ZIP):
        found |= finder.in_stream(_inflated(file))
    elif start[_DUCKDB_AT:] == _DUCKDB:
        found |= _in_tables(finder, _duckdb_tables(file))
    return found


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while block := source.read(BLOCK_BYTES):
            yield block


def _in_tables(finder: Finder, batches: Iterable[pa.RecordBatch]) -> set[int]:
    """Return the passages in the texts of Arrow batches."""
    found: set[int] = set()
    for batch in batches:
        for column in batch.columns:
            found.update(passage for passage, _ in finder.within(text_bytes(column)))
    return found


def text_bytes(column: pa.Array) -> bytes:
    """Return all texts of a column one after the other; none where it has no texts."""
    if not (pa.types.is_string(column.type) or pa.types.is_binary(column.type)):
        return b""
    values = column.buffers()[2]
    return values.to_pybytes() if values is not None else b""


def _parquet(file: Path) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a Parquet file; nothing of one that is damaged, but its bytes count."""
    try:
        with pq.ParquetFile(file) as source:
            texts = [
                field.name
                for field in source.schema_arrow
                if pa.types.is_string(field.type) or pa.types.is_binary(field.type)
            ]
            yield from source.iter_batches(ROWS, columns=texts)
    except (pa.ArrowException, OSError):
        return


def _duckdb_tables(file: Path) -> Iterator[pa.RecordBatch]:
    """Yield the rows of all tables of a DuckDB database."""
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL"
        ).fetchall()
        for schema, table in tables:
            columns = connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND "
                "table_name = ? AND data_type = 'VARCHAR' ORDER BY column_index",
                [schema, table],
            ).fetchall()
            if columns:
                listed = ", ".join(identifier(name) for (name,) in columns)
                yield from connection.execute(
                    f"SELECT {listed} FROM {identifier(schema)}.{identifier(table)}"
                ).to_arrow_reader(ROWS)


def _sqlite(file: Path) -> Iterator[bytes]:
    """Yield the texts of all tables of a SQLite database."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    connection.text_factory = bytes
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            for row in connection.execute(f"SELECT * FROM {identifier(name.decode())}"):
                yield b"\0".join(cell for cell in row if isinstance(cell, bytes))
    finally:
        connection.close()


def _inflated(file: Path) -> Iterator[bytes]:
    """Yield what a ZIP file holds, so far as it can be read."""
    left = INFLATED_BYTES
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                with archive.open(member) as source:
                    while left > 0 and (block := source.read(min(BLOCK_BYTES, left))):
                        left -= len(block)
                        yield block
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return
