"""Copies of what goes that nobody compared with it: they were never in the lake together.

After a way back to a release, what comes is compared with what the lake holds then, and not with
what later releases hold. So a retraction compares the two itself, as the lake would have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from knipsel.transforms.duplicates.comparison import compare, features
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.everywhere import LAKE, places
from knipsel.warehouse.retraction.proof.passages import needles
from knipsel.warehouse.retraction.proof.search import Finder
from knipsel.warehouse.sql import any_row

TEXTS_TOGETHER = 512
"""Texts that are fetched at a time."""


def unlinked_copies(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, settings: DuplicateSettings
) -> set[str]:
    """Return the articles that stay and are duplicates of what goes, though nobody linked them.

    Expects ``retract_articles`` and what `knipsel.warehouse.retraction.everywhere.gather` leaves.
    What the lake holds both of, it has compared, so that this costs next to nothing where it
    holds all there is.
    """
    if not any_row(connection, "FROM everywhere_articles WHERE article_id NOT IN " + _IN_LAKE):
        return set()
    going = list(dict.fromkeys(texts_everywhere(connection, warehouse, "IN")))
    finder = Finder(needles((text for _, text in going), ()))
    holders: dict[int, list[int]] = defaultdict(list)
    for number, (_, text) in enumerate(going):
        for passage in _passages(finder, text):
            holders[passage].append(number)
    found: set[str] = set()
    for article_id, text in texts_everywhere(connection, warehouse, "NOT IN"):
        alike = {number for one in _passages(finder, text) for number in holders[one]}
        if alike and article_id not in found:
            one, *others = features([text, *(going[number][1] for number in alike)], settings)
            if any(compare(one, other, settings).verdict == "duplicate" for other in others):
                found.add(article_id)
    return found


_IN_LAKE = f"(SELECT article_id FROM {LAKE}.articles)"


def _passages(finder: Finder, text: str) -> set[int]:
    return {passage for passage, _ in finder.within(text.encode("utf-8", "surrogatepass"))}


def texts_everywhere(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, which: str
) -> Iterator[tuple[str, str]]:
    """Yield articles that go (``IN``) or stay (``NOT IN``) with their texts, from every place."""
    for schema, _ in places(connection, warehouse):
        rows = connection.execute(
            f"SELECT article_id, text FROM {schema}.articles "
            f"WHERE article_id {which} (SELECT article_id FROM retract_articles) "
            f"AND ('{schema}' = '{LAKE}' OR article_id NOT IN {_IN_LAKE}) ORDER BY article_id"
        )
        while group := rows.fetchmany(TEXTS_TOGETHER):
            yield from group
