"""Mediargus and GoPress, databases of the Belgian press: an index of all articles, then the texts.

An entry of the index is a numbered title, a line such as ``De Kade, woensdag 30 november 2011,
p. 23, 853w.`` and the lead. A text begins with a line such as ``30-11-2011, p.23`` and ends
with the notice of who has the rights; between them stand the author or the edition, the title
and the text. The outlet stands in the index alone.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.dates import find_dates, is_day
from knipsel.transforms.read.exports.record.bylines import METHOD, author_tags
from knipsel.transforms.read.exports.record.fields import INDEX_METHOD, LEAD, LIKELY, SURE, state
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    FIELD,
    HEADLINE,
    INDEX,
    LEGAL,
    STANDFIRST,
    Piece,
    Record,
    export_lines,
    piece_of,
    to_reading,
)
from knipsel.transforms.read.exports.record.value import Value, value_of
from knipsel.transforms.text.words import count_words, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.text.words import Line

HEADLINE_REPEAT = "headline_repeat"

_SOURCE = re.compile(r"(.{1,120}), ([^,]{8,60}), p\. ?([^\s,]{1,12}), (\d{1,6})w\.?")
_TITLE = re.compile(r"\W{0,3}(\d{1,6})\. {1,3}(?=\S)")
_DATE_LINE = re.compile(r"(\d{2})-(\d{2})-(\d{4}), p\. ?([^\s,]{1,12})")
_SIGN = re.compile(r", p\. ?[^\s,]{1,12}, \d{1,6}w\b")
_ABOVE_TITLE = 6
"""Lines under the date among which the title is sought."""
_REPEAT_WITHIN = 4
"""Lines under the title among which it can stand again, as it did in print."""
_COUNTED = 0.95
"""Words that were counted are surer than a number in the index, which counts in its own way."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the index says of an article."""

    title: Value
    outlet: Value
    date: Value
    edtf: str
    page: Value
    words: Value
    lead: Value | None

    @property
    def key(self) -> tuple[str, str]:
        """The day and the page, by which text and entry belong together."""
        return self.edtf, self.page.text


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a text, from its date line on."""

    lines: tuple[Line, ...]
    key: tuple[str, str]

    def title_at(self, entry: _Entry | None) -> int | None:
        """Return the index of the line that is the title of an entry."""
        if entry is None:
            return None
        wanted, is_cut = fold(entry.title.text), entry.title.text.endswith(("...", "…"))
        for index, line in enumerate(self.lines[1 : 1 + _ABOVE_TITLE], 1):
            found = fold(line.text)
            if wanted and (found == wanted or (is_cut and found.startswith(wanted))):
                return index
        return None


def split(reading: Reading, words: ExportWords) -> Reading | None:
    """Divide an export with an index into its articles; None where the text is none."""
    source = reading.source_text
    if not _SIGN.search(source):
        return None
    lines, months = export_lines(reading, words.labels), words.lines.dates.months
    places = [index for index, line in enumerate(lines) if _is_source(lines, index, months)]
    if not places:
        return None
    starts = [i for i, one in enumerate(lines) if i > places[-1] and _key(one, months)]
    if not starts and len(places) == 1:
        return None
    end = starts[0] if starts else len(lines)
    entries = list(_entries(source, lines[:end], places, months))
    parts = list(_parts(lines, starts, months))
    records = [Record((piece_of(lines[:end], INDEX),), is_article=False)]
    records += _records(source, parts, entries, words)
    return to_reading(reading, records, words)


def _is_source(lines: Sequence[Line], index: int, months: Mapping[str, int]) -> bool:
    """Say whether a line is that of an entry: outlet, day, page and words, under its title."""
    found = _SOURCE.fullmatch(lines[index].text)
    if not found or not index or not _TITLE.match(lines[index - 1].text):
        return False
    return any(map(is_day, find_dates(found[2], months)))


def _key(line: Line, months: Mapping[str, int]) -> tuple[str, str] | None:
    found = _DATE_LINE.fullmatch(line.text)
    dates = find_dates(line.text, months) if found else []
    return (dates[0].edtf, found[4]) if found and dates else None


def _parts(
    lines: Sequence[Line], starts: Sequence[int], months: Mapping[str, int]
) -> Iterator[_Part]:
    for begin, end in pairwise([*starts, len(lines)]):
        key = _key(lines[begin], months)
        if key:
            yield _Part(tuple(lines[begin:end]), key)


def _entries(
    source: str, lines: Sequence[Line], places: Sequence[int], months: Mapping[str, int]
) -> Iterator[_Entry]:
    for place, following in pairwise([*places, len(lines) + 1]):
        title, line = lines[place - 1], lines[place]
        number, found = _TITLE.match(title.text), _SOURCE.fullmatch(line.text)
        if number is None or found is None:
            continue
        outlet, day, page, count = (
            Value(found[group], line.start + found.start(group), line.start + found.end(group))
            for group in (1, 2, 3, 4)
        )
        edtf = next(one.edtf for one in find_dates(found[2], months) if is_day(one))
        rest = lines[place + 1 : following - 1]
        lead = value_of(source, rest[0].start, rest[-1].end) if rest else None
        heading = value_of(source, title.start + number.end(), title.end)
        yield _Entry(heading, outlet, day, edtf, page, count, lead)


def _match(parts: Sequence[_Part], entries: Sequence[_Entry]) -> list[_Entry | None]:
    """Return the entry of each text: that of its day, page and title, then of day and page."""
    titled: defaultdict[tuple[str, str, str], deque[int]] = defaultdict(deque)
    for index, entry in enumerate(entries):
        titled[(*entry.key, fold(entry.title.text))].append(index)
    matched: list[int | None] = []
    for part in parts:
        heads = (fold(line.text) for line in part.lines[1 : 1 + _ABOVE_TITLE])
        rows = (titled.get((*part.key, head)) for head in heads if head)
        row = next((row for row in rows if row), None)
        matched.append(row.popleft() if row else None)
    free: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
    for index in sorted(set(range(len(entries))) - set(matched)):
        free[entries[index].key].append(index)
    for place, part in enumerate(parts):
        if matched[place] is None and free[part.key]:
            matched[place] = free[part.key].popleft()
    return [None if index is None else entries[index] for index in matched]


def _records(
    source: str, parts: Sequence[_Part], entries: Sequence[_Entry], words: ExportWords
) -> Iterator[Record]:
    matched = _match(parts, entries)
    editions = {
        fold(line.text)
        for part, entry in zip(parts, matched, strict=True)
        for line in part.lines[1 : part.title_at(entry) or 1]
        if line.after_blank
    }
    for part, entry in zip(parts, matched, strict=True):
        yield _record(source, part, entry, editions, words)


def _record(
    source: str, part: _Part, entry: _Entry | None, editions: set[str], words: ExportWords
) -> Record:
    lines = part.lines
    title = part.title_at(entry)
    last = len(lines) - int(len(lines) > 1 and words.labels.begins(lines[-1].text, "rights"))
    first = _first_of_text(lines, title, editions)
    above = lines[1 : min(first, last) if title is None else title]
    pieces = [piece_of([line], FIELD) for line in (lines[0], *above)]
    tags = list(_index_tags(entry, words.labels)) if entry else []
    tags += _line_tags(source, part, above, words)
    if title is not None:
        pieces.append(piece_of([lines[title]], HEADLINE))
    pieces += _text_pieces(lines[first:last], fold(entry.title.text) if entry else "")
    tags += _count_tags(source, pieces, entry)
    for line in lines[last:]:
        tags.append(state("copyright_notice", line.text, value_of(source, line.start, line.end)))
        pieces.append(piece_of([line], LEGAL))
    return Record(tuple(pieces), tuple(tags))


def _first_of_text(lines: Sequence[Line], title: int | None, editions: set[str]) -> int:
    """Return the index of the first line of the text; without a title, of what is no field."""
    if title is not None:
        return title + 1
    index = 1
    while index < len(lines) - 1 and (
        not lines[index].after_blank or fold(lines[index].text) in editions
    ):
        index += 1
    return index


def _text_pieces(lines: Sequence[Line], title: str) -> Iterator[Piece]:
    """Yield the text; where the title stands in it again, as in print, apart from that."""
    heads = lines[:_REPEAT_WITHIN]
    again = next((i for i, line in enumerate(heads) if title and fold(line.text) == title), None)
    if again is not None:
        yield from (piece_of([line], STANDFIRST) for line in lines[:again])
        yield piece_of([lines[again]], HEADLINE_REPEAT)
        lines = lines[again + 1 :]
    if lines:
        yield piece_of(lines, BODY)


def _index_tags(entry: _Entry, labels: ExportLabels) -> Iterator[HeadTag]:
    if fold(entry.title.text) not in labels.phrases["untitled"]:
        yield state("headline", entry.title.text, entry.title, INDEX_METHOD, SURE)
    yield state("publisher", entry.outlet.text, entry.outlet, INDEX_METHOD, SURE)
    yield state("date_published", entry.edtf, entry.date, INDEX_METHOD, SURE)
    yield state("pagination", entry.page.text, entry.page, INDEX_METHOD)
    yield state("word_count", entry.words.text, entry.words, INDEX_METHOD)
    if entry.lead:
        yield state("description", entry.lead.text, entry.lead, INDEX_METHOD, LEAD)


def _line_tags(
    source: str, part: _Part, lines: Sequence[Line], words: ExportWords
) -> Iterator[HeadTag]:
    """Yield what the date line says, and the lines under it: an author right below, an edition."""
    first = part.lines[0]
    value = Value(first.text, first.start, first.end)
    yield state("date_published", part.key[0], value, METHOD, LIKELY)
    yield state("pagination", part.key[1], value, METHOD, LIKELY)
    for line in lines:
        below = value_of(source, line.start, line.end)
        if line.after_blank:
            yield state("print_edition", below.text, below)
        else:
            yield from author_tags(below, words)


def _count_tags(source: str, pieces: Sequence[Piece], entry: _Entry | None) -> Iterator[HeadTag]:
    """Yield the number of words of the text where the index has another one."""
    texts = [source[one.start : one.end] for one in pieces if one.use in {BODY, STANDFIRST}]
    count = str(sum(map(count_words, texts)))
    if entry and count != entry.words.text:
        yield HeadTag("word_count", count, "counted", _COUNTED)
