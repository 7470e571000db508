"""What the validation page tells, asked of a release's own tables.

Each answer is an aggregate or cut to a number of rows, so that the page stays small however
large the corpus is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from knipsel.warehouse.queries.audit_history import ARTICLE_ID, OF_RELEASE, ON_ENTRY
from knipsel.warehouse.sql import quoted

Row = Mapping[str, Any]

SHOWN_DOCUMENTS = 20
"""How many documents are shown of those that a rule holds back; the table has all."""

SHOWN_ATTEMPTS = 20
"""How many runs are shown whose release was stopped: the newest."""

OBSERVED_CHARACTERS = 500
"""How much is shown of what a rule saw in several runs."""

MOST_BARS = 100
"""Runs in the plot; where there are more, a bar stands for several: narrower ones cannot be told
apart on paper."""

_MINUTE = "%Y-%m-%d %H:%M"
_DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows behind the page.

    ``run`` made the release; ``corpus`` counts; ``entry`` and ``release`` are rules with what
    they found; ``examples`` are articles that a warning names; ``held_back`` and
    ``documents`` are open reasons and documents; ``attempts`` are releases that were
    stopped; ``trend`` are runs, or neighbours together, oldest first.
    """

    run: Row
    corpus: Row
    entry: list[Row]
    release: list[Row]
    examples: list[Row]
    held_back: list[Row]
    documents: list[Row]
    attempts: list[Row]
    trend: list[Row]


