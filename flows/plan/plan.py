"""The plan of a run: which files it saw, and which documents it reads in which batch.

Containers are taken apart here, each once: their members are files that the run saw, at
``<path of the container>!/<name of the member>``. What a known container holds is known too,
so it is not opened again; its members count as seen with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import pyarrow as pa

from knipsel.flows.config.corrections_file import read_corrections
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.curated import (
    Sidecars,
    keep_sidecars,
    read_catalog,
    seen_sidecars,
    versions_of,
)
from knipsel.flows.plan.file import PlannedFile, plan_table
from knipsel.flows.plan.members import each_once, open_archived, with_members
from knipsel.transforms.registers.articles.corrections import Corrections
from knipsel.transforms.registers.articles.facts import Facts
from knipsel.transforms.text.version import marked
from knipsel.warehouse.intake.archive import (
    Noted,
    Stored,
    UnreadableFileError,
    hash_file,
    store,
)
from knipsel.warehouse.intake.containers.model import MemberFile, Opened
from knipsel.warehouse.intake.containers.unpack import take_apart
from knipsel.warehouse.intake.inbox import FoundFile, list_sources, printable
from knipsel.warehouse.lake.connection import NoWarehouseError, open_lake
from knipsel.warehouse.lake.known import buried_containers, members_of, read_alike, settled
from knipsel.warehouse.lake.stored_documents import unreadable_documents, waived_rules
from knipsel.warehouse.layout import Warehouse

GONE = "gone"
"""The reason of a file that went away; see `knipsel.warehouse.intake.inbox.PASSED_OVER`."""

_LARGE = "large"
"""The mark in the version of a document that has more bytes than are read."""

READERS_AT_ONCE = 4
"""Files hashed at a time: disks and hashing both work outside Python's lock."""


