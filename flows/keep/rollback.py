"""Going back to a release, in steps that are finished when they were interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice

from knipsel.flows.runs.leftovers import finish_what_was_begun, rollback_record
from knipsel.flows.runs.lock import running
from knipsel.warehouse.lake.connection import locked
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import rollback
from knipsel.warehouse.release.difference import Difference, texts
from knipsel.warehouse.release.versions import Release

LINES = 40
"""Lines of a text's difference that are shown at most."""


def roll_back(warehouse: Warehouse, version: str) -> Release:
    """Go back to a release: readers take it at once, the lake follows.

    Raises `NoSuchReleaseError`.
    """
    with running(warehouse, finish_what_was_begun, alone=True), locked(warehouse):
        release = rollback.find_release(warehouse, version)
        rollback.begin(warehouse, release)
        rollback.complete(warehouse, rollback_record())
    return release


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
