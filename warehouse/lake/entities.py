"""The table ``entities``: those that the articles of the lake mention, and no others.

What a register says of an entity may change; the newest run that met it knows best.
"""

from __future__ import annotations

import duckdb

from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.sql import any_row, column_list, make_table

MENTIONED = "entity_id IN (SELECT entity_id FROM {schema}.mentions WHERE {condition})"
"""The condition that an entity stays, where mentions stay under a condition."""

_COLUMNS = column_list(BY_NAME["entities"].column_names)

_CHANGED = """
    SELECT entity_id FROM lake.entities AS known JOIN met USING (entity_id)
    WHERE (met.kind, met.name, met.uri) IS DISTINCT FROM (known.kind, known.name, known.uri)
"""


def update_entities(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the entities that ``arriving`` articles mention as their register has them."""
    make_table(
        connection,
        "met",
        f"""
        SELECT DISTINCT ON (entity_id) {_COLUMNS} FROM staged_entities
        WHERE entity_id IN (
            SELECT entity_id FROM staged_mentions SEMI JOIN arriving USING (article_id))
        ORDER BY ALL
        """,
    )
    if any_row(connection, _CHANGED):
        connection.execute(f"DELETE FROM lake.entities WHERE entity_id IN ({_CHANGED})")
    news = "FROM met WHERE entity_id NOT IN (SELECT entity_id FROM lake.entities)"
    if any_row(connection, news):
        connection.execute(
            f"INSERT INTO lake.entities ({_COLUMNS}) SELECT {_COLUMNS} {news} ORDER BY entity_id"
        )


def drop_unmentioned(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove the entities that no article mentions any more."""
    gone = f"NOT ({MENTIONED.format(schema='lake', condition='entity_id IS NOT NULL')})"
    if any_row(connection, f"FROM lake.entities WHERE {gone}"):
        connection.execute(f"DELETE FROM lake.entities WHERE {gone}")
