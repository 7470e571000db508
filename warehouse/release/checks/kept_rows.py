"""Keeping in the lake what a sheet brings: a row once, the last that was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from knipsel.warehouse.contract import Table
from knipsel.warehouse.contract.arrow import arrow_schema, mappings_to_table
from knipsel.warehouse.lake.checksums import note_sums
from knipsel.warehouse.lake.commit import insert_run
from knipsel.warehouse.lake.connection import locked, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.sql import column_list, taken_in


def keep_rows(
    warehouse: Warehouse,
    table: Table,
    rows: Iterable[Mapping[str, Any]],
    record: dict[str, object],
) -> None:
    """Keep rows of a table, in place of those with the same key of one column, in one transaction.

    ``record`` is the row of ``runs`` for it.
    """
    brought = mappings_to_table(arrow_schema(table), list(rows))
    (key,) = table.primary_key
    columns = column_list(table.column_names)
    with (
        locked(warehouse),
        open_lake(warehouse) as connection,
        taken_in(connection, "new_rows", brought),
    ):
        connection.execute("BEGIN")
        connection.execute(
            f"DELETE FROM lake.{table.name} WHERE {key} IN (SELECT {key} FROM new_rows)"
        )
        connection.execute(
            f"INSERT INTO lake.{table.name} ({columns}) SELECT {columns} FROM new_rows"
        )
        insert_run(connection, record)
        connection.execute("COMMIT")
        note_sums(connection, warehouse)
