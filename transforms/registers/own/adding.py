"""Registers of one's own, added to those of the project: tables, before anything is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.own.kinds import ENTITIES, register_of
from knipsel.transforms.registers.own.shapes import REPLACES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from knipsel.transforms.registers.own.kinds import Register

RegisterTable = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AddedUp:
    """Registers by the name of their file, and the files of one's own that each is made of.

    Registers of the project come first, so that what is one's own has the last word.
    """

    tables: Mapping[str, RegisterTable]
    own: Mapping[str, tuple[str, ...]]

    def blamed(self, error: RegisterError) -> RegisterError:
        """Return an error of a merged register as one of the files that one added to it."""
        files = self.own.get(error.file_name)
        return RegisterError(", ".join(files), error.key, error.problem) if files else error


def check_own(path: str, table: RegisterTable, project: Collection[str] = ()) -> Register:
    """Return the register that a file of one's own is of; ``project`` are the project's files.

    Raises `RegisterError` where its name is of none, or something in it that nothing reads.
    """
    register = register_of(path, project)
    try:
        register.kind.table.check("", table)
    except ValueError as error:
        raise _named(path, error) from error
    if register.language and table.get("language", register.language) != register.language:
        said = f"must be {register.language!r}, as the name of the file says"
        raise RegisterError(path, "language", said)
    return register


def added_up(project: Mapping[str, RegisterTable], own: Mapping[str, RegisterTable]) -> AddedUp:
    """Return the project's registers with those of one's own added, or in their place.

    Raises `RegisterError` for a file that is of no register, a key that nothing reads, or two
    files of one's own that contradict each other.
    """
    gathered, files = _gathered(project, own)
    tables = dict(project)
    for name, table in gathered.items():
        register = register_of(files[name][0], project)
        base = tables.pop(name, None)
        if name.startswith(ENTITIES):
            base = _with_the_same(table, base, tables, files[name])
        merged = _merged(register, base, table, files[name])
        if name.startswith(ENTITIES):
            merged = _own_last(merged, table)
        if register.language:
            merged["language"] = register.language
        tables[name] = merged
    return AddedUp(tables, files)


def _with_the_same(
    own: RegisterTable,
    base: RegisterTable | None,
    tables: dict[str, RegisterTable],
    files: tuple[str, ...],
) -> RegisterTable | None:
    """Return a register of entities with those of others that a person's own are the same as.

    They are taken out of the others: an entity stands in one file, with one kind.
    """
    found = {kind: dict(rows) for kind, rows in (base or {}).items()}
    for kind, entity_id in _ids(own):
        place = _place_of(entity_id, {files[0]: found, **tables})
        if place is None:
            continue
        name, there = place
        if there != kind:
            said = f"is of the kind {there} in {name}; an entity is of one kind"
            raise RegisterError(", ".join(files), f"{kind}.{entity_id}", said)
        if name in tables:
            rows = dict(tables[name][kind])
            found.setdefault(kind, {})[entity_id] = rows.pop(entity_id)
            tables[name] = {**tables[name], kind: rows}
    return found if found or base is not None else None


def _place_of(entity_id: str, tables: Mapping[str, RegisterTable]) -> tuple[str, str] | None:
    """Return the file and the kind of an entity, where a register has it."""
    for name, table in tables.items():
        for kind, rows in table.items():
            if name.startswith(ENTITIES) and entity_id in rows:
                return name, kind
    return None


def _ids(table: RegisterTable) -> Iterator[tuple[str, str]]:
    """Yield the kind and the id of each entity in a table."""
    for kind, rows in table.items():
        if kind != REPLACES:
            yield from ((kind, entity_id) for entity_id in rows if entity_id != REPLACES)


def _own_last(merged: RegisterTable, own: RegisterTable) -> RegisterTable:
    """Return entities with a person's own at the end: of two with one spelling the last counts."""
    found = {kind: dict(rows) for kind, rows in merged.items()}
    for kind, entity_id in _ids(own):
        found[kind][entity_id] = found[kind].pop(entity_id)
    return found


def _gathered(
    project: Mapping[str, RegisterTable], own: Mapping[str, RegisterTable]
) -> tuple[dict[str, RegisterTable], dict[str, tuple[str, ...]]]:
    """Return the files of one's own by their register, those of one as one, and their names."""
    tables: dict[str, RegisterTable] = {}
    files: dict[str, tuple[str, ...]] = {}
    for path, table in sorted(own.items()):
        register = check_own(path, table, project)
        name = register.file_name
        before = tables.get(name)
        files[name] = (*files.get(name, ()), path)
        tables[name] = _merged(register, before, table, (path,), among_own=True)
    return tables, files


def _merged(
    register: Register,
    base: RegisterTable | None,
    own: RegisterTable,
    files: tuple[str, ...],
    *,
    among_own: bool = False,
) -> RegisterTable:
    try:
        found: RegisterTable = register.kind.table.merged("", base, own, among_own=among_own)
    except ValueError as error:
        raise _named(", ".join(files), error) from error
    return found


def _named(file_name: str, error: ValueError) -> RegisterError:
    key, _, said = str(error).partition(": ")
    return RegisterError(file_name, key, said)
