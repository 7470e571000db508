"""Runs know of each other: many may go on at once, and a retraction only by itself.

Whoever finds nobody else at work clears away what a killed run left: its staged rows and
half-copied files. An interrupted retraction, or way back, is finished before anything else.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from knipsel.warehouse.intake.archive import INCOMING
from knipsel.warehouse.lake.connection import LOCK_TIMEOUT_SECONDS, WarehouseBusyError
from knipsel.warehouse.layout import Warehouse

POLL_SECONDS = 0.1


@contextmanager
def running(
    warehouse: Warehouse, finish: Callable[[Warehouse], None] | None, *, alone: bool = False
) -> Iterator[None]:
    """Be known as at work on a warehouse while the block runs; wait while another is alone.

    ``finish`` finishes what an interrupted run began, before anything else, where nobody else is
    at work; None leaves that to the caller. With ``alone`` nobody else is at work in the meantime.
    The system forgets who held the lock when a process ends, however it ends. Raises
    `WarehouseBusyError` after `LOCK_TIMEOUT_SECONDS`.
    """
    warehouse.root.mkdir(parents=True, exist_ok=True)
    handle = os.open(warehouse.root / ".running", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if _taken(handle, fcntl.LOCK_EX):
            _clear_leftovers(warehouse)
            if finish:
                finish(warehouse)
            if not alone:
                fcntl.flock(handle, fcntl.LOCK_SH)
        else:
            _wait(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH, warehouse)
        yield
    finally:
        os.close(handle)


def _taken(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(handle: int, kind: int, warehouse: Warehouse) -> None:
    deadline = time.monotonic() + LOCK_TIMEOUT_SECONDS
    while not _taken(handle, kind):
        if time.monotonic() > deadline:
            message = (
                f"Another run has been at work on {warehouse.root} for {LOCK_TIMEOUT_SECONDS} "
                "seconds; wait for it to end and try again."
            )
            raise WarehouseBusyError(message)
        time.sleep(POLL_SECONDS)


def _clear_leftovers(warehouse: Warehouse) -> None:
    """Remove what killed runs left; nobody is at work."""
    for folder in (warehouse.root / "staging").glob("*"):
        shutil.rmtree(folder, ignore_errors=True)
    for draft in warehouse.archive.glob(f"{INCOMING}*"):
        draft.unlink(missing_ok=True)
