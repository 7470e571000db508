"""The data dictionary of the docs, written from the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knipsel.warehouse.contract import TABLES, Column, Table
from knipsel.warehouse.contract.model import Between, Matches, OneOf, Rule
from knipsel.warehouse.release.views.views import VIEWS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"

INTRODUCTION = """# Data dictionary

What each table and column means. This page is written from the contract
(`make docs`); a test fails where the two differ.

Identifiers are stable: an article is named by the first 16 hex digits of its document's
hash, a dash, and its position in the document; what belongs to it adds `.p3`, `.q1`, `.m12`
or `.t4`. All offsets count Unicode code points from 0 and end exclusive. Dates are EDTF
(ISO 8601-2) and as fine as their evidence. Types are those of the Parquet files: integers
have 64 bits, timestamps are in microseconds and UTC.
"""


def _rule(rule: Rule) -> str:
    """Return a rule as people read it."""
    match rule:
        case OneOf(values):
            return "one of " + ", ".join(f"`{value}`" for value in values)
        case Matches(pattern):
            return "matches `" + pattern.replace("|", "\\|") + "`"
        case Between(minimum, None):
            return f"at least {minimum:g}"
        case Between(minimum, maximum):
            return f"from {minimum:g} to {maximum:g}"


def _row(table: Table, column: Column) -> str:
    """Return a column as a row of the page."""
    facts = [_rule(rule) for rule in column.rules]
    if column.name in table.primary_key:
        facts.insert(0, "key")
    if column.nullable:
        facts.insert(0, "may be null")
    term = f"[{column.term}]({column.term_uri})" if column.term else ""
    return (
        f"| `{column.name}` | {column.type.value} | {column.description} "
        f"| {'; '.join(facts)} | {term} |"
    )


def _table(table: Table) -> Iterator[str]:
    """Yield the lines about a table."""
    yield f"\n## {table.name}\n"
    yield f"{table.description}\n"
    for key in table.foreign_keys:
        columns = ", ".join(f"`{name}`" for name in key.columns)
        yield f"{columns} names a row of [`{key.table}`](#{key.table}).\n"
    yield "| column | type | meaning | rules | term |"
    yield "|---|---|---|---|---|"
    yield from (_row(table, column) for column in table.columns)


def dictionary() -> str:
    """Return the page as Markdown."""
    lines = [INTRODUCTION]
    for table in TABLES:
        lines += _table(table)
    lines += [
        "\n## Views\n",
        "`knipsel.duckdb` holds these besides the tables.\n",
        "| view | one row is |",
        "|---|---|",
        *(f"| `{view.name}` | {view.description} |" for view in VIEWS),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(dictionary(), encoding="utf-8")
