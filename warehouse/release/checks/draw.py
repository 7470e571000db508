"""Drawing values of the latest release for a person to check, and looking them up again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb

from knipsel.transforms.checks.fields import Checkable, by_table
from knipsel.transforms.checks.sampling import Drawn, Stratum, draw
from knipsel.transforms.checks.sheet import DrawnValue, Mark, digest
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import open_release
from knipsel.warehouse.release.checks.evidence import Shown, shown
from knipsel.warehouse.release.checks.population import population
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.versions import Release


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draw: so many rows for some fields, with strata by some columns, and the seed."""

    count: int
    fields: tuple[Checkable, ...]
    by: tuple[str, ...] = ()
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: the check, what was drawn, and what to show of it."""

    check_id: str
    drawn: DrawnValue
    shown: Shown

    def cells(self) -> tuple[str, ...]:
        """Return the cells in the order of the sheet's columns, those to fill in empty."""
        seen, drawn = self.shown, self.drawn
        read = (drawn.field.name, seen.value, drawn.field.question, seen.evidence, seen.around)
        facts = (self.check_id, drawn.release_version, drawn.row_key, drawn.stratum)
        counts = (str(drawn.drawn), str(drawn.population))
        about = (seen.headline, seen.publisher, seen.file)
        return ("", "", *(cell or "" for cell in (*read, *about)), *facts, *counts)


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw: its identifier, the release that it is of, its lines; the strata of each table."""

    draw_id: str
    release_version: str
    lines: tuple[Line, ...]
    strata: dict[str, tuple[Stratum, ...]]


def draw_values(warehouse: Warehouse, release: Release, wanted: Wanted) -> Draw:
    """Draw values of the latest release, by chance.

    Fields of one table are drawn on the same rows. Raises ``ValueError`` where one has none.
    """
    names = tuple(field.name for field in wanted.fields)
    draw_id = digest(release.version, names, wanted.by, wanted.count, wanted.seed)
    lines: list[Line] = []
    strata: dict[str, tuple[Stratum, ...]] = {}
    with open_release(warehouse) as connection:
        for table, fields in by_table(wanted.fields).items():
            rows = draw(population(connection, table, wanted.by), wanted.count, wanted.seed)
            if not rows:
                named = ", ".join(field.name for field in fields)
                message = f"Release {release.version} has no {named} to draw."
                raise ValueError(message)
            strata[table] = tuple(sorted({one.stratum for one in rows}, key=_largest_first))
            known = shown(connection, fields, [one.key for one in rows])
            lines += [
                _line(draw_id, release.version, one, field, known[one.key, field.name])
                for one in rows
                for field in fields
            ]
    return Draw(draw_id, release.version, tuple(lines), strata)


def _largest_first(stratum: Stratum) -> tuple[int, str]:
    return -stratum.population, stratum.name


def _line(draw_id: str, version: str, row: Drawn, field: Checkable, seen: Shown) -> Line:
    stratum = row.stratum
    value = DrawnValue(version, field, row.key, stratum.name, stratum.drawn, stratum.population)
    return Line(value.check_id(draw_id, seen.value), value, seen)


def drawn_values(
    warehouse: Warehouse, marks: Iterable[Mark]
) -> dict[tuple[str, str, str], str | None]:
    """Return the values that the releases have of what was drawn, by release, field and row key.

    What a release has no more, or what is of a release that is no more, is left out.
    """
    wanted: dict[str, dict[str, set[Mark]]] = {}
    for mark in marks:
        of_release = wanted.setdefault(mark.drawn.release_version, {})
        of_release.setdefault(mark.drawn.field.name, set()).add(mark)
    return {
        key: value
        for version, by_field in sorted(wanted.items())
        for key, value in _of_release(warehouse, version, by_field.values())
    }


def _of_release(
    warehouse: Warehouse, version: str, marks: Iterable[Iterable[Mark]]
) -> Iterator[tuple[tuple[str, str, str], str | None]]:
    database = warehouse.releases / version / DATABASE
    if not version.isdigit() or not database.exists():
        return
    with duckdb.connect(str(database), read_only=True) as connection:
        for of_field in marks:
            rows = sorted(of_field, key=lambda mark: mark.line)
            field = rows[0].drawn.field
            found = shown(connection, [field], [one.drawn.row_key for one in rows])
            for (row_key, name), seen in found.items():
                yield (version, name, row_key), seen.value
