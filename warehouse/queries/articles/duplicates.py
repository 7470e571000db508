"""Why articles are duplicates, or are not, and why one of them stands for all."""

from __future__ import annotations

from typing import Any

import duckdb

from knipsel.transforms.duplicates.differences import differences
from knipsel.transforms.duplicates.families import (
    BY_CARRIERS,
    BY_COMPARISON,
    BY_COMPILATION,
    BY_OTHERS,
)
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.lake.connection import lake_catalog
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.linking.articles import SAME_TEXT
from knipsel.warehouse.linking.canonical import (
    CANONICAL_ORDER,
    worth_columns,
    worth_query,
)
from knipsel.warehouse.linking.tables import TEXT_ID_MACRO
from knipsel.warehouse.queries.articles.meant import find_meant
from knipsel.warehouse.queries.queries import Row, ask, open_lake_for_questions
from knipsel.warehouse.sql import quoted

FIELD = "duplicates"
"""What is asked for beside the fields of an article."""

MOST_PAIRS = 20
"""Pairs that are shown of an article, since finding what differs may take a second; the table
has all."""


class NotLinkedError(RuntimeError):
    """A warehouse whose duplicates were last linked by a version that kept no comparisons."""


_COMPLETENESS = {"complete": 0, "unknown": 0, "truncated": 1}
_LEAST_COMPLETE = 2


def explain_duplicates(
    warehouse: Warehouse, identifier: str, settings: DuplicateSettings
) -> dict[str, Any]:
    """Return the cluster of an article and each pair that it was compared in.

    ``members`` are the articles of its cluster, the canonical one first, ``why_canonical`` says
    what decided, ``pair_count`` how many pairs there are. Each of ``pairs``, the first of them,
    has the columns of ``duplicates``, the numbers behind them, ``why`` in words, and
    ``differences``: stretches with ``is_same``, ``one``, ``other``.
    Raises `NoSuchArticleError`, `NotLinkedError`.
    """
    with open_lake_for_questions(warehouse) as connection:
        _require_comparisons(connection)
        article = find_meant(connection, identifier)
        members = _members(connection, article)
        pairs = _pairs(connection, article)
        count = _pair_count(connection, article)
    return {
        "article_id": article["article_id"],
        "cluster_id": article["cluster_id"],
        "canonical_article_id": article["canonical_article_id"],
        "why_canonical": why_canonical(members),
        "members": members,
        "pair_count": count,
        "pairs": [_explained(article, pair, settings) for pair in pairs],
    }


def _require_comparisons(connection: duckdb.DuckDBPyConnection) -> None:
    known = connection.sql(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = 'text_pairs' "
        f"AND database_name = {quoted(lake_catalog(connection))}"
    ).fetchone()
    if known is None:
        message = "These articles were linked by an older version; run `knipsel ingest` once."
        raise NotLinkedError(message)


def _members(connection: duckdb.DuckDBPyConnection, article: Row) -> list[Row]:
    """Return the articles of a cluster in the order in which one of them is elected."""
    return ask(
        connection,
        f"""
        SELECT article_id, headline, author, publisher, date_published, completeness, char_count,
            is_canonical, {worth_columns("cluster_id")}
        FROM (FROM articles WHERE cluster_id = $cluster_id)
        LEFT JOIN ({worth_query("statements")}) USING (article_id)
        LEFT JOIN (SELECT document_id, reader FROM documents) USING (document_id)
        ORDER BY {CANONICAL_ORDER}
        """,
        {"cluster_id": article["cluster_id"]},
    ).mappings()


def _pairs(connection: duckdb.DuckDBPyConnection, article: Row) -> list[Row]:
    """Return the pairs that an article is in, duplicates and the most alike first."""
    connection.execute(TEXT_ID_MACRO)
    return ask(
        connection,
        f"""
        WITH pairs AS (
            SELECT *, other_article_id AS beside FROM duplicates WHERE article_id = $article_id
            UNION ALL
            SELECT *, article_id FROM duplicates WHERE other_article_id = $article_id
        )
        SELECT pairs.beside AS other_article_id, relation, similarity, containment, method,
            is_duplicate, other.headline, other.publisher, other.date_published, other.text,
            stored.own_share, stored.changed_numbers, stored.score
        FROM pairs JOIN articles AS other ON other.article_id = pairs.beside
        LEFT JOIN (SELECT text_id, other_text_id, own_share, changed_numbers, score
                FROM text_pairs) AS stored
            ON stored.text_id = least(text_id($digest), text_id(other.text_sha256))
            AND stored.other_text_id = greatest(text_id($digest), text_id(other.text_sha256))
        ORDER BY is_duplicate DESC, similarity DESC, beside LIMIT {MOST_PAIRS}
        """,
        {"article_id": article["article_id"], "digest": article["text_sha256"]},
    ).mappings()


