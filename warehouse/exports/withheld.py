"""The texts that an export may not have, and the facts that repeat their words."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np

from knipsel.warehouse.contract import TABLES
from knipsel.warehouse.exports.model import FULL
from knipsel.warehouse.exports.runs import RUN_WORDS, are_in, runs_of, union, without
from knipsel.warehouse.sql import identifier

HEADLINES = "SELECT unnest([headline, alternative_headline]) FROM whole.articles"
_TEXTS_AT_ONCE = 2_000


def word_count(text: str) -> str:
    """Return the number of words of a text, in SQL."""
    return f"len(regexp_extract_all({text}, '[\\pL\\pN_]+'))"


def withheld_texts(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[str, str]]]:
    """Yield the texts that are held back, with their articles, some at a time.

    They are the bodies, and what else of an article is running text.
    """
    held = f"SEMI JOIN (FROM shared_articles WHERE rank < {FULL}) USING (article_id)"
    paragraphs = "char_start IS NULL AND role NOT IN ('headline', 'byline', 'dateline')"
    for query in (
        f"SELECT article_id, text FROM whole.articles {held}",
        f"SELECT article_id, description FROM whole.articles {held} WHERE description IS NOT NULL",
        f"SELECT article_id, text FROM whole.paragraphs {held} WHERE {paragraphs}",
    ):
        yield from rows_of(connection, query)


def rows_of(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the rows of a query, some thousands at a time."""
    cursor = connection.cursor()
    cursor.execute(query)
    while some := cursor.fetchmany(_TEXTS_AT_ONCE):
        yield some


def repeating_facts(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """Return the facts that have six words in a row of a withheld text, by table and column.

    A copyright notice may stand below a text too, an edition above it.
    """
    facts = _long_facts(connection)
    runs = {value: np.unique(runs_of([value])) for values in facts.values() for value in values}
    asked = union(runs.values())
    for some in rows_of(connection, HEADLINES):
        asked = without(asked, runs_of(row[0] for row in some if row[0]))
    if not asked.size:
        return {}
    found = union(
        some[are_in(some, asked)]
        for some in (runs_of(text for _, text in texts) for texts in withheld_texts(connection))
    )
    if not found.size:
        return {}
    repeating = {value for value, of in runs.items() if are_in(of, found).any()}
    kept = {place: sorted(repeating.intersection(values)) for place, values in facts.items()}
    return {place: values for place, values in kept.items() if values}


def _long_facts(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """Return the facts that are long enough to repeat a text, by table and column."""
    found = {}
    for table in TABLES:
        for column in table.columns:
            if column.is_free_text and column.holds == "fact":
                name = identifier(column.name)
                query = f"SELECT DISTINCT {name} FROM whole.{identifier(table.name)} "
                query += f"WHERE {word_count(name)} >= {RUN_WORDS}"
                found[table.name, column.name] = [
                    value for (value,) in connection.execute(query).fetchall()
                ]
    return found
