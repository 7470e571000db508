"""The contract is whole: names that others rely on, meanings, keys, terms."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pyarrow as pa
import pytest

from knipsel.warehouse.contract import BY_NAME, TABLES, Column, Table
from knipsel.warehouse.contract.arrow import ARROW_TYPES, arrow_schema, relaxed_schema

GOLDEN = Path(__file__).parents[1] / "golden" / "tables.toml"
COLUMNS = [pytest.param(c, id=f"{t.name}.{c.name}") for t in TABLES for c in t.columns]
BY_TABLE = [pytest.param(table, id=table.name) for table in TABLES]


def test_names_are_those_that_others_rely_on() -> None:
    """Tables and columns have their names, in their order."""
    golden = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["tables"]
    assert {name: columns.split(", ") for name, columns in golden.items()} == {
        table.name: list(table.column_names) for table in TABLES
    }


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_described(column: Column) -> None:
    """A column has a meaning in a sentence, and a term of a known vocabulary or none."""
    assert column.description.endswith(".")
    assert column.term is None or (column.term_uri or "").startswith("http")


@pytest.mark.parametrize("table", BY_TABLE)
def test_keys_and_order_are_columns(table: Table) -> None:
    """Keys and sort orders name columns; a key has no nulls."""
    for name in (*table.primary_key, *table.sort_by):
        table.column(name)
    assert not any(table.column(name).nullable for name in table.primary_key)


@pytest.mark.parametrize("table", BY_TABLE)
def test_references_fit_their_target(table: Table) -> None:
    """A foreign key has as many columns, of the same types, as the key that it names."""
    for key in table.foreign_keys:
        target = BY_NAME[key.table]
        own = [table.column(name).type for name in key.columns]
        assert own == [target.column(name).type for name in target.primary_key]


def test_a_name_has_one_type() -> None:
    """The same name means the same type in every table."""
    types: dict[str, set[object]] = {}
    for table in TABLES:
        for column in table.columns:
            types.setdefault(column.name, set()).add(column.type)
    assert [name for name, found in types.items() if len(found) > 1] == []


@pytest.mark.parametrize("table", BY_TABLE)
def test_arrow_schema_carries_the_contract(table: Table) -> None:
    """Types, nullability and meanings reach Arrow."""
    schema = arrow_schema(table)
    assert schema.names == list(table.column_names)
    for column, field in zip(table.columns, schema, strict=True):
        assert field.type == ARROW_TYPES[column.type]
        assert field.nullable == column.nullable
        assert field.metadata[b"description"].decode() == column.description
    assert all(field.nullable for field in relaxed_schema(schema))


def test_types_are_those_that_every_reader_knows() -> None:
    """No nanoseconds, no unsigned integers, no nested types."""
    for kind in ARROW_TYPES.values():
        assert not pa.types.is_nested(kind)
        assert not pa.types.is_unsigned_integer(kind)
    assert pa.timestamp("us", tz="UTC") in ARROW_TYPES.values()


def test_a_missing_column_is_named() -> None:
    """Asking for a column that is not there says which."""
    with pytest.raises(KeyError, match="topics has no column nothing"):
        BY_NAME["topics"].column("nothing")
