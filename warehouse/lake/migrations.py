"""Bringing a lake of an older contract up to date, and reading one without changing it.

The lake keeps the version of its contract in a table of its own, ``contract``: a table changes in
the transaction that changes the others, which DuckLake's settings do not; and whoever reads the
lake can ask it. What is missing is found by comparing the lake's columns with the contract, so
that a lake that was made while a contract was still being changed is brought up to date as well.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from knipsel.warehouse.addresses.identity import OWNER_TABLE
from knipsel.warehouse.contract import BY_NAME, TABLES, Column, ColumnType, Table, operations
from knipsel.warehouse.contract.ddl import (
    SQL_TYPES,
    as_contract,
    column_definition,
    comment_statements,
    create_statement,
)
from knipsel.warehouse.contract.versions import (
    CONTRACT_VERSION,
    FIRST_VERSION,
    known_version,
    steps_since,
)
from knipsel.warehouse.linking.tables import INTERNAL_TABLES, RETRACTED_TEXTS
from knipsel.warehouse.sql import any_row, identifier

log = logging.getLogger(__name__)

VERSION_TABLE = Table(
    name="contract",
    title="Contract",
    description="Which contract the tables of the lake are of.",
    columns=(Column("version", ColumnType.INTEGER, "The version of the contract."),),
    primary_key=("version",),
    sort_by=("version",),
)

LAKE_TABLES = (*TABLES, *INTERNAL_TABLES, RETRACTED_TEXTS, VERSION_TABLE, OWNER_TABLE)
"""All tables of the lake: those of the contract, and its own."""

_OF_RUNS = frozenset(
    {"sightings", "duplicates", "findings", *(table.name for table in operations.TABLES)}
)
_FROM_READING = frozenset(table.name for table in TABLES) - _OF_RUNS
"""Tables whose rows come from reading documents; runs fill the others by themselves."""


@dataclass(frozen=True, slots=True)
class LakeColumn:
    """A column as the lake has it: its type, and whether it may be null."""

    type: str
    is_nullable: bool


@dataclass(frozen=True, slots=True)
class LakeShape:
    """What a lake is like: the version of its contract, and the columns of its tables."""

    version: int
    tables: Mapping[str, Mapping[str, LakeColumn]]

    @property
    def is_new(self) -> bool:
        """Whether no table of the contract is there yet."""
        return not any(table.name in self.tables for table in TABLES)

    @property
    def is_current(self) -> bool:
        """Whether the lake is what the contract says."""
        return self.version == CONTRACT_VERSION and not any(changes_of(self))


@dataclass(frozen=True, slots=True)
class Change:
    """What a lake is given: which table or column is ``added``, ``widened`` or ``freed`` how.

    A column that is freed may be null from then on. ``needs_reading`` says that only reading
    documents again gives a table or a column its values.
    """

    kind: str
    name: str
    statement: str
    needs_reading: bool = False


def lake_shape(connection: duckdb.DuckDBPyConnection) -> LakeShape:
    """Return what the attached lake is like; raise `NewerContractError` where it is newer."""
    # DuckLake lists all columns in less time than its tables, whose rows it counts for that.
    rows = connection.sql(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
        "WHERE database_name = 'lake' AND schema_name = 'main'"
    ).fetchall()
    tables: dict[str, dict[str, LakeColumn]] = {}
    for table, column, kind, is_nullable in rows:
        tables.setdefault(table, {})[column] = LakeColumn(kind, bool(is_nullable))
    version = FIRST_VERSION
    if VERSION_TABLE.name in tables:
        row = connection.sql(f"SELECT version FROM lake.{VERSION_TABLE.name}").fetchone()
        version = known_version(int(row[0])) if row else version
    return LakeShape(version, tables)


def changes_of(shape: LakeShape) -> Iterator[Change]:
    """Yield what a lake lacks of the contract: nothing where it is up to date."""
    for table in LAKE_TABLES:
        is_read = table.name in _FROM_READING
        if table.name not in shape.tables:
            yield Change("added", table.name, create_statement(table), is_read)
            continue
        present = shape.tables[table.name]
        stated = {step.column for step in steps_since(shape.version, table.name)}
        for column in table.columns:
            if column.name not in present:
                yield _addition(table, column, needs_reading=is_read and column.name not in stated)
        for name, known in present.items():
            yield from _changes_of_column(table, name, known)


def _alter(table: Table) -> str:
    return f"ALTER TABLE lake.{identifier(table.name)}"


def _addition(table: Table, column: Column, *, needs_reading: bool) -> Change:
    """Return the change that adds a column; until steps are taken, it may be null."""
    definition = column_definition(column.optional())
    statement = f"{_alter(table)} ADD COLUMN {definition}"
    return Change("added", f"{table.name}.{column.name}", statement, needs_reading)


def _changes_of_column(table: Table, name: str, known: LakeColumn) -> Iterator[Change]:
    """Yield what a column needs that the lake has; one that the contract has no more, too."""
    contract = {column.name: column for column in table.columns}.get(name)
    alter, full_name = f"{_alter(table)} ALTER COLUMN {identifier(name)}", f"{table.name}.{name}"
    if contract is not None and SQL_TYPES[contract.type] != known.type:
        kind = SQL_TYPES[contract.type]
        yield Change("widened", full_name, f"{alter} SET DATA TYPE {kind}")
    if not known.is_nullable and (contract is None or contract.nullable):
        yield Change("freed", full_name, f"{alter} DROP NOT NULL")


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a lake what it lacks of the contract, in one transaction, and log what that was.

    Whoever calls it holds the warehouse. Where it is stopped, the lake is as it was; doing it
    again changes nothing.
    """
    connection.execute("BEGIN")
    shape = lake_shape(connection)  # it may have changed while the warehouse was waited for
    changes = list(changes_of(shape))
    for change in changes:
        connection.execute(change.statement)
    if not shape.is_new:
        _take_steps(connection, shape)
    for table in LAKE_TABLES:
        for statement in comment_statements(table, "lake"):
            connection.execute(statement)
    connection.execute(f"DELETE FROM lake.{VERSION_TABLE.name}")
    connection.execute(f"INSERT INTO lake.{VERSION_TABLE.name} VALUES ({CONTRACT_VERSION})")
    connection.execute("COMMIT")
    if not shape.is_new and not shape.is_current:
        log.warning(sentence(changes))


