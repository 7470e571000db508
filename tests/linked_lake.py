"""A lake in memory with nothing but what linking needs: hundreds of runs in seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.contract.arrow import arrow_schema
from knipsel.warehouse.contract.ddl import create_statement
from knipsel.warehouse.linking.articles import update_members, update_pairs
from knipsel.warehouse.linking.canonical import worth_query
from knipsel.warehouse.linking.index import note_departing
from knipsel.warehouse.linking.link import link
from knipsel.warehouse.linking.signing import key_table
from knipsel.warehouse.linking.tables import INTERNAL_TABLES
from knipsel.warehouse.sql import make_table

SEEN_AT = datetime(2024, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """An article made for a test: a name that makes its identifiers, and a text."""

    name: str
    text: str
    completeness: str = "complete"
    headline: str | None = None

    @property
    def document_id(self) -> str:
        """The hash that its document would have."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    @property
    def article_id(self) -> str:
        """Its identifier: the first article of its document."""
        return f"{self.document_id[:16]}-1"

    @property
    def text_sha256(self) -> str:
        """The hash of its text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def row(self) -> dict[str, object]:
        """Return its row, in a cluster of its own."""
        values = {
            "article_id": self.article_id,
            "document_id": self.document_id,
            "position": 1,
            "text": self.text,
            "headline": self.headline,
            "completeness": self.completeness,
            "date_published_precision": "unknown",
            "word_count": len(self.text.split()),
            "char_count": len(self.text),
            "text_sha256": self.text_sha256,
            "cluster_id": self.article_id,
            "canonical_article_id": self.article_id,
            "is_canonical": True,
            "first_seen_at": SEEN_AT,
            "run_id": "run",
            "transform_version": "1",
        }
        return {name: values.get(name) for name in BY_NAME["articles"].column_names}


@dataclass
class LinkedLake:
    """The articles that are there, linked after each change."""

    settings: DuplicateSettings = field(default_factory=DuplicateSettings)
    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def __post_init__(self) -> None:
        """Make the tables."""
        self.connection.execute("ATTACH ':memory:' AS lake")
        names = ("articles", "duplicates", "documents", "statements")
        for table in (*(BY_NAME[name] for name in names), *INTERNAL_TABLES):
            self.connection.execute(create_statement(table))

    def change(self, come: Iterable[Made] = (), go: Iterable[Made] = ()) -> None:
        """Let articles come and others go, in one run."""
        made = list(come)
        self.prepare(made, go)
        self.stage_keys(made)
        self.commit()

    def prepare(self, come: Iterable[Made], go: Iterable[Made] = ()) -> None:
        """Tell which articles come and which go."""
        run = self.connection.execute
        going = pa.array([one.document_id for one in go], pa.string())
        self._register("replaced_table", pa.table({"document_id": going}))
        run("CREATE OR REPLACE TEMP TABLE replaced AS FROM replaced_table")
        schema = arrow_schema(BY_NAME["articles"])
        rows = pa.Table.from_pylist([one.row() for one in come], schema=schema)
        self._register("incoming_table", rows)
        run("CREATE OR REPLACE TEMP TABLE incoming AS FROM incoming_table")
        make_table(self.connection, "incoming_worth", worth_query("lake.statements"))

    def stage_keys(self, come: Iterable[Made]) -> None:
        """Sign the articles that come, as batches do."""
        texts = ((one.article_id, one.text, one.text_sha256) for one in come)
        self._register("staged_text_keys", key_table(texts, self.settings))

    def commit(self) -> None:
        """Do what a commit does about articles and duplicates."""
        run = self.connection.execute
        note_departing(self.connection)
        for column in ("article_id", "other_article_id"):
            run(f"DELETE FROM lake.duplicates WHERE {column} IN (SELECT article_id FROM departing)")
        run("DELETE FROM lake.articles WHERE article_id IN (SELECT article_id FROM departing)")
        if not link(self.connection, self.settings):
            return
        run(
            """
            INSERT INTO lake.articles SELECT incoming.* REPLACE (
                elected.cluster_id AS cluster_id,
                elected.canonical_article_id AS canonical_article_id,
                incoming.article_id = elected.canonical_article_id AS is_canonical)
            FROM incoming JOIN elected USING (article_id)
            """
        )
        update_members(self.connection)
        update_pairs(self.connection, self.settings)

    def _register(self, name: str, table: pa.Table) -> None:
        self.connection.register(name, table)

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        """Return all that follows from the articles: clusters, pairs, and the index itself."""
        return {
            "articles": self.ask(
                "SELECT article_id, cluster_id, canonical_article_id, is_canonical "
                "FROM lake.articles ORDER BY ALL"
            ),
            **{
                table: self.ask(f"FROM lake.{table} ORDER BY ALL")
                for table in ("duplicates", "text_pairs", "text_keys")
            },
        }

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(query).fetchall()

    def clusters(self) -> dict[str, str]:
        """Return the cluster of each article."""
        rows = self.ask("SELECT article_id, cluster_id FROM lake.articles")
        return {str(article): str(cluster) for article, cluster in rows}
