"""Containers among the files of a run, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import PlannedFile
from knipsel.warehouse.intake.archive import Noted, archived_file
from knipsel.warehouse.intake.containers.model import SEPARATOR, MemberFile, Opened
from knipsel.warehouse.intake.containers.unpack import take_apart
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.layout import Warehouse


def open_archived(
    document_id: str,
    name: str,
    warehouse: Warehouse,
    settings: Settings,
    *,
    into: Path | None = None,
    noted: Noted | None = None,
) -> Opened | None:
    """Take the archived copy of a file apart; None where it is no container.

    Its members are kept in the archive, where they are ``noted``, or in a folder ``into``.
    """
    file = archived_file(warehouse.archive, document_id)
    return take_apart(file, name, settings.container_limits(), into or warehouse.archive, noted)


def with_members(
    files: Iterable[FoundFile],
    opened: Mapping[str, Opened],
    known: Mapping[str, tuple[MemberFile, ...]],
) -> Iterator[PlannedFile]:
    """Yield files in order, each container before its members."""
    for file in files:
        there = opened.get(file.document_id)
        yield PlannedFile(file, container=there.container if there else None)
        members = there.members if there else known.get(file.document_id, ())
        for member in members:
            path = f"{file.path}{SEPARATOR}{member.path}"
            found = FoundFile(path, member.file_name, member.document_id, member.byte_size)
            yield PlannedFile(found, container=member.container)


def each_once(files: Iterable[PlannedFile]) -> list[PlannedFile]:
    """Return files without those that lie at the same path: of two, the first.

    A folder may be named as if it were a container, so that a file in it has the path of a
    member.
    """
    first: dict[tuple[str, str], PlannedFile] = {}
    for file in files:
        first.setdefault((file.found.path, file.found.document_id), file)
    return list(first.values())
