"""The byline of an export: as printed, with the people in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.people import after_byline_words, people_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.read.exports.record.value import Value
    from knipsel.transforms.read.exports.record.words import ExportWords

_ENTITY = re.compile(r"&[a-zA-Z]{2,20};")
"""What a database could not print: ``&softReturn;``."""
METHOD = "export_field"
PEOPLE_SURE, PRINTED_SURE = 0.97, 0.9
"""How sure a byline of people is, and one that names nobody."""


def author_tags(value: Value, words: ExportWords) -> Iterator[HeadTag]:
    """Yield the byline as printed, with the people in it; a byline word before it is left out."""
    begin = after_byline_words(value.text, words.lines)
    printed = " ".join(_ENTITY.sub(" ", value.text[begin:]).split())
    if not printed or not any(map(str.isalpha, printed)):
        return
    people = tuple(people_in(printed, words.lines))
    sure = PEOPLE_SURE if people else PRINTED_SURE
    yield HeadTag("author", printed, METHOD, sure, value.start, value.end, people)
