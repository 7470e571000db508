"""The bounds on the whole corpus, measured by SQL on the tables of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from knipsel.expectations.bounds.file import (
    SHARE_OF_LANGUAGE,
    UNLESS_NAMED,
    Bound,
    Bounds,
    LanguageBound,
    number_text,
)
from knipsel.expectations.staged.outcomes import Outcome
from knipsel.warehouse.sql import quoted

SUITE = "bounds"
"""The suite of the bounds in ``validations``."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What bounds are measured against: the day of the run, and the release that readers have.

    ``latest`` is that release's folder; None where there is none yet. ``own_bounds`` is where
    the warehouse has its bounds, or would have them.
    """

    today: date
    latest: Path | None = None
    own_bounds: Path | None = None


@dataclass(frozen=True, slots=True)
class _Query:
    """A query for a measured number and on how many it was measured; the column it is about."""

    sql: str
    column: str | None = None


def _share_with(column: str) -> _Query:
    """Return the query for the share of articles that have a value."""
    share = f"count({column}) / nullif(count(*), 0)"
    return _Query(f"SELECT {share}, count(*) FROM articles", column)


_QUERIES: Mapping[str, _Query] = {
    "articles": _Query("SELECT count(*), count(*) FROM articles"),
    "documents": _Query("SELECT count(*), count(*) FROM documents WHERE status <> 'retracted'"),
    "share_with_date": _share_with("date_published"),
    "share_with_author": _share_with("author"),
    "share_with_publisher": _share_with("publisher"),
    "share_quarantined": _Query(
        """
        SELECT count(*) FILTER (status = 'quarantined') / nullif(count(*), 0), count(*)
        FROM documents WHERE status <> 'retracted'
        """,
        "status",
    ),
    "median_word_count": _Query("SELECT median(word_count), count(*) FROM articles", "word_count"),
    "days_since_newest_article": _Query(
        """
        SELECT $today - least(max(date_published_not_after), $today), count(*)
        FROM articles WHERE date_published IS NOT NULL
        """,
        "date_published",
    ),
    "share_kept": _Query(
        """
        SELECT count(now.article_id) / nullif(count(*), 0), count(*)
        FROM latest_articles AS before
        LEFT JOIN articles AS now ON now.article_id = before.article_id
        LEFT JOIN documents AS source ON source.document_id = before.document_id
        WHERE source.status IS DISTINCT FROM 'retracted'
        """,
        "article_id",
    ),
    "share_of_latest": _Query(
        """
        SELECT (SELECT count(*) FROM articles) / nullif(count(*), 0), count(*)
        FROM latest_articles AS before
        LEFT JOIN documents AS source ON source.document_id = before.document_id
        WHERE source.status IS DISTINCT FROM 'retracted'
        """,
        "article_id",
    ),
    SHARE_OF_LANGUAGE: _Query(
        """
        SELECT count(*) FILTER (is_tagged(language, $language)) / nullif(count(language), 0),
            count(language)
        FROM articles
        """,
        "language",
    ),
}
"""How each measure is taken. A month's article counts as of its last day: it may be of that."""


def _prepare(connection: duckdb.DuckDBPyConnection, latest: Path | None) -> None:
    """Have the articles of the latest release at hand, and what it means to be in a language."""
    files = latest / "articles" / "*.parquet" if latest else None
    rows = f"read_parquet({quoted(str(files))})" if files else "articles WHERE false"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW latest_articles AS SELECT article_id, document_id FROM {rows}"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO is_tagged(language, tag) AS "
        "language = tag OR starts_with(language, tag || '-')"
    )


def _measured(
    connection: duckdb.DuckDBPyConnection, bound: Bound, today: date
) -> tuple[float | None, int]:
    """Return what a bound is on, and on how many it was measured."""
    name, _, language = bound.measure.partition(".")
    sql = _QUERIES[name].sql
    values: dict[str, object] = {"today": today, "language": language}
    used = {key: value for key, value in values.items() if f"${key}" in sql}
    seen, elements = connection.execute(sql, used).fetchone() or (None, 0)
    return (None if seen is None else float(seen)), int(elements)


def _outcome(connection: duckdb.DuckDBPyConnection, bound: Bound, today: date) -> Outcome:
    """Return the outcome of a bound on a number; what cannot be measured breaks none."""
    seen, elements = _measured(connection, bound, today)
    counts = seen is not None and elements >= bound.counts_from
    is_broken = counts and seen is not None and not bound.holds(seen)
    return Outcome(
        suite=SUITE,
        rule=bound.rule,
        column_name=_QUERIES[bound.measure.partition(".")[0]].column,
        severity=bound.severity,
        element_count=elements,
        unexpected_count=int(is_broken),
        observed_value=None if seen is None else number_text(seen),
    )


def _language_outcome(
    bound: LanguageBound, found: Sequence[tuple[str, int]], elements: int
) -> Outcome:
    """Return the outcome of a bound on which languages there are.

    What fails are the required languages that are not there, or the articles in others
    than those allowed.
    """

    def is_tagged(language: str, tag: str) -> bool:
        return language == tag or language.startswith(f"{tag}-")

    if bound.kind == "required":
        present = [tag for tag in bound.languages if any(is_tagged(one, tag) for one, _ in found)]
        failing = len(bound.languages) - len(present)
    else:
        failing = sum(
            count
            for language, count in found
            if not any(is_tagged(language, tag) for tag in bound.languages)
        )
    return Outcome(
        suite=SUITE,
        rule=bound.rule,
        column_name="language",
        severity=bound.severity,
        element_count=elements,
        unexpected_count=failing if elements >= bound.counts_from else 0,
        observed_value=", ".join(f"{language} {count}" for language, count in found) or None,
    )


def check_bounds(
    connection: duckdb.DuckDBPyConnection, bounds: Bounds, circumstances: Circumstances
) -> list[Outcome]:
    """Measure every bound on the tables that the connection uses by default.

    The one that no file need name is among them where there is enough to measure it on.
    """
    _prepare(connection, circumstances.latest)
    outcomes = [_outcome(connection, bound, circumstances.today) for bound in bounds.numbers]
    if all(bound.measure != UNLESS_NAMED.measure for bound in bounds.numbers):
        unasked = _outcome(connection, UNLESS_NAMED, circumstances.today)
        outcomes += [unasked] if unasked.element_count >= UNLESS_NAMED.counts_from else []
    if bounds.languages:
        found = connection.sql(
            """
            SELECT language, count(*) FROM articles WHERE language IS NOT NULL
            GROUP BY language ORDER BY count(*) DESC, language
            """
        ).fetchall()
        elements = sum(count for _, count in found)
        outcomes += [_language_outcome(bound, found, elements) for bound in bounds.languages]
    return outcomes
