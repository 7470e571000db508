"""The rules across tables find what does not hold together, each by its own damage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from knipsel.expectations.releases.release_rules import check_release, rules
from knipsel.expectations.releases.span_rules import span_rules
from knipsel.transforms.describe.across.rules import RULES
from knipsel.warehouse.contract import BY_NAME, TABLES
from tests.pipeline import Pipeline


@pytest.fixture
def tables(released: Pipeline, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection to a copy of the release that a test may damage."""
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((released.warehouse.latest.resolve() / "knipsel.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as connection:
        yield connection


ANNOTATION = """
    SELECT paragraph_id || '.m1', article_id, paragraph_id, substring(text, 4, 9),
        char_start + 3, char_start + 12, 'person', 'Elders', NULL, 'made', 1.0
    FROM paragraphs WHERE char_start IS NOT NULL AND length(text) > 20
"""
"""Nine characters of each paragraph, as rows of ``mentions``."""

DAMAGE = {
    "status_fits_articles": "DELETE FROM articles WHERE article_id = (FROM one)",
    "quarantine_has_reason": "DELETE FROM quarantine",
    "document_was_seen": "DELETE FROM sightings",
    "retracted_has_tombstone": "UPDATE documents SET status = 'retracted'",
    "retracted_is_gone": """
        INSERT INTO retractions
        SELECT document_id, article_id, text_sha256, 'asked', first_seen_at, run_id FROM articles
    """,
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
    "checks_fit_their_verdict": """
        INSERT INTO checks SELECT '0', '000001', 'articles', article_id, 'genre', 'essay', 'right',
            'column', 'all', 1, 1, 'Mia', first_seen_at FROM articles LIMIT 1
    """,
    "documents_fit_their_run": "UPDATE runs SET files_new = 0, documents_quarantined = 0",
    "every_document_was_new_once": "UPDATE runs SET files_new = 1",
    "articles_fit_their_run": "UPDATE runs SET articles_published = 1",
    "date_has_evidence": "UPDATE statements SET value = '2020' WHERE field = 'date_published'",
    **{
        method: f"UPDATE statements SET method = '{method}' WHERE field = 'completeness'"
        for method in ("prose_removed", "mostly_removed")
    },
    "offsets_are_in_the_text": "UPDATE articles SET char_count = 1",
    "source_offsets_run_forward": "UPDATE removed_spans SET source_end = source_start",
    "paragraphs_tile_the_text": "DELETE FROM paragraphs WHERE char_start = 0",
    "spans_do_not_overlap": "UPDATE removed_spans SET source_start = 0",
    "topic_is_in_the_text": """
        INSERT INTO topics SELECT article_id, 'peace', 1, char_count FROM articles
    """,
    "annotation_is_verbatim": f"""
        INSERT INTO mentions {ANNOTATION.replace("substring(text, 4, 9)", "'elders'")}
    """,
    "key_is_unique": "INSERT INTO topics SELECT 'a-1', 'peace', 1, 0 FROM range(2)",
    "articles_exist": "INSERT INTO topics VALUES ('0123456789abcdef-1', 'peace', 1, 0)",
}


def test_a_sound_release_passes(tables: duckdb.DuckDBPyConnection) -> None:
    """Every rule succeeds, and each table with a key has its rule."""
    outcomes = check_release(tables)
    assert all(outcome.success for outcome in outcomes)
    keyed = {f"release.{table.name}" for table in TABLES if table.primary_key}
    assert {o.suite for o in outcomes if o.rule == "key_is_unique"} == keyed


DAMAGE |= {
    rule.name: f"INSERT INTO findings SELECT min(article_id), {rule.field!r}, {rule.name!r}, "
    "'warning', 2, 9 FROM articles"
    for rule in RULES
}


@pytest.mark.parametrize("rule", DAMAGE)
def test_damage_is_found(tables: duckdb.DuckDBPyConnection, rule: str) -> None:
    """The rule fails, with rows to look at; all others are evaluated as well."""
    tables.execute("CREATE TEMP VIEW one AS SELECT min(article_id) FROM articles")
    tables.execute(DAMAGE[rule])
    outcomes = check_release(tables)
    assert len(outcomes) == len(list(rules()))
    failed = [outcome for outcome in outcomes if outcome.rule == rule and not outcome.success]
    assert failed
    assert all(outcome.examples and outcome.unexpected_count for outcome in failed)


@pytest.mark.parametrize("table", ["mentions", "quotations", "time_expressions"])
def test_annotations_word_for_word_pass(tables: duckdb.DuckDBPyConnection, table: str) -> None:
    """A stretch of a paragraph passes, counted in code points; one character off does not."""
    columns = (
        "paragraph_id || '.x1' AS {0}, article_id, paragraph_id, substring(text, 4, 9) AS text"
    )
    places = "char_start + {1} + 3 AS char_start, char_start + {1} + 12 AS char_end"
    key = BY_NAME[table].primary_key[0]
    for shift, expected in ((0, True), (1, False)):
        selected = f"{columns}, {places}".format(key, shift)
        tables.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT {selected} "
            "FROM paragraphs WHERE char_start IS NOT NULL AND length(text) > 20"
        )
        rules_of = {rule.name: rule for rule in span_rules() if rule.table == table}
        failing = tables.sql(rules_of["annotation_is_verbatim"].failing).fetchall()
        assert (failing == []) is expected


def test_every_rule_of_the_corpus_has_its_damage() -> None:
    """No rule goes untried."""
    assert {rule.name for rule in rules()} - set(DAMAGE) == {
        # References like any other: the query is the same for each.
        "documents_exist",
        "entities_exist",
        "mentions_exist",
        "paragraphs_exist",
        "runs_exist",
        "topics_exist",
    }
