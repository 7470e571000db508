"""The tables of a release as the contract is now, whatever it was when the release was made."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from knipsel.warehouse.contract import Table
from knipsel.warehouse.lake.connection import SQL_TYPES
from knipsel.warehouse.sql import identifier, quoted


def release_table(folder: Path, table: Table) -> str:
    """Return the query for a table of the release in a folder.

    A release that was made before the contract had a table, or a column, has no row of the one
    and nothing in the other.
    """
    file = folder / table.name / "part-0.parquet"
    present = set(pq.read_schema(file).names) if file.exists() else set[str]()
    columns = (
        identifier(column.name)
        if column.name in present
        else f"CAST(NULL AS {SQL_TYPES[column.type]}) AS {identifier(column.name)}"
        for column in table.columns
    )
    source = f"FROM read_parquet({quoted(str(file))})" if present else "WHERE false"
    return f"SELECT {', '.join(columns)} {source}"
