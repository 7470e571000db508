"""The text of a page's data put in its place among what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.model import LONGEST_VALUE
from knipsel.transforms.read.html.body import runs_of
from knipsel.transforms.read.html.page import Page
from knipsel.transforms.read.layout import marked_units
from knipsel.transforms.read.records.markup import one_line
from knipsel.transforms.read.records.tags import Value, declared_tags, ranked
from knipsel.transforms.text.words import weight, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.read.html.data.articles import DataArticle
    from knipsel.transforms.read.records.model import Names
    from knipsel.transforms.read.records.tags import RankedTag
    from knipsel.transforms.registers.lines.words import LineWords

ALTERNATIVE_TEXT, RECORD_FIELD = "alternative_text", "record_field"
TEXT_SOURCE, PAGE_DATA = "text_source", "page_data"
_SHOWN = 0.8
"""Share of the text in the data, in runs of three words, from which on the page shows it: the rest
are captions, headings and credits."""
_REPEATED, _TELLING = 0.8, 4
"""Share of its runs, and words, from which on a line of the page repeats the text in the data."""
_FRONT_LINES, _FRONT_WORDS = 3, 12
"""Lines under a headline that may be its byline and date, and their words."""
_CERTAIN = 0.95
_TOLD = frozenset({"headline", "date_published", "date_modified", "author", "url", "language"})


def shows(page: Page, article: DataArticle) -> bool:
    """Say whether a page shows the text in its data, or a longer one than that is."""
    runs = [run for one in article.paragraphs for run in runs_of(words(one.text))]
    shown = set(runs_of(words(page.text)))
    kept = sum(weight(u.text) for u, one in zip(page.units, page.kept or (), strict=False) if one)
    return sum(run in shown for run in runs) >= _SHOWN * len(runs) or kept >= article.words


def with_article(
    page: Page, article: DataArticle, names: Names, lines: LineWords, base: int = 0
) -> Page:
    """Return a page, which begins at ``base``, whose body is the text in its data.

    It stands under the headline, or under what the page shows of it, which is then an
    alternative text; a line that names its source goes before it.
    """
    runs = {run for one in article.paragraphs for run in runs_of(words(one.text))}
    shown = [_marked(unit, runs) for unit in page.units]
    place = _place(shown)
    begin = shown[place - 1].end if place else base
    written = _Written(begin + (place > 0))
    head = [*page.head, *written.add_fields(article, names, lines)]
    units = [*written.units, *written.add_text(article)]
    block = f"\n{written.text}" if place else f"{written.text}\n"
    below = [unit.shifted(len(block)) for unit in shown[place:]]
    kept = [unit.reason is None for unit in units]
    return Page(
        page.text[: begin - base] + block + page.text[begin - base :],
        (*shown[:place], *units, *below),
        (*(False for _ in shown[:place]), *kept, *(False for _ in below)),
        tuple(head),
    )


def _marked(unit: Unit, runs: set[tuple[str, ...]]) -> Unit:
    """Mark a line of the page that repeats the text in its data; a headline may well do so."""
    own = [] if unit.kind == "headline" else [*runs_of(words(unit.text))]
    repeats = len(own) + 2 >= _TELLING and sum(run in runs for run in own) >= _REPEATED * len(own)
    return unit._replace(reason=ALTERNATIVE_TEXT) if repeats else unit


def _place(units: Sequence[Unit]) -> int:
    """Return before which unit the text goes: under what repeats it, or under the headline."""
    repeats = [at for at, unit in enumerate(units) if unit.reason == ALTERNATIVE_TEXT]
    if repeats:
        return repeats[-1] + 1
    headline = next((at for at, unit in enumerate(units) if unit.kind == "headline"), None)
    if headline is None:
        return len(units)
    place = headline + 1
    for unit in units[place : place + _FRONT_LINES]:
        if unit.is_bullet or unit.kind or weight(unit.text) > _FRONT_WORDS:
            break
        place += 1
    return place


class _Written:
    """Lines while they are written one under the other, from ``offset`` of the source on."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.lines: list[str] = []
        self.units: list[Unit] = []

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def _add_line(self, line: str) -> int:
        """Write a line that is no part of the article, and return where it begins."""
        start = self.offset
        self.lines.append(line)
        self.units.append(Unit(start, start + len(line), line, reason=RECORD_FIELD))
        self.offset += len(line) + 1
        return start

    def add_fields(self, article: DataArticle, names: Names, lines: LineWords) -> Iterator[HeadTag]:
        """Write where the text comes from, and what is told beside it; yield what these say."""
        start = self._add_line(f"{article.source}:")
        end = start + len(article.source)
        method = "json-ld" if article.is_json_ld else PAGE_DATA
        yield HeadTag(TEXT_SOURCE, article.source, method, _CERTAIN, start, end)
        found: list[RankedTag] = []
        for name, value in article.fields:
            meaning, printed = names.meaning(name), one_line(value)
            if meaning and meaning[0] in _TOLD and 0 < len(printed) <= LONGEST_VALUE:
                start = self._add_line(f"{name}: {printed}") + len(name) + 2
                told = Value(printed, start, start + len(printed))
                found += declared_tags(name, told, PAGE_DATA, names, lines)
        yield from ranked(found)

    def add_text(self, article: DataArticle) -> Iterator[Unit]:
        """Write the paragraphs of the text and yield their units."""
        yield from marked_units(article.paragraphs, self.offset)
        self.lines += [one.text for one in article.paragraphs]
