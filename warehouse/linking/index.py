"""The index of texts: which are new, which are gone, and the keys of those that are there."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.linking.signing import SIGNED_TOGETHER, key_rows
from knipsel.warehouse.linking.tables import STAGED_KEYS, TEXT_ID_MACRO
from knipsel.warehouse.sql import any_row, make_table, make_view, quoted, take_in

OF_REPLACED = "SEMI JOIN replaced USING (document_id)"
"""Which articles go where documents are read again."""


def note_departing(connection: duckdb.DuckDBPyConnection, which: str = OF_REPLACED) -> None:
    """Remember the articles that go, before they are removed.

    ``which`` follows ``FROM lake.articles`` and selects them.
    """
    connection.execute(TEXT_ID_MACRO)
    make_table(
        connection,
        "departing",
        f"""
        SELECT article_id, text_id(text_sha256) AS text_id FROM lake.articles {which}
        """,
    )


def update_index(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Bring the keys in line with the articles that are there after the run.

    Leaves ``text_articles`` (the text of each article that will be there), ``touched_texts``
    (of articles that came or went), of these ``new_texts`` and ``gone_texts``, and ``gone_keys``.
    Where the index was made with other settings, or by nobody, it is made anew, and all texts
    are new.
    """
    is_made = is_current(connection, settings)
    if not is_made:
        _start_anew(connection, settings)
    _list_texts(connection)
    _tell_apart(connection, is_made=is_made)
    make_table(connection, "gone_keys", "FROM lake.text_keys SEMI JOIN gone_texts USING (text_id)")
    if any_row(connection, "FROM gone_keys"):
        connection.execute(
            "DELETE FROM lake.text_keys WHERE text_id IN (SELECT text_id FROM gone_texts)"
        )
    signed = STAGED_KEYS.empty_table() if is_made else _sign_lake(connection, settings)
    take_in(connection, "lake_keys", signed)
    make_view(
        connection,
        "new_keys",
        """
        SELECT text_id, key, is_passage, passages FROM (
            FROM staged_text_keys UNION ALL FROM lake_keys
        ) WHERE article_id IN (SELECT article_id FROM new_texts)
        """,
    )
    if any_row(connection, "FROM new_texts"):
        connection.execute("INSERT INTO lake.text_keys BY NAME FROM new_keys")


def is_current(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> bool:
    """Tell whether the index was made with these settings."""
    stored = connection.execute("SELECT version FROM lake.link_settings").fetchall()
    return stored == [(settings.version,)]


def _start_anew(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Empty the index."""
    for table in ("text_keys", "text_pairs", "link_settings"):
        if any_row(connection, f"FROM lake.{table}"):
            connection.execute(f"DELETE FROM lake.{table}")
    connection.execute(f"INSERT INTO lake.link_settings VALUES ({quoted(settings.version)})")


def _list_texts(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``text_articles``: one look at the articles of the lake for all that follows.

    Rows that are looked up by their number in the lake are found without reading the others;
    by their identifier all would be read.
    """
    make_table(
        connection,
        "text_articles",
        """
        SELECT article_id, text_id(text_sha256) AS text_id, char_count, true AS is_new,
            NULL::BIGINT AS lake_row
        FROM incoming
        UNION ALL
        SELECT article_id, text_id(text_sha256), char_count, false, rowid FROM lake.articles
        """,
    )


def _tell_apart(connection: duckdb.DuckDBPyConnection, *, is_made: bool) -> None:
    """Tell which texts came, which went, and which only have other articles than before."""
    make_table(
        connection,
        "touched_texts",
        """
        SELECT text_id FROM departing UNION SELECT text_id FROM text_articles WHERE is_new
        """,
    )
    make_table(
        connection,
        "gone_texts",
        """
        SELECT DISTINCT text_id FROM departing ANTI JOIN text_articles USING (text_id)
        """,
    )
    known = (
        "SELECT text_id FROM departing UNION ALL FROM text_articles SELECT text_id WHERE NOT is_new"
    )
    make_table(
        connection,
        "new_texts",
        f"""
        SELECT text_id, min(article_id) AS article_id FROM text_articles
        WHERE is_new AND text_id NOT IN ({known if is_made else "SELECT 0 WHERE false"})
        GROUP BY text_id
        """,
    )


def _sign_lake(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> pa.Table:
    """Return the keys of the texts in the lake, which count as new and as touched from now on."""
    make_table(
        connection,
        "unsigned",
        """
        SELECT text_id, min(article_id) AS article_id FROM text_articles
        WHERE NOT is_new AND text_id NOT IN (SELECT text_id FROM new_texts) GROUP BY text_id
        """,
    )
    connection.execute("INSERT INTO new_texts FROM unsigned")
    connection.execute(
        "INSERT INTO touched_texts SELECT text_id FROM unsigned "
        "ANTI JOIN touched_texts USING (text_id)"
    )
    return pa.Table.from_batches(list(_signed(connection, settings)), STAGED_KEYS)


def _signed(
    connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings
) -> Iterator[pa.RecordBatch]:
    """Yield the keys of the articles whose texts are to be signed."""
    result = connection.execute(
        "SELECT article_id, text, text_sha256 FROM lake.articles SEMI JOIN unsigned "
        "USING (article_id) ORDER BY article_id"
    )
    while group := result.fetchmany(SIGNED_TOGETHER):
        yield key_rows(group, settings)
