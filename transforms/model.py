"""The values that pass between the steps.

Field names are the column names of the tables that the values end in, so that staging
needs no mapping. All offsets count Unicode code points, end exclusive: ``char_*`` in
``Article.text``, ``source_*`` in the document's source text (what its reader makes of
the bytes, before anything is chosen or repaired).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from traceback import walk_tb
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

Role = Literal[
    "headline",
    "standfirst",
    "heading",
    "body",
    "pull_quote",
    "byline",
    "dateline",
    "biography",
    "caption",
]
TEXT_ROLES: frozenset[Role] = frozenset({"standfirst", "heading", "body"})
"""Roles of the paragraphs that ``Article.text`` consists of."""
Precision = Literal["year", "month", "day", "interval", "unknown"]
Completeness = Literal["complete", "teaser", "truncated", "unknown"]
Kind = Literal["person", "organisation", "place"]
Annotator = Literal["mentions", "quotations", "time_expressions", "topics"]
"""An annotator, by the table that it fills."""
ANNOTATORS: tuple[Annotator, ...] = get_args(Annotator)
ProjectCodebook = Literal["negotiations"]
"""A codebook of the project, which is used only where it is asked for."""
PROJECT_CODEBOOKS: tuple[ProjectCodebook, ...] = get_args(ProjectCodebook)
_OWN = __name__.partition(".")[0]
"""The package that all our code is in."""
LONGEST_VALUE = 2_000
"""Characters of a value; what is longer is text and not a field's value."""
NAME_SEPARATOR = "; "
"""Stands between the names of authors in one value."""


@dataclass(frozen=True, slots=True)
class Annotating:
    """The annotators that are at work, and the project's codebooks that they use."""

    annotators: tuple[str, ...] = ANNOTATORS
    codebooks: tuple[str, ...] = PROJECT_CODEBOOKS


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A source as it lies in the archive, and what is known beside it.

    ``document_id`` is the SHA-256 of ``content`` in hex, ``path`` where it was first seen,
    ``seen_on`` the day on which it is read. ``sidecar`` is what a person wrote beside the file,
    in TOML; ``language`` a tag of BCP 47 that a person states of all its articles.
    """

    document_id: str
    path: str
    content: bytes
    seen_on: date | None = None
    sidecar: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a document cannot become articles: a value, not an exception.

    ``rule`` is a short constant name (``empty_file``), ``message`` one sentence to a
    person that says what is wrong, ``value`` what was found, where that helps.
    """

    rule: str
    message: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class OwnError:
    """An error of this program's own: its type, and the place in our code where it came up.

    ``place`` is the innermost of our functions, as ``module:function:line``. What the error says
    is left out, since it may quote the document.
    """

    type: str
    place: str

    @classmethod
    def of(cls, error: Exception) -> OwnError:
        """Return what an exception that was caught in our code comes down to."""
        frames = [
            (str(frame.f_globals.get("__name__", "")), frame.f_code.co_qualname, line)
            for frame, line in walk_tb(error.__traceback__)
        ]
        own = [frame for frame in frames if frame[0].startswith(f"{_OWN}.")]
        place = ":".join(map(str, own[-1])) if own else "an unknown place"
        return cls(type(error).__name__, place)

    def __str__(self) -> str:
        """Return the error in a line."""
        return f"{self.type} at {self.place}"