def _ask(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """Return the rows of a query by column name."""
    answer = connection.sql(query)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def _time(column: str, form: str = _MINUTE) -> str:
    """Return a time in UTC as text."""
    return f"strftime({column} AT TIME ZONE 'UTC', {quoted(form)})"


def _run(connection: duckdb.DuckDBPyConnection, version: str) -> Row:
    """Return the run that made the release: the last that was audited for it."""
    rows = _ask(
        connection,
        f"""
        SELECT run_id, flow, {_time("started_at")} AS started FROM runs
        WHERE release_version = {quoted(version)} AND result = 'success' AND run_id IN
            (SELECT run_id FROM validations WHERE {OF_RELEASE})
        ORDER BY started_at DESC, run_id DESC LIMIT 1
        """,
    )
    return rows[0] if rows else {"run_id": "", "flow": "", "started": ""}


def _corpus(connection: duckdb.DuckDBPyConnection) -> Row:
    """Return how many documents and articles there are."""
    return _ask(
        connection,
        """
        SELECT (SELECT count(*) FROM articles) AS articles, count(*) AS documents,
            count(*) FILTER (status = 'published') AS published,
            count(*) FILTER (status = 'quarantined') AS quarantined,
            count(*) FILTER (status = 'retracted') AS retracted
        FROM documents
        """,
    )[0]


def _entry(connection: duckdb.DuckDBPyConnection, version: str) -> list[Row]:
    """Return the rules on what came in: what they found in this release's runs, and in all."""
    return _ask(
        connection,
        f"""
        SELECT suite, rule, column_name, severity,
            sum(element_count) FILTER (is_new) AS elements,
            sum(unexpected_count) FILTER (is_new) AS failing,
            sum(element_count) AS all_elements, sum(unexpected_count) AS all_failing,
            left(string_agg(observed_value, '; ' ORDER BY run_id)
                FILTER (is_new AND NOT success), {OBSERVED_CHARACTERS}) AS observed
        FROM validations
        JOIN (SELECT run_id, release_version = {quoted(version)} AS is_new FROM runs)
        USING (run_id)
        WHERE {ON_ENTRY} GROUP BY suite, rule, column_name, severity
        ORDER BY suite, column_name, rule, severity
        """,
    )


def _release(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[Row]:
    """Return the rules on the whole corpus, as the run that made the release found them."""
    return _ask(
        connection,
        f"""
        SELECT suite, rule, column_name, severity, success, element_count AS elements,
            unexpected_count AS failing, observed_value AS observed
        FROM validations WHERE run_id = {quoted(run_id)} AND {OF_RELEASE}
        ORDER BY suite, column_name, rule
        """,
    )


def _examples(connection: duckdb.DuckDBPyConnection, version: str) -> list[Row]:
    """Return the articles that warnings name by the keys of rows, with their files."""
    return _ask(
        connection,
        f"""
        WITH keys AS (
            SELECT DISTINCT suite, rule, column_name, unnest(regexp_extract_all(
                observed_value, '{ARTICLE_ID}')) AS article_id
            FROM validations JOIN runs USING (run_id)
            WHERE release_version = {quoted(version)} AND severity = 'warning' AND NOT success
                AND suite <> 'bounds'
        )
        SELECT suite, rule, column_name, article_id, file_name, headline
        FROM keys JOIN articles USING (article_id) JOIN documents USING (document_id)
        ORDER BY ALL LIMIT {SHOWN_DOCUMENTS}
        """,
    )


_OPEN = """
    SELECT quarantine.* FROM quarantine JOIN documents USING (document_id)
    WHERE documents.status = 'quarantined' AND resolved_at IS NULL
"""


def _held_back(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the open reasons, the most frequent first."""
    return _ask(
        connection,
        f"""
        SELECT rule, count(DISTINCT document_id) AS documents,
            bool_or(column_name IS NOT NULL) AS is_of_audit
        FROM ({_OPEN}) GROUP BY rule ORDER BY documents DESC, rule
        """,
    )


def _documents(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the first documents that each open reason holds back."""
    return _ask(
        connection,
        f"""
        SELECT rule, document_id, min(file_name) AS file_name,
            first(value ORDER BY row_key, value) AS value,
            first(message ORDER BY row_key, value) AS message,
            {_time("min(first_seen_at)", _DAY)} AS since
        FROM ({_OPEN}) GROUP BY rule, document_id
        QUALIFY row_number() OVER (PARTITION BY rule ORDER BY min(file_name), document_id)
            <= {SHOWN_DOCUMENTS}
        ORDER BY rule, file_name, document_id
        """,
    )


def _attempts(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return what stopped earlier releases, the newest first."""
    return _ask(
        connection,
        f"""
        SELECT {_time("started_at")} AS started, flow, suite, rule, element_count AS elements,
            unexpected_count AS failing, observed_value AS observed
        FROM validations JOIN runs USING (run_id)
        WHERE {OF_RELEASE} AND severity = 'critical' AND NOT success
        ORDER BY started_at DESC, suite, rule LIMIT {SHOWN_ATTEMPTS}
        """,
    )


def _trend(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return what runs saw, published and held back, in at most `MOST_BARS` groups."""
    return _ask(
        connection,
        f"""
        WITH numbered AS (
            SELECT *, row_number() OVER (ORDER BY started_at, run_id) - 1 AS number,
                ceil(count(*) OVER () / {MOST_BARS})::BIGINT AS size
            FROM runs WHERE files_seen > 0 OR result = 'failure'
        )
        SELECT count(*) AS runs, {_time("min(started_at)")} AS first,
            {_time("max(started_at)")} AS last, sum(files_seen) AS seen,
            sum(files_new - documents_quarantined) AS published,
            sum(documents_quarantined) AS quarantined,
            count(*) FILTER (result = 'failure') AS failures
        FROM numbered GROUP BY number // size ORDER BY number // size
        """,
    )


def ask_facts(connection: duckdb.DuckDBPyConnection, version: str) -> Facts:
    """Ask all of the tables that the connection uses by default."""
    run = _run(connection, version)
    return Facts(
        run=run,
        corpus=_corpus(connection),
        entry=_entry(connection, version),
        release=_release(connection, run["run_id"]),
        examples=_examples(connection, version),
        held_back=_held_back(connection),
        documents=_documents(connection),
        attempts=_attempts(connection),
        trend=_trend(connection),
    )
