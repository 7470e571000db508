"""Where documents were seen: what a run records of the files that it saw, or took up again."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from knipsel.warehouse.intake.containers.model import SEPARATOR
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.sql import any_row, make_table, quoted, take_in

_SEPARATOR = quoted(SEPARATOR)

NEW_PLACES = """
    SELECT document_id, path, now AS first_seen_at, now AS last_seen_at
    FROM (
        FROM seen ANTI JOIN lake.sightings USING (document_id, path)
        ANTI JOIN (FROM lake.documents WHERE status = 'retracted') USING (document_id)
    ), run_clock
"""
"""The places that a run saw for the first time, as rows of ``sightings``."""


def places_above(source: str) -> str:
    """Return the query for the places of the containers that places lie in, at whatever depth.

    ``source`` selects ``document_id`` and ``path``; the query adds ``container_path``.
    """
    return f"""
        SELECT document_id, path,
            array_to_string(parts[:depth], {_SEPARATOR}) AS container_path
        FROM (
            SELECT *, unnest(range(1, len(parts))) AS depth FROM (
                SELECT document_id, path, string_split(path, {_SEPARATOR}) AS parts
                FROM ({source}) WHERE contains(path, {_SEPARATOR})
            )
        )
    """


PLACES_INSIDE = f"""
    WITH above AS ({places_above("FROM seen")}), container AS (
        FROM lake.sightings SEMI JOIN seen USING (document_id, path)
    )
    SELECT above.document_id, above.path, min(container.first_seen_at) AS first_seen_at,
        max(container.last_seen_at) AS last_seen_at
    FROM above JOIN container ON container.path = above.container_path
    GROUP BY above.document_id, above.path
"""
"""What lies in the containers of a run that saw no file: it was seen when they were."""


def note_visits(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Note that known places still hold what they held, and give `NEW_PLACES` its clock."""
    connection.execute(
        """
        UPDATE lake.sightings SET last_seen_at = $now
        WHERE (document_id, path) IN (SELECT (document_id, path) FROM seen)
        """,
        {"now": run.started_at},
    )
    take_in(connection, "run_clock", pa.table({"now": [run.started_at]}))


def list_places_inside(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``places_inside``; those that are known were seen when their container was last."""
    make_table(connection, "places_inside", f"{PLACES_INSIDE}")
    earlier = """
        sightings.document_id = inside.document_id AND sightings.path = inside.path
        AND sightings.last_seen_at < inside.last_seen_at
    """
    if any_row(
        connection, f"SELECT 1 FROM lake.sightings, places_inside AS inside WHERE {earlier}"
    ):
        connection.execute(
            f"UPDATE lake.sightings SET last_seen_at = inside.last_seen_at "
            f"FROM places_inside AS inside WHERE {earlier}"
        )


INSIDE = """
    FROM places_inside ANTI JOIN lake.sightings USING (document_id, path)
    ANTI JOIN (FROM lake.documents WHERE status = 'retracted') USING (document_id)
"""
"""The places in containers that are not known yet."""
