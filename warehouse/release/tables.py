"""The tables of a release, whatever the contract was when it was made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from knipsel.warehouse.contract import BY_NAME, TABLES, Table
from knipsel.warehouse.contract.ddl import as_contract
from knipsel.warehouse.contract.versions import CONTRACT_VERSION
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.files.datapackage import PACKAGE, read_tables
from knipsel.warehouse.release.versions import read_index, read_versions
from knipsel.warehouse.sql import quoted


def table_file(folder: Path, name: str) -> Path:
    """Return the file of a table of the release in a folder."""
    return folder / name / "part-0.parquet"


def document_sources(warehouse: Warehouse) -> list[str]:
    """Return the tables of documents that there are: that of the lake, and of each release."""
    releases = (warehouse.releases / release.version for release in read_versions(warehouse))
    files = (table_file(folder, "documents") for folder in releases)
    return [
        "lake.documents",
        *(f"read_parquet({quoted(str(file))})" for file in files if file.exists()),
    ]


def columns_of(folder: Path, name: str) -> list[str]:
    """Return the columns that a release has in a table; none where it has no such table."""
    file = table_file(folder, name)
    return list(pq.read_schema(file).names) if file.exists() else []


def release_table(folder: Path, table: Table) -> str:
    """Return the query for a table of the release in a folder, as the contract is now.

    A release that was made before the contract had a table, or a column, has no row of the one
    and nothing in the other, unless a step of the contract says more.
    """
    version = read_index(folder).contract_version
    return as_contract(table, _source(folder, table), columns_of(folder, table.name), version)


def _source(folder: Path, table: Table) -> str:
    return f"read_parquet({quoted(str(table_file(folder, table.name)))})"


def own_tables(folder: Path) -> tuple[Table, ...]:
    """Return the tables of the release in a folder as its own contract had them."""
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    return tuple(replace(table, sort_by=_order(folder, table)) for table in read_tables(package))


def _order(folder: Path, table: Table) -> tuple[str, ...]:
    """Return the columns that a table is sorted by; its key where it has no row."""
    file = pq.ParquetFile(table_file(folder, table.name))
    if not file.metadata.num_row_groups:
        return table.primary_key
    columns = file.metadata.row_group(0).sorting_columns
    return tuple(table.column_names[one.column_index] for one in columns)


def with_later_tables(own: Sequence[Table]) -> tuple[Table, ...]:
    """Return a release's own tables with the columns and the tables that came after it.

    What came later stands behind what was there.
    """
    known = {table.name for table in own}
    return (*map(_with_later_columns, own), *(one for one in TABLES if one.name not in known))


def _with_later_columns(own: Table) -> Table:
    now = BY_NAME[own.name].columns if own.name in BY_NAME else ()
    later = (column for column in now if column.name not in own.column_names)
    return replace(own, columns=(*own.columns, *later))


def unchanged_table(folder: Path, table: Table) -> str:
    """Return the query for a table of a release: what it has as it is, and null in the rest."""
    present = columns_of(folder, table.name)
    return as_contract(table, _source(folder, table), present, CONTRACT_VERSION)
