"""Exports and cuttings of which each article has a line with its source, above or below its title.

So do the databases of the Austrian agency (``"De Kade" Nr. 14 vom 02.04.2013 Seite: 23``), the
cuttings of press offices (title, then ``De Kade, 2 april 2013, p. 3``), and what readers print.
Which of the two it is, the file as a whole shows: where a short line stands right above each
source, that is the title; where not, the title stands below. Nothing is divided where a source
might be something else, such as the signature under a letter: there must be two sources or more
that are sure by the same sign, a title beside each, and prose below it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.parse.bylines import parse_name_line, starts_with_listed
from knipsel.transforms.parse.dated_line import DatedLine
from knipsel.transforms.parse.people import people_in
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.read.exports.record.bylines import METHOD
from knipsel.transforms.read.exports.record.draft import Draft
from knipsel.transforms.read.exports.record.fields import SURE, field_tags, label_of, state
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    FIELD,
    INDEX,
    NO_ARTICLE,
    STANDFIRST,
    Record,
    export_lines,
    piece_of,
    to_reading,
)
from knipsel.transforms.read.exports.record.value import Value, value_of
from knipsel.transforms.read.exports.sourced.source_line import (
    LONGEST_SOURCE,
    SourceLine,
    parse_source,
)
from knipsel.transforms.text.words import ends_sentence, fold, weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.read.exports.sourced.source_line import Part
    from knipsel.transforms.text.words import Line

    _Mark = Callable[[Sequence[Line], frozenset[int], int], bool]

_LEAST_SOURCES = 2
_MOST_WITHOUT_PROSE = 0.34
"""Share of articles without prose from which a file is a list of articles, not these themselves."""
_PROSE_WORDS = 12
"""Words of a line from which it is prose."""
_TITLE_WORDS, _TITLE_LINES = 30, 3
_BYLINE_WORDS = 12
_NEAR, _MARK_WITHIN = 6, 3
"""Lines below a source among which the format may have marked a title; and must, as a sign."""
_MOST_ALIKE = 0.5
"""Share of titles that may be one and the same; beyond it they are no titles."""
_MOST_CUT = 0.5
"""Share of articles whose last line is cut off; beyond it the file lists articles."""
_RULE = re.compile(r"[\W_]{3,}")
"""A line of signs alone, which divides."""
_CUT = ("...", "…", "[...]")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class _Source:
    """A source line: its index, and what it says."""

    index: int
    said: SourceLine


@dataclass(frozen=True, slots=True)
class _Text:
    """A file: its lines, those of them that the format marks as headings, the sources."""

    lines: Sequence[Line]
    headings: frozenset[int]
    sources: Sequence[_Source]

    def is_heading(self, index: int) -> bool:
        """Say whether the format marks a line as a heading."""
        return self.lines[index].start in self.headings


def split(reading: Reading, words: ExportWords) -> Reading | None:
    """Divide a file at the sources of its articles; None where it is none of this kind."""
    if not _may_have_sources(reading.source_text, words):
        return None
    words = words.ordered(reading)
    lines = export_lines(reading, words.labels)
    headings = _headings(reading, lines)
    sources = _sources(lines, headings, words)
    if not sources:
        return None
    text = _Text(lines, headings, sources)
    above = _titles_stand_above(text)
    starts = [_start(text, one.index) if above else one.index for one in sources]
    first = _skip_contents(text, starts)
    starts, used = starts[first:], sources[first:]
    if len(used) < _LEAST_SOURCES or not _is_export(text, starts, used, above=above):
        return None
    records = list(_cover(lines[: starts[0]]))
    for (begin, end), source in zip(pairwise([*starts, len(lines)]), used, strict=True):
        records.append(_record(text, range(begin, end), source, Draft(reading.source_text, words)))
    return to_reading(reading, records, words)


def _may_have_sources(source: str, words: ExportWords) -> bool:
    """Say whether two lines are sure sources, days read in an order that costs no look."""
    dates = replace(words.lines.dates, order="day")
    plain = replace(words, lines=replace(words.lines, dates=dates))
    counts: Counter[str] = Counter()
    for line in _lines_with_year(source):
        said = parse_source(line, plain)
        counts.update(said.signs if said else ())
        if any(count >= _LEAST_SOURCES for count in counts.values()):
            return True
    return False


def _lines_with_year(source: str) -> Iterator[str]:
    """Yield the lines with a year that are short enough, each once."""
    end = -1
    for year in _YEAR.finditer(source):
        if year.start() < end:
            continue
        start = source.rfind("\n", 0, year.start()) + 1
        end = source.find("\n", year.end())
        end = len(source) if end < 0 else end
        if end - start <= LONGEST_SOURCE:
            yield source[start:end].strip()


def _sources(lines: Sequence[Line], headings: frozenset[int], words: ExportWords) -> list[_Source]:
    """Return the sources with the sign that most have, and others in the place of such a one."""
    found = [
        _Source(index, said)
        for index, line in enumerate(lines)
        if _YEAR.search(line.text) and (said := parse_source(line.text, words))
    ]
    signs = Counter(sign for one in found for sign in sorted(one.said.signs))
    main = max(signs, key=lambda sign: (signs[sign], sign), default="")
    sure = [one for one in found if main in one.said.signs]
    if len(sure) < _LEAST_SOURCES:
        return []
    known = {one.said.outlet.text for one in sure}
    mark = _mark(lines, headings, sure)
    return [
        one
        for one in found
        if main in one.said.signs
        or one.said.outlet.text in known
        or (mark is not None and mark(lines, headings, one.index))
    ]


def _mark(lines: Sequence[Line], headings: frozenset[int], sure: Sequence[_Source]) -> _Mark | None:
    """Return what all sure sources have beside them, and no line elsewhere by chance."""
    marks: tuple[_Mark, ...] = (_stands_under_rule, _stands_over_heading)
    for mark in marks:
        if all(mark(lines, headings, one.index) for one in sure if one.index):
            return mark
    return None


def _stands_under_rule(lines: Sequence[Line], _: frozenset[int], index: int) -> bool:
    return bool(index) and _RULE.fullmatch(lines[index - 1].text) is not None


def _stands_over_heading(lines: Sequence[Line], headings: frozenset[int], index: int) -> bool:
    return any(line.start in headings for line in lines[index + 1 : index + 1 + _MARK_WITHIN])


def _headings(reading: Reading, lines: Sequence[Line]) -> frozenset[int]:
    """Return where the lines begin that are a heading each, and nothing more."""
    kinds = {"headline", "heading"}
    marked = {
        (unit.start, unit.end)
        for one in reading.sections
        for unit in one.units
        if unit.kind in kinds
    }
    return frozenset(line.start for line in lines if (line.start, line.end) in marked)


def _titles_stand_above(text: _Text) -> bool:
    """Say whether the title of each article stands above its source, and not below."""
    return all(_has_title_above(text, one.index) for one in text.sources)


def _has_title_above(text: _Text, index: int) -> bool:
    if not index:
        return False
    line = text.lines[index - 1]
    if text.is_heading(index - 1):
        return True
    below = index + 1 < len(text.lines) and text.is_heading(index + 1)
    return (
        not below and _can_be_title(line) and index - 1 not in {one.index for one in text.sources}
    )


def _can_be_title(line: Line) -> bool:
    is_short = 0 < weight(line.text) <= _TITLE_WORDS
    return is_short and not _RULE.fullmatch(line.text) and not line.text.endswith((".", ";", ","))


def _start(text: _Text, index: int) -> int:
    """Return the index of the first line of the title above a source: it may be wrapped."""
    start = index - 1
    while (
        start > 0
        and index - start < _TITLE_LINES
        and not text.lines[start].after_blank
        and not text.is_heading(start)
        and _can_be_title(text.lines[start - 1])
        and any(line.after_blank for line in text.lines[max(0, start - _TITLE_LINES) : start])
    ):
        start -= 1
    return start


def _skip_contents(text: _Text, starts: Sequence[int]) -> int:
    """Return how many of the first sources are of a table of contents: no prose stands below."""
    ends = [*starts[1:], len(text.lines)]
    has_prose = [_has_prose(text.lines[a:b]) for a, b in zip(starts, ends, strict=True)]
    if True not in has_prose:
        return len(starts)
    first = has_prose.index(True)
    rest = len(starts) - first
    return first if first >= min(rest, _LEAST_SOURCES) else 0


def _has_prose(lines: Sequence[Line]) -> bool:
    return any(weight(line.text) >= _PROSE_WORDS for line in lines[1:] if not _is_source_like(line))


def _is_source_like(line: Line) -> bool:
    return _YEAR.search(line.text) is not None and not ends_sentence(line.text)


def _is_export(
    text: _Text, starts: Sequence[int], sources: Sequence[_Source], *, above: bool
) -> bool:
    """Say whether nearly all parts have a title and prose."""
    ends = [*starts[1:], len(text.lines)]
    parts = list(zip(starts, ends, sources, strict=True))
    bare = sum(not _has_prose(text.lines[begin:end]) for begin, end, _ in parts)
    cut = sum(text.lines[end - 1].text.rstrip(" |").endswith(_CUT) for _, end, _ in parts)
    if bare > _MOST_WITHOUT_PROSE * len(parts) or cut > _MOST_CUT * len(parts):
        return False
    titles = [
        range(begin, one.index) if above else _title_below(text, one.index + 1, end)
        for begin, end, one in parts
    ]
    firsts = [fold(text.lines[title.start].text) for title in titles if title]
    most = max(map(firsts.count, firsts), default=0)
    return len(firsts) == len(parts) and (most == 1 or most <= _MOST_ALIKE * len(parts))


def _title_below(text: _Text, begin: int, end: int) -> range | None:
    """Return where the title below a source is: what the format marks, else the first lines."""
    marked = [i for i in range(begin, min(end, begin + _NEAR)) if text.is_heading(i)]
    if marked:
        return range(marked[0], marked[0] + 1)
    if begin >= end or not _can_be_title(text.lines[begin]):
        return None
    stop = begin + 1
    while stop < min(end, begin + _TITLE_LINES) and not text.lines[stop].after_blank:
        stop += 1
    is_block = stop < end and text.lines[stop].after_blank
    return range(begin, stop if is_block else begin + 1)


def _cover(lines: Sequence[Line]) -> Iterator[Record]:
    if lines:
        yield Record((piece_of(lines, INDEX),), is_article=False)


def _record(text: _Text, part: range, source: _Source, draft: Draft) -> Record:
    lines = text.lines
    if part.start < source.index:
        draft.headline(lines[part.start : source.index])
        body = source.index + 1
        _add_source(draft, lines[source.index], source.said)
    else:
        _add_source(draft, lines[source.index], source.said)
        title = _title_below(text, source.index + 1, part.stop) or range(part.stop, part.stop)
        draft.add(lines[source.index + 1 : title.start], STANDFIRST)
        draft.headline(lines[title.start : title.stop])
        body = title.stop
    body = _add_bylines(draft, lines[body : part.stop]) + body
    stop = part.stop
    while stop > body and _RULE.fullmatch(lines[stop - 1].text):
        stop -= 1
    has_text = any(map(str.isalpha, "".join(line.text for line in lines[body:stop])))
    draft.add(lines[body:stop], BODY if has_text else NO_ARTICLE)
    draft.add(lines[stop : part.stop], FIELD)
    return draft.record()


def _add_bylines(draft: Draft, lines: Sequence[Line]) -> int:
    """Add the byline and the labels that stand above the text; return how many lines they are."""
    count = 0
    for line in lines:
        label = label_of(line, draft.words.labels)
        if label and label[0] != BODY:
            value = value_of(draft.source, label[1], line.end)
            draft.tags.extend(field_tags(label[0], value, draft.words))
            draft.add([line], FIELD)
        elif count == 0 and _is_byline(line, draft.words):
            draft.byline(line)
        else:
            break
        count += 1
    return count


def _is_byline(line: Line, words: ExportWords) -> bool:
    if weight(line.text) > _BYLINE_WORDS or ends_sentence(line.text):
        return False
    people = people_in(line.text, words.lines)
    listed = starts_with_listed(line.text, words.lines.bylines.words)
    named = parse_name_line(DatedLine(line.text, words.lines)) is not None
    is_name = named and all(_is_likely(name, words) for name in people)
    return bool(people) and (listed or is_name)


def _is_likely(name: str, words: ExportWords) -> bool:
    """Say whether a name without a byline word is one: *Eier in der Wand* lacks a first name."""
    persons = words.lines.persons
    leading = persons.leading_particles.intersection(name.casefold().split())
    return not leading or is_person(name.title(), persons)


def _add_source(draft: Draft, line: Line, said: SourceLine) -> None:
    def value(part: Part) -> Value:
        return Value(part.text, line.start + part.start, line.start + part.end)

    outlet = value(said.outlet)
    draft.tags.append(state("publisher", outlet.text, outlet, confidence=SURE))
    day = Value(said.date.edtf, line.start + said.date.start, line.start + said.date.end)
    draft.tags.append(state("date_published", said.date.edtf, day, METHOD, SURE))
    for name, part in (
        ("pagination", said.page),
        ("print_edition", said.issue),
        ("article_section", said.section),
    ):
        if part and part.text:
            draft.tags.append(state(name, part.text, value(part)))
    draft.add([line], FIELD)
