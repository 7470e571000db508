"""Each temporary table is declared once, with who makes it and who reads it: as the SQL has it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import duckdb
import pytest

from knipsel.warehouse.contract.temporary_tables import (
    TEMPORARY_TABLES,
    TemporaryTable,
    UndeclaredTableError,
    declared,
)
from knipsel.warehouse.sql import make_table

ROOT = Path(__file__).parents[2]
LAYERS = ("warehouse", "expectations", "flows")
MAKERS = {"make_table", "make_view", "take_in", "taken_in"}

NAMED_ELSEWHERE = {"sql", "release.views.views", "release.files.describe"}
"""Modules that make temporary views by statements of their own: the one that has the functions,
and two whose views have the names of the contract's tables and of the views of a release."""


def module_name(file: Path) -> str:
    """Return how a module is called in the declarations."""
    name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    return name.removeprefix("warehouse.")


@cache
def modules() -> dict[str, ast.Module]:
    """Return all modules that may use a table, by their names."""
    files = (file for layer in LAYERS for file in sorted((ROOT / layer).rglob("*.py")))
    return {
        module_name(file): ast.parse(file.read_text("utf-8"))
        for file in files
        if file.parent.name != "temporary_tables"
    }


def written(node: ast.expr) -> str | None:
    """Return a string as it is written; ``{}`` stands for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) or "" for part in node.values)
    return "{}" if isinstance(node, ast.FormattedValue) else None


@cache
def strings(module: str) -> list[str]:
    """Return the strings of a module but its docstrings: among them all its SQL."""
    nodes = list(ast.walk(modules()[module]))
    left_out = {node.value for node in nodes if isinstance(node, ast.Expr)}
    left_out |= {part for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    found = (written(node) for node in nodes if isinstance(node, ast.expr) and node not in left_out)
    return [text for text in found if text is not None]


@cache
def named_in(module: str) -> list[str | None]:
    """Return the names that a module makes tables under; None for one that comes from elsewhere.

    What is filled in is left out: such a name stands for several.
    """
    calls = (node for node in ast.walk(modules()[module]) if isinstance(node, ast.Call))
    made = (call for call in calls if getattr(call.func, "id", "") in MAKERS)
    names = (written(call.args[1]) for call in made)
    return [None if name is None else name.replace("{}", "") for name in names]


def is_made_in(table: TemporaryTable, module: str) -> bool:
    """Tell whether a module makes a table; a name from elsewhere is a string of the module."""
    names = named_in(module)
    return table.name in names or (None in names and table.name in strings(module))


def is_read(table: TemporaryTable, text: str) -> bool:
    """Tell whether SQL reads a table: after FROM or JOIN, or a comma that follows one there."""
    if table.name not in text:
        return False
    if table.name.endswith("_"):
        others = "|".join(one.name for one in TEMPORARY_TABLES if one is not table)
        return bool(re.search(rf"\b(?!(?:{others})\b){table.name}(\w|{{}}|$)", text))
    name = re.escape(table.name)
    if re.search(rf"\b{name}(\(\w+(, \w+)*\))? AS (MATERIALIZED )?\(", text):
        return False  # It is a part of the query itself that is called so.
    places = (
        rf"\b(FROM|JOIN|INTO)\s+{name}\b(?!\.)",
        rf"\b(FROM|JOIN)\s+[\w.]+(\s+AS\s+\w+)?\s*,\s*{name}\b",
        rf"\)\s*,\s*{name}\b(?!\s*\()",
    )
    return any(re.search(place, text) for place in places)


def readers_of(table: TemporaryTable) -> set[str]:
    """Return the modules that read a table."""
    return {name for name in modules() if any(is_read(table, text) for text in strings(name))}


def is_of_the_warehouse(module: str) -> bool:
    """Tell whether a module lies in the folder whose tables are declared."""
    return not module.startswith(("flows.", "expectations."))


def test_tables_are_made_by_the_functions_that_know_them() -> None:
    """No module makes one by a statement of its own, so that none is left undeclared."""
    for module in filter(is_of_the_warehouse, modules().keys() - NAMED_ELSEWHERE):
        made = [text for text in strings(module) if re.search(r"\bTEMP\w* (TABLE|VIEW)\b", text)]
        assert made == [], module
        calls = (node for node in ast.walk(modules()[module]) if isinstance(node, ast.Call))
        taken_in = [call for call in calls if getattr(call.func, "attr", "") == "register"]
        assert taken_in == [], module
        for name in filter(None, named_in(module)):
            assert declared(name)


def test_who_makes_a_table_is_declared() -> None:
    """All modules that make it, and no other."""
    makers = {
        table.name: {module for module in modules() if is_made_in(table, module)}
        for table in TEMPORARY_TABLES
    }
    assert makers == {table.name: set(table.makers) for table in TEMPORARY_TABLES}


def test_who_reads_a_table_is_declared() -> None:
    """All modules that read it besides, and no other; a table that nobody reads has no use."""
    readers = {table.name: readers_of(table) for table in TEMPORARY_TABLES}
    assert [name for name, found in readers.items() if not found] == []
    others = {table.name: readers[table.name] - set(table.makers) for table in TEMPORARY_TABLES}
    assert others == {table.name: set(table.readers) for table in TEMPORARY_TABLES}


def test_a_declaration_is_a_sentence_and_stands_once() -> None:
    """It says what a row is."""
    assert [table.name for table in TEMPORARY_TABLES if not table.meaning.endswith(".")] == []
    names = [table.name for table in TEMPORARY_TABLES]
    assert len(names) == len(set(names))


def test_no_other_table_can_be_made() -> None:
    """A name that is not declared is refused at once."""
    with duckdb.connect() as connection, pytest.raises(UndeclaredTableError, match="frehs"):
        make_table(connection, "frehs", "SELECT 1")


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("SELECT 1 FROM fresh", True),
        ("FROM lake.documents SEMI JOIN fresh USING (document_id)", True),
        ("SELECT * FROM lake.sightings AS one, fresh", True),
        ("SELECT * FROM (FROM seen), fresh", True),
        ("INSERT INTO fresh SELECT 1", True),
        ("WITH fresh AS (SELECT 1) FROM fresh", False),
        ("SELECT fresh.document_id FROM lake.documents AS fresh", False),
        ("FROM lake.fresh", False),
        ("FROM freshly", False),
    ],
)
def test_what_reading_is(text: str, is_there: bool) -> None:  # noqa: FBT001 - a case of the test
    """The test itself sees reading where it is, and none where there is none."""
    (table,) = (one for one in TEMPORARY_TABLES if one.name == "fresh")
    assert is_read(table, text) is is_there
