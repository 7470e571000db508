"""Bounds on this process that the kernel keeps, also while it is deep inside foreign code.

Python sees a signal only between its own instructions; a parser written in C that never ends
has none. So each bound here ends the process where it is passed, and whoever started the
process finds out why by how it ended.
"""

from __future__ import annotations

import fcntl
import os
import resource
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knipsel.flows.read.budget import Budget

_STATM = Path("/proc/self/statm")
_DATA_PAGES = 5
"""Which number in it counts the pages of data that the process may write."""


ADDRESS_SPACE = 3 << 30
"""The address space that a command needs which only looks: below, DuckDB's threads cannot start,
which ends the process without a word."""

ADDRESS_SPACE_TO_READ = 6 << 30
"""What one needs that reads documents, with Prefect and Great Expectations beside; 4 GiB are too
little, on two processors."""


FILE_SIZE = 256 << 20
"""What a file may take at least: Prefect's database, the catalogue, a table of a release. SQLite
takes a file that may not grow for a broken disk."""


class ProcessLimitError(RuntimeError):
    """The process may not have what it needs."""


def check_address_space(needed: int = ADDRESS_SPACE) -> None:
    """Raise `ProcessLimitError` where the process may have less address space than it needs."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < needed:
        message = (
            f"This process may have {allowed / (1 << 30):.1f} GiB of address space, and needs "
            f"{needed >> 30}: raise the limit (ulimit -v)."
        )
        raise ProcessLimitError(message)


def check_file_size() -> None:
    """Raise `ProcessLimitError` where the process may not write files as large as it needs."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    if allowed != resource.RLIM_INFINITY and allowed < FILE_SIZE:
        message = (
            f"This process may write files of {allowed / (1 << 20):.1f} MiB, and needs "
            f"{FILE_SIZE >> 20}: raise the limit (ulimit -f)."
        )
        raise ProcessLimitError(message)


def settle() -> None:
    """Make this process one that can go down without a trace: no core dump, no keyboard."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGIO, signal.SIG_DFL)


def _data_bytes() -> int | None:
    """Return the memory that this process has for data; None where nobody tells."""
    try:
        pages = int(_STATM.read_text("ascii").split()[_DATA_PAGES])
    except (OSError, IndexError, ValueError):
        return None
    return pages * resource.getpagesize()


def _limit_memory(more: int | None) -> None:
    """Let the process have so much more memory than it has now; any where it is None."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    held = _data_bytes()
    soft = resource.RLIM_INFINITY if more is None or held is None else held + more
    if most != resource.RLIM_INFINITY and (soft == resource.RLIM_INFINITY or soft > most):
        soft = most
    resource.setrlimit(resource.RLIMIT_DATA, (soft, most))


@contextmanager
def kept_in(budget: Budget) -> Iterator[None]:
    """Keep the block in a budget.

    More processor time (of all threads, in foreign code and in the kernel alike) ends the
    process by SIGPROF; more memory is refused, which Python raises as `MemoryError`.
    """
    _limit_memory(budget.memory)
    signal.setitimer(signal.ITIMER_PROF, budget.seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        _limit_memory(None)


@contextmanager
def ending_with(pipe: int) -> Iterator[None]:
    """End the process where the other end of a pipe closes during the block.

    Nothing else may be sent through the pipe meanwhile.
    """
    flags = fcntl.fcntl(pipe, fcntl.F_GETFL)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, flags | os.O_ASYNC)
    try:
        if select.select([pipe], [], [], 0)[0]:  # it closed before the kernel was asked to tell
            os._exit(1)
        yield
    finally:
        fcntl.fcntl(pipe, fcntl.F_SETFL, flags)
