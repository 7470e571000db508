"""Removing old releases, and what only they need of the lake's past.

Which may go is a pure function of the list. A release leaves the list first and the disk then: what
is cut off in between is cleared by the next publication, as every folder that nobody lists.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from knipsel.warehouse.lake.checksums import note_sums
from knipsel.warehouse.lake.connection import lake_catalog, open_lake
from knipsel.warehouse.lake.upkeep import KEEP_FILES
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import versions
from knipsel.warehouse.release.history import current_snapshot
from knipsel.warehouse.release.keeping.pins import read_pins
from knipsel.warehouse.release.versions import Release
from knipsel.warehouse.sql import quoted

_MONTH = len("2026-12")


@dataclass(frozen=True, slots=True)
class Keep:
    """What stays: the newest ``last`` releases, with ``monthly`` also the last of each month."""

    last: int
    monthly: bool = False


def to_remove(
    releases: Sequence[Release], keep: Keep, latest: str | None, pinned: Collection[str]
) -> list[Release]:
    """Return the releases, oldest first, that nothing asks to keep.

    The one that readers take stays, which need not be the newest, and so do those that are pinned.
    The newest stays too, since the next is numbered after it.
    """
    staying = {release.version for release in releases[-max(keep.last, 1) :]}
    staying |= {*pinned, *filter(None, [latest])}
    if keep.monthly:
        last_of = {release.created_at[:_MONTH]: release.version for release in releases}
        staying |= set(last_of.values())
    return [release for release in releases if release.version not in staying]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed: the releases, the bytes that the disk got back, snapshots of the lake."""

    releases: tuple[Release, ...]
    freed_bytes: int
    snapshots: int


def would_go(warehouse: Warehouse, keep: Keep) -> list[Release]:
    """Return the releases that `prune` would remove; raises `PinsError`."""
    releases = versions.read_versions(warehouse)
    current = versions.current_release(warehouse, releases)
    latest = current.version if current else None
    return to_remove(releases, keep, latest, read_pins(warehouse))


def prune(warehouse: Warehouse, keep: Keep) -> Pruned:
    """Remove old releases and the lake's snapshots before the oldest that stays.

    Whoever calls it sees to it that nobody else is at work. Files of the lake that only those
    snapshots had go a day later (`KEEP_FILES`), for readers who still have them open. Raises
    `PinsError`.
    """
    releases = versions.settle(warehouse)
    going = would_go(warehouse, keep)
    staying = [release for release in releases if release not in going]
    if going:
        versions.write_versions(warehouse, staying)
    freed = sum(_remove(warehouse.releases / release.version) for release in going)
    with open_lake(warehouse) as connection:
        expired = _expire(connection, min((one.snapshot_id for one in staying), default=0))
        note_sums(connection, warehouse)
    return Pruned(tuple(going), freed, expired)


def _remove(folder: Path) -> int:
    """Remove a folder; return the bytes that no other release shares."""
    files = [file.lstat() for file in folder.rglob("*") if file.is_file()]
    shutil.rmtree(folder)
    return sum(file.st_size for file in files if file.st_nlink == 1)


def _expire(connection: duckdb.DuckDBPyConnection, oldest: int) -> int:
    """Let the lake forget its snapshots before ``oldest``; return how many there were.

    The newest is never one of them.
    """
    catalog = quoted(lake_catalog(connection))
    before = min(oldest, current_snapshot(connection))
    rows = connection.sql(
        f"SELECT snapshot_id FROM ducklake_snapshots({catalog}) WHERE snapshot_id < {before}"
    ).fetchall()
    if rows:
        numbers = ", ".join(str(number) for (number,) in rows)
        connection.execute(f"CALL ducklake_expire_snapshots({catalog}, versions => [{numbers}])")
    connection.execute(
        f"CALL ducklake_cleanup_old_files({catalog}, older_than => now() - INTERVAL '{KEEP_FILES}')"
    )
    return len(rows)
