"""What can be wrong with the archive: sources missing, changed, or there after a retraction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from knipsel.transforms.registers.articles.beside import SIDECAR_SUFFIX
from knipsel.warehouse.intake.archive import UnreadableFileError, archived_file, hash_file
from knipsel.warehouse.intake.holders import Holder, other_holders, untold
from knipsel.warehouse.intake.inbox import sidecar_of
from knipsel.warehouse.intake.sealed import is_broken
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.proof.strangers import strangers

SHOWN = 3
"""Files that are named where there may be many."""


def archive_problems(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> Iterator[str]:
    """Yield the sources whose bytes are missing, changed, or should not be there any more."""
    documents = connection.execute(
        """
        SELECT document_id, document_id IN (SELECT document_id FROM lake.retractions)
        FROM lake.documents ORDER BY document_id
        """
    ).fetchall()
    if lacking := untold(connection, warehouse):
        yield (
            f"{warehouse.archive} does not know that this warehouse holds {len(lacking):,} of its "
            f"sources, such as {min(lacking)[:16]}; `knipsel retract --finish` tells it."
        )
    others = _held_by_others(warehouse, documents)
    for document_id, is_retracted in documents:
        file = archived_file(warehouse.archive, document_id)
        if is_retracted and file.exists() and document_id not in others:
            yield f"{file} was retracted and is there; `knipsel retract --finish` removes it."
        elif not is_retracted:
            yield from _source_problems(file, document_id)


def named_problems(archive: Path) -> Iterator[str]:
    """Yield the sources that have other bytes than their names say; the lake is not asked."""
    for file in sorted(archive.glob("??/*")):
        if len(file.name) == _HASH_DIGITS and hash_file(file).document_id != file.name:
            yield f"{file} has changed since it was written: its bytes have another hash."


_HASH_DIGITS = 64


def _held_by_others(
    warehouse: Warehouse, documents: Iterable[tuple[str, bool]]
) -> dict[str, tuple[Holder, ...]]:
    """Return which of the retracted documents that are still there are another warehouse's too."""
    gone = (document_id for document_id, is_retracted in documents if is_retracted)
    there = [name for name in gone if archived_file(warehouse.archive, name).exists()]
    return other_holders(warehouse, there)


def _source_problems(file: Path, document_id: str) -> Iterator[str]:
    if not file.exists():
        yield f"{file} is missing: its source can be read again only from a file of your own."
        return
    try:
        found = hash_file(file).document_id
    except UnreadableFileError as error:
        yield str(error)
        return
    if found != document_id:
        yield f"{file} has changed: its bytes have the hash {found[:16]}."
    sidecar = sidecar_of(file)
    if sidecar.exists() and is_broken(sidecar):
        yield (
            f"{sidecar} has changed: what people stated of its document is not what it was. Ingest "
            "the file again with its sidecar, or take it from a backup."
        )


def archive_notes(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> Iterator[str]:
    """Yield what is in the archive for no document here, which is no damage."""
    files = (file for file in sorted(warehouse.archive.rglob("*")) if file.is_file())
    found = strangers(connection, warehouse, files)
    others = other_holders(warehouse, {file.name.removesuffix(SIDECAR_SUFFIX) for file in found})
    folders = {one.folder for holders in others.values() for one in holders}
    unknown = [file for file in found if file.name.removesuffix(SIDECAR_SUFFIX) not in others]
    if others:
        yield (
            f"{len(found) - len(unknown):,} files in the archive are of other warehouses: "
            f"{', '.join(sorted(folders))}."
        )
    if unknown:
        shown = ", ".join(file.name for file in unknown[:SHOWN])
        yield (
            f"{len(unknown):,} files in the archive are of no warehouse that it knows, such as "
            f"{shown}. One of an earlier version makes itself known with its next ingest."
        )
    gone = connection.execute("SELECT document_id, true FROM lake.retractions").fetchall()
    for document_id, holders in sorted(_held_by_others(warehouse, gone).items()):
        yield (
            f"{document_id[:16]} was retracted here, and stays in the archive for "
            f"{' and '.join(one.folder for one in holders)}."
        )
