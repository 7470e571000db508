"""How far a run is, for whoever watches: nobody, or a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Protocol


class Progress(Protocol):
    """Is told which step runs, and how much of it is done."""

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[None]:
        """Show a step while the block runs."""
        ...

    def advance(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` parts of the step are done."""
        ...


class Silent:
    """Shows nothing."""

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[None]:
        """Do nothing."""
        del name, total
        return nullcontext()

    def advance(self, done: int, total: int) -> None:
        """Do nothing."""


_SILENT = Silent()
_CURRENT: ContextVar[Progress | None] = ContextVar("progress", default=None)


def progress() -> Progress:
    """Return who watches the current run."""
    return _CURRENT.get() or _SILENT


@contextmanager
def watched_by(watcher: Progress) -> Iterator[None]:
    """Let ``watcher`` watch the runs of the block."""
    token = _CURRENT.set(watcher)
    try:
        yield
    finally:
        _CURRENT.reset(token)
