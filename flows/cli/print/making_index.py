"""Telling on the terminal that the index of a release is made."""

from __future__ import annotations

import sys

import typer

from knipsel.warehouse.search.result import Told

_STEP = 1_000
"""Articles between two signs of life: a second."""


def told() -> Told:
    """Return who tells, on standard error, of an index that is made, and how far it is."""
    return Told(_begun, _so_far)


def _begun(is_kept: bool) -> None:  # noqa: FBT001 - as whoever makes it tells it
    kept = "" if is_kept else " The warehouse cannot be written, so it is made each time."
    typer.echo(f"This release has no search index of this version: it is made now.{kept}", err=True)


def _so_far(count: int) -> None:
    if count % _STEP == 0 and sys.stderr.isatty():
        typer.echo(f"\r{count:,} articles", nl=False, err=True)
