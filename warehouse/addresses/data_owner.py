"""Whose data files are that lie elsewhere than in a warehouse's folder.

What belongs to no snapshot is cleared away from among them, and what is another warehouse's belongs
to none. So their place has one owner, which is written there as a table of one row.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from knipsel.warehouse.addresses.secrets import redacted
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.sql import any_row, quoted

_MARK = "warehouse_id.csv"


class ForeignDataError(RuntimeError):
    """The place where a warehouse is told to keep its data is another one's."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Say which place it is, and what to do."""
        super().__init__(
            f"At {redacted(warehouse.data)} lie the data of another warehouse, and clearing up in "
            f"one would take the other's away: give {warehouse.root} a place of its own in "
            "KNIPSEL_DATA, such as a folder in there. To have a copy of a warehouse whose data lie "
            "elsewhere, back it up and restore it."
        )


def claim_data(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    warehouse_id: str,
    *,
    is_new: bool = False,
) -> None:
    """Write down that the place of the data is this warehouse's, unless that is in its own folder.

    A new warehouse takes only an empty one. Raises `ForeignDataError`.
    """
    root = warehouse.data.rstrip("/")
    if not warehouse.has_remote_data:
        if Path(root).is_relative_to(warehouse.root):
            return
        Path(root).mkdir(parents=True, exist_ok=True)
    mark = quoted(f"{root}/{_MARK}")
    if any_row(connection, f"FROM glob({mark})"):
        found = connection.execute(
            f"SELECT warehouse_id FROM read_csv({mark}, header = true, all_varchar = true)"
        ).fetchone()
        if found != (warehouse_id,):
            raise ForeignDataError(warehouse)
        return
    if is_new and any_row(connection, f"FROM glob({quoted(f'{root}/**/*.parquet')})"):
        raise ForeignDataError(warehouse)
    connection.execute(f"COPY (SELECT {quoted(warehouse_id)} AS warehouse_id) TO {mark} (HEADER)")
