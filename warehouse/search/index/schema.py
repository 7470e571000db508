"""The form of the index: which fields it has. Another form needs another `FORMAT`."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from knipsel.transforms.text.search.query import FACETS, ZONES

if TYPE_CHECKING:
    from tantivy import Schema

FORMAT = 1
"""The version of what is in the index: fields, words, lemmas. A change makes all anew."""
WORDS = "words"
"""The tokenizer for what is cut into words already."""
NUMBER, CANONICAL = "number", "canonical"
FIRST_DAY, LAST_DAY, MONTHS = "first_day", "last_day", "months"
"""When an article can be of, as days since 1970, and as months: ``2022-03/2022-05``."""


def exact_field(zone: str) -> str:
    """Return the field with the exact words of a zone."""
    return f"{zone}_exact"


def lemma_field(zone: str) -> str:
    """Return the field with the lemmas of a zone."""
    return f"{zone}_lemma"


def name_field(facet: str) -> str:
    """Return the field with the names of a facet as they are written, to be counted."""
    return f"{facet}_name"


WHOLE = "="
"""What a whole name begins with, in the field of a facet beside its words."""


def index_schema() -> Schema:
    """Return the schema of the index; no text is stored in it."""
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    for zone, field in product(ZONES, (exact_field, lemma_field)):
        builder.add_text_field(field(zone), tokenizer_name=WORDS)
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name=WORDS)
        builder.add_text_field(
            name_field(facet), fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_text_field(MONTHS, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NUMBER, indexed=True, fast=True)
    builder.add_boolean_field(CANONICAL, indexed=True, fast=True)
    builder.add_integer_field(FIRST_DAY, indexed=True, fast=True)
    builder.add_integer_field(LAST_DAY, indexed=True, fast=True)
    return builder.build()
