"""What ingesting a file would give, as the commands print it: rows by table."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from knipsel.flows.config.settings import Settings
from knipsel.flows.read.documents import Row, as_rows
from knipsel.flows.read.files import STANDARD_INPUT, checked_file, file_reader
from knipsel.flows.read.supervisor import ending_idle
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.intake.inbox import FoundFile, printable
from knipsel.warehouse.layout import Warehouse


def _as_file(name: str, folder: Path, piped: BinaryIO | None) -> Path:
    """Return the file of a name; what comes from standard input as a file in ``folder``."""
    if name != STANDARD_INPUT:
        return checked_file(name)
    file = folder / "standard-input"
    with file.open("wb") as target:
        shutil.copyfileobj(piped or sys.stdin.buffer, target)
    return file


def preview(
    name: str, settings: Settings, warehouse: Path, piped: BinaryIO | None = None
) -> Generator[Row, None, None]:
    """Yield what each document in a file would become: a container first, then its members.

    ``name`` is a path, or ``-`` for standard input; of the warehouse in a folder, which need
    not be there, only its register of furniture and its corrections are read. Rows are as in
    `as_rows`. Raises `NoSuchPathError`.
    """
    with file_reader(settings, settings.warehouse_at(warehouse)) as reader, ending_idle():
        file = _as_file(name, reader.folder.parent, piped)
        path = name if name == STANDARD_INPUT else printable(file.absolute())
        yield from map(as_rows, reader.documents(file, path, printable(Path(file.name))))


def preview_archived(
    found: FoundFile, settings: Settings, warehouse: Warehouse, waived: tuple[str, ...], limit: int
) -> list[Row]:
    """Return what a document in the archive would become now; of a container, the first of it."""
    with file_reader(settings, warehouse) as reader, ending_idle():
        file = archived_file(warehouse.archive, found.document_id)
        documents = replace(reader, waived=waived).documents(file, found.path, found.file_name)
        return list(map(as_rows, islice(documents, limit)))


def first_documents(
    name: str, settings: Settings, warehouse: Path, limit: int
) -> tuple[list[Row], bool]:
    """Return the first documents of a preview, and whether there are more."""
    with closing(preview(name, settings, warehouse)) as documents:
        found = list(islice(documents, limit + 1))
    return found[:limit], len(found) > limit
