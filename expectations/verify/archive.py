"""What can be wrong with the archive: sources missing, changed, or there after a retraction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from knipsel.warehouse.intake.archive import UnreadableFileError, archived_file, hash_file
from knipsel.warehouse.intake.inbox import sidecar_of
from knipsel.warehouse.intake.sealed import is_broken
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.proof.strangers import strangers

SHOWN = 3
"""Files that are named where there may be many."""


def archive_problems(connection: duckdb.DuckDBPyConnection, archive: Path) -> Iterator[str]:
    """Yield the sources whose bytes are missing, changed, or should not be there any more."""
    documents = connection.execute(
        """
        SELECT document_id, document_id IN (SELECT document_id FROM lake.retractions)
        FROM lake.documents ORDER BY document_id
        """
    ).fetchall()
    for document_id, is_retracted in documents:
        file = archived_file(archive, document_id)
        if file.exists() and is_retracted:
            yield f"{file} was retracted and is there; remove it."
        elif not is_retracted:
            yield from _source_problems(file, document_id)


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
    """Yield what is in the archive for no document, which is no damage."""
    files = (file for file in sorted(warehouse.archive.rglob("*")) if file.is_file())
    found = strangers(connection, warehouse, files)
    if found:
        shown = ", ".join(file.name for file in found[:SHOWN])
        yield (
            f"{len(found):,} files in the archive are of no document here, such as {shown}: "
            "another warehouse may have put them there."
        )
