"""Exchanging two folders in one step, so that a reader finds one or the other, never none."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_RENAME_EXCHANGE = 2
"""The flag of Linux's ``renameat2`` that exchanges two names (linux/fs.h)."""
_AT_FDCWD = -100
"""Where relative paths start: the folder that the process is in (fcntl.h)."""


def exchange(one: Path, other: Path) -> None:
    """Let two folders change names; on systems that cannot do it at once, in three steps.

    Raises `OSError` where neither is possible.
    """
    if sys.platform.startswith("linux") and _exchanged(one, other):
        return
    between = one.with_name(f"{one.name}.between")
    one.rename(between)
    other.rename(one)
    between.rename(other)


def _exchanged(one: Path, other: Path) -> bool:
    """Tell whether the system exchanged the names; a file system may not know how."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "renameat2"):
        return False
    paths = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other))
    return bool(libc.renameat2(*paths, _RENAME_EXCHANGE) == 0)