def _take_steps(connection: duckdb.DuckDBPyConnection, shape: LakeShape) -> None:
    """Give old rows the values that no comparison knows, and require them from then on."""
    for table in LAKE_TABLES:
        present = shape.tables.get(table.name, {})
        # DuckLake cannot require a value in a table that has no row.
        if not present or not any_row(connection, f"FROM lake.{identifier(table.name)}"):
            continue
        for step in steps_since(shape.version, table.name):
            connection.execute(
                f"UPDATE lake.{table.name} SET {identifier(step.column)} = {step.value}"
            )
        for column in table.columns:
            if column.name not in present and not column.nullable:
                connection.execute(
                    f"{_alter(table)} ALTER COLUMN {identifier(column.name)} SET NOT NULL"
                )


def sentence(changes: Sequence[Change]) -> str:
    """Return what was changed in a line for a person, and what they may do about it."""
    named = [change for change in changes if change.name.partition(".")[0] in BY_NAME]
    parts = [
        f"{kind} {', '.join(change.name for change in named if change.kind == kind)}"
        for kind in ("added", "widened")
        if any(change.kind == kind for change in named)
    ]
    said = f"The warehouse was brought up to date, to contract {CONTRACT_VERSION}"
    said += f": {'; '.join(parts)}." if parts else "."
    if unread := ", ".join(change.name for change in changes if change.needs_reading):
        said += f" `knipsel reprocess` fills {unread} for documents that were read before."
    return said


def show_as_contract(connection: duckdb.DuckDBPyConnection, shape: LakeShape, catalog: str) -> None:
    """Make views in ``lake`` of the tables of an older lake, attached as ``catalog``.

    They have what the contract has: the lake is read as it would be, were it up to date.
    """
    for table in LAKE_TABLES:
        name = identifier(table.name)
        present = shape.tables.get(table.name, {})
        query = as_contract(table, f"{catalog}.{name}", present, shape.version)
        if table is VERSION_TABLE:
            query = f"SELECT {shape.version} AS version"
        connection.execute(f"CREATE VIEW lake.{name} AS {query}")
