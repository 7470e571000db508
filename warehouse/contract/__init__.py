"""The contract: every table and column that others rely on, each defined once."""

from __future__ import annotations

from knipsel.warehouse.contract import articles, operations, sources, text_annotations
from knipsel.warehouse.contract.model import Column, ColumnType, ForeignKey, Table

TABLES: tuple[Table, ...] = (
    *sources.TABLES,
    *articles.TABLES,
    *text_annotations.TABLES,
    *operations.TABLES,
)
"""All tables; a table stands after those that it refers to, as far as it can."""

BY_NAME = {table.name: table for table in TABLES}

__all__ = ["BY_NAME", "TABLES", "Column", "ColumnType", "ForeignKey", "Table"]
