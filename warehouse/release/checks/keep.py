"""Keeping checks in the lake: a check once, however often its sheet is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from knipsel.transforms.checks.accuracy import Check
from knipsel.transforms.checks.fields import REMOVED_SPANS
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.contract.arrow import arrow_schema, mappings_to_table
from knipsel.warehouse.lake.checksums import note_sums
from knipsel.warehouse.lake.commit import insert_run
from knipsel.warehouse.lake.connection import locked, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import open_lake_for_questions
from knipsel.warehouse.release.checks.rows import NAMES, checks_in
from knipsel.warehouse.sql import column_list, quoted_list, taken_in


def kept_checks(warehouse: Warehouse) -> list[Check]:
    """Return all checks of a warehouse."""
    with open_lake_for_questions(warehouse) as connection:
        return checks_in(connection, "checks")


def standing(warehouse: Warehouse, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return those of some rows, by table and key, whose article or source the lake has now."""
    owners = {(table, key): owner_of(table, key) for table, key in keys}
    named = quoted_list(owners.values())
    with open_lake_for_questions(warehouse) as connection:
        found = connection.execute(
            f"SELECT article_id FROM articles WHERE article_id IN (SELECT unnest({named})) "
            "UNION SELECT document_id FROM articles WHERE document_id IN "
            f"(SELECT unnest({named}))"
        ).fetchall()
    present = {owner for (owner,) in found}
    return {row for row, owner in owners.items() if owner in present}


def owner_of(table: str, row_key: str) -> str:
    """Return whose a row is: the document of a removed span, else an article."""
    owner = row_key.partition(":")[0]
    return owner if table == REMOVED_SPANS else owner.partition(".")[0]


def keep(warehouse: Warehouse, checks: Sequence[Check], record: dict[str, object]) -> None:
    """Keep checks in the lake, in place of those with the same identifier, in one transaction.

    ``record`` is the row of ``runs`` for it.
    """
    schema = arrow_schema(BY_NAME["checks"])
    rows = mappings_to_table(schema, [asdict(one) for one in checks])
    with (
        locked(warehouse),
        open_lake(warehouse) as connection,
        taken_in(connection, "new_checks", rows),
    ):
        connection.execute("BEGIN")
        connection.execute(
            "DELETE FROM lake.checks WHERE check_id IN (SELECT check_id FROM new_checks)"
        )
        columns = column_list(NAMES)
        connection.execute(f"INSERT INTO lake.checks ({columns}) SELECT {columns} FROM new_checks")
        insert_run(connection, record)
        connection.execute("COMMIT")
        note_sums(connection, warehouse)
