"""A search for words in every file of a folder, written without anything that it is to check."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow.parquet as pq


def everything_in(file: Path) -> Iterator[bytes]:
    """Yield a file's bytes, and what its format holds, as far as it can be opened."""
    content = file.read_bytes()
    yield content
    for unpack in (gzip.decompress, bz2.decompress, lzma.decompress):
        with suppress(Exception):
            yield unpack(content)
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(name) for name in archive.namelist())
    if content.startswith(b"PAR1"):
        yield str(pq.read_table(file).to_pydict()).encode()
        yield str(pq.ParquetFile(file).metadata.to_dict()).encode()
    if content.startswith(b"SQLite format 3\0"):
        yield from _sqlite(file)
    if content[8:12] == b"DUCK":
        with duckdb.connect(str(file), read_only=True) as connection:
            for (table,) in connection.sql("SELECT table_name FROM duckdb_tables()").fetchall():
                yield str(connection.sql(f'FROM "{table}"').fetchall()).encode()


def _sqlite(file: Path) -> Iterator[bytes]:
    with sqlite3.connect(file) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master").fetchall():
            with suppress(sqlite3.OperationalError):
                yield str(connection.execute(f'SELECT * FROM "{table}"').fetchall()).encode()


def files_with(folder: Path, *words: str) -> list[str]:
    """Return the files below a folder that hold any of the words, in UTF-8 or UTF-16."""
    wanted = [word.encode(name) for word in words for name in ("utf-8", "utf-16-le")]
    return [
        str(file.relative_to(folder))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
        if any(word in part for part in everything_in(file) for word in wanted)
    ]
