"""Backups, beside runs that go on: only a retraction or a rollback waits until one has ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.leftovers import finish_what_was_begun
from knipsel.flows.runs.lock import running
from knipsel.flows.runs.stages import CODE_VERSION
from knipsel.warehouse.backup.places import note_place
from knipsel.warehouse.backup.restore import Restored, restore_backup
from knipsel.warehouse.backup.take import Taken, check_place, take_backup
from knipsel.warehouse.backup.upkeep import keep_newest
from knipsel.warehouse.intake.holders import forget_place
from knipsel.warehouse.lake.connection import NoWarehouseError
from knipsel.warehouse.layout import DEFAULT_WAREHOUSE, Warehouse


def back_up(
    warehouse: Warehouse,
    folder: Path,
    keep: int | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Taken:
    """Back a warehouse up into a folder of backups, and ``keep`` only so many of the newest.

    Raises `NoWarehouseError`, `BackupPlaceError`.
    """
    if not warehouse.exists:
        raise NoWarehouseError(warehouse)
    check_place(warehouse, folder)
    with running(warehouse, finish_what_was_begun):
        note_place(warehouse, folder)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        taken = take_backup(warehouse, folder, now, CODE_VERSION, told)
    if keep is None:
        return taken
    return replace(taken, removed=tuple(keep_newest(folder, keep)))


def restore(
    folder: Path,
    root: Path,
    number: str | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Restored:
    """Make a warehouse again in a folder that is not there yet, from the newest backup or another.

    Raises `NoBackupError`, `DamagedBackupError`, `TakenPlaceError`.
    """

    def place_of(aside: Path) -> Warehouse:
        """Return where all lies, as what was restored so far has it."""
        settings = Settings.of(aside)
        place = settings.warehouse_at(aside)
        if root.absolute() == DEFAULT_WAREHOUSE.absolute() and place.archive.is_relative_to(aside):
            return settings.warehouse_at(root)
        return place

    restored = restore_backup(folder, number, root, place_of, told)
    if restored.backup.warehouse_id is not None:
        archive = Settings.of(root).warehouse_at(root).archive
        forget_place(archive, restored.backup.warehouse_id)
    return restored
