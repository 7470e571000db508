"""Articles that a run takes from the lake to annotate them anew, instead of reading their source.

They are written into the run's staging folder, a folder for each batch, so that whoever works on a
batch needs no lake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from knipsel.transforms.model import Article, Paragraph
from knipsel.warehouse.lake.connection import bound_memory, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.sql import quoted, take_in

_FOLDER = "stored"

_QUERIES = {
    "documents": """
        SELECT document_id, media_type, encoding, reader, batch
        FROM lake.documents JOIN wanted_stored USING (document_id)
    """,
    "articles": """
        SELECT article_id, document_id, position, text, language, date_published_not_before,
            date_published_not_after, date_published_precision, batch
        FROM lake.articles JOIN wanted_stored USING (document_id)
    """,
    "paragraphs": """
        SELECT paragraphs.*, document_id, batch FROM lake.paragraphs AS paragraphs
        JOIN lake.articles USING (article_id) JOIN wanted_stored USING (document_id)
    """,
}
"""What annotators look at, and what else stands in the row of a document."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it is in the lake, as far as annotating it needs."""

    media_type: str
    encoding: str | None
    reader: str | None
    articles: tuple[Article, ...]
    paragraphs: tuple[Paragraph, ...]


def export_stored(warehouse: Warehouse, plan: pa.Table, staging: Path) -> None:
    """Write what a plan wants to have annotated anew into a run's staging folder."""
    wanted = plan.filter(pc.and_(plan["is_stored"], pc.is_valid(plan["batch"])))
    if not len(wanted):
        return
    folder = staging / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with open_lake(warehouse, read_only=True) as connection:
        bound_memory(connection, warehouse)
        take_in(connection, "wanted_stored", wanted.select(["document_id", "batch"]))
        for name, query in _QUERIES.items():
            connection.execute(
                f"COPY ({query}) TO {quoted(str(folder / name))} "
                "(FORMAT parquet, PARTITION_BY (batch), OVERWRITE_OR_IGNORE)"
            )


def stored_documents(staging: Path, batch: int) -> dict[str, StoredDocument]:
    """Return the documents of a batch that are to be annotated anew, by identifier."""
    articles: dict[str, list[Article]] = {}
    for row in _rows(staging, "articles", batch):
        articles.setdefault(row["document_id"], []).append(Article(**row))
    paragraphs: dict[str, list[Paragraph]] = {}
    for row in _rows(staging, "paragraphs", batch):
        paragraphs.setdefault(row.pop("document_id"), []).append(Paragraph(**row))
    return {
        row["document_id"]: StoredDocument(
            row["media_type"],
            row["encoding"],
            row["reader"],
            tuple(sorted(articles.get(row["document_id"], ()), key=lambda one: one.position)),
            tuple(sorted(paragraphs.get(row["document_id"], ()), key=lambda one: one.position)),
        )
        for row in _rows(staging, "documents", batch)
    }


def _rows(staging: Path, name: str, batch: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of a batch."""
    for file in sorted((staging / _FOLDER / name / f"batch={batch}").glob("*.parquet")):
        yield from pq.ParquetFile(file).read().to_pylist()
