"""Records laid out as a text: the fields of each above its text, an article a record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.read.html.page import Page
from knipsel.transforms.read.layout import marked_units
from knipsel.transforms.read.records.markup import lay_out_text, one_line
from knipsel.transforms.read.records.model import (
    DESCRIPTION,
    HEADLINE,
    TEXT,
    Names,
    Record,
    shown_name,
)
from knipsel.transforms.read.records.tags import Value, declared_tags, ranked
from knipsel.transforms.text.words import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.read.records.tags import RankedTag
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.words import LineWords

RECORD_FIELD, ALTERNATIVE_TEXT, NO_ARTICLE = "record_field", "alternative_text", "no_article"
VALUE_SEPARATOR, _PARAGRAPH_SEPARATOR = "; ", "\n\n"
_LEAST_DESCRIPTION = 12
"""Words of a description that stands for the text where a record has no other."""
_TEASER_WORDS, _WHOLE_PARAGRAPHS = 100, 3
"""Words of a description up to which it is a teaser, and paragraphs from which it is none;
services put whole texts there as well."""
_TEASER, _CUT_CELL = 0.6, 0.9
_PUBLISHED = frozenset({"date_published", "url"})
_LARGEST_CELL = 32_767
"""Characters that a cell of Excel holds: a text of just as many was cut off there."""


def lay_out_records(
    records: Iterable[Record], method: str, names: Names, lines: LineWords, layout: LayoutWords
) -> Reading:
    """Write all records one under the other, the fields of each above its text.

    ``method`` is what the statements name as the way in which a value was found.
    """
    written = _Layout(method, names, lines, layout)
    return written.reading(tuple(map(written.add, records)))


def has_description(record: Record, names: Names) -> bool:
    """Say whether a record has a description that can stand for a text that it lacks."""
    return _description(record, names) is not None


@dataclass(slots=True)
class _Layout:
    """The text while it is written."""

    method: str
    names: Names
    lines: LineWords
    layout: LayoutWords
    pieces: list[str] = field(default_factory=list)
    offset: int = 0

    def reading(self, sections: tuple[Section, ...]) -> Reading:
        """Return what was written."""
        return Reading("".join(self.pieces), sections)

    def add(self, record: Record) -> Section:
        """Write a record and return its section."""
        chosen = _choose(record, self.names)
        reason = RECORD_FIELD if chosen.has_text or not record.is_article else NO_ARTICLE
        units: list[Unit] = []
        head: list[RankedTag] = []
        for index, (name, values) in enumerate(record.fields):
            rest = self._others(values, name) if index in {chosen.text, chosen.headline} else values
            if not rest:
                continue
            if chosen.has_text and self.names.is_text(name):
                units += self._add_text(rest, ALTERNATIVE_TEXT).units
            else:
                units.append(self._add_field(name, rest, reason))
                head += () if rest is not values else self._tags(name, units[-1])
        if chosen.headline is not None:
            name, values = record.fields[chosen.headline]
            units += self._add_headline(name, self._first(values, name), reason)
            head += self._tags(name, units[-1])
        return self._finish(record, chosen, units, head)

    def _first(self, values: tuple[str, ...], name: str) -> tuple[str, ...]:
        """Return the values that count: the first alone of a headline and of forms of one text."""
        is_one = self.names.says(HEADLINE, name) or self.names.is_alternatives(name)
        return values[:1] if is_one else values

    def _others(self, values: tuple[str, ...], name: str) -> tuple[str, ...]:
        return values[len(self._first(values, name)) :]

    def _finish(
        self, record: Record, chosen: _Chosen, units: list[Unit], head: list[RankedTag]
    ) -> Section:
        self._write("\n" if chosen.has_text else "")
        body, tags = Page("", (), (), ()), list(ranked(head))
        if record.body:
            body = self._add_body(record)
        elif chosen.text is not None:
            name, values = record.fields[chosen.text]
            body = self._add_text(self._first(values, name), None)
            is_short = len(body.units) < _WHOLE_PARAGRAPHS
            is_teaser = chosen.is_description and _is_teaser(record, values, is_short=is_short)
            tags += self._completeness(values, is_teaser=is_teaser)
        flags = None if body.kept is None else (*(False for _ in units), *body.kept)
        self._write("\n")
        return Section(
            (*units, *body.units), flags, (*tags, *body.head), is_declared=chosen.has_text
        )

    def _completeness(self, values: Sequence[str], *, is_teaser: bool) -> Iterator[HeadTag]:
        """Yield what shows that a text is not whole: where it stood, or that its cell was full."""
        if is_teaser:
            yield HeadTag("completeness", "teaser", self.method, _TEASER)
        if any(len(value) == _LARGEST_CELL for value in values):
            yield HeadTag("completeness", "truncated", "full_cell", _CUT_CELL)

    def _write(self, text: str) -> int:
        """Write ``text`` and return where it begins."""
        start = self.offset
        self.pieces.append(text)
        self.offset += len(text)
        return start

    def _add_field(self, name: str, values: Sequence[str], reason: str) -> Unit:
        """Write a field on a line of its own; the unit's text is its value."""
        label = f"{shown_name(name)}: "
        value = VALUE_SEPARATOR.join(map(one_line, values))
        start = self._write(f"{label}{value}\n")
        return Unit(start, start + len(label) + len(value), f"{label}{value}", reason=reason)

    def _add_headline(self, name: str, values: Sequence[str], reason: str) -> Iterator[Unit]:
        """Write a headline, its name apart from it so that it can be a paragraph."""
        unit = self._add_field(name, values, reason)
        if reason == NO_ARTICLE:
            yield unit
            return
        label = f"{shown_name(name)}:"
        begin = unit.start + len(label) + 1
        yield Unit(unit.start, unit.start + len(label), label, reason=reason)
        yield Unit(begin, unit.end, unit.text[len(label) + 1 :], kind=HEADLINE)

    def _add_text(self, values: Sequence[str], reason: str | None) -> Page:
        """Write a text; where there are several values, each is a paragraph of it."""
        text = _PARAGRAPH_SEPARATOR.join(values)
        page = lay_out_text(text, self.offset, self.lines, self.layout)
        self._write(f"{page.text}\n")
        if reason is None:
            return page
        units = (unit._replace(reason=unit.reason or reason) for unit in page.units)
        return replace(page, units=tuple(units))

    def _add_body(self, record: Record) -> Page:
        """Write a text that the format gives in paragraphs; all that have no reason are kept."""
        units = tuple(marked_units(record.body, self.offset))
        self._write("".join(f"{paragraph.text}\n" for paragraph in record.body))
        return Page("", units, tuple(unit.reason is None for unit in units), ())

    def _tags(self, name: str, unit: Unit) -> Iterator[RankedTag]:
        prefix = 0 if unit.kind == HEADLINE else len(shown_name(name)) + 2
        value = Value(unit.text[prefix:], unit.start + prefix, unit.end)
        return declared_tags(name, value, self.method, self.names, self.lines)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Which fields of a record are its text and its headline, by their index."""

    text: int | None
    headline: int | None
    has_text: bool
    is_description: bool = False


def _choose(record: Record, names: Names) -> _Chosen:
    best = _best(record, names)
    text, headline = best.get(TEXT), best.get(HEADLINE)
    if record.body or text is not None or not record.is_article:
        text = None if record.body else text
        return _Chosen(text, headline, has_text=bool(record.body) or text is not None)
    described = _description(record, names)
    return _Chosen(described, headline, described is not None, is_description=True)


def _best(record: Record, names: Names) -> dict[str, int]:
    """Return the index of the surest field for the text and for the headline, where it has one."""
    ranks: dict[str, tuple[int, int]] = {}
    for index, (name, values) in enumerate(record.fields if record.is_article else ()):
        meaning = names.meaning(name)
        if meaning and (meaning[0] != TEXT or any(map(_is_prose, values))):
            known, rank = meaning
            ranks[known] = min(ranks.get(known, (rank, index)), (rank, index))
    return {known: ranks[known][1] for known in (TEXT, HEADLINE) if known in ranks}


def _description(record: Record, names: Names) -> int | None:
    """Return the index of the longest description that is long enough to stand for a text.

    So it does in what is surely a record of an article: with a headline, and a date or address.
    """
    told = {meaning[0] for name, _ in record.fields if (meaning := names.meaning(name))}
    if not record.is_article or HEADLINE not in told or not told & _PUBLISHED:
        return None
    sizes = [
        (-weight(_PARAGRAPH_SEPARATOR.join(values)), index)
        for index, (name, values) in enumerate(record.fields)
        if names.says(DESCRIPTION, name)
    ]
    size, index = min(sizes, default=(0, 0))
    return index if -size >= _LEAST_DESCRIPTION else None


def _is_teaser(record: Record, values: Iterable[str], *, is_short: bool) -> bool:
    """Say whether a description that stands for the text is but a part of it."""
    if record.is_whole is not None:
        return not record.is_whole
    return is_short and sum(map(weight, values)) < _TEASER_WORDS


def _is_prose(value: str) -> bool:
    """Say whether a value can be a text: it is no checksum, address, number or sign."""
    return weight(value) > 1
