"""Removing old releases, and pinning those that stay."""

from __future__ import annotations

from datetime import datetime

from knipsel.flows.runs.leftovers import finish_what_was_begun
from knipsel.flows.runs.lock import running
from knipsel.warehouse.lake.connection import locked
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.keeping import prune
from knipsel.warehouse.release.keeping.pins import Pin, read_pins, write_pins
from knipsel.warehouse.release.rollback import find_release
from knipsel.warehouse.release.versions import Release


def prune_releases(warehouse: Warehouse, keep: prune.Keep) -> prune.Pruned:
    """Remove old releases while nobody else is at work; raises `PinsError`."""
    with running(warehouse, finish_what_was_begun, alone=True), locked(warehouse):
        return prune.prune(warehouse, keep)


def pin_release(warehouse: Warehouse, version: str, reason: str, now: datetime) -> Release:
    """Have a release stay whatever is pruned; pinned again it has the new reason.

    Raises `NoSuchReleaseError` or `PinsError`.
    """
    with locked(warehouse):
        release = find_release(warehouse, version)
        pin = Pin(reason, now.isoformat())
        write_pins(warehouse, read_pins(warehouse) | {release.version: pin})
    return release


def unpin_release(warehouse: Warehouse, version: str) -> bool:
    """Let a release go again when its time comes; return whether it was pinned.

    Raises `NoSuchReleaseError` or `PinsError`.
    """
    with locked(warehouse):
        release, pins = find_release(warehouse, version), read_pins(warehouse)
        if was_pinned := release.version in pins:
            del pins[release.version]
            write_pins(warehouse, pins)
    return was_pinned
