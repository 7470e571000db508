"""``datapackage.json``: the release described as a Data Package 2.

The standard is at https://datapackage.org/standard/data-package/; every table, column,
type, key and rule in it comes from the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from knipsel.warehouse.contract import TABLES, Column, ColumnType, Table
from knipsel.warehouse.contract.model import Between, Matches, OneOf

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

FIELD_TYPES: Mapping[ColumnType, str] = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.NUMBER: "number",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DATE: "date",
    ColumnType.TIMESTAMP: "datetime",
}


def constraints(column: Column) -> dict[str, Any]:
    """Return a column's rules as Table Schema constraints."""
    found: dict[str, Any] = {} if column.nullable else {"required": True}
    for rule in column.rules:
        match rule:
            case OneOf(values):
                found["enum"] = list(values)
            case Matches(pattern):
                found["pattern"] = f"^(?:{pattern})$"
            case Between(minimum, maximum):
                bounds = {"minimum": minimum, "maximum": maximum}
                found |= {name: bound for name, bound in bounds.items() if bound is not None}
    return found


def field(column: Column) -> dict[str, Any]:
    """Return a column as a field of a Table Schema."""
    described: dict[str, Any] = {
        "name": column.name,
        "type": FIELD_TYPES[column.type],
        "description": column.description,
    }
    if column.term_uri:
        described["rdfType"] = column.term_uri
    if found := constraints(column):
        described["constraints"] = found
    return described


def table_schema(table: Table) -> dict[str, Any]:
    """Return a table as a Table Schema."""
    schema: dict[str, Any] = {"fields": [field(column) for column in table.columns]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    keys = [key for key in table.foreign_keys if key.columns]
    if keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.columns),
                "reference": {
                    "resource": key.table,
                    "fields": list(_key_of(key.table)),
                },
            }
            for key in keys
        ]
    return schema


def _key_of(name: str) -> tuple[str, ...]:
    """Return the primary key of a table."""
    return next(table.primary_key for table in TABLES if table.name == name)


def resource(table: Table, path: str, sha256: str) -> dict[str, Any]:
    """Return a table's Parquet file as a Data Resource."""
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": f"sha256:{sha256}",
        "schema": table_schema(table),
    }


def data_package(
    version: str, created: datetime, files: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    """Return the description of a release.

    ``files`` gives, for each table, the path of its Parquet file in the release and the
    SHA-256 of that file.
    """
    return {
        "$schema": PROFILE,
        "name": "knipsel",
        "title": "Press clippings: a clean, deduplicated, validated corpus",
        "description": "Articles with their paragraphs, their evidence, and what was left out.",
        "version": version,
        "created": created.isoformat(),
        "resources": [resource(table, *files[table.name]) for table in TABLES],
    }
