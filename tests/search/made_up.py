"""Articles of a few made-up words, and an index of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from knipsel.warehouse.search.index.build import IndexedArticles, write_rows
from knipsel.warehouse.search.index.opened import OpenIndex
from knipsel.warehouse.search.index.rows import ArticleRow, ArticleSource
from knipsel.warehouse.search.index.state import read_state

PLAIN = ArticleRow(
    article_id="0" * 16 + "-1",
    headline=None,
    alternative_headline=None,
    description=None,
    text="",
    language="nl",
    publisher=None,
    genre=None,
    article_section=None,
    completeness="complete",
    date_published=None,
    not_before=None,
    not_after=None,
    is_canonical=True,
    canonical_article_id="0" * 16 + "-1",
    members=1,
    quotations=None,
    said_by=None,
    speakers=None,
    topics=None,
    authors=None,
)


def numbered(number: int, text: str, **others: object) -> ArticleRow:
    """Return an article with a text; its identifier is made of its number."""
    identifier = f"{number:016x}-1"
    known = {"article_id": identifier, "canonical_article_id": identifier, "text": text}
    return replace(PLAIN, **(known | others))  # type: ignore[arg-type]


def dated(first: str, last: str) -> dict[str, object]:
    """Return the bounds of a date of publication."""
    return {"not_before": date.fromisoformat(first), "not_after": date.fromisoformat(last)}


class MadeUpSource(ArticleSource):
    """The articles themselves, where a release would be asked."""

    def __init__(self, rows: Sequence[ArticleRow]) -> None:
        """Have some articles."""
        self._rows = {row.article_id: row for row in rows}

    def close(self) -> None:
        """Have nothing to close."""

    def rows(
        self, identifiers: Collection[str] | None = None, spill: Path | None = None
    ) -> Iterator[ArticleRow]:
        """Yield articles."""
        del spill
        yield from (
            row
            for row in self._rows.values()
            if identifiers is None or row.article_id in identifiers
        )


@contextmanager
def indexed(
    rows: Sequence[ArticleRow], before: Sequence[ArticleRow] = ()
) -> Iterator[tuple[OpenIndex, MadeUpSource]]:
    """Return the index of articles, brought up to date from one of others, while the block runs."""
    with TemporaryDirectory() as folder:
        search = Path(folder) / "search"
        search.mkdir()
        articles = None
        if before:
            write_rows(search, before, "made up before")
            articles = IndexedArticles.read(search)
        write_rows(search, rows, "made up", articles)
        state = read_state(search)
        assert state is not None
        yield OpenIndex(Path(folder), search, state), MadeUpSource(rows)
