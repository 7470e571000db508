"""Taking a backup: what is new is copied, and the list is written last.

A file that has not changed since the last backup, by its size and its time, is not read again;
those of the lake, of releases and of the archive never change.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from knipsel.warehouse.backup.contents import (
    DATA,
    SUMS,
    WAREHOUSE,
    Contents,
    Source,
    contents_of,
)
from knipsel.warehouse.backup.manifest import (
    LISTS,
    OBJECTS,
    BackedUpFile,
    Backup,
    find_number,
    next_number,
    numbers,
    read_list,
    write_list,
)
from knipsel.warehouse.contract.versions import CONTRACT_VERSION
from knipsel.warehouse.intake.archive import (
    INCOMING,
    Stored,
    UnreadableFileError,
    archived_file,
    store,
)
from knipsel.warehouse.intake.arrivals import clear_drafts
from knipsel.warehouse.lake.connection import locked
from knipsel.warehouse.lake.extensions import connect_with
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.sql import quoted

TRIES = 2
"""How often files are copied while runs may commit. A commit may clear away a file that was listed;
what is copied by then stays, so the next try is short. The last one lets no run commit."""

LAKE = f"{WAREHOUSE}/{DATA}/"
"""How the places of the lake's files begin."""

TOLD_EVERY = 1_000
"""Files after which a person who waits is told how far it is."""

_READ_ME = """\
This folder holds backups of a knipsel warehouse.

backups/NUMBER.jsonl   a backup: a line about it, then one line for each of its files, with its
                       place in the warehouse and the SHA-256 of its bytes
objects/ab/abcdef...   the files, by that SHA-256; several backups share those that are the same

`knipsel restore FOLDER --warehouse DIR` makes the warehouse again. Without knipsel: copy each
object to the place that the list says. What was retracted after a backup is still in it.
"""


class BackupPlaceError(ValueError):
    """A folder cannot hold backups of a warehouse."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken, what was copied for it, and the older ones that went."""

    backup: Backup
    new_files: int
    new_bytes: int
    removed: tuple[str, ...] = ()


class _FileGoneError(Exception):
    """A file went away since it was listed."""


class _Stamp(NamedTuple):
    """What tells that a file is the one of before, without reading it."""

    place: str
    byte_size: int
    modified_ns: int


@dataclass
class _Store:
    """The objects of a backup folder, and what is known of files that need not be read again."""

    folder: Path
    known: dict[_Stamp, str]
    remote: dict[str, Stored]
    linked: dict[tuple[int, int], str] = field(default_factory=dict)
    new_files: int = 0
    new_bytes: int = 0

    def has(self, sha256: str, byte_size: int) -> bool:
        """Tell whether the bytes are there, and as many; one that was cut off is copied again."""
        try:
            return archived_file(self.folder, sha256).stat().st_size == byte_size
        except FileNotFoundError:
            return False

    def keep(self, source: Source, stat: os.stat_result) -> str:
        """Return the SHA-256 of a file, whose bytes are there then."""
        inode = (stat.st_dev, stat.st_ino)
        stamp = _Stamp(source.place, stat.st_size, stat.st_mtime_ns)
        sha256 = self.known.get(stamp) or self.linked.get(inode)
        if sha256 is None or not self.has(sha256, stat.st_size):
            sha256 = self._copied(source, Path(source.address))
        self.linked[inode] = sha256
        return sha256

    def keep_remote(self, source: Source) -> Stored:
        """Return the SHA-256 and size of a file in an object store; such files never change."""
        known = self.remote.get(source.place)
        if known is not None and self.has(known.document_id, known.byte_size):
            return known
        draft = self.folder / f"{INCOMING}remote"
        try:
            draft.write_bytes(_remote_bytes(source.address))
            sha256 = self._copied(source, draft)
            return Stored(sha256, draft.stat().st_size)
        finally:
            draft.unlink(missing_ok=True)

    def _copied(self, source: Source, file: Path) -> str:
        if source.expected and self.has(source.expected, file.stat().st_size):
            return source.expected
        stored = store(file, self.folder)
        self.new_files += 1
        self.new_bytes += stored.byte_size
        return stored.document_id


def _remote_bytes(address: str) -> bytes:
    """Return the bytes of a file in an object store, as DuckDB reaches it."""
    with connect_with("httpfs") as connection:
        (found,) = connection.execute(
            f"SELECT content FROM read_blob({quoted(address)})"
        ).fetchall()
    return bytes(found[0])


def take_backup(
    warehouse: Warehouse,
    folder: Path,
    created_at: str,
    code_version: str,
    told: Callable[[str], None] = lambda _: None,
) -> Taken:
    """Back a warehouse up into a folder of backups, which is made where there is none.

    ``created_at`` is the moment of now, as ISO 8601. Runs may go on; whoever calls it sees to it
    that nothing is retracted or rolled back meanwhile. Raises `BackupPlaceError`,
    `NoWarehouseError`, ``OSError`` where the folder cannot be written.
    """
    check_place(warehouse, folder)
    with _held(folder):
        (folder / "README.txt").write_text(_READ_ME, encoding="utf-8")
        clear_drafts(folder / OBJECTS, INCOMING)
        store_ = _Store(folder / OBJECTS, *_known(folder))
        copied = _all_copied(warehouse, store_, told)
        backup = _described(warehouse, next_number(folder), copied, created_at, code_version)
        os.sync()  # the files before the list that names them, should the power go
        write_list(folder, backup, copied.files)
    return Taken(backup, store_.new_files, store_.new_bytes)


