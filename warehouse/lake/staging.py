"""Staged rows: what a batch of documents became, as Parquet files beside the lake.

A batch writes one file per table; the audit and the commit read all batches of a run at
once in SQL, so memory does not grow with the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.transforms.model import AnnotationRows, ProcessedDocument, Rejection
from knipsel.warehouse.contract import BY_NAME, Table
from knipsel.warehouse.contract.arrow import (
    ARROW_TYPES,
    arrow_schema,
    mappings_to_table,
    relaxed_schema,
)
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.linking.signing import key_table
from knipsel.warehouse.linking.tables import TEXT_KEYS

STAGED_TABLES = (
    "documents",
    "articles",
    "article_authors",
    "paragraphs",
    "removed_spans",
    "statements",
    "quotations",
    "mentions",
    "entities",
    "time_expressions",
    "topics",
    "topic_matches",
    "quarantine",
)
"""The tables that a document fills by itself; the others follow from the run as a whole."""

CHECKS_SCHEMA = pa.schema(
    [("rule", pa.string()), ("element_count", pa.int64()), ("unexpected_count", pa.int64())]
)
"""What the rules on single documents found in a batch; staged beside the contract's tables."""

ANNOTATOR_FAILED = "annotator_failed"
"""The rule in ``validations`` that says in which articles an annotator failed."""

FAILURES = "annotator_failures"
FAILURES_SCHEMA = pa.schema(
    [
        ("document_id", pa.string()),
        ("article_id", pa.string()),
        ("annotator", pa.string()),
        ("error", pa.string()),
    ]
)
"""Which annotators failed in a batch, and where; staged beside the contract's tables."""

STORED = "stored_articles"
STORED_SCHEMA = pa.schema([("document_id", pa.string()), ("article_id", pa.string())])
"""The documents of a batch that were only annotated, with each of their articles; with null where
they have none. Staged beside the contract's tables too."""

VALUE_CHARACTERS = 200
"""How much of a failing value is kept in the quarantine: enough to know it by."""


@dataclass(frozen=True, slots=True)
class Run:
    """What all rows of a run share: its identifier, its clock, the versions that made it."""

    run_id: str
    started_at: datetime
    transform_version: str
    code_version: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that failed a rule of severity *critical*: a reason to hold its document back."""

    document_id: str
    table_name: str
    row_key: str
    rule: str
    message: str
    column_name: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """How many elements a rule looked at, and how many failed it."""

    rule: str
    element_count: int
    unexpected_count: int


@dataclass(frozen=True, slots=True)
class StagedDocument:
    """A document with the file it was found in, what it became, and what is wrong with it.

    ``transform_version`` is the version at which it was read. Where it ``is_stored`` its articles
    are in the lake and were only annotated anew: of them nothing else is staged.
    """

    found: FoundFile
    processed: ProcessedDocument
    transform_version: str
    findings: tuple[Finding, ...] = ()
    checks: tuple[Check, ...] = ()
    is_stored: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """The folder of a run's staged rows."""

    folder: Path

    def file(self, table: str, batch: int) -> Path:
        """Return the file of one batch's rows of a table."""
        return self.folder / table / f"batch-{batch:06d}.parquet"

    def files(self, table: str) -> str:
        """Return the pattern that matches the files of all batches of a table."""
        return str(self.folder / table / "*.parquet")


def staged_schema(name: str) -> pa.Schema:
    """Return the schema that a table is staged with: the contract's, nothing refused yet."""
    if name == "checks":
        return CHECKS_SCHEMA
    return relaxed_schema(arrow_schema(BY_NAME[name]))


def write_rows(file: Path, table: pa.Table) -> None:
    """Write staged rows; the fast codec, since they live for minutes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, file, compression="lz4")


def _table(
    table: Table, rows: Sequence[object], given: Mapping[str, Sequence[object]] | None = None
) -> pa.Table:
    """Return rows of values as a staged table: attributes of each row, or columns as given."""
    columns = given or {}
    arrays = [
        pa.array(
            columns[column.name]
            if column.name in columns
            else [getattr(row, column.name) for row in rows],
            ARROW_TYPES[column.type],
        )
        for column in table.columns
    ]
    return pa.Table.from_arrays(arrays, schema=staged_schema(table.name))


def _articles(batch: Sequence[StagedDocument], run: Run) -> pa.Table:
    """Return the rows of ``articles``, each in a cluster of its own until it is linked."""
    rows = [article for staged in batch for article in staged.processed.articles]
    identifiers = [article.article_id for article in rows]
    versions = [staged.transform_version for staged in batch for _ in staged.processed.articles]
    return _table(
        BY_NAME["articles"],
        rows,
        {
            "cluster_id": identifiers,
            "canonical_article_id": identifiers,
            "is_canonical": [True] * len(rows),
            "first_seen_at": [run.started_at] * len(rows),
            "run_id": [run.run_id] * len(rows),
            "transform_version": versions,
        },
    )


def _documents(batch: Sequence[StagedDocument], run: Run) -> pa.Table:
    """Return the rows of ``documents``."""
    rows = [
        {
            "document_id": staged.processed.document_id,
            "file_name": staged.found.file_name,
            "path": staged.found.path,
            "media_type": staged.processed.media_type,
            "encoding": staged.processed.encoding,
            "encoding_method": staged.processed.encoding_method,
            "byte_size": staged.found.byte_size,
            "status": "quarantined" if staged.processed.rejections else "published",
            "reader": staged.processed.reader,
            "first_seen_at": run.started_at,
            "run_id": run.run_id,
            "transform_version": staged.transform_version,
        }
        for staged in batch
    ]
    return mappings_to_table(staged_schema("documents"), rows)


def rejected(document_id: str, rejection: Rejection) -> Finding:
    """Return the finding that a rejection amounts to."""
    return Finding(
        document_id=document_id,
        table_name="documents",
        row_key=document_id,
        rule=rejection.rule,
        message=rejection.message,
        value=rejection.value,
    )


def quarantine_rows(
    findings: Iterable[Finding], file_names: Mapping[str, str], run: Run
) -> list[dict[str, object]]:
    """Return the rows of ``quarantine`` for findings, given each document's file name."""
    return [
        {
            "document_id": finding.document_id,
            "file_name": file_names[finding.document_id],
            "table_name": finding.table_name,
            "row_key": finding.row_key,
            "rule": finding.rule,
            "column_name": finding.column_name,
            "value": finding.value[:VALUE_CHARACTERS] if finding.value else None,
            "message": finding.message,
            "run_id": run.run_id,
            "first_seen_at": run.started_at,
            "resolved_at": None,
        }
        for finding in findings
    ]


