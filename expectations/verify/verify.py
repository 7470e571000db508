"""Verification: every checksum and every invariant of a warehouse, and what is wrong with it.

A check yields a sentence for each thing that is wrong; where it yields none, all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import duckdb

from knipsel.expectations.verify.archive import (
    archive_notes,
    archive_problems,
    named_problems,
)
from knipsel.expectations.verify.lake import (
    catalog_problems,
    content_problems,
    file_notes,
    file_problems,
    noted_problems,
    rule_problems,
)
from knipsel.expectations.verify.releases import pointer_problems, release_problems
from knipsel.warehouse.addresses.secrets import redacted
from knipsel.warehouse.lake.connection import DamagedCatalogError, NoWarehouseError, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.rollback import pending_file
from knipsel.warehouse.release.versions import read_versions
from knipsel.warehouse.retraction.journal import journal_file, unproven_journals
from knipsel.warehouse.retraction.proof.certificate import certificate_problems

MOST_SHOWN = 100
"""Problems of one check that are listed: a damaged disk has them by the thousand."""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of a check: ``problems`` are sentences, none where all is well.

    ``notes`` are about what is no damage, and yet to be known.
    """

    name: str
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def success(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def _gathered(name: str, problems: Iterable[str], notes: Iterable[str] = ()) -> Check:
    """Return a check with its problems; one that cannot be made is a problem itself."""
    found: list[str] = []
    try:
        for problem in problems:
            if len(found) == MOST_SHOWN:
                found.append(f"There are more than {MOST_SHOWN}.")
                break
            found.append(problem)
    except (OSError, ValueError, RuntimeError, duckdb.Error) as error:
        found.append(f"It could not be checked: {_said(error)}")
    return Check(name, tuple(found), () if found else tuple(notes))


def _unfinished(warehouse: Warehouse) -> Iterator[str]:
    """Yield what was begun and is not at its end."""
    if journal_file(warehouse).exists():
        yield "A retraction was interrupted; `knipsel retract --finish` finishes it."
    if unproven_journals(warehouse):
        yield (
            "A retraction was done, but not proven, since some files still held the text; "
            "`knipsel retract --finish` names them, and proves it once they are gone."
        )
    if pending_file(warehouse).exists():
        yield "A way back to a release was interrupted; any ingest or publish finishes it."


def _said(error: Exception) -> str:
    """Return the first line of what an error says, without secrets."""
    return redacted(str(error)).strip().splitlines()[0]


def verify(warehouse: Warehouse, told: Callable[[str], None] = lambda _: None) -> list[Check]:
    """Check everything in a warehouse and return the outcome of each check.

    ``told`` is told of each check before it is made. Raises `NoWarehouseError` where there is
    nothing to check.
    """
    checks = [_gathered("catalogue", catalog_problems(warehouse))]
    checks += _lake_checks(warehouse, told) if checks[0].success else _without_lake(warehouse)
    for release in read_versions(warehouse):
        told(f"release {release.version}")
        found = release_problems(warehouse, release)
        checks.append(_gathered(f"release {release.version}", found))
    checks.append(_gathered("list of releases", pointer_problems(warehouse)))
    checks.append(_gathered("certificates", certificate_problems(warehouse)))
    checks.append(_gathered("unfinished work", _unfinished(warehouse)))
    return checks


def _lake_checks(warehouse: Warehouse, told: Callable[[str], None]) -> list[Check]:
    """Return the checks that ask the lake; one that fails where it cannot be opened."""
    checks: list[Check] = []
    try:
        with open_lake(warehouse, read_only=True) as connection:
            for name, problems, notes in _of_lake(connection, warehouse):
                told(name)
                checks.append(_gathered(name, problems, notes))
    except (DamagedCatalogError, NoWarehouseError, duckdb.Error) as error:
        checks += [Check("lake", (_said(error),)), *_without_lake(warehouse)]
    return checks


def _without_lake(warehouse: Warehouse) -> Iterator[Check]:
    """Yield what can be checked where the lake cannot be opened: a file of it may be why."""
    yield _gathered("files of the lake", noted_problems(warehouse))
    yield _gathered("archive", named_problems(warehouse.archive))


def _of_lake(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse
) -> Iterator[tuple[str, Iterable[str], Iterable[str]]]:
    """Yield the checks that ask the lake, with what else they find."""
    files = file_problems(connection, warehouse)
    yield "files of the lake", files, file_notes(connection, warehouse)
    yield "texts of the lake", content_problems(connection), ()
    warnings: list[str] = []
    yield "rules across tables", rule_problems(connection, warnings), warnings
    sources = archive_problems(connection, warehouse)
    yield "archive", sources, archive_notes(connection, warehouse)
