"""Comparing pairs of texts exactly: the texts are fetched, compared, and the outcome stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import duckdb
import pyarrow as pa

from transforms.duplicates.comparison import Comparison, Features, compare, features
from transforms.duplicates.families import Pair
from transforms.duplicates.settings import DuplicateSettings
from warehouse.arrow import arrow_schema
from warehouse.linking.tables import TEXT_PAIRS

PAIRS_TOGETHER = 20_000
"""Pairs that are compared at a time: their texts' features take some 300 MB at most."""
TEXTS_TOGETHER = 512
"""Texts that are fetched at a time."""


def compare_pairs(
    connection: duckdb.DuckDBPyConnection,
    pairs: Iterable[Pair],
    found_by: str,
    settings: DuplicateSettings,
) -> Iterator[tuple[Pair, Comparison]]:
    """Compare pairs of texts, given in order; store and yield what was found."""
    waiting = iter(pairs)
    while group := list(islice(waiting, PAIRS_TOGETHER)):
        known = _features(connection, {text for pair in group for text in pair}, settings)
        found = [(pair, compare(known[pair.one], known[pair.other], settings)) for pair in group]
        _store(connection, found, found_by)
        yield from found


def _features(
    connection: duckdb.DuckDBPyConnection, texts: set[int], settings: DuplicateSettings
) -> Mapping[int, Features]:
    """Return the features of texts."""
    found: dict[int, Features] = {}
    for group in _texts(connection, texts):
        numbers = [number for number, _ in group]
        found.update(zip(numbers, features([text for _, text in group], settings), strict=True))
    return found


def _texts(
    connection: duckdb.DuckDBPyConnection, texts: set[int]
) -> Iterator[Sequence[tuple[int, str]]]:
    """Yield texts with their numbers, in groups.

    Digests are looked up first, since the lake need not read the texts of others then.
    """
    connection.register("wanted_texts", pa.table({"text_id": pa.array(sorted(texts), pa.int64())}))
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE wanted_articles AS
        SELECT min(article_id) AS article_id, text_id(text_sha256) AS text_id
        FROM (SELECT article_id, text_sha256 FROM incoming
            UNION ALL SELECT article_id, text_sha256 FROM lake.articles)
        WHERE text_id IN (FROM wanted_texts) GROUP BY 2
        """
    )
    connection.unregister("wanted_texts")
    result = connection.execute(
        """
        SELECT text_id, text FROM incoming JOIN wanted_articles USING (article_id)
        UNION ALL
        SELECT text_id, text FROM lake.articles JOIN wanted_articles USING (article_id)
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
    connection.register("compared", pa.table(columns, schema=schema))
    connection.execute("INSERT INTO lake.text_pairs FROM compared")
    connection.unregister("compared")


def stored_comparisons(rows: Iterable[Sequence[object]]) -> dict[Pair, Comparison]:
    """Return rows of ``text_pairs``, without the last column, as what was found."""
    return {Pair(row[0], row[1]): Comparison(*row[2:]) for row in rows}  # type: ignore[arg-type]
