"""Learning from the whole corpus: which lines recur on its pages and are no article's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table

from knipsel.flows.config.furniture_file import (
    merge_furniture,
    read_furniture,
)
from knipsel.transforms.clean.furniture import find_furniture
from knipsel.transforms.registers.pages.furniture import FurnitureLine
from knipsel.warehouse.lake.connection import locked, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.suggestions.furniture import recurring_lines

_HEAD = """\
Lines that stand on many pages of this corpus, as `knipsel learn` found them.
Where `use` is true, a line is removed from every article that is read from now on, but for the
first two paragraphs of an article. Where it is false, articles kept the line more often than
not, and you decide: set it to true, or leave it. `learn` never changes what `use` says.
`#` stands for any number; `documents` counts those with the line, `removed` those whose
article does not have it.
"""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: the register as it is now, and the lines that are new in it."""

    file: Path
    lines: tuple[FurnitureLine, ...]
    new: frozenset[str]

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
            _write(file, lines)
    new = {one.line for one in lines} - {one.line for one in known}
    return Learned(file, tuple(lines), frozenset(new))


def _write(file: Path, lines: Sequence[FurnitureLine]) -> None:
    """Write the register; comments that a person put above its first entry stay."""
    document = tomlkit.document()
    for row in _head_of(file):
        document.add(tomlkit.comment(row) if row else tomlkit.nl())
    document.add("lines", _tables(lines))
    draft = file.with_suffix(".draft")
    draft.write_text(tomlkit.dumps(document), encoding="utf-8")
    draft.replace(file)


def _head_of(file: Path) -> list[str]:
    if not file.exists():
        return [*_HEAD.splitlines(), ""]
    rows = file.read_text(encoding="utf-8").split("[[lines]]", 1)[0].splitlines()
    return [row.removeprefix("#").strip() for row in rows]


def _tables(lines: Sequence[FurnitureLine]) -> AoT:
    tables = tomlkit.aot()
    for one in lines:
        table: Table = tomlkit.table()
        table.add("line", one.line)
        table.add("documents", one.documents)
        table.add("removed", one.removed)
        table.add("use", one.is_used)
        tables.append(table)
    return tables
