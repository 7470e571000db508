"""Tables of what came in: documents and where they were seen."""

from __future__ import annotations

from typing import get_args

from knipsel.transforms.text.decoded import Method
from knipsel.warehouse.contract import columns as c
from knipsel.warehouse.contract.model import Column, ForeignKey, OneOf, Table

DOCUMENTS = Table(
    name="documents",
    title="Documents",
    description="A source, by content: one row for each distinct sequence of bytes.",
    columns=(
        c.DOCUMENT_ID,
        c.FILE_NAME,
        c.PATH,
        Column(
            "media_type",
            c.STRING,
            "What the bytes are, told from them.",
            "schema:encodingFormat",
            holds="fact",
        ),
        Column(
            "encoding",
            c.STRING,
            "The character encoding that the text was read with; null where there is no text, or "
            "none in an encoding that is sure.",
            "dcterms:format",
            nullable=True,
            holds="fact",
        ),
        Column(
            "encoding_method",
            c.STRING,
            "How the encoding was found: `stated` by a person; by a byte order `mark`; the bytes "
            "are valid `utf-8`; by `escapes` to other alphabets; `declared` by the file, and the "
            "text bears it out; `detected` by the language that it gives; `guessed`, the likeliest "
            "of several, where a person released the document in spite of the doubt.",
            "prov:wasGeneratedBy",
            nullable=True,
            rules=(OneOf(get_args(Method)),),
        ),
        Column(
            "byte_size",
            c.INTEGER,
            "The number of bytes.",
            "schema:contentSize",
            rules=(c.NOT_NEGATIVE,),
        ),
        Column(
            "status",
            c.STRING,
            "Whether it is published, held back, or taken away.",
            "ninjs:pubStatus",
            rules=(OneOf(("published", "quarantined", "retracted")),),
        ),
        Column(
            "reader",
            c.STRING,
            "The reader that made text of the bytes, or took them apart; null where none could.",
            "prov:wasGeneratedBy",
            nullable=True,
            holds="fact",
        ),
        c.FIRST_SEEN_AT,
        c.RUN_ID,
        c.TRANSFORM_VERSION,
    ),
    primary_key=("document_id",),
    sort_by=("document_id",),
)

SIGHTINGS = Table(
    name="sightings",
    title="Sightings",
    description="A path under which a source was seen.",
    columns=(c.DOCUMENT_ID, c.PATH, c.FIRST_SEEN_AT, c.LAST_SEEN_AT),
    primary_key=("document_id", "path"),
    sort_by=("document_id", "path"),
    foreign_keys=(ForeignKey(("document_id",), "documents"),),
)

REMOVED_SPANS = Table(
    name="removed_spans",
    title="Removed spans",
    description="A stretch of a source that is in no article, with the reason.",
    columns=(
        c.DOCUMENT_ID,
        c.SOURCE_START,
        c.SOURCE_END,
        c.TEXT,
        Column("reason", c.STRING, "Why it was left out.", "schema:description", holds="fact"),
    ),
    primary_key=("document_id", "source_start"),
    sort_by=("document_id", "source_start"),
    foreign_keys=(ForeignKey(("document_id",), "documents"),),
)

TABLES = (DOCUMENTS, SIGHTINGS, REMOVED_SPANS)
