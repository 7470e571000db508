"""The list of what a backup holds: a line of JSON for the backup, then one for each file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from knipsel.warehouse.release.versions import write_aside

FORM = 1
"""The version of the form of these lists."""

LISTS = "backups"
OBJECTS = "objects"
"""The folders of a backup folder: the lists, and the files by the SHA-256 of their bytes."""

SUFFIX = ".jsonl"


class NoBackupError(LookupError):
    """There is no backup, or not the one that is asked for, at the place named."""


class DamagedBackupError(RuntimeError):
    """A backup is not what was written."""


@dataclass(frozen=True, slots=True)
class BackedUpFile:
    """A file of a warehouse: ``place`` begins with ``warehouse/`` or ``archive/``.

    ``sha256`` is that of its bytes; a link has none, and says where it points instead.
    """

    place: str
    sha256: str | None
    byte_size: int
    modified_ns: int
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup, without its files: when and of which warehouse it was taken, and what it lacks."""

    number: str
    created_at: str
    warehouse_id: str | None
    code_version: str
    contract_version: int
    latest: str | None
    files: int
    bytes: int
    missing: tuple[str, ...] = ()
    """Files that the warehouse itself should have had, and had not, or had with other bytes."""
    retracted: tuple[str, ...] = ()
    """The documents that were retracted by then."""


def list_file(folder: Path, number: str) -> Path:
    """Return where the list of a backup is."""
    return folder / LISTS / f"{number}{SUFFIX}"


def numbers(folder: Path) -> list[str]:
    """Return the numbers of the backups in a folder, oldest first."""
    names = (file.stem for file in (folder / LISTS).glob(f"*{SUFFIX}"))
    return sorted(name for name in names if name.isdigit())


def next_number(folder: Path) -> str:
    """Return the number of the next backup, padded so that names sort as numbers do."""
    taken = numbers(folder)
    return f"{int(taken[-1]) + 1 if taken else 1:06d}"


def write_list(folder: Path, backup: Backup, files: Sequence[BackedUpFile]) -> None:
    """Write the list of a backup, which is there whole or not at all."""
    lines = "".join(f"{json.dumps(asdict(file))}\n" for file in files)
    head = {"form": FORM, "sha256": sha256(lines.encode()).hexdigest()} | asdict(backup)
    file = list_file(folder, backup.number)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_aside(file, f"{json.dumps(head)}\n{lines}")


def read_backup(folder: Path, number: str) -> Backup:
    """Return a backup without its files. Raises `DamagedBackupError`."""
    return _parsed(folder, number)[0]


def read_list(folder: Path, number: str) -> tuple[Backup, list[BackedUpFile]]:
    """Return a backup and its files. Raises `DamagedBackupError` where the list has changed."""
    backup, digest, lines = _parsed(folder, number)
    if sha256(lines.encode()).hexdigest() != digest:
        raise DamagedBackupError(_changed(folder, number))
    files = (json.loads(line) for line in lines.split("\n") if line)
    return backup, [BackedUpFile(**file) for file in files]


def _parsed(folder: Path, number: str) -> tuple[Backup, str, str]:
    """Return a backup, the SHA-256 that its lines had, and its lines."""
    try:
        first, _, lines = list_file(folder, number).read_text(encoding="utf-8").partition("\n")
        head: dict[str, Any] = json.loads(first)
        form, digest = head.pop("form"), str(head.pop("sha256"))
        if form == FORM:
            for name in ("missing", "retracted"):
                head[name] = tuple(head[name])
            return Backup(**head), digest, lines
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedBackupError(_changed(folder, number)) from error
    message = f"Backup {number} in {folder} was made by a newer knipsel: install that version."
    raise DamagedBackupError(message)


def _changed(folder: Path, number: str) -> str:
    return (
        f"{list_file(folder, number)} has changed since it was written; "
        "take another backup of that folder, or another copy of it."
    )


def find_number(folder: Path, wanted: str | None) -> str:
    """Return the number of the backup that is meant, the newest where none is named.

    Raises `NoBackupError`.
    """
    known = numbers(folder)
    if not known:
        message = f"There is no backup in {folder}; `knipsel backup FOLDER` makes one."
        raise NoBackupError(message)
    if wanted is None:
        return known[-1]
    number = f"{int(wanted):06d}" if wanted.isdigit() else wanted
    if number not in known:
        message = f"There is no backup {wanted} in {folder}; there are {', '.join(known)}."
        raise NoBackupError(message)
    return number
