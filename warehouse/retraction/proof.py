"""The proof of a retraction: every file below the warehouse and the archive is searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from knipsel.transforms.registers.articles.beside import SIDECAR_SUFFIX
from knipsel.warehouse.contract import TABLES, ColumnType, Table
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.journal import journal_file
from knipsel.warehouse.retraction.search import ROWS, Finder, passages_in, text_bytes
from knipsel.warehouse.sql import column_list

_KEYS = ("article_id", "document_id")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a search found.

    ``files`` and ``bytes`` were searched for ``passages`` passages of the text. ``left`` are
    files that still hold some that nothing else accounts for: none where all is well.
    ``also_in`` are articles and sources that stay and have some of the same passages, with how
    many: menus, quotations, other versions.
    """

    files: int
    bytes: int
    passages: int
    left: tuple[str, ...]
    also_in: tuple[tuple[str, int], ...]


def prove(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    passages: Sequence[bytes],
) -> Proof:
    """Search everything for passages of a text that was retracted.

    What rows of the lake, or sources in the archive, hold that are there by right, is theirs
    wherever it is found.
    """
    finder = Finder(passages)
    holders: Counter[str] = Counter()
    theirs = _held_by_rows(connection, finder, holders)
    named = _sources_of(connection, holders)
    retracted = _retracted(connection)
    files = list(_files(warehouse))
    archived = [file for file in files if file.is_relative_to(warehouse.archive)]
    left: list[str] = []
    for file in archived:
        found = passages_in(finder, file)
        name = file.name.removesuffix(SIDECAR_SUFFIX)
        if found and (name in retracted or name.startswith(".")):
            left.append(str(file))
        elif found:
            theirs |= found
            if name not in named:
                holders[name] += len(found)
    others = set(files).difference(archived)
    left += [str(file) for file in others if passages_in(finder, file) - theirs]
    return Proof(
        files=len(files),
        bytes=sum(file.stat().st_size for file in files),
        passages=len(finder.passages),
        left=tuple(sorted(left)),
        also_in=tuple(sorted(holders.items(), key=lambda item: (-item[1], item[0]))),
    )


def _retracted(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the sources whose bytes may not be there any more."""
    rows = connection.execute("SELECT DISTINCT document_id FROM lake.retractions").fetchall()
    return {document_id for (document_id,) in rows}


def _sources_of(connection: duckdb.DuckDBPyConnection, articles: Iterable[str]) -> set[str]:
    """Return the sources of articles: their bytes say what the articles say."""
    rows = connection.execute(
        "SELECT DISTINCT document_id FROM lake.articles "
        "WHERE article_id IN (SELECT unnest($names))",
        {"names": list(articles)},
    ).fetchall()
    return {document_id for (document_id,) in rows}


def _files(warehouse: Warehouse) -> Iterator[Path]:
    """Yield every file of a warehouse, those that several names share once.

    The journal, which goes when the proof is done, is left out.
    """
    seen: set[tuple[int, int]] = set()
    roots = [warehouse.root]
    if not warehouse.archive.is_relative_to(warehouse.root):
        roots.append(warehouse.archive)
    for file in (file for root in roots for file in sorted(root.rglob("*"))):
        if file.is_symlink() or not file.is_file() or file == journal_file(warehouse):
            continue
        status = file.stat()
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            yield file


def _held_by_rows(
    connection: duckdb.DuckDBPyConnection, finder: Finder, holders: Counter[str]
) -> set[int]:
    """Return the passages in the lake's rows, and count them for each article and source."""
    found: set[int] = set()
    for table in TABLES:
        key = next((name for name in _KEYS if name in table.column_names), None)
        texts = _texts(table)
        if key is None or table.name == "retractions":
            continue
        rows = connection.execute(
            f"SELECT {column_list([key, *texts])} FROM lake.{table.name}"
        ).to_arrow_reader(ROWS)
        for batch in rows:
            for holder, passage in set(_hits(batch, finder)):
                holders[holder] += passage not in found
                found.add(passage)
    return found


def _texts(table: Table) -> list[str]:
    """Return the columns of a table that can hold some of a text."""
    return [
        column.name
        for column in table.columns
        if column.type is ColumnType.STRING and column.name not in _KEYS
    ]


def _hits(batch: pa.RecordBatch, finder: Finder) -> Iterator[tuple[str, int]]:
    """Yield the row's key and the passage, for each passage in a text of a batch."""
    keys = batch.column(0)
    for column in batch.columns[1:]:
        found = finder.within(text_bytes(column))
        if found:
            ends = pa.Array.from_buffers(
                pa.int32(), len(column), [None, column.buffers()[1]], offset=column.offset + 1
            ).to_numpy()
            for passage, start in found:
                row = int(ends.searchsorted(start, side="right"))
                if row < len(keys):
                    yield keys[row].as_py(), passage
