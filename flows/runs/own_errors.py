"""Errors of knipsel's own in a run: what they cost, whether that is too much, and what to send.

They are no document's fault. One that a reader or cleaner has holds its document back; where that
happens to many, the run is given up before it commits anything. Annotators count apart: where one
fails, its annotations are missing and the article is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import duckdb

from knipsel.expectations.advice import OWN_ERRORS
from knipsel.flows.config.tolerance import Tolerance
from knipsel.warehouse.contract.advice import TRANSFORM_ERROR
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.lake.commit import Submission
from knipsel.warehouse.lake.staging import FAILURES
from knipsel.warehouse.sql import quoted

K = TypeVar("K", str, tuple[str, str])

ANNOTATION_TABLES = ("quotations", "mentions", "time_expressions", "topics", "topic_matches")
_SHOWN = 3
"""How many errors are told: where there are more, one cause is likelier than many."""


class OwnErrorsError(RuntimeError):
    """Errors of knipsel's own hold back more documents of a run than is tolerated."""


@dataclass(frozen=True, slots=True)
class OwnErrors:
    """The errors of a run: of how many documents ``read``, which each holds ``held_back``.

    ``unannotated`` are the files with articles that lack annotations, by annotator and error.
    """

    read: int
    held_back: Mapping[str, Sequence[FoundFile]]
    unannotated: Mapping[tuple[str, str], Sequence[FoundFile]]

    def check(self, tolerance: Tolerance) -> None:
        """Raise `OwnErrorsError` where they hold back more documents than is tolerated."""
        documents = {file.document_id for files in self.held_back.values() for file in files}
        if tolerance.allows(len(documents), self.read):
            return
        error, files = _most_frequent(self.held_back)[0]
        message = (
            f"Errors of knipsel's own hold back {len(documents):,} of {self.read:,} documents, "
            f"more than own_error_documents = {tolerance.documents:,} and own_error_share = "
            f"{tolerance.share:g} allow, so nothing was committed. The most frequent is {error}, "
            f"in {len(files):,} of them; {_to_send(files)}. To hold these documents back and "
            "commit the others, raise own_error_share."
        )
        raise OwnErrorsError(message)

    def notes(self) -> Iterator[str]:
        """Yield a sentence for the most frequent errors: what each costs, and what to send."""
        for error, files in _most_frequent(self.held_back)[:_SHOWN]:
            yield (
                f"{self._share(files)} held back by an error of knipsel's own, which is no fault "
                f"of the file ({error}); {_to_send(files)}. After an update, `knipsel quarantine "
                "replay` reads it again."
            )
        for (annotator, error), files in _most_frequent(self.unannotated)[:_SHOWN]:
            yield (
                f"{self._share(files)} published without some {annotator.replace('_', ' ')}, by "
                f"an error of knipsel's own ({error}); {_to_send(files)}. After an update, "
                "`knipsel reprocess` reads it again."
            )

    def _share(self, files: Sequence[FoundFile]) -> str:
        verb = "is" if len(files) == 1 else "are"
        return f"{len(files):,} of {self.read:,} documents {verb}"


def own_errors(submission: Submission) -> OwnErrors:
    """Return the errors of knipsel's own in what a run is about to commit."""
    if submission.staged is None:
        return OwnErrors(0, {}, {})
    found = {file.document_id: file for file in submission.seen}
    staged = {
        name: f"read_parquet({quoted(submission.staged.files(name))})"
        for name in ("documents", "quarantine", FAILURES)
    }
    held_back: dict[str, list[FoundFile]] = {}
    unannotated: dict[tuple[str, str], list[FoundFile]] = {}
    with duckdb.connect() as connection:
        connection.register("audit", submission.quarantine)
        (read,) = connection.sql(f"SELECT count(*) FROM {staged['documents']}").fetchall()[0]
        for document_id, error in connection.sql(_HELD_BACK.format(**staged)).fetchall():
            held_back.setdefault(error, []).append(found[document_id])
        for document_id, *failure in connection.sql(_UNANNOTATED.format(**staged)).fetchall():
            unannotated.setdefault((failure[0], failure[1]), []).append(found[document_id])
    return OwnErrors(read, held_back, unannotated)


_HELD_BACK = f"""
    SELECT DISTINCT document_id,
        CASE rule WHEN '{TRANSFORM_ERROR}' THEN value ELSE rule || ' in ' || table_name END AS error
    FROM (
        SELECT document_id, rule, value, table_name FROM {{quarantine}}
        UNION ALL SELECT document_id, rule, value, table_name FROM audit
    )
    WHERE rule IN ({", ".join(map(quoted, sorted(OWN_ERRORS)))})
        AND table_name NOT IN ({", ".join(map(quoted, ANNOTATION_TABLES))})
    ORDER BY ALL
"""
_UNANNOTATED = f"""
    SELECT DISTINCT document_id, annotator, error FROM {{{FAILURES}}} ORDER BY ALL
"""


def _most_frequent(touched: Mapping[K, Sequence[FoundFile]]) -> list[tuple[K, Sequence[FoundFile]]]:
    return sorted(touched.items(), key=lambda item: (-len(item[1]), item[0]))


def _to_send(files: Sequence[FoundFile]) -> str:
    """Return what a person is asked to do, with the file that is easiest to send."""
    smallest = min(files, key=lambda file: (file.byte_size, file.path))
    return f"report it, with the file {smallest.path} if you may pass it on"
