"""Comparing pairs of texts exactly: the texts are fetched, compared, and the outcome stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import duckdb
import pyarrow as pa

from knipsel.transforms.duplicates.comparison import Comparison, Features, compare, features
from knipsel.transforms.duplicates.families import Pair
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.contract.arrow import arrow_schema
from knipsel.warehouse.linking.tables import TEXT_PAIRS
from knipsel.warehouse.sql import column_list, make_table, taken_in

PAIRS_TOGETHER = 20_000
"""Pairs that are compared at a time: their texts' features take some 300 MB at most."""
TEXTS_TOGETHER = 512
"""Texts that are fetched at a time."""
TEXTS_KEPT = 20_000
"""Texts whose features are kept for the next pairs of the run: reading them takes longest."""


class Comparer:
    """Compares pairs of texts that are in the lake or come into it, and stores the outcome."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
        """Start with no text read."""
        self._connection = connection
        self._settings = settings
        self._known: dict[int, Features] = {}

    def compare(self, pairs: Iterable[Pair], found_by: str) -> Iterator[tuple[Pair, Comparison]]:
        """Compare pairs, given in order; store and yield what was found."""
        waiting = iter(pairs)
        while group := list(islice(waiting, PAIRS_TOGETHER)):
            self._read({text for pair in group for text in pair})
            found = [
                (pair, compare(self._known[pair.one], self._known[pair.other], self._settings))
                for pair in group
            ]
            _store(self._connection, found, found_by)
            yield from found

    def _read(self, texts: set[int]) -> None:
        """Have the features of texts at hand."""
        if len(self._known) > TEXTS_KEPT:
            self._known.clear()
        missing = texts - self._known.keys()
        for group in _texts(self._connection, missing) if missing else ():
            made = features([text for _, text in group], self._settings)
            self._known.update(zip((number for number, _ in group), made, strict=True))


def _texts(
    connection: duckdb.DuckDBPyConnection, texts: set[int]
) -> Iterator[Sequence[tuple[int, str]]]:
    """Yield texts with their numbers, in groups."""
    wanted = pa.table({"text_id": pa.array(sorted(texts), pa.int64())})
    with taken_in(connection, "wanted_texts", wanted):
        make_table(
            connection,
            "wanted_articles",
            """
            SELECT text_id, min_by(article_id, article_id) AS article_id,
                min_by(lake_row, article_id) AS lake_row
            FROM text_articles WHERE text_id IN (FROM wanted_texts) GROUP BY text_id
            """,
        )
    result = connection.execute(
        """
        SELECT text_id, text FROM incoming JOIN wanted_articles USING (article_id)
        UNION ALL
        SELECT text_id(text_sha256), text FROM lake.articles
        WHERE rowid IN (SELECT lake_row FROM wanted_articles)
        """
    )
    while group := result.fetchmany(TEXTS_TOGETHER):
        yield group


def _store(
    connection: duckdb.DuckDBPyConnection,
    found: Sequence[tuple[Pair, Comparison]],
    found_by: str,
) -> None:
    """Add compared pairs to ``text_pairs``."""
    columns = {
        "text_id": [pair.one for pair, _ in found],
        "other_text_id": [pair.other for pair, _ in found],
        "found_by": [found_by] * len(found),
    }
    schema = arrow_schema(TEXT_PAIRS)
    rest = [name for name in schema.names if name not in columns]
    columns |= {name: [getattr(outcome, name) for _, outcome in found] for name in rest}
    with taken_in(connection, "compared", pa.table(columns, schema=schema)):
        connection.execute("INSERT INTO lake.text_pairs BY NAME FROM compared")


COMPARED = column_list(name for name in TEXT_PAIRS.column_names if name != "found_by")
"""The columns of ``text_pairs`` that a pair and its comparison are made of."""


def stored_comparisons(rows: Iterable[Sequence[object]]) -> dict[Pair, Comparison]:
    """Return rows of ``text_pairs``, of its columns `COMPARED`, as what was found."""
    return {Pair(row[0], row[1]): Comparison(*row[2:]) for row in rows}  # type: ignore[arg-type]
