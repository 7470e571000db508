"""How fast an index is made and asked, beside the full-text search of SQLite (FTS5).

``python -m benchmarks.search.beside_sqlite 50000``: made-up Dutch articles of 400 words, 50 queries
in exact words, so that both cut texts in the same way; each is asked for the number of all articles
and the ten best. What both find must be the same, or the measurement stops.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.search.made_articles import made_articles, word_list
from knipsel.warehouse.search.ask import Found, Question
from knipsel.warehouse.search.index.build import write_rows
from knipsel.warehouse.search.index.opened import OpenIndex
from knipsel.warehouse.search.index.rows import ArticleRow, ArticleSource
from knipsel.warehouse.search.index.state import read_state

TIMES = 3
"""How often each query is asked; the quickest time counts, since others use the machine too."""
Counter = Callable[[str], int]


class _NoTexts(ArticleSource):
    """No query here needs to look at a text."""

    def __init__(self) -> None:
        pass

    def rows(self, *_: object, **__: object) -> Iterator[ArticleRow]:
        raise AssertionError


def queries(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return 50 queries, as knipsel and as SQLite take them; frequent words and rare ones."""
    places = [0, 1, 2, 4, 8, 15, 30, 60, 100, 200, 400, 800, 1_500, 3_000, 6_000, 12_000, 24_000]
    some = [words[place] for place in places]
    pairs = list(zip(some, some[3:], strict=False))
    exact = [f'"{word}"' for word in some[:16]]
    both = [f'"{one}" AND "{other}"' for one, other in pairs[:9]]
    either = [f'"{one}" OR "{other}"' for one, other in pairs[4:10]]
    same = [*exact, *both, *either]
    asked = [(one, one) for one in same]
    asked += [(f'"{one}" AND NOT "{other}"', f'"{one}" NOT "{other}"') for one, other in pairs[2:6]]
    asked += [(f'"{one} {other}"',) * 2 for one, other in pairwise(some[:6])]
    asked += [(f"{word[:5]}*", f'"{word[:5]}"*') for word in some[6:11]]
    asked += [
        (f'NEAR("{one}" "{other}", 5)', f'NEAR("{one}" "{other}", 5)') for one, other in pairs[:5]
    ]
    return asked


def _made_index(folder: Path, rows: Sequence[ArticleRow]) -> tuple[OpenIndex, float]:
    """Return the index of the articles, and the processor seconds that it took."""
    started = process_time()
    write_rows(folder, rows, "made up")
    took = process_time() - started
    state = read_state(folder)
    assert state is not None
    return OpenIndex(folder, folder, state), took


def _made_table(file: Path, rows: Sequence[ArticleRow]) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute(
        "CREATE VIRTUAL TABLE found USING "
        "fts5(headline, text, content='', tokenize='unicode61 remove_diacritics 0')"
    )
    connection.executemany(
        "INSERT INTO found (rowid, headline, text) VALUES (?, ?, ?)",
        ((number, row.headline, row.text) for number, row in enumerate(rows, 1)),
    )
    connection.execute("INSERT INTO found (found) VALUES ('optimize')")
    connection.commit()
    return connection


def _timed(ask: Counter, query: str) -> tuple[float, int]:
    """Return the quickest time for a query, in milliseconds, and how many it finds."""
    times = []
    for _ in range(TIMES):
        started = perf_counter()
        count = ask(query)
        times.append((perf_counter() - started) * 1_000)
    return min(times), count


def _report(name: str, times: Sequence[float]) -> None:
    print(
        f"{name:12} median {median(times):8.2f} ms   p95 {quantiles(times, n=20)[-1]:8.2f} ms   "
        f"all {sum(times):8.1f} ms"
    )


def measure(count: int, folder: Path) -> None:
    """Measure so many articles in a folder, and print what was seen."""
    words = word_list()
    rows = list(made_articles(count, words))
    index, took = _made_index(_new(folder / "index"), rows)
    text = sum(len(row.text) + len(row.headline or "") for row in rows)
    size = sum(size for size, _ in index.state.files.values())
    print(f"{count:,} articles, {text / 1e6:.0f} million characters of text")
    print(f"index: {count / took:,.0f} articles a processor second; {size / text:.2f} of the text")

    def ask_index(query: str) -> int:
        found = Found(index, Question.of(query), _NoTexts())
        assert len(found.page(10)) <= found.possibly
        return found.possibly

    with closing(_made_table(folder / "fts.sqlite", rows)) as connection:
        print(f"FTS5: {(folder / 'fts.sqlite').stat().st_size / text:.2f} of the text")

        def ask_sqlite(query: str) -> int:
            best = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank LIMIT 10"
            connection.execute(best, [query]).fetchall()
            all_of = "SELECT count(*) FROM found WHERE found MATCH ?"
            return int(connection.execute(all_of, [query]).fetchone()[0])

        ours, theirs = [], []
        for query, for_sqlite in queries(words):
            our_time, our_count = _timed(ask_index, query)
            their_time, their_count = _timed(ask_sqlite, for_sqlite)
            assert our_count == their_count, (query, our_count, their_count)
            ours.append(our_time)
            theirs.append(their_time)
    _report("knipsel", ours)
    _report("FTS5", theirs)
    print(f"knipsel takes {median(ours) / median(theirs):.2f} of the time (median)")
    lemmas = [_timed(ask_index, query.replace('"', ""))[0] for query, _ in queries(words)[:31]]
    _report("by lemma", lemmas)


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=50_000)
    with TemporaryDirectory() as folder:
        measure(parser.parse_args().articles, Path(folder))


if __name__ == "__main__":
    main()
