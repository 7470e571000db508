"""Columns that several tables share, each defined once."""

from __future__ import annotations

from typing import get_args

from knipsel.transforms.model import Precision
from knipsel.warehouse.contract.model import Between, Column, ColumnType, Matches, OneOf

STRING = ColumnType.STRING
INTEGER = ColumnType.INTEGER
NUMBER = ColumnType.NUMBER
BOOLEAN = ColumnType.BOOLEAN
DATE = ColumnType.DATE
TIMESTAMP = ColumnType.TIMESTAMP

NOT_NEGATIVE = Between(minimum=0)
FROM_ONE = Between(minimum=1)
SHARE = Between(minimum=0, maximum=1)

ARTICLE_ID_PATTERN = r"[0-9a-f]{16}-[1-9][0-9]*"
EDTF_PATTERN = r"[0-9YXTZuvyxSE:~?%./+{}\[\],\-]+"
"""The characters that EDTF (ISO 8601-2) is written with; the bounds prove the rest."""

DOCUMENT_ID = Column(
    "document_id",
    STRING,
    "The source: SHA-256 of its bytes in hex.",
    term="schema:sha256",
    rules=(Matches(r"[0-9a-f]{64}"),),
)
ARTICLE_ID = Column(
    "article_id",
    STRING,
    "The article: the first 16 hex digits of its document's hash, a dash, and its position in it.",
    term="schema:identifier",
    rules=(Matches(ARTICLE_ID_PATTERN),),
)
PARAGRAPH_ID = Column(
    "paragraph_id",
    STRING,
    "The paragraph: its article, `.p`, and its position in the article.",
    term="schema:identifier",
    rules=(Matches(ARTICLE_ID_PATTERN + r"\.p[1-9][0-9]*"),),
)
MENTION_ID = Column(
    "mention_id",
    STRING,
    "The mention: its article, `.m`, and its number in the article.",
    term="schema:identifier",
    rules=(Matches(ARTICLE_ID_PATTERN + r"\.m[1-9][0-9]*"),),
)
ENTITY_ID = Column(
    "entity_id",
    STRING,
    "Who or what is meant, as the register names it.",
    term="ftm:resolved",
    holds="fact",
)
POSITION = Column(
    "position",
    INTEGER,
    "The place in reading order, counted from 1.",
    term="schema:position",
    rules=(FROM_ONE,),
)
FILE_NAME = Column(
    "file_name",
    STRING,
    "The name of the file under which the source was first seen.",
    term="schema:name",
    holds="fact",
)
PATH = Column(
    "path",
    STRING,
    "Where the source was seen: the path as given, made absolute, and in a release relative to the "
    "warehouse's folder unless that is configured otherwise; of a file in an archive, the "
    "path of the archive, `!/`, and its name there.",
    term="prov:atLocation",
    holds="fact",
)
FIRST_SEEN_AT = Column(
    "first_seen_at",
    TIMESTAMP,
    "When the run that first saw it started.",
    term="ftm:first_seen",
)
LAST_SEEN_AT = Column(
    "last_seen_at", TIMESTAMP, "When the run that last saw it started.", term="ftm:last_seen"
)
RUN_ID = Column(
    "run_id", STRING, "The run that wrote the row.", term="prov:wasGeneratedBy", holds="fact"
)
TRANSFORM_VERSION = Column(
    "transform_version",
    STRING,
    "What made the row: before the plus the version of the code that reads and a digest of its "
    "registers, behind it those of the annotators; `~` marks what counts for one document only.",
    term="schema:softwareVersion",
    holds="fact",
)
TEXT = Column("text", STRING, "The text, to the character.", term="oa:exact", holds="text")
CHAR_START = Column(
    "char_start",
    INTEGER,
    "Where it starts in `articles.text`, in Unicode code points from 0.",
    term="oa:start",
    rules=(NOT_NEGATIVE,),
)
CHAR_END = Column(
    "char_end",
    INTEGER,
    "Where it ends in `articles.text`, in Unicode code points, exclusive.",
    term="oa:end",
    rules=(NOT_NEGATIVE,),
)
SOURCE_START = Column(
    "source_start",
    INTEGER,
    "Where it starts in the document's source text, in Unicode code points from 0.",
    term="oa:start",
    rules=(NOT_NEGATIVE,),
)
SOURCE_END = Column(
    "source_end",
    INTEGER,
    "Where it ends in the document's source text, in Unicode code points, exclusive.",
    term="oa:end",
    rules=(NOT_NEGATIVE,),
)
WORD_COUNT = Column(
    "word_count",
    INTEGER,
    "The number of words: runs of characters between white space that hold a letter or a digit.",
    term="schema:wordCount",
    rules=(NOT_NEGATIVE,),
)
METHOD = Column("method", STRING, "How it was found.", term="prov:wasGeneratedBy", holds="fact")
CONFIDENCE = Column(
    "confidence",
    NUMBER,
    "How sure the method is, from 0 to 1.",
    term="ninjs:confidence",
    rules=(SHARE,),
)
PRECISION = Column(
    "precision",
    STRING,
    "How finely the date is known.",
    rules=(OneOf(get_args(Precision)),),
)
NOT_BEFORE = Column(
    "not_before", DATE, "The first day that it can be.", term="tei:notBefore", nullable=True
)
NOT_AFTER = Column(
    "not_after", DATE, "The last day that it can be.", term="tei:notAfter", nullable=True
)
SEVERITY = Column(
    "severity",
    STRING,
    "What a breach means: `critical` holds the document back, `warning` is recorded.",
    rules=(OneOf(("critical", "warning")),),
)
ENTITY_KIND = Column(
    "kind",
    STRING,
    "Whether it is a person, an organisation or a place.",
    term="ftm:detectedSchema",
    rules=(OneOf(("person", "organisation", "place")),),
)
