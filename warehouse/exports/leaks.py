"""Proof that an export has no text that may not be passed on: its files are read and searched.

Six words in a row, wherever they stand in a withheld text, are searched for in all that was
written. Headlines and what is shared in full or as a snippet may be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from knipsel.warehouse.exports.model import ExportError
from knipsel.warehouse.exports.shared import FULL, RUN_WORDS, SNIPPET

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Runs = NDArray[np.uint64]

_WORD = re.compile(r"\w+")
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose powers spread the digests of words over 64 bits."""
_TEXTS_AT_ONCE = 2_000
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


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case, and no marks."""
    return _WORD.findall(text.casefold())


def runs_of(texts: Iterable[str]) -> Runs:
    """Return the digests of all runs of six words in some texts, none across two texts."""
    words: list[int] = []
    for text in texts:
        found = words_of(text)
        if len(found) >= RUN_WORDS:
            words += map(hash, found)
            words += [0] * RUN_WORDS  # so that no run goes on in the next text
    if not words:
        return np.empty(0, np.uint64)
    digests = np.array(words, np.int64).view(np.uint64)
    count = len(digests) - RUN_WORDS + 1
    runs = np.zeros(count, np.uint64)
    is_whole = np.ones(count, np.bool_)
    for place in range(RUN_WORDS):
        part = digests[place : place + count]
        runs = runs * _MIX + part
        is_whole &= part != 0
    return runs[is_whole]


def _are_in(runs: Runs, known: Runs) -> NDArray[np.bool_]:
    """Tell of each digest whether it is among known ones, which are sorted."""
    places = np.minimum(np.searchsorted(known, runs), known.size - 1)
    found: NDArray[np.bool_] = known[places] == runs
    return found


def check_leaks(
    connection: duckdb.DuckDBPyConnection, written: Iterable[str], snippet_words: int
) -> None:
    """Raise `LeakError` where texts that were written have words in a row of a withheld one."""
    exported = _union(runs_of(some) for some in _some(written))
    for allowed in _allowed(connection, snippet_words):
        if exported.size and allowed.size:
            exported = np.delete(exported, np.searchsorted(exported, _common(allowed, exported)))
    if not exported.size:
        return
    leaks: list[tuple[str, str]] = []
    for some in _withheld(connection):
        if _are_in(runs_of(text for _, text in some), exported).any():
            leaks += _leaks_in(some, exported)
        if len(leaks) >= SHOWN_LEAKS:
            break
    if leaks:
        raise LeakError(leaks[:SHOWN_LEAKS])


def _common(runs: Runs, known: Runs) -> Runs:
    return np.unique(runs[_are_in(runs, known)])


def _leaks_in(texts: Iterable[tuple[str, str]], exported: Runs) -> Iterator[tuple[str, str]]:
    """Yield the articles of which words were exported, with the first of these words."""
    for name, text in texts:
        places = np.flatnonzero(_are_in(runs_of([text]), exported))
        if places.size:
            words = words_of(text)[places[0] : places[0] + RUN_WORDS]
            yield name, " ".join(words)


def _union(parts: Iterable[Runs]) -> Runs:
    """Return all digests once; parts are joined as they come, so that copies take no room."""
    held: list[Runs] = []
    for part in parts:
        held.append(part)
        if len(held) > _PARTS_HELD:
            held = [np.unique(np.concatenate(held))]
    return np.unique(np.concatenate(held)) if held else np.empty(0, np.uint64)


_PARTS_HELD = 50


def _some(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while some := list(islice(rest, _TEXTS_AT_ONCE)):
        yield some


def _allowed(connection: duckdb.DuckDBPyConnection, snippet_words: int) -> Iterator[Runs]:
    """Yield the digests of what may be in an export, some at a time.

    It comes from the release itself, not from the views that are to hold texts back.
    """
    of = "SEMI JOIN (FROM shared_articles WHERE rank = {}) USING (article_id)"
    full, cut = of.format(FULL), of.format(SNIPPET)
    headlines = "SELECT unnest([headline, alternative_headline]) FROM whole.articles"
    for query in (
        headlines,
        f"SELECT text FROM whole.articles {full}",
        f"SELECT description FROM whole.articles {full}",
        f"SELECT text FROM whole.paragraphs {full}",
    ):
        for some in _rows(connection, query):
            yield runs_of(row[0] for row in some if row[0])
    for some in _rows(connection, f"SELECT text FROM whole.articles {cut}"):
        yield runs_of(" ".join(row[0].split()[:snippet_words]) for row in some)


def _withheld(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[str, str]]]:
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
        yield from _rows(connection, query)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[tuple[str, str]]]:
    cursor = connection.cursor()
    cursor.execute(query)
    while some := cursor.fetchmany(_TEXTS_AT_ONCE):
        yield some
