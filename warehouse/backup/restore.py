"""Making a warehouse again from a backup: aside, each file checked, and renamed at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath

import tomlkit

from knipsel.warehouse.backup.contents import ARCHIVE, WAREHOUSE
from knipsel.warehouse.backup.manifest import (
    OBJECTS,
    BackedUpFile,
    Backup,
    DamagedBackupError,
    find_number,
    numbers,
    read_backup,
    read_list,
)
from knipsel.warehouse.intake.archive import archived_file, copy_checked, hash_file
from knipsel.warehouse.layout import SETTINGS_FILE, Warehouse

ASIDE = ".restoring"
"""What the name of a warehouse ends in until it is whole."""

TOLD_EVERY = 1_000
"""Files after which a person who waits is told how far it is."""

RELEASES = f"{WAREHOUSE}/releases/"
"""Where files never change, so that releases share those that are the same, as they did before."""


class TakenPlaceError(FileExistsError):
    """There is something at the place where a warehouse is to be restored."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was restored; the documents that were retracted only after it was taken."""

    backup: Backup
    retracted_since: tuple[str, ...]


def restore_backup(
    folder: Path,
    wanted: str | None,
    root: Path,
    place_of: Callable[[Path], Warehouse],
    told: Callable[[str], None] = lambda _: None,
) -> Restored:
    """Make a warehouse again from the backup that is ``wanted``, the newest where None is named.

    ``place_of`` tells where the archive of the warehouse in a folder is, as it is configured there.
    Each file's bytes are checked. Raises `NoBackupError`, `DamagedBackupError`, `TakenPlaceError`
    where there is something at ``root``; nothing is there then that was not before.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        message = f"{root} is there already; name a folder that is not, and move it afterwards."
        raise TakenPlaceError(message)
    backup, files = read_list(folder, find_number(folder, wanted))
    _check_places(files)
    aside = root.absolute().with_name(f"{root.absolute().name}{ASIDE}")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        _write_all(folder, files, aside, place_of, told)
        os.sync()
        if root.is_dir():
            root.rmdir()
        aside.rename(root.absolute())
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Restored(backup, _retracted_since(folder, backup, files))


def backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, oldest first.

    Raises `NoBackupError`, `DamagedBackupError`.
    """
    find_number(folder, None)
    return [read_backup(folder, number) for number in numbers(folder)]


def _retracted_since(
    folder: Path, backup: Backup, files: Iterable[BackedUpFile]
) -> tuple[str, ...]:
    """Return the documents of a backup that later ones know to be retracted."""
    later = (one for one in backups(folder) if one.number > backup.number)
    retracted = {name for one in later for name in one.retracted}
    return tuple(sorted(retracted & {PurePosixPath(file.place).name for file in files}))


def _check_places(files: Iterable[BackedUpFile]) -> None:
    """Raise `DamagedBackupError` where a file or link would leave the warehouse or its archive."""
    for file in files:
        parts = PurePosixPath(file.place).parts
        is_inside = len(parts) > 1 and parts[0] in (WAREHOUSE, ARCHIVE) and ".." not in parts
        target = normpath(PurePosixPath(file.place).parent / (file.link or ""))
        if not is_inside or not target.startswith(parts[0]):
            message = f"A file of the backup would lie outside of the warehouse: {file.place!r}."
            raise DamagedBackupError(message)


def _write_all(
    folder: Path,
    files: list[BackedUpFile],
    aside: Path,
    place_of: Callable[[Path], Warehouse],
    told: Callable[[str], None],
) -> None:
    """Write all files of a backup; links last, so that none is written through one."""
    own = [file for file in files if file.place.startswith(f"{WAREHOUSE}/")]
    shared: dict[str, Path] = {}
    for file in _counted([one for one in own if one.link is None], told):
        target = aside / file.place.removeprefix(f"{WAREHOUSE}/")
        _write(folder, file, target, shared if file.place.startswith(RELEASES) else None)
    _settle_in(aside)
    archive = place_of(aside).archive  # what the restored configuration says
    for file in _counted([one for one in files if one not in own], told):
        _write(folder, file, archive / file.place.removeprefix(f"{ARCHIVE}/"), None)
    for file in own:
        if file.link is not None:
            (aside / file.place.removeprefix(f"{WAREHOUSE}/")).symlink_to(file.link)


ELSEWHERE = ("catalog", "catalog_schema", "data")
"""Settings that say where catalogue and data are that do not lie in the warehouse's folder."""


def _settle_in(root: Path) -> None:
    """Let a warehouse no longer look for its catalogue and data elsewhere: they are restored."""
    file = root / SETTINGS_FILE
    if not file.is_file():
        return
    settings = tomlkit.parse(file.read_text(encoding="utf-8"))
    if settings.keys() & set(ELSEWHERE):
        for name in ELSEWHERE:
            settings.pop(name, None)
        file.write_text(tomlkit.dumps(settings), encoding="utf-8")


def _counted(files: list[BackedUpFile], told: Callable[[str], None]) -> Iterator[BackedUpFile]:
    for number, file in enumerate(files):
        if number % TOLD_EVERY == 0:
            told(f"{number:,} of {len(files):,} files")
        yield file


def _write(folder: Path, file: BackedUpFile, target: Path, shared: dict[str, Path] | None) -> None:
    """Write one file where it is not there yet; one that others ``shared`` is linked to theirs."""
    sha256 = str(file.sha256)
    if target.exists() and hash_file(target).document_id == sha256:
        return
    if shared is not None and (before := shared.get(sha256)):
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(before, target)
        return
    source = archived_file(folder / OBJECTS, sha256)
    if not source.exists():
        raise DamagedBackupError(_lacking(source, file, "is missing"))
    if not copy_checked(source, target, sha256):
        raise DamagedBackupError(_lacking(source, file, "has changed since it was written"))
    os.utime(target, ns=(file.modified_ns, file.modified_ns))
    if shared is not None:
        shared[sha256] = target


def _lacking(source: Path, file: BackedUpFile, what: str) -> str:
    return (
        f"{source} {what}, which is {file.place}: restore from another copy of the backups, or "
        "take an older one (`--number`)."
    )
