"""Keeping a folder of backups: checking what is in it, and letting old ones go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from knipsel.warehouse.backup.manifest import (
    OBJECTS,
    DamagedBackupError,
    find_number,
    list_file,
    numbers,
    read_list,
)
from knipsel.warehouse.intake.archive import UnreadableFileError, archived_file, hash_file


def backup_problems(folder: Path, told: Callable[[str], None] = lambda _: None) -> Iterator[str]:
    """Yield what is wrong with the backups in a folder: every file's bytes are read once.

    Raises `NoBackupError` where there is none.
    """
    find_number(folder, None)
    checked: dict[str, str | None] = {}
    for number in numbers(folder):
        told(f"backup {number}")
        try:
            _, files = read_list(folder, number)
        except DamagedBackupError as error:
            yield str(error)
            continue
        for file in files:
            if file.sha256 is None:
                continue
            if file.sha256 not in checked:
                checked[file.sha256] = _problem(archived_file(folder / OBJECTS, file.sha256))
            if problem := checked[file.sha256]:
                yield f"Backup {number} lacks {file.place}: {problem}"


def _problem(file: Path) -> str | None:
    """Return what is wrong with an object, which is called by the SHA-256 of its bytes."""
    if not file.exists():
        return f"{file} is missing; the next backup has it again."
    try:
        is_whole = hash_file(file).document_id == file.name
    except UnreadableFileError as error:
        return str(error)
    if is_whole:
        return None
    return f"{file} has changed since it was written; remove it, and the next backup has it again."


def keep_newest(folder: Path, count: int) -> list[str]:
    """Remove all backups but the newest ``count``, and the files that no other has.

    Return the numbers of those removed. Where a list that stays cannot be read, nothing goes:
    raises `DamagedBackupError`.
    """
    known = numbers(folder)
    removed, kept = known[:-count], known[-count:]
    needed = {file.sha256 for number in kept for file in read_list(folder, number)[1]}
    for number in removed:
        list_file(folder, number).unlink()
    if removed:
        for file in (folder / OBJECTS).glob("??/*"):
            if file.name not in needed:
                file.unlink()
    return removed