def _found(path: Path, content: Stored) -> FoundFile:
    """Return a file with its content."""
    name = printable(Path(path.name))
    return FoundFile(printable(path), name, content.document_id, content.byte_size)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run sees: every file with its hash, in the order of paths, and the sidecars."""

    files: dict[Path, FoundFile]
    sidecars: Mapping[str, str]
    """The text of the sidecar by document."""
    lonely_sidecars: Sequence[Path]
    passed_over: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    """What is no source though it lies there, by the reason in
    `knipsel.warehouse.intake.inbox.PASSED_OVER`."""


def look(paths: Sequence[Path], warehouse: Warehouse, leave_out: Iterable[Path]) -> Seen:
    """Return what lies under ``paths``.

    Raises `NoSuchPathError`, or `UnreadableFileError` for the first file that cannot be
    read: nothing was done then.
    """
    listing = list_sources(paths, [warehouse.archive, warehouse.root, *leave_out])
    with ThreadPoolExecutor(READERS_AT_ONCE) as pool:
        contents = zip(listing.files, pool.map(_hashed, listing.files), strict=True)
        found = {file: _found(file, content) for file, content in contents if content}
    gone = [*listing.passed_over.get(GONE, ()), *(one for one in listing.files if one not in found)]
    passed_over = {**listing.passed_over, GONE: gone}
    return Seen(found, seen_sidecars(found, listing), listing.lonely(), passed_over)


def _hashed(file: Path) -> Stored | None:
    """Return what a file holds; None where it went away since it was found."""
    try:
        return hash_file(file)
    except UnreadableFileError as error:
        if error.is_gone:
            return None
        raise


@dataclass(frozen=True, slots=True)
class Kept:
    """Files as their copies in the archive are, and those that went away before they had one."""

    files: dict[Path, FoundFile]
    gone: list[Path]


def keep(
    paths: Mapping[str, Sequence[Path]], warehouse: Warehouse, noted: Noted | None = None
) -> Kept:
    """Copy each document into the archive, from the first of its paths that still holds it.

    A file may have changed since it was hashed; what counts is the copy that is kept. One
    after the other: with four threads, copying 8,000 small files took twice as long.
    """
    kept = Kept({}, [])
    for document_id, places in paths.items():
        for place in places:
            try:
                stored = store(place, warehouse.archive, noted)
            except UnreadableFileError as error:
                if not error.is_gone:
                    raise
                kept.gone.append(place)
                continue
            kept.files[place] = _found(place, stored)
            if stored.document_id == document_id:
                break
    return kept


@dataclass(frozen=True, slots=True)
class Known:
    """What the lake knows of what a run sees.

    ``settled`` are the documents that need no reading, ``buried`` the containers among them that
    are tombstones: what else is in these is read as ever. ``retracted`` are those whose sidecars
    are not to be kept, ``waived`` the rules that do not count for a document. ``members`` are those
    of the settled documents that are containers, None where the lake does not tell them apart. Of
    those that are ``stored``, each with the run that read it, only annotations would come out
    otherwise.
    """

    settled: set[str] = field(default_factory=set)
    buried: set[str] = field(default_factory=set)
    retracted: set[str] = field(default_factory=set)
    waived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members: Mapping[str, tuple[MemberFile, ...] | None] = field(default_factory=dict)
    stored: Mapping[str, str] = field(default_factory=dict)


def what_is_known(
    versions: Mapping[str, str], warehouse: Warehouse, stated: Collection[str] = ()
) -> Known:
    """Return what the lake knows of documents at their versions; nothing where it is new.

    ``stated`` are the documents of which this run saw a sidecar.
    """
    if not versions:
        return Known()
    try:
        with open_lake(warehouse, read_only=True) as connection:
            current = settled(connection, versions)
            return Known(
                current,
                buried_containers(connection, current),
                unreadable_documents(connection, stated) if stated else set(),
                waived_rules(connection),
                members_of(connection, current) if current else {},
                read_alike(connection, versions),
            )
    except NoWarehouseError:
        return Known()


@dataclass(frozen=True, slots=True)
class Stated:
    """What people state of documents, and the version of the transforms without it.

    Documents with more bytes than ``limit`` are not read, so that they are of a version of their
    own: with a higher limit they are outdated, and others are not.
    """

    transform_version: str
    catalog: tuple[Facts, ...]
    corrections: Corrections
    sidecars: Sidecars
    limit: int

    @classmethod
    def of(
        cls, warehouse: Warehouse, settings: Settings, version: str, sidecars: Mapping[str, str]
    ) -> Self:
        """Return what is stated of documents, where ``sidecars`` is what this run saw.

        Raises `RegisterError` for a malformed catalogue, or malformed corrections.
        """
        return cls(
            version,
            read_catalog(settings.registers),
            read_corrections(warehouse.corrections_file),
            Sidecars(sidecars, warehouse.archive),
            settings.max_document_bytes,
        )

    def seeing(self, sidecars: Mapping[str, str]) -> Self:
        """Return this, where ``sidecars`` were seen as well."""
        return replace(self, sidecars=self.sidecars.seeing(sidecars))

    def versions(self, files: Iterable[FoundFile]) -> dict[str, str]:
        """Return the version at which each document is to be read; a path of it, the first."""
        first: dict[str, FoundFile] = {}
        for file in files:
            first.setdefault(file.document_id, file)
        paths = ((name, file.path) for name, file in first.items())
        found = versions_of(
            paths, self.transform_version, self.catalog, self.sidecars, self.corrections
        )
        large = (name for name, file in first.items() if file.byte_size > self.limit)
        return found | {name: marked(found[name], _LARGE) for name in large}


def known_members(
    found: Iterable[FoundFile],
    known: Known,
    warehouse: Warehouse,
    settings: Settings,
    noted: Noted | None = None,
) -> dict[str, tuple[MemberFile, ...]]:
    """Return the members of each container among known documents.

    Where the lake does not tell one container's members from another's, because both were
    seen at the same place, the copy in the archive is opened again.
    """
    names = {file.document_id: file.file_name for file in found}
    members: dict[str, tuple[MemberFile, ...]] = {}
    for document_id, told in known.members.items():
        if told is not None:
            members[document_id] = told
            continue
        opened = open_archived(document_id, names[document_id], warehouse, settings, noted=noted)
        members[document_id] = opened.members if opened else ()
    return members


def assign_batches(new: Iterable[FoundFile], settings: Settings) -> dict[str, int]:
    """Return the batch of each document: files in order, so many bytes and files to a batch."""
    batches: dict[str, int] = {}
    number, held, size = 0, 0, 0
    for file in new:
        if file.document_id in batches:
            continue
        if held and (
            size + file.byte_size > settings.batch_bytes or held >= settings.batch_documents
        ):
            number, held, size = number + 1, 0, 0
        batches[file.document_id] = number
        held, size = held + 1, size + file.byte_size
    return batches


def _to_read(file: PlannedFile) -> FoundFile:
    """Return a file as a batch has to read it: nothing of a container, which was read already."""
    return replace(file.found, byte_size=0) if file.container else file.found


@dataclass(frozen=True, slots=True)
class Reading:
    """Which documents a run reads, at which versions, and what does not count for which.

    ``replaces`` is the run that read a document, where its outcome gives way whatever its version
    is. Documents that are ``stored`` are taken from the lake, and only annotated.
    """

    new: set[str]
    versions: Mapping[str, str]
    waived: Mapping[str, tuple[str, ...]]
    replaces: Mapping[str, str] = field(default_factory=dict)
    stored: Collection[str] = ()


def in_batches(
    files: Sequence[PlannedFile], reading: Reading, settings: Settings
) -> Iterator[PlannedFile]:
    """Yield files, the first of each document that is read with its batch and how it is read."""
    to_read = (_to_read(file) for file in files if file.found.document_id in reading.new)
    batches = assign_batches(to_read, settings)
    for file in files:
        name = file.found.document_id
        batch = batches.pop(name, None)
        if batch is None:
            yield PlannedFile(file.found)
        else:
            yield PlannedFile(
                file.found,
                batch,
                file.container,
                reading.versions[name],
                reading.replaces.get(name),
                reading.waived.get(name, ()),
                name in reading.stored and file.container is None,
            )


def _new_paths(found: Mapping[Path, FoundFile], known: set[str]) -> dict[str, list[Path]]:
    """Return the paths of each document that is not known, in order."""
    paths: dict[str, list[Path]] = {}
    for path, file in found.items():
        if file.document_id not in known:
            paths.setdefault(file.document_id, []).append(path)
    return paths


def without(sidecars: Mapping[str, str], retracted: Collection[str]) -> dict[str, str]:
    """Return the sidecars of documents that were not taken away."""
    return {name: text for name, text in sidecars.items() if name not in retracted}


def _opened_in_place(
    found: Mapping[Path, FoundFile],
    known: Known,
    warehouse: Warehouse,
    settings: Settings,
    noted: Noted | None,
) -> dict[str, Opened]:
    """Take the containers apart that are tombstones, from where they lie: no copy of them is kept.

    What was retracted of what is in them leaves the archive again with the commit.
    """
    places = {file.document_id: path for path, file in found.items()}
    opened: dict[str, Opened] = {}
    for name in sorted(known.buried & places.keys()):
        limits = settings.container_limits()
        with suppress(FileNotFoundError):  # it went away since it was hashed
            path = places[name]
            there = take_apart(path, found[path].file_name, limits, warehouse.archive, noted)
            if there:
                opened[name] = there
    return opened


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan of a run, and the files that went away while it was made."""

    table: pa.Table
    gone: Sequence[Path]