def _pair_count(connection: duckdb.DuckDBPyConnection, article: Row) -> int:
    """Return how many pairs an article is in."""
    rows = ask(
        connection,
        "SELECT count(*) FROM duplicates "
        "WHERE article_id = $article_id OR other_article_id = $article_id",
        {"article_id": article["article_id"]},
    ).rows
    return int(rows[0][0])


def _explained(article: Row, pair: Row, settings: DuplicateSettings) -> Row:
    """Return a pair with its reasons and what differs."""
    stretches = differences(article["text"], pair["text"])
    shown = {name: value for name, value in pair.items() if name != "text"}
    return {
        **shown,
        "why": why_pair(pair, settings),
        "differences": [
            {"is_same": item.is_same, "one": item.one, "other": item.other} for item in stretches
        ],
    }


def why_pair(pair: Row, settings: DuplicateSettings) -> str:
    """Say in words what was found of two articles, and what decided."""
    if pair["method"] == SAME_TEXT:
        return "The texts are the same, sign for sign."
    if pair["relation"] == "identical":
        return "The words are the same; only case, punctuation or breaks differ."
    numbers = _numbers(pair)
    if pair["method"] == BY_CARRIERS:
        return (
            f"{numbers} But articles that are unlike each other share as much with them: it is "
            "what their template has in common."
        )
    if pair["method"] == BY_COMPILATION:
        return f"{numbers} But the longer one holds other articles as well: it is a round-up."
    if pair["method"] == BY_OTHERS:
        return (
            f"{numbers} That alone does not prove it, but both are duplicates of the same others."
        )
    return f"{numbers} {_verdict(pair, settings)}"


def _numbers(pair: Row) -> str:
    said = f"The longer text has {pair['containment']:.0%} of the shingles of the shorter one."
    if pair["own_share"] is None:
        return said
    return (
        f"{said} Each has {pair['own_share']:.0%} of its telling words to itself, and "
        f"{pair['changed_numbers']:.0%} of the numbers changed between the same words."
    )


def _verdict(pair: Row, settings: DuplicateSettings) -> str:
    """Say what a score amounts to."""
    meaning = {
        "revision": "two versions of one text",
        "excerpt": "one is a part of the other",
        "same_template": "the same template with something else in it",
        "distinct": "other articles that share a passage",
    }[pair["relation"]]
    if pair["score"] is None:
        return f"So: {meaning}."
    is_above = pair["score"] >= settings.duplicate_score
    side = "not below" if is_above else "below"
    return f"So: {meaning} (score {pair['score']:.2f}, {side} {settings.duplicate_score:g})."


def why_canonical(members: list[Row]) -> str:
    """Say what made the first of a cluster's members, in the order of election, stand for all."""
    if len(members) == 1:
        return "It is the only one."
    first, second = members[0], members[1]
    if _completeness(first) != _completeness(second):
        return f"It is {first['completeness']}, the next one {second['completeness']}."
    for name, words in _UNSURE.items():
        if first[name] != second[name]:
            return words
    if first["form"] != second["form"]:
        return "Both are as sure, but its form is nearer to the source."
    if first["day"] != second["day"]:
        return (
            f"Both are as sure, but it is the earliest: {first['day']}, the next one "
            f"{second['day'] or 'without a date'}."
        )
    return "Nothing else differs, so the smallest identifier decides."


_UNSURE = {
    "is_unsure_of_text": "Its text is clearly surer than that of the next one.",
    "is_uncorrected": "A person corrected it.",
    "is_unsure_of_values": "Its headline, authors and day are clearly surer than the next one's.",
}
"""What tells members apart by the scores that are expected of them."""


def _completeness(member: Row) -> int:
    return _COMPLETENESS.get(member["completeness"], _LEAST_COMPLETE)


METHODS = {
    SAME_TEXT: "The two have the very same text.",
    BY_COMPARISON: "Their texts were compared.",
    BY_OTHERS: "The comparison does not prove it; both are duplicates of the same others.",
    BY_CARRIERS: "What the two share is in several unlike articles: it is their template.",
    BY_COMPILATION: "The longer one holds several unlike articles: it is a round-up of them.",
}
"""What each ``method`` of the table means."""
