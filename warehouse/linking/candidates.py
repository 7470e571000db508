"""The pairs of texts that are worth comparing, by their keys.

A key that many texts have, such as a passage of a template, would lead each of them to all the
others. It leads them only to its *anchors*, those of them with the smallest numbers: so the
pairs grow with the texts and not with their square, and still follow from the set of texts
alone. When a text comes or goes, others may stop or begin to be anchors; the pairs of those
are worked out again.
"""

from __future__ import annotations

import duckdb

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.sql import any_row, make_table

NO_LIMIT = (1 << 63) - 1
"""The last anchor of a key that not more texts have than may be anchors: all of them are."""


def find_candidates(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Work out what the new and the gone texts change, and bring ``text_pairs`` in line.

    Expects what `update_index` leaves. Leaves ``to_compare``: pairs that nobody compared yet;
    and ``parted``: pairs that are no candidates any more, which are removed.
    """
    make_table(connection, "active", "SELECT text_id FROM new_texts")
    make_table(
        connection,
        "active_keys",
        """
        SELECT key FROM new_keys UNION ALL SELECT key FROM gone_keys
        """,
    )
    _gather_members(connection, settings)
    if _shift_anchors(connection, settings):
        _gather_members(connection, settings)
    _pair_up(connection, settings)
    _compare_with_known(connection)


def _gather_members(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Leave ``key_members``: the texts of each active key that more than one text has."""
    make_table(
        connection,
        "key_members",
        """
        WITH matching AS MATERIALIZED (
            FROM lake.text_keys SEMI JOIN active_keys USING (key)
        ), shared AS (
            SELECT key FROM matching GROUP BY ALL HAVING count(*) > 1
        )
        SELECT matching.*, active.text_id IS NOT NULL AS is_active
        FROM matching SEMI JOIN shared USING (key) LEFT JOIN active USING (text_id)
        """,
    )
    make_table(
        connection,
        "last_anchors",
        f"""
        SELECT key,
            coalesce(min(text_id, {settings.anchors})[{settings.anchors}], {NO_LIMIT}) AS last
        FROM key_members GROUP BY key
        """,
    )


def _shift_anchors(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> bool:
    """Add texts that became anchors of a key, or ceased to be, to the active ones.

    Tells whether there were any.
    """
    make_table(
        connection,
        "shifted",
        f"""
        WITH before AS (
            SELECT key, text_id FROM key_members ANTI JOIN new_texts USING (text_id)
            UNION ALL SELECT key, text_id FROM gone_keys
        ), anchors_before AS (
            SELECT key,
                coalesce(min(text_id, {settings.anchors})[{settings.anchors}], {NO_LIMIT}) AS last
            FROM before GROUP BY key
        )
        SELECT DISTINCT members.text_id
        FROM last_anchors AS anchors JOIN anchors_before USING (key)
        JOIN key_members AS members USING (key)
        WHERE anchors.last <> anchors_before.last
        AND members.text_id > least(anchors.last, anchors_before.last)
        AND members.text_id <= greatest(anchors.last, anchors_before.last)
        AND NOT members.is_active
        """,
    )
    if not any_row(connection, "FROM shifted"):
        return False
    connection.execute("INSERT INTO active FROM shifted")
    connection.execute(
        """
        INSERT INTO active_keys
        SELECT key FROM lake.text_keys SEMI JOIN shifted USING (text_id)
        """
    )
    return True


def _pair_up(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Leave ``candidates``: the pairs with an active text that have enough keys in common."""
    make_table(
        connection,
        "candidates",
        f"""
        SELECT anchor.text_id, member.text_id AS other_text_id
        FROM key_members AS anchor JOIN last_anchors USING (key)
        JOIN key_members AS member USING (key)
        WHERE anchor.text_id <= last_anchors.last AND anchor.text_id < member.text_id
        AND (anchor.is_active OR member.is_active)
        GROUP BY anchor.text_id, member.text_id
        HAVING bool_or(NOT anchor.is_passage) OR count(*) FILTER (anchor.is_passage) >=
            {settings.passage_share} * least(min(anchor.passages), min(member.passages))
        """,
    )


def _compare_with_known(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave the pairs to compare, and remove those that are no candidates any more."""
    make_table(
        connection,
        "parted",
        """
        SELECT text_id, other_text_id FROM lake.text_pairs
        WHERE text_id IN (FROM gone_texts) OR other_text_id IN (FROM gone_texts)
        UNION
        SELECT text_id, other_text_id FROM lake.text_pairs
        ANTI JOIN candidates USING (text_id, other_text_id)
        WHERE found_by = 'index' AND (text_id IN (FROM active) OR other_text_id IN (FROM active))
        """,
    )
    make_table(
        connection,
        "to_compare",
        """
        FROM candidates ANTI JOIN (FROM lake.text_pairs WHERE found_by = 'index')
        USING (text_id, other_text_id)
        """,
    )
    # A pair that a third text led to, and now its own keys do, is stored as the index's.
    remove_pairs(connection, "FROM parted UNION FROM to_compare")


def remove_pairs(connection: duckdb.DuckDBPyConnection, pairs: str) -> None:
    """Remove the pairs that a query gives from ``text_pairs``."""
    stored = f"FROM lake.text_pairs SEMI JOIN ({pairs}) USING (text_id, other_text_id)"
    if any_row(connection, stored):
        connection.execute(
            "DELETE FROM lake.text_pairs WHERE (text_id, other_text_id) IN "
            f"(SELECT (text_id, other_text_id) FROM ({pairs}))"
        )
