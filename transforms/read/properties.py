"""What a PDF, DOCX or RTF file says of itself in its properties: little that can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.layout.print_marks import title_runs
from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.files.file_properties import FileProperties

_METHOD = "file_properties"
_CONFIDENCE = 0.5
"""Less than anything that stands in the text: properties are often those of a template, or of
the person at the keyboard."""
_SHOWN = 0.85
"""Where the text has the title too, it is more than the line that looks like a headline."""
_TOP, _TOP_OF_PRINT = 30, 400
"""Units from the beginning among which the title of the properties is sought: in a print of a page
menus stand over it."""


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
        names = () if _is_user(author) else None
        yield HeadTag("author", author, _METHOD, _CONFIDENCE, names=names)
    if created and date_bounds(created).not_before:
        yield HeadTag("date_created", created, _METHOD, _CONFIDENCE)


def _is_user(author: str) -> bool:
    """Say whether an author is the name of an account: one word with a digit in it."""
    return " " not in author and any(map(str.isdigit, author))


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


def mark_shown_title(
    units: Sequence[Unit], title: str, known: FileProperties
) -> tuple[tuple[Unit, ...], tuple[HeadTag, ...]]:
    """Return ``units`` with the one that is the title, or begins it, marked as the headline.

    The name of a site may stand behind it in the title. What was taken for the headline by its
    letters is a heading then. Of several, it is the first in the letters of a heading. Where the
    units have it in parts, the title is a tag.
    """
    top = units[:_TOP_OF_PRINT]
    texts = ["" if unit.reason else unit.text for unit in top]
    runs = title_runs(texts, title) if known.says_title(title) else []
    if not runs:
        return mark_title(units, title, known), ()
    single = [run.start for run in runs if len(run) == 1]
    large = [at for at in single if units[at].kind in {"heading", "headline"}]
    place = next(iter(large or single[: len(runs) == 1]), None)
    placed = next((run for run in runs if run.start == place), runs[0])
    shown = {fold(" ".join(texts[run.start : run.stop])) for run in runs}
    if place is None and len(shown) > 1:
        return tuple(units), ()
    told = " ".join(texts[placed.start : placed.stop])
    return tuple(_marked(units, place)), (HeadTag("headline", told, _METHOD, _SHOWN),)


def _marked(units: Iterable[Unit], place: int | None) -> Iterator[Unit]:
    for index, unit in enumerate(units):
        if index == place:
            yield unit._replace(kind="headline")
        else:
            yield unit._replace(kind="heading") if unit.kind == "headline" else unit
