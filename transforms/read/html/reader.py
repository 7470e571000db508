"""HTML: what a page shows, and an article that stands in its data alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.html.data.articles import find_article
from knipsel.transforms.read.html.data.merge import shows, with_article
from knipsel.transforms.read.html.data.scripts import JSON_LD, script_values
from knipsel.transforms.read.html.page import Page, read_page
from knipsel.transforms.read.records.model import Names
from knipsel.transforms.text.words import weight

if TYPE_CHECKING:
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_ENOUGH = 250
"""Words of a body from which on a page that is free is not asked for more: looking through the data
of programs takes as long as reading the page. JSON-LD is always asked."""


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a page, however malformed; what cannot be parsed at all is read as no text."""
    page = read_whole_page(source.text, registers)
    if isinstance(page, Rejection):
        return page
    return Reading(page.text, (Section(page.units, page.kept, page.head),))


def read_whole_page(text: str, registers: Registers, offset: int = 0) -> Page | Rejection:
    """Lay out a page whose text is to begin at ``offset``, with the article in its data.

    Where the page shows that article, its data add nothing.
    """
    page = read_page(text, registers.lines, offset)
    if isinstance(page, Rejection) or not page.scripts:
        return page
    scripts = [one for one in page.scripts if one.name == JSON_LD or not _has_enough(page)]
    titles = {tag.value for tag in page.head if tag.field == "headline"}
    titles |= {unit.text for unit in page.units if unit.kind == "headline"}
    names = Names(registers.record_fields)
    article = find_article(script_values(scripts), titles, names)
    if article is None or shows(page, article):
        return page
    return with_article(page, article, names, registers.lines, offset)


def _has_enough(page: Page) -> bool:
    is_free = all(
        tag.value != "false" for tag in page.head if tag.field == "is_accessible_for_free"
    )
    kept = zip(page.units, page.kept or (), strict=False)
    return is_free and sum(weight(unit.text) for unit, one in kept if one) >= _ENOUGH