@dataclass(frozen=True, slots=True)
class Article:
    """One article; the columns of ``articles`` that follow from the document alone."""

    article_id: str
    document_id: str
    position: int
    text: str
    headline: str | None = None
    alternative_headline: str | None = None
    description: str | None = None
    language: str | None = None
    author: str | None = None
    publisher: str | None = None
    hostname: str | None = None
    genre: str | None = None
    article_section: str | None = None
    pagination: str | None = None
    print_edition: str | None = None
    identifier: str | None = None
    dateline: str | None = None
    date_published: str | None = None
    date_published_not_before: date | None = None
    date_published_not_after: date | None = None
    date_published_precision: Precision = "unknown"
    completeness: Completeness = "unknown"
    word_count: int = 0
    char_count: int = 0
    text_sha256: str = ""
    text_confidence: float | None = None
    license: str | None = None
    copyright_notice: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleAuthor:
    """A name in a byline, without titles and roles; ``position`` counts from 1.

    ``confidence`` is the probability that the name is right, null where it is not estimated.
    """

    article_id: str
    position: int
    name: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article in reading order; ``position`` counts from 1."""

    paragraph_id: str
    article_id: str
    position: int
    role: Role
    heading: str | None
    text: str
    char_start: int | None
    char_end: int | None
    source_start: int
    source_end: int
    word_count: int


@dataclass(frozen=True, slots=True)
class RemovedSpan:
    """A stretch of the source text that is in no article, and why."""

    document_id: str
    source_start: int
    source_end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A candidate value of a metadata field with its evidence.

    ``original_text`` is the source text at ``source_start:source_end`` (both null where
    the evidence is not part of the source text, such as a tag in a page's head).
    ``confidence`` is the probability that the value is right, 0 for one that was rejected, 1 for
    one that a person states, null where nothing was at hand to estimate it; ``confidence_basis``
    is what speaks for the value and against it. Where a person states it, ``stated_by`` and
    ``note`` are who, and why, as far as they say. ``names`` are those that a value of ``author``
    gives, with `NAME_SEPARATOR` between them. ``document_confidence`` and ``document_rank`` are the
    confidence and the place in the order of choice that the document alone gives, the rank null
    where the candidate cannot be; ``evidence_article_id`` is the copy that says so instead.
    """

    article_id: str
    field: str
    value: str
    original_text: str | None
    source_start: int | None
    source_end: int | None
    method: str
    confidence: float | None
    chosen: bool
    stated_by: str | None = None
    note: str | None = None
    confidence_basis: str | None = None
    names: str | None = None
    document_confidence: float | None = None
    document_rank: int | None = None
    evidence_article_id: str | None = None


@dataclass(frozen=True, slots=True)
class ProcessedDocument:
    """What a document became: articles and removed spans, or rejections and neither."""

    document_id: str
    media_type: str
    encoding: str | None
    reader: str | None
    source_text: str
    encoding_method: str | None = None
    articles: tuple[Article, ...] = ()
    authors: tuple[ArticleAuthor, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    removed_spans: tuple[RemovedSpan, ...] = ()
    statements: tuple[Statement, ...] = ()
    annotations: AnnotationRows | None = None
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A row of ``mentions``."""

    mention_id: str
    article_id: str
    paragraph_id: str
    text: str
    char_start: int
    char_end: int
    kind: Kind
    name: str
    entity_id: str | None
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A row of ``quotations``."""

    quotation_id: str
    article_id: str
    paragraph_id: str
    text: str
    char_start: int
    char_end: int
    speaker: str | None
    speaker_mention_id: str | None
    cue: str | None
    is_direct: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class TimeExpressionRow:
    """A row of ``time_expressions``."""

    time_expression_id: str
    article_id: str
    paragraph_id: str
    text: str
    char_start: int
    char_end: int
    edtf: str | None
    not_before: date | None
    not_after: date | None
    precision: Precision
    anchor: str | None
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A row of ``topics``."""

    article_id: str
    topic: str
    matches: int
    first_char_start: int


@dataclass(frozen=True, slots=True)
class TopicMatchRow:
    """A row of ``topic_matches``."""

    topic: str
    article_id: str
    paragraph_id: str
    text: str
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class AnnotationRows:
    """All rows that annotations of one article, or of several, become."""

    quotations: tuple[QuotationRow, ...] = ()
    mentions: tuple[MentionRow, ...] = ()
    entities: tuple[Entity, ...] = ()
    time_expressions: tuple[TimeExpressionRow, ...] = ()
    topics: tuple[TopicRow, ...] = ()
    topic_matches: tuple[TopicMatchRow, ...] = ()
    failures: tuple[AnnotatorFailure, ...] = ()
    """Which annotators failed, on which article: there are no rows of theirs."""

    @classmethod
    def joined(cls, parts: Iterable[AnnotationRows]) -> AnnotationRows:
        """Return the rows of several articles together, each entity once."""
        parts = list(parts)
        return cls(
            tuple(row for part in parts for row in part.quotations),
            tuple(row for part in parts for row in part.mentions),
            tuple({row.entity_id: row for part in parts for row in part.entities}.values()),
            tuple(row for part in parts for row in part.time_expressions),
            tuple(row for part in parts for row in part.topics),
            tuple(row for part in parts for row in part.topic_matches),
            tuple(row for part in parts for row in part.failures),
        )


@dataclass(frozen=True, slots=True)
class AnnotatorFailure:
    """An annotator that failed on an article, which has none of its rows; ``error`` says at what.

    ``annotator`` is the table that it fills.
    """

    article_id: str
    annotator: str
    error: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what a name means; ``uri`` is its address, such as Wikidata's, where one is known."""

    entity_id: str
    kind: Kind
    name: str
    uri: str | None = None
