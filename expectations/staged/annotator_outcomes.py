"""In how many articles of a run annotators failed, as an outcome for each annotator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow.parquet as pq

from knipsel.expectations.staged.outcomes import SHOWN_ROWS, Outcome
from knipsel.warehouse.lake.staging import ANNOTATOR_FAILED, FAILURES, STORED, Staged

SHOWN_ERRORS = 5
"""How many errors of an annotator are told, the most frequent first."""

Failures = Mapping[str, Sequence[str]]
"""The articles in which an annotator failed, by the error."""


def staged_failures(staged: Staged, batches: int) -> Iterator[dict[str, str]]:
    """Yield the failures of annotators that a run staged, in its order."""
    for batch in range(batches):
        yield from pq.read_table(staged.file(FAILURES, batch)).to_pylist()


def _observed(failures: Failures) -> str:
    """Return the errors of an annotator, each with the first articles in which it came up."""
    first = sorted(failures, key=lambda error: (-len(failures[error]), error))[:SHOWN_ERRORS]
    return "; ".join(f"{error} ({', '.join(failures[error][:SHOWN_ROWS])})" for error in first)


def annotator_outcomes(staged: Staged, batches: int) -> list[Outcome]:
    """Return a warning for each annotator that failed: in how many articles, by which errors.

    The suite is the table that the annotator fills, ``element_count`` the articles of the run.
    """
    failures: dict[str, dict[str, list[str]]] = {}
    for row in staged_failures(staged, batches):
        errors = failures.setdefault(row["annotator"], {})
        errors.setdefault(row["error"], []).append(row["article_id"])
    if not failures:
        return []
    articles = sum(
        pq.read_metadata(staged.file(name, batch)).num_rows
        for name in ("articles", STORED)
        for batch in range(batches)
    )
    return [
        Outcome(
            suite=annotator,
            rule=ANNOTATOR_FAILED,
            column_name=None,
            severity="warning",
            element_count=articles,
            unexpected_count=sum(map(len, errors.values())),
            observed_value=_observed(errors),
        )
        for annotator, errors in sorted(failures.items())
    ]
