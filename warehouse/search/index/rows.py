"""What a release has for search: each article with its texts and names, read from its Parquet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import duckdb

from knipsel.transforms.text.search.article import SearchedArticle
from knipsel.transforms.text.search.query import FACETS
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.contract.versions import CONTRACT_VERSION
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.tables import release_table
from knipsel.warehouse.release.versions import read_index
from knipsel.warehouse.sql import quoted, quoted_list

_ROWS_AT_ONCE = 1_000
_MEMORY = "1GiB"
"""What reading holds in memory before it spills: texts are put into order."""
_TABLES = ("articles", "article_authors", "quotations", "mentions", "entities", "topics")

_COLUMNS = """
    article_id, headline, alternative_headline, description, text, language, publisher,
    genre, article_section, completeness, date_published, date_published_not_before,
    date_published_not_after, is_canonical, canonical_article_id
"""

_QUERY = """
WITH chosen AS (SELECT {columns}, {copies} AS members FROM {articles} AS a {where}),
said AS (
    SELECT q.article_id, list(q.text ORDER BY q.char_start, q.quotation_id) AS quotations,
        list(coalesce(e.name, q.speaker) ORDER BY q.char_start, q.quotation_id) AS said_by,
        list(DISTINCT coalesce(e.name, q.speaker) ORDER BY coalesce(e.name, q.speaker))
            FILTER (q.speaker IS NOT NULL) AS speakers
    FROM {quotations} AS q SEMI JOIN chosen USING (article_id)
    LEFT JOIN {mentions} AS m ON m.mention_id = q.speaker_mention_id
    LEFT JOIN {entities} AS e ON e.entity_id = m.entity_id
    GROUP BY ALL
),
about AS (
    SELECT article_id, list(topic ORDER BY topic) AS topics
    FROM {topics} SEMI JOIN chosen USING (article_id) GROUP BY ALL
),
written AS (
    SELECT article_id, list(DISTINCT name ORDER BY name) AS authors
    FROM {article_authors} SEMI JOIN chosen USING (article_id) GROUP BY ALL
)
SELECT chosen.*, quotations, said_by, speakers, topics, authors FROM chosen
LEFT JOIN said USING (article_id) LEFT JOIN about USING (article_id)
LEFT JOIN written USING (article_id)
ORDER BY date_published_not_before DESC NULLS LAST, article_id
"""
_COPIES = (
    "(SELECT count(*) FROM {articles} AS b WHERE b.canonical_article_id = a.canonical_article_id)"
)


@dataclass(frozen=True)
class ArticleRow:
    """An article of a release as search needs it; ``members`` are those of its cluster.

    ``said_by`` has who says each of the ``quotations``, None where nobody is named.
    """

    article_id: str
    headline: str | None
    alternative_headline: str | None
    description: str | None
    text: str
    language: str | None
    publisher: str | None
    genre: str | None
    article_section: str | None
    completeness: str
    date_published: str | None
    not_before: date | None
    not_after: date | None
    is_canonical: bool
    canonical_article_id: str
    members: int
    quotations: list[str] | None
    said_by: list[str | None] | None
    speakers: list[str] | None
    topics: list[str] | None
    authors: list[str] | None

    @cached_property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """The names that it has, by facet."""
        one = {
            "publisher": self.publisher,
            "language": self.language,
            "genre": self.genre,
            "section": self.article_section,
            "completeness": self.completeness,
        }
        several = {"speaker": self.speakers, "topic": self.topics, "author": self.authors}
        names: dict[str, tuple[str, ...]] = {
            name: (value,) if value else () for name, value in one.items()
        }
        names |= {name: tuple(filter(None, values or ())) for name, values in several.items()}
        return {facet: names[facet] for facet in FACETS}

    @cached_property
    def article(self) -> SearchedArticle:
        """The article as queries see it."""
        headlines = (self.headline, self.alternative_headline)
        lead = self.description
        is_in_text = lead is not None and lead in self.text
        zones = {
            "headline": tuple(filter(None, headlines)),
            "text": tuple(filter(None, (None if is_in_text else lead, self.text))),
            "quotations": tuple(filter(None, self.quotations or ())),
        }
        return SearchedArticle(self.article_id, self.language, zones, self.facets)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day that it can be of, None where either is not known."""
        if self.not_before is None or self.not_after is None:
            return None
        return self.not_before, self.not_after

    def digest(self) -> int:
        """Return a number that is another one where anything that is indexed is."""
        told = repr((self.article.zones, self.facets, self.language, self.days, self.is_canonical))
        return int.from_bytes(blake2b(told.encode("utf-8", "replace"), digest_size=8).digest())


class ArticleSource:
    """The articles of the release in a folder; open while a block uses it.

    Its database is asked where it is as the contract is now, since it finds single articles
    quicker; else its Parquet files are.
    """

    def __init__(self, folder: Path, shared: duckdb.DuckDBPyConnection | None = None) -> None:
        """Open the release; whoever has its database open already has it ``shared``."""
        self._folder = folder
        database = folder / DATABASE
        is_current = read_index(folder).contract_version == CONTRACT_VERSION
        self._has_tables = is_current and database.exists()
        if self._has_tables and shared is not None:
            self._connection = shared.cursor()
            return
        self._connection = (
            duckdb.connect(str(database), read_only=True) if self._has_tables else duckdb.connect()
        )
        self._connection.execute("SET enable_progress_bar = false")
        self._connection.execute(f"SET memory_limit = '{_MEMORY}'")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the release."""
        self.close()

    def close(self) -> None:
        """Close the release."""
        self._connection.close()

    def _table(self, name: str) -> str:
        return name if self._has_tables else f"({release_table(self._folder, BY_NAME[name])})"

    def rows(
        self, identifiers: Collection[str] | None = None, spill: Path | None = None
    ) -> Iterator[ArticleRow]:
        """Yield articles, the newest first: all, or those with some identifiers.

        ``spill`` is a folder for what does not fit into memory.
        """
        if spill is not None:
            self._connection.execute(f"SET temp_directory = {quoted(str(spill))}")
        tables = {name: self._table(name) for name in _TABLES}
        where, copies = "", "1"
        if identifiers is not None:
            where = f"WHERE article_id IN (SELECT unnest({quoted_list(identifiers)}))"
            copies = _COPIES.format(articles=tables["articles"])
        query = _QUERY.format(columns=_COLUMNS, copies=copies, where=where, **tables)
        cursor = self._connection.execute(query)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from (ArticleRow(*row) for row in rows)

    def find(self, beginning: str) -> list[str]:
        """Return the identifiers of articles that begin so, at most some."""
        return self._column(
            f"SELECT article_id FROM {self._table('articles')} "
            f"WHERE starts_with(article_id, {quoted(beginning)}) ORDER BY article_id LIMIT 5"
        )

    def retracted(self) -> list[str]:
        """Return the identifiers of articles that were retracted, as far as the release knows."""
        table = f"({release_table(self._folder, BY_NAME['retractions'])})"
        return self._column(
            f"SELECT DISTINCT article_id FROM {table} "
            "WHERE article_id IS NOT NULL ORDER BY article_id"
        )

    def _column(self, query: str) -> list[str]:
        rows: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
        return [str(value) for (value,) in rows]
