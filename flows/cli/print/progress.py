"""How far a run is, on a terminal, or in lines where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from time import monotonic

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Column
from rich.text import Text

from knipsel.flows.cli.print.terminal import in_a_line

_LONGEST_NAME = 40
"""Characters of a file's name that are shown."""
_SECONDS_BETWEEN = 30.0
"""Between two lines where there is no terminal: enough to see that it goes on."""
_FEWEST_FOR_RATE = 5
"""Files from which on a rate says something."""
_MINUTE, _HOUR = 60, 3600


def so_far(done: int, total: int, seconds: float) -> str:
    """Return in words how many files are done of how many, how fast, and how long it takes."""
    shown = min(done, total)
    said = f"{shown:,} of {total:,} files"
    if shown < _FEWEST_FOR_RATE or not seconds:
        return said
    rate = shown / seconds
    speed = f"{rate:,.0f} a second" if rate >= 1 else f"{rate * _MINUTE:,.0f} a minute"
    return f"{said}, {speed}, {_left((total - shown) / rate)}"


def _left(seconds: float) -> str:
    if seconds < _MINUTE:
        return "less than a minute left"
    if seconds < 2 * _HOUR:
        return f"about {seconds / _MINUTE:,.0f} min left"
    return f"about {seconds / _HOUR:,.1f} h left"


def _name(file: str) -> str:
    """Return the name of a file, short, with nothing in it that steers a terminal."""
    name = in_a_line(PurePath(file).name)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


class _SoFar(ProgressColumn):
    """What is done, how fast and how much is left, where a step goes through files."""

    def render(self, task: Task) -> Text:
        """Return it in words; nothing where the step is of one piece."""
        if task.total is None:
            return Text("")
        words = so_far(int(task.completed), int(task.total), task.elapsed or 0.0)
        file = task.fields.get("file", "")
        return Text(f"{words}  {_name(file)}" if file else words)


class TerminalProgress:
    """Shows the steps of a run on a terminal, one line that goes away when done."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TimeElapsedColumn(),
            _SoFar(Column(no_wrap=True, overflow="ellipsis")),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[None]:
        """Show a step while the block runs."""
        with self._bar:
            self._task = self._bar.add_task(name, total=total, file="")
            try:
                yield
            finally:
                self._bar.remove_task(self._task)

    def advance(self, done: int, file: str = "") -> None:
        """Show that so many files of the step are done, and at which one it is."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, file=file)


def _on_standard_error(line: str) -> None:
    typer.echo(line, err=True)


@dataclass
class LineProgress:
    """Writes a line now and then of a step that goes through files, where nobody sees a bar."""

    write: Callable[[str], object] = _on_standard_error
    clock: Callable[[], float] = monotonic
    _name: str = field(default="", init=False)
    _total: int | None = field(default=None, init=False)
    _since: float = field(default=0.0, init=False)
    _last: float = field(default=0.0, init=False)

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[None]:
        """Write of a step while the block runs."""
        self._name, self._total = name, total
        self._since = self._last = self.clock()
        yield
        self._total = None

    def advance(self, done: int, file: str = "") -> None:
        """Write how far the step is, if the last line is some time ago."""
        now = self.clock()
        if self._total is None or now - self._last < _SECONDS_BETWEEN:
            return
        self._last = now
        at = f" ({_name(file)})" if file else ""
        self.write(f"{self._name}: {so_far(done, self._total, now - self._since)}{at}")
