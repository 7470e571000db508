"""Publishing a document in spite of its reasons: which rules a person can overrule."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import duckdb
import pyarrow as pa

from knipsel.expectations.advice import advice_on
from knipsel.warehouse.lake.commit import Submission
from knipsel.warehouse.lake.staging import Finding, Run, Staged, quarantine_table
from knipsel.warehouse.lake.stored_documents import (
    RELEASED,
    KnownDocument,
    open_rules,
    readable_documents,
)
from knipsel.warehouse.sql import quoted


class NotReleasedError(RuntimeError):
    """A document cannot be published in spite of its reasons."""


def _named(document: KnownDocument) -> str:
    return f"{document.found.file_name} ({document.document_id[:16]})"


def rules_to_waive(connection: duckdb.DuckDBPyConnection, document_id: str) -> tuple[str, ...]:
    """Return the rules to waive so that a document is published.

    Raises `NotReleasedError` where nothing holds it back, or what does cannot be overruled.
    """
    found = readable_documents(connection, [document_id], "quarantined")
    if not found:
        message = f"Nothing holds {document_id[:16]} back, so there is nothing to release."
        raise NotReleasedError(message)
    rules = sorted(open_rules(connection)[document_id])
    for rule in rules:
        advice = advice_on(rule)
        if advice.refusal:
            message = (
                f"{_named(found[0])} cannot be released from {rule}: {advice.refusal}. "
                f"{advice.advice}"
            )
            raise NotReleasedError(message)
    return tuple(rules)


def _still_failing(submission: Submission, staged: Staged) -> list[tuple[str, str]]:
    """Return why what was staged does not pass: rules with their messages."""
    files = quoted(staged.files("quarantine"))
    with duckdb.connect() as connection:
        connection.register("audit", submission.quarantine)
        return connection.execute(
            f"SELECT DISTINCT rule, message FROM (SELECT rule, message FROM read_parquet({files}) "
            "UNION ALL SELECT rule, message FROM audit) ORDER BY ALL"
        ).fetchall()


def check_release_passes(submission: Submission, document: KnownDocument) -> None:
    """Raise `NotReleasedError` where a document does not pass although its reasons are waived."""
    if submission.staged is None:
        return
    failing = _still_failing(submission, submission.staged)
    if failing:
        rule, message = failing[0]
        sentence = (
            f"{_named(document)} cannot be released: read without what held it back, it fails "
            f"{rule}. {message} {advice_on(rule).advice} Nothing was changed."
        )
        raise NotReleasedError(sentence)


def released_rows(
    document: KnownDocument, rules: Collection[str], reason: str, run: Run
) -> pa.Table:
    """Return the rows of ``quarantine`` that say that a person released a document, and why."""
    findings: Sequence[Finding] = [
        Finding(
            document_id=document.document_id,
            table_name="documents",
            row_key=document.document_id,
            rule=RELEASED,
            message=reason,
            value=rule,
        )
        for rule in sorted(rules)
    ]
    rows = quarantine_table(findings, {document.document_id: document.found.file_name}, run)
    place = rows.schema.get_field_index("resolved_at")
    return rows.set_column(place, "resolved_at", rows["first_seen_at"])
