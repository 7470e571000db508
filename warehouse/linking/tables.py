"""The lake's own tables behind ``duplicates``: they are not part of a release.

Texts are known by a number, ``text_id``: the first 15 hex digits of their SHA-256, which is
what fits into an integer and is compared fast. Two texts that shared it would count as the
same one; among ten million texts that happens once in 23,000 such corpora.
"""

from __future__ import annotations

import pyarrow as pa

from knipsel.warehouse.contract import columns as c
from knipsel.warehouse.contract.model import Column, Table

TEXT_ID_DIGITS = 15

_TEXT_ID = Column("text_id", c.INTEGER, "The text, by the first digits of its SHA-256.")

TEXT_KEYS = Table(
    name="text_keys",
    title="Text keys",
    description="A key by which a text finds those that may be its duplicates.",
    columns=(
        _TEXT_ID,
        Column("key", c.INTEGER, "The hash of a band of its signature, or of a passage."),
        Column("is_passage", c.BOOLEAN, "Whether it is a passage."),
        Column("passages", c.INTEGER, "How many passages stand for the text."),
    ),
    primary_key=("text_id", "is_passage", "key"),
    sort_by=("text_id", "is_passage", "key"),
)

TEXT_PAIRS = Table(
    name="text_pairs",
    title="Text pairs",
    description="Two texts that were compared, and what the comparison alone proves.",
    columns=(
        _TEXT_ID,
        _TEXT_ID.named("other_text_id", "The other text, whose number is the larger one."),
        Column("relation", c.STRING, "What the two are to each other."),
        Column("verdict", c.STRING, "`duplicate`, `open` or `distinct`."),
        Column("similarity", c.NUMBER, "The Jaccard similarity of their shingles."),
        Column("containment", c.NUMBER, "The share of the fewer shingles that both have."),
        Column("own_share", c.NUMBER, "The share of telling words that each has alone."),
        Column("changed_numbers", c.NUMBER, "The share of numbers that differ in their place."),
        Column("score", c.NUMBER, "What the verdict rests on."),
        Column("found_by", c.STRING, "`index` by their keys, `family` by a third text."),
    ),
    primary_key=("text_id", "other_text_id"),
    sort_by=("text_id", "other_text_id"),
)

LINK_SETTINGS = Table(
    name="link_settings",
    title="Link settings",
    description="The settings that the tables above were made with.",
    columns=(Column("version", c.STRING, "Their version."),),
    primary_key=("version",),
    sort_by=("version",),
)

SETTLED_BY = Table(
    name="settled_by",
    title="Settled by",
    description="The rules and bounds that the values of articles were settled by.",
    columns=(Column("version", c.STRING, "Their version."),),
    primary_key=("version",),
    sort_by=("version",),
)

RETRACTED_TEXTS = Table(
    name="retracted_texts",
    title="Retracted texts",
    description="A text that was retracted, by which others are known that are like it.",
    columns=(
        Column("text_sha256", c.STRING, "The text, by its SHA-256 in hex."),
        Column("version", c.STRING, "What the sketch was made by."),
        Column("sketch", c.STRING, "Its sketch, out of which no word can be read."),
    ),
    primary_key=("text_sha256",),
    sort_by=("text_sha256",),
)
"""Unlike the others it stays when a warehouse goes back to a release, as tombstones do."""

INTERNAL_TABLES = (TEXT_KEYS, TEXT_PAIRS, LINK_SETTINGS, SETTLED_BY)

STAGED_KEYS = pa.schema(
    [
        ("article_id", pa.string()),
        ("text_id", pa.int64()),
        ("key", pa.int64()),
        ("is_passage", pa.bool_()),
        ("passages", pa.int64()),
    ]
)
"""What a batch stages for `TEXT_KEYS`: by article, since some articles may be held back."""


def text_id(text_sha256: str) -> int:
    """Return the number that a text is known by."""
    return int(text_sha256[:TEXT_ID_DIGITS], 16)


TEXT_ID_MACRO = f"""
CREATE OR REPLACE TEMP MACRO text_id(text_sha256) AS
    ('0x' || substr(text_sha256, 1, {TEXT_ID_DIGITS}))::BIGINT
"""
"""The same in SQL."""
