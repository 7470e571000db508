"""The rules across tables stop a release whose tables do not hold together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from expectations.release_rules import BrokenInvariantError, check_release, rules
from tests.pipeline import Pipeline
from warehouse.contract import TABLES


@pytest.fixture
def tables(released: Pipeline, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection to a copy of the release that a test may damage."""
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((released.warehouse.latest.resolve() / "knipsel.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as connection:
        yield connection


DAMAGE = {
    "status_fits_articles": "DELETE FROM articles WHERE article_id = (FROM one)",
    "quarantine_has_reason": "DELETE FROM quarantine",
    "document_was_seen": "DELETE FROM sightings",
    "identifier_names_its_document": "UPDATE articles SET position = 2",
    "cluster_has_one_canonical": "UPDATE articles SET is_canonical = false",
    "duplicates_share_a_cluster": """
        UPDATE articles SET cluster_id = article_id, canonical_article_id = article_id,
            is_canonical = true
    """,
    "distinct_articles_stand_apart": "UPDATE duplicates SET is_duplicate = false",
    "bounds_fit_the_date": """
        UPDATE articles SET date_published_not_after = date_published_not_before
        WHERE date_published_precision = 'month'
    """,
    "bounds_without_a_date_have_evidence": """
        UPDATE articles SET date_published = NULL, date_published_precision = 'interval',
            date_published_not_after = NULL
        WHERE date_published_precision = 'month'
    """,
    "runs_add_up": "UPDATE runs SET documents_quarantined = 99",
    "every_document_was_new_once": "UPDATE runs SET files_new = 0, documents_quarantined = 0",
    "key_is_unique": "INSERT INTO topics SELECT 'a-1', 'peace', 1, 0 FROM range(2)",
    "articles_exist": "INSERT INTO topics VALUES ('0123456789abcdef-1', 'peace', 1, 0)",
}


def test_a_sound_release_passes(tables: duckdb.DuckDBPyConnection) -> None:
    """Every rule succeeds, and each table with a key has its rule."""
    outcomes = check_release(tables)
    assert all(outcome.success for outcome in outcomes)
    keyed = {f"release.{table.name}" for table in TABLES if table.primary_key}
    assert {o.suite for o in outcomes if o.rule == "key_is_unique"} == keyed


@pytest.mark.parametrize("rule", DAMAGE)
def test_damage_stops_the_release(tables: duckdb.DuckDBPyConnection, rule: str) -> None:
    """The rule that fails is named, with rows to look at."""
    tables.execute("CREATE TEMP VIEW one AS SELECT min(article_id) FROM articles")
    tables.execute(DAMAGE[rule])
    with pytest.raises(BrokenInvariantError, match=rule):
        check_release(tables)


def test_every_rule_of_the_corpus_has_its_damage() -> None:
    """No rule goes untried."""
    assert {rule.name for rule in rules()} - set(DAMAGE) == {
        # References like any other: the query is the same for each.
        "documents_exist",
        "entities_exist",
        "mentions_exist",
        "paragraphs_exist",
        "runs_exist",
    }