def plan_run(
    seen: Seen,
    warehouse: Warehouse,
    settings: Settings,
    transform_version: str,
    noted: Noted | None = None,
) -> Planned:
    """Return the plan of a run over what it saw; new files are in the archive afterwards.

    What comes into the archive is ``noted`` before.
    The first file of a new document has the document's batch; other files have none.
    """
    stated = Stated.of(warehouse, settings, transform_version, seen.sidecars)
    known = what_is_known(stated.versions(seen.files.values()), warehouse, seen.sidecars)
    copies = keep(_new_paths(seen.files, known.settled), warehouse, noted)
    kept, gone = copies.files, set(copies.gone)
    found = {path: file for path, file in seen.files.items() if path not in gone}
    keep_sidecars(without(seen.sidecars, known.retracted), warehouse.archive, noted)
    opened: dict[str, Opened] = {}
    for file in kept.values():
        there = open_archived(file.document_id, file.file_name, warehouse, settings, noted=noted)
        if there:
            opened[file.document_id] = there
    opened |= _opened_in_place(found, known, warehouse, settings, noted)
    members = known_members(found.values(), known, warehouse, settings, noted)
    files = each_once(with_members((found | kept).values(), opened, members))
    paths = {file.document_id: file.path for file in (found | kept).values()}
    new_sidecars = stated.sidecars.inside(opened, paths)
    stated = stated.seeing(new_sidecars)
    versions = stated.versions(file.found for file in files)
    inside = {member.document_id for there in opened.values() for member in there.members}
    members_known = what_is_known({one: versions[one] for one in inside}, warehouse, new_sidecars)
    inside -= members_known.settled
    keep_sidecars(without(new_sidecars, members_known.retracted), warehouse.archive, noted)
    new = inside | {file.document_id for file in kept.values()}
    reading = Reading(new, versions, known.waived, known.stored, known.stored)
    table = plan_table(in_batches(files, reading, settings))
    return Planned(table, copies.gone)
