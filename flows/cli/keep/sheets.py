"""Sheets that people filled in: what is wrong with one is told cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from knipsel.flows.cli.print.terminal import in_a_line


@contextmanager
def taking_in(file: Path) -> Iterator[None]:
    """Tell of each cell of a sheet that keeps it from being taken in, and that nothing was."""
    from knipsel.transforms.checks.sheet import SheetError

    try:
        yield
    except SheetError as error:
        for problem in error.problems:
            typer.echo(in_a_line(problem), err=True)
        message = f"Nothing was taken in; mend {file} and add it again."
        raise typer.BadParameter(message) from error
