"""Keeping codes in the lake: of a unit, a variable and a coder one, the last that was taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime

import duckdb

from knipsel.transforms.checks.coding.sheet import Unit
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import open_lake_for_questions
from knipsel.warehouse.release.checks.kept_rows import keep_rows
from knipsel.warehouse.sql import column_list

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Code:
    """A row of ``codes``."""

    code_id: str
    article_id: str
    unit: Unit
    unit_id: str
    variable: str
    value: str
    coder: str
    coded_at: datetime
    sample_id: str | None
    text_sha256: str
    note: str | None

    def says_else(self, other: Code) -> bool:
        """Whether it is not what another code says, or not of the same text."""
        return (self.value, self.text_sha256, self.note) != (
            other.value,
            other.text_sha256,
            other.note,
        )


def code_id(unit_id: str, variable: str, coder: str) -> str:
    """Return the identifier of a code."""
    content = repr((unit_id, variable, coder)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=_DIGITS // 2).hexdigest()


NAMES = tuple(field.name for field in fields(Code))


def kept_codes(warehouse: Warehouse) -> list[Code]:
    """Return all codes of a warehouse, in the order of their table."""
    with open_lake_for_questions(warehouse) as connection:
        return list(_codes_in(connection))


def _codes_in(connection: duckdb.DuckDBPyConnection) -> Iterator[Code]:
    order = column_list(BY_NAME["codes"].sort_by)
    rows = connection.execute(f"SELECT {column_list(NAMES)} FROM codes ORDER BY {order}")
    yield from (Code(*row) for row in rows.fetchall())


def keep(warehouse: Warehouse, codes: Collection[Code], record: dict[str, object]) -> None:
    """Keep codes in the lake, in place of those with the same identifier, in one transaction.

    ``record`` is the row of ``runs`` for it.
    """
    keep_rows(warehouse, BY_NAME["codes"], [asdict(one) for one in codes], record)
