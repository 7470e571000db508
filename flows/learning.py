"""Learning from the whole corpus: which lines recur on its pages and are no article's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.furniture_file import (
    merge_furniture,
    read_furniture,
    transform_version,
    used_lines,
    write_furniture,
)
from transforms.furniture import FurnitureLine, find_furniture
from warehouse.lake import locked, open_lake
from warehouse.layout import Warehouse
from warehouse.recurring import recurring_lines


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: the register as it is now, and the lines that are new in it."""

    file: Path
    lines: tuple[FurnitureLine, ...]
    new: frozenset[str]
    transform_version: str

    def rows(self) -> list[dict[str, object]]:
        """Return the entries as rows, those that are removed first."""
        ranked = sorted(self.lines, key=lambda one: (not one.is_used, -one.documents, one.line))
        return [
            {
                "use": one.is_used,
                "new": one.line in self.new,
                "documents": one.documents,
                "removed": one.removed,
                "line": one.line,
            }
            for one in ranked
        ]


def learn(warehouse: Warehouse, documents: int, *, write: bool) -> Learned:
    """Find the furniture of a warehouse, and write its register.

    ``documents`` is in how many a line must stand. Raises `NoWarehouseError` where nothing was
    ingested, `RegisterError` where the register as it is cannot be read.
    """
    file = warehouse.furniture_file
    known = read_furniture(file)
    with open_lake(warehouse, read_only=True) as connection:
        found = find_furniture(recurring_lines(connection, documents))
    lines = merge_furniture(known, found)
    if write and tuple(lines) != known:
        with locked(warehouse):
            write_furniture(file, lines)
    new = {one.line for one in lines} - {one.line for one in known}
    return Learned(file, tuple(lines), frozenset(new), transform_version(used_lines(lines)))
