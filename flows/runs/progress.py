"""How far a run is, for whoever watches: nobody, or a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from threading import Event, Thread
from typing import Protocol, Self

from knipsel.flows.read.supervisor import forget, so_far

_LOOK_SECONDS = 0.25
"""Between two looks at how far the readers are: what a person sees move."""


class Progress(Protocol):
    """Is told which step runs, and how much of it is done."""

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[None]:
        """Show a step while the block runs; ``total`` are the files that it goes through."""
        ...

    def advance(self, done: int, file: str = "") -> None:
        """Show that so many files of the step are done, and at which one it is."""
        ...


class Silent:
    """Shows nothing."""

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[None]:
        """Do nothing."""
        del name, total
        return nullcontext()

    def advance(self, done: int, file: str = "") -> None:
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


class ReadingShown:
    """Shows how far the reading of a run is while the block runs.

    Readers of this process are looked at all the time; what others read, on a cluster, is known
    when a batch of it is done.
    """

    def __init__(self, run_id: str) -> None:
        """Look at nothing yet."""
        self._run_id = run_id
        self._watcher = progress()  # of this thread, which the one that looks is not
        self._done = 0
        self._ended = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        if self._watcher is not _SILENT:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        forget(self._run_id)

    def batch_done(self, documents: int) -> None:
        """Note that a batch of so many documents is read."""
        self._done += documents

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            done, file = so_far(self._run_id)
            self._watcher.advance(max(done, self._done), file)
