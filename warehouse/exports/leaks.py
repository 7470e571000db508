"""Proof that an export has no text that may not be passed on: its files are read and searched.

Six words in a row, wherever they stand in a withheld text, are searched for in all that was
written. Headlines and what is shared in full or as a snippet may be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from knipsel.warehouse.exports.model import FULL, SNIPPET, ExportError
from knipsel.warehouse.exports.runs import (
    RUN_WORDS,
    are_in,
    runs_of,
    some_at_a_time,
    union,
    without,
    words_of,
)
from knipsel.warehouse.exports.withheld import HEADLINES, rows_of, withheld_texts

if TYPE_CHECKING:
    from knipsel.warehouse.exports.runs import Runs

SHOWN_LEAKS = 3


class LeakError(ExportError):
    """An export would have passed on words of a text that is held back."""

    def __init__(self, leaks: list[tuple[str, str]]) -> None:
        """Say which words of which articles, and what to do."""
        shown = "; ".join(f"article {name}: {words!r}" for name, words in leaks)
        super().__init__(
            "Nothing was exported: it would have had words in a row of texts that are held back "
            f"({shown}). Leave out the column that they stand in, or share these articles."
        )


def check_leaks(
    connection: duckdb.DuckDBPyConnection, written: Iterable[str], snippet_words: int
) -> None:
    """Raise `LeakError` where texts that were written have words in a row of a withheld one."""
    exported = union(runs_of(some) for some in some_at_a_time(written))
    for allowed in _allowed(connection, snippet_words):
        exported = without(exported, allowed)
    if not exported.size:
        return
    leaks: list[tuple[str, str]] = []
    for some in withheld_texts(connection):
        if are_in(runs_of(text for _, text in some), exported).any():
            leaks += _leaks_in(some, exported)
        if len(leaks) >= SHOWN_LEAKS:
            break
    if leaks:
        raise LeakError(leaks[:SHOWN_LEAKS])


def _leaks_in(texts: Iterable[tuple[str, str]], exported: Runs) -> Iterator[tuple[str, str]]:
    """Yield the articles of which words were exported, with the first of these words."""
    for name, text in texts:
        places = np.flatnonzero(are_in(runs_of([text]), exported))
        if places.size:
            words = words_of(text)[places[0] : places[0] + RUN_WORDS]
            yield name, " ".join(words)


def _allowed(connection: duckdb.DuckDBPyConnection, snippet_words: int) -> Iterator[Runs]:
    """Yield the digests of what may be in an export, some at a time.

    It comes from the release itself, not from the views that are to hold texts back.
    """
    of = "SEMI JOIN (FROM shared_articles WHERE rank = {}) USING (article_id)"
    full, cut = of.format(FULL), of.format(SNIPPET)
    for query in (
        HEADLINES,
        f"SELECT text FROM whole.articles {full}",
        f"SELECT description FROM whole.articles {full}",
        f"SELECT text FROM whole.paragraphs {full}",
    ):
        for some in rows_of(connection, query):
            yield runs_of(row[0] for row in some if row[0])
    for some in rows_of(connection, f"SELECT text FROM whole.articles {cut}"):
        yield runs_of(" ".join(row[0].split()[:snippet_words]) for row in some)
