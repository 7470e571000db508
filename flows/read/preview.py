"""What ingesting a file would give, without a warehouse: nothing is kept, nothing published."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from knipsel.flows.config.settings import Settings
from knipsel.flows.read.not_read import container_document
from knipsel.flows.read.rows import Rows, rows_of
from knipsel.flows.read.supervisor import ending_idle, preview_apart
from knipsel.warehouse.containers.model import PASSED_OVER, SEPARATOR, Container, MemberFile
from knipsel.warehouse.containers.unpack import take_apart
from knipsel.warehouse.intake.archive import archived_file, hash_file
from knipsel.warehouse.intake.inbox import FoundFile, NoSuchPathError, printable
from knipsel.warehouse.layout import Warehouse

STANDARD_INPUT = "-"
"""The name of the file that stands for what another program writes."""


def _as_file(name: str, folder: Path, piped: BinaryIO | None) -> Path:
    """Return the file of a name; what comes from standard input as a file in ``folder``.

    Raises `NoSuchPathError` where there is no such file.
    """
    path = Path(name)
    if name == STANDARD_INPUT:
        path = folder / "standard-input"
        with path.open("wb") as target:
            shutil.copyfileobj(piped or sys.stdin.buffer, target)
    elif not path.is_file():
        message = f"There is no file at {name}."
        raise NoSuchPathError(message)
    return path


def _notes(container: Container | None, members: int) -> list[str]:
    """Return what is to be said of a container that was taken apart."""
    if container is None or container.rejection:
        return []
    sentences = [f"Taken apart; files in it: {members:,}."]
    sentences += [
        f"Passed over: {count:,} ({PASSED_OVER[reason]})."
        for reason, count in container.passed_over.items()
    ]
    return sentences


@dataclass(frozen=True, slots=True)
class _Preview:
    """A preview at work: its settings, and the folder where members are kept meanwhile."""

    settings: Settings
    folder: Path
    furniture: Path
    day: date
    waived: tuple[str, ...] = ()

    def document(self, found: FoundFile, file: Path) -> Rows:
        """Return the rows of a document that is no container."""
        return preview_apart(
            found,
            file,
            self.settings,
            furniture=self.furniture,
            day=self.day,
            waived=self.waived,
        )

    def member(self, path: str, member: MemberFile, below: int) -> Rows:
        """Return the rows of a member; ``below`` counts what is in it where it is a container."""
        found = FoundFile(path, member.file_name, member.document_id, member.byte_size)
        if member.container is None:
            return self.document(found, archived_file(self.folder, member.document_id))
        return _container_rows(found, member.container, below)

    def file(self, file: Path, path: str, name: str) -> Generator[Rows, None, None]:
        """Yield the rows of a file; of a container first, then of each of its members."""
        stored = hash_file(file)
        found = FoundFile(path, name, stored.document_id, stored.byte_size)
        opened = take_apart(file, name, self.settings.container_limits(), self.folder)
        if opened is None:
            yield self.document(found, file)
            return
        yield _container_rows(found, opened.container, len(opened.members))
        for member in opened.members:
            inside = f"{member.path}{SEPARATOR}"
            below = sum(other.path.startswith(inside) for other in opened.members)
            yield self.member(f"{path}{SEPARATOR}{member.path}", member, below)


def _container_rows(found: FoundFile, container: Container, members: int) -> Rows:
    """Return the rows of a container, which has no articles of its own."""
    document = container_document(found.document_id, container)
    return rows_of(found, document, _notes(container, members))


def preview(
    name: str, settings: Settings, warehouse: Path, piped: BinaryIO | None = None
) -> Generator[Rows, None, None]:
    """Yield what each document in a file would become: a container first, then its members.

    ``name`` is a path, or ``-`` for standard input; of the warehouse in a folder, which need
    not be there, only its register of furniture is read. Each is a mapping with ``document``,
    ``quarantine`` (empty where it would be published), ``notes`` (sentences about a
    container) and the rows of the tables that it would fill. Raises `NoSuchPathError`.
    """
    with TemporaryDirectory(prefix="knipsel-") as place, ending_idle():
        file = _as_file(name, Path(place), piped)
        path = name if name == STANDARD_INPUT else printable(file.absolute())
        furniture = settings.warehouse_at(warehouse).furniture_file
        today = datetime.now(UTC).date()
        at_work = _Preview(settings, Path(place) / "archive", furniture, today)
        yield from at_work.file(file, path, printable(Path(file.name)))


def preview_archived(
    found: FoundFile, settings: Settings, warehouse: Warehouse, waived: tuple[str, ...], limit: int
) -> list[Rows]:
    """Return what a document in the archive would become now; of a container, the first of it."""
    with TemporaryDirectory(prefix="knipsel-") as place, ending_idle():
        today = datetime.now(UTC).date()
        folder = Path(place) / "archive"
        at_work = _Preview(settings, folder, warehouse.furniture_file, today, waived)
        file = archived_file(warehouse.archive, found.document_id)
        with closing(at_work.file(file, found.path, found.file_name)) as documents:
            return list(islice(documents, limit))


def first_documents(
    name: str, settings: Settings, warehouse: Path, limit: int
) -> tuple[list[Rows], bool]:
    """Return the first documents of a preview, and whether there are more."""
    with closing(preview(name, settings, warehouse)) as documents:
        found = list(islice(documents, limit + 1))
    return found[:limit], len(found) > limit
