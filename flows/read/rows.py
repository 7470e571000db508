"""What a document would become, by table, without what a run adds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knipsel.expectations.documents.document_rules import check_document
from knipsel.transforms.model import ProcessedDocument
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.lake.staging import rejected

Rows = dict[str, Any]


def _quarantine(document: ProcessedDocument) -> list[dict[str, Any]]:
    """Return the reasons to hold a document back."""
    named = [rejected(document.document_id, rejection) for rejection in document.rejections]
    found, _ = check_document(document)
    wanted = ("table_name", "row_key", "rule", "column_name", "value", "message")
    return [{name: getattr(reason, name) for name in wanted} for reason in (*named, *found)]


def rows_of(found: FoundFile, document: ProcessedDocument, notes: list[str]) -> Rows:
    """Return what a document would become, by table, as rows without what a run adds."""
    reasons = _quarantine(document)
    tables: dict[str, tuple[Any, ...]] = {
        "articles": document.articles,
        "article_authors": document.authors,
        "paragraphs": document.paragraphs,
        "removed_spans": document.removed_spans,
        "statements": document.statements,
    }
    about = {
        **asdict(found),
        "media_type": document.media_type,
        "encoding": document.encoding,
        "status": "quarantined" if reasons else "published",
        "reader": document.reader,
    }
    rows = {
        name: [] if reasons else [asdict(row) for row in table] for name, table in tables.items()
    }
    return {"document": about, "quarantine": reasons, "notes": notes, **rows}
