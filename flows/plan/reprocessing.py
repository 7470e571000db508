"""Reading documents again from the archive: which ones, and the plan of the run that does it.

The plan has the form of an ingest's, so that all steps after it are the same; what differs is
that no file was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from knipsel.flows.config.inputs import current_version
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.curated import keep_sidecars
from knipsel.flows.plan.file import PlannedFile, plan_table
from knipsel.flows.plan.members import each_once, open_archived, with_members
from knipsel.flows.plan.plan import READERS_AT_ONCE, Reading, Stated, in_batches, without
from knipsel.transforms.text.version import reading_part
from knipsel.warehouse.intake.archive import Noted, UnreadableFileError, archived_file, hash_file
from knipsel.warehouse.intake.containers.model import Container, Opened
from knipsel.warehouse.intake.inbox import FoundFile, sidecar_of
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.known import settled
from knipsel.warehouse.lake.stored_documents import (
    KnownDocument,
    open_rules,
    places_of,
    readable_documents,
    unreadable_documents,
    waived_rules,
)
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.outdated import Outdated, count_outdated

HELD_BACK, PUBLISHED = "quarantined", "published"


@dataclass(frozen=True, slots=True)
class Selection:
    """Documents to read again, in the order of their paths; those that the archive has not.

    Those that are ``stored`` are only annotated anew, as they are in the lake.
    """

    documents: Sequence[KnownDocument]
    missing: Sequence[KnownDocument] = ()
    stored: frozenset[str] = frozenset()

    def notes(self) -> list[str]:
        """Return a sentence for each document whose bytes are not there."""
        return [
            f"{one.found.file_name} ({one.document_id[:16]}): its bytes are not in the archive; it "
            "stays as it is. Ingest the file again to have it read."
            for one in self.missing
        ]


def _is_kept(archive: Path, document_id: str) -> bool:
    """Tell whether the archive still has a document, to the byte."""
    try:
        return hash_file(archived_file(archive, document_id)).document_id == document_id
    except UnreadableFileError:
        return False


def _selected(
    documents: Sequence[KnownDocument], archive: Path, stored: frozenset[str] = frozenset()
) -> Selection:
    """Part documents whose bytes are there, or not needed, from those whose are not."""

    def is_there(one: KnownDocument) -> bool:
        return one.document_id in stored or _is_kept(archive, one.document_id)

    with ThreadPoolExecutor(READERS_AT_ONCE) as pool:
        kept = list(pool.map(is_there, documents))
    pairs = list(zip(documents, kept, strict=True))
    return Selection(
        [one for one, is_kept in pairs if is_kept],
        [one for one, is_kept in pairs if not is_kept],
        stored,
    )


def select_held_back(
    warehouse: Warehouse, only: Sequence[str] | None = None, rule: str | None = None
) -> Selection:
    """Return the documents that are held back: all, some by identifier, or by one rule."""
    with open_lake(warehouse, read_only=True) as connection:
        documents = readable_documents(connection, only, HELD_BACK)
        if rule is not None:
            by_rule = open_rules(connection, rule)
            documents = [one for one in documents if one.document_id in by_rule]
    return _selected(documents, warehouse.archive)


def stated_again(warehouse: Warehouse, settings: Settings, transform_version: str) -> Stated:
    """Return what people state of documents in the archive."""
    return Stated.of(warehouse, settings, transform_version, {})


def outdated(documents: Iterable[KnownDocument], stated: Stated) -> list[KnownDocument]:
    """Return the documents that would be read at another version now."""
    listed = list(documents)
    versions = stated.versions(one.found for one in listed)
    return [one for one in listed if one.transform_version != versions[one.document_id]]


def outdated_documents(
    warehouse: Warehouse,
    settings: Settings,
    transform_version: str,
    only: Sequence[str] | None = None,
    *,
    is_all: bool = False,
) -> list[KnownDocument]:
    """Return the documents that would be read at another version now, or all of them."""
    with open_lake(warehouse, read_only=True) as connection:
        documents = readable_documents(connection, only)
    if is_all:
        return documents
    return outdated(documents, stated_again(warehouse, settings, transform_version))


def outdated_now(warehouse: Warehouse, settings: Settings) -> Outdated:
    """Return how many documents are outdated, what is stated of single ones aside."""
    version = current_version(warehouse, settings)
    with open_lake(warehouse, read_only=True) as connection:
        return count_outdated(connection, version)


def select_outdated(
    warehouse: Warehouse,
    settings: Settings,
    transform_version: str,
    only: Sequence[str] | None = None,
    *,
    is_all: bool = False,
) -> Selection:
    """Return what `outdated_documents` does, without those that the archive has not.

    Where only annotations would come out otherwise, published documents are not read anew.
    """
    documents = outdated_documents(warehouse, settings, transform_version, only, is_all=is_all)
    if is_all:
        return _selected(documents, warehouse.archive)
    stated = stated_again(warehouse, settings, transform_version)
    versions = stated.versions(one.found for one in documents)
    stored = frozenset(
        one.document_id
        for one in documents
        if one.status == PUBLISHED
        and reading_part(one.transform_version) == reading_part(versions[one.document_id])
    )
    return _selected(documents, warehouse.archive, stored)


@dataclass(frozen=True, slots=True)
class _Inside:
    """What the containers among documents hold, and what the lake knows of that.

    Of members those are ``new`` that it has not, and ``away`` that are not to be read again.
    """

    opened: Mapping[str, Opened]
    places: Mapping[str, Sequence[str]]
    outdated: Sequence[KnownDocument]
    new: frozenset[str]
    away: frozenset[str]
    waived: Mapping[str, tuple[str, ...]]

    def containers(self) -> dict[str, Container]:
        """Return what became of each container, nested ones included."""
        found = {
            member.document_id: member.container
            for there in self.opened.values()
            for member in there.members
            if member.container
        }
        return found | {name: there.container for name, there in self.opened.items()}

    def files(self, documents: Iterable[KnownDocument]) -> list[PlannedFile]:
        """Return what the run takes up: documents where they were, then what is in containers."""
        containers = self.containers()
        own = [
            PlannedFile(one.found, container=containers.get(one.document_id))
            for one in (*documents, *self.outdated)
        ]
        placed = [
            FoundFile(path, one.found.file_name, one.document_id, one.found.byte_size)
            for one in documents
            for path in self.places.get(one.document_id, ())
        ]
        return each_once([*own, *with_members(placed, self.opened, {})])


def _sidecars_inside(
    selection: Selection, stated: Stated, opened: Mapping[str, Opened]
) -> dict[str, str]:
    """Return what lies beside members of containers of which nothing was ever stated."""
    paths = {one.document_id: one.found.path for one in selection.documents}
    found = stated.sidecars.inside(opened, paths)
    return {name: text for name, text in found.items() if stated.sidecars.text_of(name) is None}


def _look_inside(
    selection: Selection, warehouse: Warehouse, stated: Stated, opened: Mapping[str, Opened]
) -> _Inside:
    """Return what containers hold; of documents that the lake has, those that are outdated."""
    paths = {one.document_id: one.found.path for one in selection.documents}
    inside = [
        FoundFile(f"{paths[name]}!/{item.path}", item.file_name, item.document_id, item.byte_size)
        for name, there in opened.items()
        for item in there.members
        if item.document_id not in paths
    ]
    members = {file.document_id for file in inside}
    with open_lake(warehouse, read_only=True) as connection:
        waived = waived_rules(connection)
        places = places_of(connection, opened)
        known = readable_documents(connection, members)
        away = unreadable_documents(connection, members)
        versions = stated.versions((*(one.found for one in known), *inside))
        current = settled(connection, versions) if versions else set()
    old = [one for one in known if one.document_id not in current]
    new = frozenset(members - current - away)
    return _Inside(opened, places, old, new, frozenset(away), waived)


def plan_again(
    selection: Selection,
    warehouse: Warehouse,
    stated: Stated,
    settings: Settings,
    *,
    waive: Mapping[str, tuple[str, ...]] | None = None,
    aside: Path | None = None,
    noted: Noted | None = None,
) -> pa.Table:
    """Return the plan of a run over documents in the archive.

    ``waive`` are rules that do not count from now on. Containers are taken apart again; what
    is in them goes to the archive, where it is ``noted``, or to the folder ``aside`` where the run
    leaves no trace.
    """
    documents = selection.documents
    opened = {
        one.document_id: there
        for one in documents
        if one.document_id not in selection.stored
        and (
            there := open_archived(
                one.document_id, one.found.file_name, warehouse, settings, into=aside, noted=noted
            )
        )
    }
    sidecars = _sidecars_inside(selection, stated, opened)
    stated = stated.seeing(sidecars)
    inside = _look_inside(selection, warehouse, stated, opened)
    keep_sidecars(without(sidecars, inside.away), aside or warehouse.archive, noted)
    files = inside.files(documents)
    replaces = {one.document_id: one.run_id for one in (*documents, *inside.outdated)}
    reading = Reading(
        new=set(replaces) | inside.new,
        versions=stated.versions(file.found for file in files),
        waived={**inside.waived, **(waive or {})},
        replaces=replaces,
        stored=selection.stored,
    )
    return plan_table(in_batches(files, reading, settings))


def link_archive(plan: pa.Table, archive: Path, aside: Path) -> None:
    """Let a folder that holds members of containers show the other documents of a plan as well."""
    for document_id in set(plan["document_id"].to_pylist()):
        kept, link = archived_file(archive, document_id), archived_file(aside, document_id)
        if kept.exists() and not link.exists():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(kept)
        if sidecar_of(kept).exists() and not sidecar_of(link).exists():
            sidecar_of(link).symlink_to(sidecar_of(kept))
