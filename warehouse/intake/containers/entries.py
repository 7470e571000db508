"""What a container is opened with, and what comes out of it one after the other."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knipsel.warehouse.intake.containers.model import (
    BrokenMember,
    Limits,
    Member,
    PassedOver,
    RefusedContainerError,
)

if TYPE_CHECKING:
    from knipsel.warehouse.intake.containers.meter import Meter

_OF_THE_DATA = {None, errno.EINVAL}
"""Errors of the system that broken data gives: unpackers raise them without a number, and a
directory that points before the file's start makes an invalid seek."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A container that is to be read: its bytes, its name, and what counts them."""

    file: Path
    name: str
    limits: Limits
    meter: Meter


Entry = Member | PassedOver | BrokenMember


def is_fault_of_file(error: Exception) -> bool:
    """Say whether a parser stumbled over the file, and not over the machine or a limit."""
    if isinstance(error, RefusedContainerError | MemoryError):
        return False
    return not isinstance(error, OSError) or error.errno in _OF_THE_DATA
