"""Going back to a release, in steps that are finished when they were interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import unified_diff
from itertools import islice
from uuid import uuid4

from knipsel.flows.runs.lock import running
from knipsel.flows.runs.stages import run_record, run_without_flow
from knipsel.warehouse.lake.connection import locked
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import rollback
from knipsel.warehouse.release.difference import Difference, texts
from knipsel.warehouse.release.versions import Release

LINES = 40
"""Lines of a text's difference that are shown at most."""


def _record(warehouse: Warehouse) -> dict[str, object]:
    run = run_without_flow(warehouse, str(uuid4()), datetime.now(UTC))
    return run_record(run, "rollback", datetime.now(UTC))


def roll_back(warehouse: Warehouse, version: str) -> Release:
    """Go back to a release: readers take it at once, the lake follows.

    Raises `NoSuchReleaseError`.
    """
    with running(warehouse, alone=True), locked(warehouse):
        release = rollback.find_release(warehouse, version)
        rollback.begin(warehouse, release)
        rollback.complete(warehouse, _record(warehouse))
    return release


def finish(warehouse: Warehouse) -> None:
    """Finish a way back that was interrupted; nobody else is at work."""
    with locked(warehouse):
        rollback.complete(warehouse, _record(warehouse))


def text_changes(
    warehouse: Warehouse, older: Release, newer: Release, found: Difference, limit: int
) -> Iterator[tuple[str, list[str]]]:
    """Yield some of the articles whose text changed, with the lines that differ."""
    names = [row["article_id"] for row in found.changed if "text" in row["columns"]][:limit]
    before, after = texts(warehouse, older, names), texts(warehouse, newer, names)
    for name in names:
        lines = unified_diff(
            before[name].splitlines(),
            after[name].splitlines(),
            older.version,
            newer.version,
            lineterm="",
            n=1,
        )
        yield name, list(islice(lines, LINES))