def check_place(warehouse: Warehouse, folder: Path) -> None:
    """Raise `BackupPlaceError` where a folder is in the warehouse, or holds something else."""
    place = folder.resolve()
    for taken in (warehouse.root.resolve(), warehouse.archive.resolve()):
        if place.is_relative_to(taken):
            message = f"{folder} lies in {taken}, which it is to be a backup of: name another."
            raise BackupPlaceError(message)
    if place.exists() and not place.is_dir():
        message = f"{folder} is no folder: name one, which need not be there yet."
        raise BackupPlaceError(message)
    if place.exists() and any(place.iterdir()) and not (place / OBJECTS).is_dir():
        message = f"{folder} holds other files and no backups: name a folder of its own for them."
        raise BackupPlaceError(message)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Have a folder of backups for oneself."""
    (folder / OBJECTS).mkdir(parents=True, exist_ok=True)
    (folder / LISTS).mkdir(exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            yield
    except Timeout:
        message = f"Another backup into {folder} is at work; try again when it has ended."
        raise BackupPlaceError(message) from None


def _known(folder: Path) -> tuple[dict[_Stamp, str], dict[str, Stored]]:
    """Return the SHA-256 of the files of the last backup, by what tells them from changed ones.

    Those of the lake also by their place alone: their names are given once.
    """
    if not numbers(folder):
        return {}, {}
    _, files = read_list(folder, find_number(folder, None))
    kept = [(file, file.sha256) for file in files if file.sha256 is not None]
    stamps = {_Stamp(file.place, file.byte_size, file.modified_ns): sum_ for file, sum_ in kept}
    lake = {
        file.place: Stored(sum_, file.byte_size)
        for file, sum_ in kept
        if file.place.startswith(LAKE)
    }
    return stamps, lake


@dataclass(frozen=True, slots=True)
class _Copied:
    """The files of a warehouse as they were at one moment; ``changed`` have not their bytes."""

    found: Contents
    files: list[BackedUpFile]
    changed: list[str]


def _all_copied(warehouse: Warehouse, store_: _Store, told: Callable[[str], None]) -> _Copied:
    """Copy all files of a warehouse as they are at one moment."""
    catalog = store_.folder / f"{INCOMING}catalog"
    try:
        for _ in range(TRIES):
            with locked(warehouse):
                found = contents_of(warehouse, catalog)
            try:
                return _copied(found, store_, told)
            except _FileGoneError:
                continue
        with locked(warehouse):
            return _copied(contents_of(warehouse, catalog), store_, told)
    finally:
        catalog.unlink(missing_ok=True)


def _copied(found: Contents, store_: _Store, told: Callable[[str], None]) -> _Copied:
    files, changed = [], []
    for number, source in enumerate(found.sources):
        if number % TOLD_EVERY == 0:
            told(f"{number:,} of {len(found.sources):,} files")
        file = _backed_up(source, store_)
        files.append(file)
        if source.expected and file.sha256 != source.expected:
            changed.append(source.address)
    files.append(_sums(found, files, store_))
    return _Copied(found, files, changed)


def _sums(found: Contents, files: list[BackedUpFile], store_: _Store) -> BackedUpFile:
    """Back up the checksums of the lake's files, under the names that they have in the backup."""
    expected = {source.place: source.expected for source in found.sources}
    lines = (
        f"{expected.get(file.place) or file.sha256}  {file.place.removeprefix(f'{WAREHOUSE}/')}\n"
        for file in files
        if file.place.startswith(LAKE)
    )
    draft = store_.folder / f"{INCOMING}sums"
    draft.write_text("".join(lines), encoding="utf-8")
    try:
        return _backed_up(Source(f"{WAREHOUSE}/{SUMS}", str(draft)), store_)
    finally:
        draft.unlink()


def _backed_up(source: Source, store_: _Store) -> BackedUpFile:
    """Back one file up. Raises `_FileGoneError`."""
    try:
        if source.is_remote:
            stored = store_.keep_remote(source)
            return BackedUpFile(source.place, stored.document_id, stored.byte_size, 0)
        path = Path(source.address)
        if source.link is not None:
            modified = path.lstat().st_mtime_ns
            return BackedUpFile(source.place, None, 0, modified, source.link)
        stat = path.stat()
        sha256 = store_.keep(source, stat)
    except FileNotFoundError as error:
        raise _FileGoneError from error
    except UnreadableFileError as error:
        if error.is_gone:
            raise _FileGoneError from error
        raise
    return BackedUpFile(source.place, sha256, stat.st_size, stat.st_mtime_ns)


def _described(
    warehouse: Warehouse, number: str, copied: _Copied, created_at: str, code_version: str
) -> Backup:
    latest = warehouse.latest.readlink().name if warehouse.latest.is_symlink() else None
    return Backup(
        number=number,
        created_at=created_at,
        warehouse_id=copied.found.warehouse_id,
        code_version=code_version,
        contract_version=CONTRACT_VERSION,
        latest=latest,
        files=len(copied.files),
        bytes=sum(file.byte_size for file in copied.files),
        missing=(*copied.found.missing, *copied.changed),
        retracted=copied.found.retracted,
    )