def quarantine_table(
    findings: Iterable[Finding], file_names: Mapping[str, str], run: Run
) -> pa.Table:
    """Return findings as staged rows of ``quarantine``."""
    rows = quarantine_rows(findings, file_names, run)
    return mappings_to_table(staged_schema("quarantine"), rows)


def _quarantine(batch: Sequence[StagedDocument], run: Run) -> pa.Table:
    """Return the rows of ``quarantine`` that a batch starts with."""
    names = {staged.processed.document_id: staged.found.file_name for staged in batch}
    findings = [
        finding
        for staged in batch
        for finding in (
            *(rejected(staged.processed.document_id, item) for item in staged.processed.rejections),
            *staged.findings,
        )
    ]
    return quarantine_table(findings, names, run)


def _checks(batch: Sequence[StagedDocument]) -> pa.Table:
    """Return the sums of what the rules on single documents found."""
    totals: dict[str, tuple[int, int]] = {}
    for check in (check for staged in batch for check in staged.checks):
        elements, unexpected = totals.get(check.rule, (0, 0))
        totals[check.rule] = (
            elements + check.element_count,
            unexpected + check.unexpected_count,
        )
    rows = [
        {"rule": rule, "element_count": elements, "unexpected_count": unexpected}
        for rule, (elements, unexpected) in sorted(totals.items())
    ]
    return mappings_to_table(CHECKS_SCHEMA, rows)


def _failures(batch: Sequence[StagedDocument]) -> pa.Table:
    """Return which annotators failed."""
    rows = [
        {"document_id": staged.processed.document_id, **asdict(failure)}
        for staged in batch
        if staged.processed.annotations
        for failure in staged.processed.annotations.failures
    ]
    return mappings_to_table(FAILURES_SCHEMA, rows)


def _stored(batch: Sequence[StagedDocument]) -> pa.Table:
    """Return which documents were only annotated, and their articles."""
    rows = [
        {"document_id": staged.processed.document_id, "article_id": article_id}
        for staged in batch
        if staged.is_stored
        for article_id in tuple(one.article_id for one in staged.processed.articles) or (None,)
    ]
    return mappings_to_table(STORED_SCHEMA, rows)


def batch_tables(batch: Sequence[StagedDocument], run: Run) -> dict[str, pa.Table]:
    """Return the staged rows of a batch by table."""
    read = [staged for staged in batch if not staged.is_stored]
    processed = [staged.processed for staged in read]
    return {
        "documents": _documents(batch, run),
        "articles": _articles(read, run),
        "article_authors": _table(
            BY_NAME["article_authors"], [row for item in processed for row in item.authors]
        ),
        "paragraphs": _table(
            BY_NAME["paragraphs"], [row for item in processed for row in item.paragraphs]
        ),
        "removed_spans": _table(
            BY_NAME["removed_spans"], [row for item in processed for row in item.removed_spans]
        ),
        "statements": _table(
            BY_NAME["statements"], [row for item in processed for row in item.statements]
        ),
        **_annotations(batch),
        "quarantine": _quarantine(batch, run),
        "checks": _checks(batch),
        FAILURES: _failures(batch),
        STORED: _stored(batch),
    }


def _annotations(batch: Sequence[StagedDocument]) -> dict[str, pa.Table]:
    """Return the rows of what the articles say, by table."""
    found = [staged.processed.annotations for staged in batch]
    rows = AnnotationRows.joined(one for one in found if one)
    return {
        "quotations": _table(BY_NAME["quotations"], rows.quotations),
        "mentions": _table(BY_NAME["mentions"], rows.mentions),
        "entities": _table(BY_NAME["entities"], rows.entities),
        "time_expressions": _table(BY_NAME["time_expressions"], rows.time_expressions),
        "topics": _table(BY_NAME["topics"], rows.topics),
        "topic_matches": _table(BY_NAME["topic_matches"], rows.topic_matches),
    }


def texts_of(batch: Iterable[StagedDocument]) -> Iterator[tuple[str, str, str]]:
    """Yield each article's identifier, its text and that text's SHA-256."""
    read = (item.processed for item in batch if not item.is_stored)
    for article in (article for processed in read for article in processed.articles):
        yield article.article_id, article.text, article.text_sha256


def write_batch(
    staged: Staged,
    number: int,
    batch: Sequence[StagedDocument],
    run: Run,
    duplicates: DuplicateSettings,
) -> None:
    """Write what a batch of documents became; the same batch writes the same files.

    Beside the contract's tables that is the keys by which duplicates are found.
    """
    for name, table in batch_tables(batch, run).items():
        write_rows(staged.file(name, number), table)
    write_rows(staged.file(TEXT_KEYS.name, number), key_table(texts_of(batch), duplicates))
