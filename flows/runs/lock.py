"""Runs know of each other: many may go on at once, and a retraction only by itself.

Whoever finds nobody else at work clears away what a killed run left: its staged rows and
half-copied files. An interrupted retraction, or way back, is finished before anything else.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from knipsel.warehouse.addresses.identity import ForeignCatalogError
from knipsel.warehouse.contract.versions import NewerContractError
from knipsel.warehouse.intake.archive import INCOMING
from knipsel.warehouse.intake.arrivals import (
    ARRIVALS,
    clear_arrivals,
    clear_drafts,
    clear_staging,
)
from knipsel.warehouse.lake.connection import (
    LOCK_TIMEOUT_SECONDS,
    DamagedCatalogError,
    WarehouseBusyError,
)
from knipsel.warehouse.layout import Warehouse

log = logging.getLogger(__name__)

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
        is_alone = _taken(handle, fcntl.LOCK_EX)
        if not is_alone:
            _wait(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH, warehouse)
        if is_alone or alone:
            _clear_leftovers(warehouse)
            if finish:
                finish(warehouse)
            if not alone:
                fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        if any(_staged(warehouse)) and _taken(handle, fcntl.LOCK_EX):
            _clear_leftovers(warehouse)
        os.close(handle)


def _staged(warehouse: Warehouse) -> Iterator[Path]:
    """Yield the folders that runs left, which failed or were killed."""
    return (warehouse.root / "staging").glob(f"*/{ARRIVALS}")


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
    """Remove what killed runs left; nobody is at work.

    Where the lake cannot be asked what it knows, what they brought into the archive stays there,
    and is listed, until it can.
    """
    is_done = True
    try:
        clear_arrivals(warehouse)
    except (DamagedCatalogError, NewerContractError, ForeignCatalogError, duckdb.Error) as error:
        log.warning("What an ended run left in the archive stays for now: %s", error)
        is_done = False
    for folder in (warehouse.root / "staging").glob("*"):
        clear_staging(folder, is_done=is_done)
    if warehouse.archive.is_relative_to(warehouse.root):
        clear_drafts(warehouse.archive, INCOMING)  # of runs that listed nothing, and nobody else's
