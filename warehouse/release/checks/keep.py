"""Keeping checks in the lake: a check once, however often its sheet is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from knipsel.transforms.checks.accuracy import Check
from knipsel.transforms.checks.fields import REMOVED_SPANS
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import open_lake_for_questions
from knipsel.warehouse.release.checks.kept_rows import keep_rows
from knipsel.warehouse.release.checks.rows import checks_in
from knipsel.warehouse.sql import quoted_list


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
    keep_rows(warehouse, BY_NAME["checks"], [asdict(one) for one in checks], record)
