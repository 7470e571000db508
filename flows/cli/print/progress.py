"""How far a run is, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class TerminalProgress:
    """Shows the steps of a run on a terminal, one line that goes away when done."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[None]:
        """Show a step while the block runs."""
        with self._bar:
            self._task = self._bar.add_task(name, total=total)
            try:
                yield
            finally:
                self._bar.remove_task(self._task)

    def advance(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` parts of the step are done."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total)
