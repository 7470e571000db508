"""What a PDF, DOCX or RTF file says of itself in its properties: little that can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.files.file_properties import FileProperties

_METHOD = "file_properties"
_CONFIDENCE = 0.5
"""Less than anything that stands in the text: properties are often those of a template, or of
the person at the keyboard."""
_TOP = 30
"""Units from the beginning among which the title of the properties is sought."""


def property_tags(
    known: FileProperties, *, title: str, author: str, created: str | None
) -> Iterator[HeadTag]:
    """Yield the properties that say something; ``created`` is an EDTF date.

    That is the date of the file, not of publication, and named so.
    """
    title, author = " ".join(title.split()), " ".join(author.split())
    if known.says_title(title):
        yield HeadTag("headline", title, _METHOD, _CONFIDENCE)
    if known.says_author(author):
        yield HeadTag("author", author, _METHOD, _CONFIDENCE)
    if created and date_bounds(created).not_before:
        yield HeadTag("date_created", created, _METHOD, _CONFIDENCE)


def mark_title(units: Sequence[Unit], title: str, known: FileProperties) -> tuple[Unit, ...]:
    """Return ``units`` with the one that is the title of the properties marked as a headline."""
    if any(unit.kind == "headline" for unit in units):
        return tuple(units)
    if not known.says_title(title):
        return tuple(units)
    key = fold(title)
    for index, unit in enumerate(units[:_TOP]):
        if unit.reason is None and fold(unit.text) == key:
            return (*units[:index], unit._replace(kind="headline"), *units[index + 1 :])
    return tuple(units)
