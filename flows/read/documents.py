"""What reading a file gives: its documents, their articles, and all that goes with these.

The rows are those of the tables, with the columns that follow from the file alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from knipsel.expectations.documents.annotation_rules import without_unsound
from knipsel.expectations.documents.document_rules import check_document
from knipsel.transforms.model import (
    AnnotationRows,
    Article,
    ArticleAuthor,
    Entity,
    MentionRow,
    Paragraph,
    ProcessedDocument,
    QuotationRow,
    RemovedSpan,
    Statement,
    TimeExpressionRow,
    TopicMatchRow,
    TopicRow,
)
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.lake.staging import rejected

Row = dict[str, Any]
T = TypeVar("T")

OF_ARTICLE: Mapping[str, type[Any]] = {
    "authors": ArticleAuthor,
    "paragraphs": Paragraph,
    "statements": Statement,
    "quotations": QuotationRow,
    "mentions": MentionRow,
    "time_expressions": TimeExpressionRow,
    "topics": TopicRow,
    "topic_matches": TopicMatchRow,
}
"""What goes with an article, and the class of its rows."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document is held back: the rule, what is wrong in a sentence, and in which row."""

    table_name: str
    row_key: str
    rule: str
    column_name: str | None
    value: str | None
    message: str


@dataclass(frozen=True, slots=True)
class ReadArticle(Article):
    """An article as read, with all that goes with it.

    Its own fields are columns of ``articles``. ``char_*`` offsets count code points of ``text``,
    ``source_*`` offsets those of the document's ``source_text``; both end exclusive.
    """

    authors: tuple[ArticleAuthor, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    statements: tuple[Statement, ...] = ()
    quotations: tuple[QuotationRow, ...] = ()
    mentions: tuple[MentionRow, ...] = ()
    time_expressions: tuple[TimeExpressionRow, ...] = ()
    topics: tuple[TopicRow, ...] = ()
    topic_matches: tuple[TopicMatchRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read: its articles and what is in none of them, or why it is held back.

    ``source_text`` is what its reader makes of the bytes. ``entities`` are who and what the
    ``mentions`` of its articles name. A container (an archive, a mailbox) has no text of its own,
    and ``notes`` say what is in it; they also say where an annotator failed.
    """

    path: str
    file_name: str
    document_id: str
    byte_size: int
    media_type: str
    encoding: str | None
    encoding_method: str | None
    reader: str | None
    source_text: str
    articles: tuple[ReadArticle, ...] = ()
    removed_spans: tuple[RemovedSpan, ...] = ()
    entities: tuple[Entity, ...] = ()
    rejections: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """What an ingest would make of it: ``published``, or ``quarantined``."""
        return "quarantined" if self.rejections else "published"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: one document, or of a container itself and then each of its members."""

    documents: tuple[ReadDocument, ...]

    @property
    def articles(self) -> tuple[ReadArticle, ...]:
        """All articles, in their order in the file."""
        return tuple(article for one in self.documents for article in one.articles)

    @property
    def removed_spans(self) -> tuple[RemovedSpan, ...]:
        """All that is in no article, with the reason; offsets count in each document's text."""
        return tuple(span for one in self.documents for span in one.removed_spans)

    @property
    def rejections(self) -> tuple[Reason, ...]:
        """Why documents are held back, all reasons of all documents."""
        return tuple(reason for one in self.documents for reason in one.rejections)


def _by_article(rows: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    """Return rows by the article that they go with."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.article_id, []).append(row)
    return {name: tuple(of_article) for name, of_article in found.items()}


def _articles(document: ProcessedDocument) -> Iterable[ReadArticle]:
    """Yield the articles of a document, each with what goes with it."""
    marked = document.annotations or AnnotationRows()
    parts = {
        part: _by_article(getattr(document if hasattr(document, part) else marked, part))
        for part in OF_ARTICLE
    }
    for article in document.articles:
        own: Row = {field.name: getattr(article, field.name) for field in fields(article)}
        with_it: Row = {part: rows.get(article.article_id, ()) for part, rows in parts.items()}
        yield ReadArticle(**own, **with_it)


def _reasons(document: ProcessedDocument) -> tuple[Reason, ...]:
    """Return the reasons to hold a document back."""
    named = [rejected(document.document_id, rejection) for rejection in document.rejections]
    found, _ = check_document(document)
    columns = [field.name for field in fields(Reason)]
    return tuple(
        Reason(**{name: getattr(one, name) for name in columns}) for one in (*named, *found)
    )


def _failures(document: ProcessedDocument) -> Iterator[str]:
    """Yield a sentence for each annotator that failed, and each error."""
    failures = document.annotations.failures if document.annotations else ()
    counts = Counter((failure.annotator, failure.error) for failure in failures)
    for (annotator, error), count in counts.items():
        yield (
            f"An error of knipsel's own ({error}) leaves the {annotator.replace('_', ' ')} out in "
            f"{count:,} of {len(document.articles):,} articles."
        )


def document_as_read(
    found: FoundFile, document: ProcessedDocument, notes: Iterable[str] = ()
) -> ReadDocument:
    """Return a document as read, without its articles where there are reasons to hold it back."""
    document = without_unsound(document)
    about = ReadDocument(
        **asdict(found),
        media_type=document.media_type,
        encoding=document.encoding,
        encoding_method=document.encoding_method,
        reader=document.reader,
        source_text=document.source_text,
        rejections=_reasons(document),
        notes=(*notes, *_failures(document)),
    )
    if about.rejections:
        return about
    return replace(
        about,
        articles=tuple(_articles(document)),
        removed_spans=document.removed_spans,
        entities=document.annotations.entities if document.annotations else (),
    )


def _from_row(kind: type[T], row: Mapping[str, Any]) -> T:
    """Return a value of a class from a row that was JSON; days are ISO 8601 there."""
    days = {field.name for field in fields(kind) if field.type == "date | None"}  # type: ignore[arg-type]
    return kind(
        **{
            name: date.fromisoformat(value) if name in days and value else value
            for name, value in row.items()
        }
    )


def _article_from_row(row: Row) -> ReadArticle:
    parts = {
        name: tuple(_from_row(kind, one) for one in row[name]) for name, kind in OF_ARTICLE.items()
    }
    return _from_row(ReadArticle, {**row, **parts})


def document_from_json(row: Row) -> ReadDocument:
    """Return a document from what `asdict` made of it, and JSON of that."""
    return ReadDocument(
        **{
            **row,
            "articles": tuple(map(_article_from_row, row["articles"])),
            "removed_spans": tuple(_from_row(RemovedSpan, one) for one in row["removed_spans"]),
            "entities": tuple(_from_row(Entity, one) for one in row["entities"]),
            "rejections": tuple(_from_row(Reason, one) for one in row["rejections"]),
            "notes": tuple(row["notes"]),
        }
    )


_ABOUT = (
    *("path", "file_name", "document_id", "byte_size"),
    *("media_type", "encoding", "encoding_method", "status"),
)
_SHOWN = {"article_authors": "authors", "paragraphs": "paragraphs", "statements": "statements"}


def as_rows(document: ReadDocument) -> Row:
    """Return a document by table, as `knipsel preview` prints it for programs."""
    of_article = {
        table: [asdict(row) for article in document.articles for row in getattr(article, part)]
        for table, part in _SHOWN.items()
    }
    columns = [field.name for field in fields(Article)]
    return {
        "document": {name: getattr(document, name) for name in (*_ABOUT, "reader")},
        "quarantine": [asdict(reason) for reason in document.rejections],
        "notes": list(document.notes),
        "articles": [{name: getattr(one, name) for name in columns} for one in document.articles],
        "article_authors": of_article["article_authors"],
        "paragraphs": of_article["paragraphs"],
        "removed_spans": [asdict(span) for span in document.removed_spans],
        "statements": of_article["statements"],
    }
