"""Upkeep of the lake: many small files become few, so that runs do not slow down."""

from __future__ import annotations

import duckdb

MOST_FILES = 48
"""Files that a table may have before they are merged: two days of a run in every hour."""

KEEP_FILES = "1 day"
"""How long files that were merged stay, for readers who opened the lake before."""


def merge_small_files(connection: duckdb.DuckDBPyConnection) -> bool:
    """Merge the lake's files where a table has too many; tell whether it was done.

    Snapshots stay as they are, and no row changes.
    """
    most = connection.sql("SELECT max(file_count) FROM ducklake_table_info('lake')").fetchone()
    if most is None or (most[0] or 0) <= MOST_FILES:
        return False
    connection.execute("CALL ducklake_merge_adjacent_files('lake')")
    connection.execute(
        f"CALL ducklake_cleanup_old_files('lake', older_than => now() - INTERVAL '{KEEP_FILES}')"
    )
    return True
