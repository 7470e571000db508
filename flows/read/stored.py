"""Documents whose articles are in the lake as they would be read: they are only annotated."""

from __future__ import annotations

from knipsel.transforms.annotate.annotate import annotate_article
from knipsel.transforms.model import AnnotationRows, Paragraph, ProcessedDocument
from knipsel.transforms.registers.annotations.registers import AnnotationRegisters
from knipsel.warehouse.intake.stored import StoredDocument


def annotated_anew(
    document_id: str, stored: StoredDocument, registers: AnnotationRegisters
) -> ProcessedDocument:
    """Return a document as it is stored, with what its articles say now."""
    paragraphs: dict[str, list[Paragraph]] = {}
    for one in stored.paragraphs:
        paragraphs.setdefault(one.article_id, []).append(one)
    rows = [
        annotate_article(article, paragraphs.get(article.article_id, ()), registers)
        for article in stored.articles
    ]
    return ProcessedDocument(
        document_id=document_id,
        media_type=stored.media_type,
        encoding=stored.encoding,
        reader=stored.reader,
        source_text="",
        articles=stored.articles,
        paragraphs=stored.paragraphs,
        annotations=AnnotationRows.joined(rows),
    )
