"""Since when a command runs: from the start of its process, before anything was imported."""

from __future__ import annotations

import os
import time
from contextvars import ContextVar
from pathlib import Path

_STATISTICS = Path("/proc/self/stat")
_STARTED = 22
"""The number of a process's start among its statistics (proc(5)), in ticks since the boot."""

_IMPORTED = time.perf_counter()
_BEGAN: ContextVar[float | None] = ContextVar("began", default=None)


def _process_age() -> float:
    """Return the seconds since the start of this process; where nobody knows, since this import."""
    try:
        # The name of the program, which stands in parentheses, may have any signs in it.
        after_name = _STATISTICS.read_text(encoding="utf-8").rpartition(")")[2].split()
        started = int(after_name[_STARTED - 3]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    except (OSError, ValueError, AttributeError):
        return time.perf_counter() - _IMPORTED


def begin_with_process() -> None:
    """Count the time of the command from the start of this process, which it is all of."""
    _BEGAN.set(time.perf_counter() - _process_age())


def seconds_running() -> float:
    """Return how long the command has run; nothing where no process was started for it."""
    began = _BEGAN.get()
    return 0.0 if began is None else time.perf_counter() - began
