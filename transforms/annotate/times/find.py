"""The times that a text names."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.annotate.model import TimeExpression
from knipsel.transforms.annotate.times.plausible import is_time
from knipsel.transforms.annotate.times.readings import TimeReading, composed
from knipsel.transforms.annotate.times.rules.stretches import parse_stretch
from knipsel.transforms.annotate.times.tense import looks
from knipsel.transforms.annotate.times.tokens import find_runs, may_name_time
from knipsel.transforms.text import calendar_values as values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from knipsel.transforms.annotate.model import ArticleText, Sentence
    from knipsel.transforms.annotate.times.readings import Looks
    from knipsel.transforms.annotate.times.tokens import Run
    from knipsel.transforms.registers.annotations.times import TimeWords
    from knipsel.transforms.text.calendar_values import Value
    from knipsel.transforms.text.edtf import DateBounds


class _Found(NamedTuple):
    """A time in the text, before it is known which one."""

    start: int
    end: int
    reading: TimeReading


class _Anchor(NamedTuple):
    """The time before: what a time that counts in the text may count from."""

    sentence: int
    value: Value | None


MOST_IN_SENTENCE = 100
"""Times that are read in a sentence: one with more is a table without an end."""


def find_times(text: ArticleText, registers: Mapping[str, TimeWords]) -> tuple[TimeExpression, ...]:
    """Return the times that a text names, in order, none inside another.

    A language without a register has none: its numbers and names may mean anything.
    """
    words = registers.get(text.language or "")
    if words is None:
        return ()
    resolver = _Resolver(text, words)
    expressions = (
        resolver.expression(found)
        for sentence in text.sentences
        if may_name_time(text.text, sentence.start, sentence.end, words)
        for found in islice(_in_sentence(text, sentence, words), MOST_IN_SENTENCE)
    )
    return tuple(one for one in expressions if one)


def _in_sentence(article: ArticleText, sentence: Sentence, words: TimeWords) -> Iterator[_Found]:
    text, start = article.text, article.blocks[sentence.block].start
    for run in find_runs(text, sentence.start, sentence.end, words):
        spans = list(_in_run(text, run, start, words))
        for place, end, reading in _with_shared_containers(spans, run):
            yield _Found(run.tokens[place].start, run.tokens[end - 1].end, reading)


def _in_run(
    text: str, run: Run, start: int, words: TimeWords
) -> Iterator[tuple[int, int, TimeReading]]:
    place = 0
    while place < len(run.codes):
        found = next(
            (
                one
                for one in parse_stretch(run, place)
                if is_time(text, run, place, one.end, words, start)
            ),
            None,
        )
        if found:
            yield place + _is_apart(run, place), *found
        place = found.end if found else place + 1


def _is_apart(run: Run, place: int) -> bool:
    """Tell whether the first word of a time stands before it: *op 3 en 4 mei*.

    It belongs to *van 3 tot 4 mei*.
    """
    return run.codes[place] == "v" and run.tokens[place].value != "range"


def _with_shared_containers(
    spans: list[tuple[int, int, TimeReading]], run: Run
) -> list[tuple[int, int, TimeReading]]:
    """Give each time of a row the year behind its last, or the week before its first.

    That is *april en mei 2022*, and *volgende week woensdag of donderdag*.
    """
    for index in range(len(spans) - 1, 0, -1):
        if _are_in_a_row(spans[index - 1], spans[index], run):
            _share(spans, index - 1, spans[index][2].container)
    for index in range(1, len(spans)):
        container = spans[index - 1][2].container
        if _are_in_a_row(spans[index - 1], spans[index], run) and container:
            _share(spans, index, container if container.unit == "week" else None)
    return spans


def _are_in_a_row(
    one: tuple[int, int, TimeReading], other: tuple[int, int, TimeReading], run: Run
) -> bool:
    joint = run.codes[one[1] : other[0]]
    return bool(joint) and not joint.strip(",e") and one[2].unit == other[2].unit != "span"


def _share(
    spans: list[tuple[int, int, TimeReading]], index: int, container: TimeReading | None
) -> None:
    place, end, reading = spans[index]
    if container and container.unit in reading.accepts:
        spans[index] = place, end, composed(reading, container)


class _Resolver:
    """Says which times the times of a text are, in their order."""

    def __init__(self, text: ArticleText, words: TimeWords) -> None:
        self._text = text
        self._words = words
        self._starts = [sentence.start for sentence in text.sentences]
        self._published = text.published
        self._named = _edtf_of(text.published)
        self._last: _Anchor | None = None

    def expression(self, found: _Found) -> TimeExpression | None:
        """Return a time with its value, and what it was counted from.

        What has no value though the article has a date is no time (*31 juni*), or a while.
        """
        sentence = bisect_right(self._starts, found.start) - 1
        value, anchor = self._value(found, sentence)
        if value is None and self._named and found.reading.kind not in {"vague", "in_text"}:
            return None
        self._last = _Anchor(sentence, value)
        edtf = value.edtf if value else None
        return TimeExpression(found.start, found.end, edtf, anchor if edtf else None)

    def _value(self, found: _Found, sentence: int) -> tuple[Value | None, str | None]:
        reading = found.reading
        if reading.kind == "vague":
            return None, None
        from_anchor, anchor = reading.from_anchor, self._anchor(sentence)
        if from_anchor and anchor:
            return _tried(lambda: from_anchor(anchor)), anchor.edtf
        first, last = self._published.not_before, self._published.not_after
        where: Looks = "unknown"
        if reading.kind in {"leaning", "in_text"}:
            where = self._looks(found, sentence)
        if where != "ahead" and (year := self._year_before(reading, sentence)):
            within, ref = reading.within, first or year.first
            return _tried(lambda: within(year, ref) if within else year), year.edtf
        if reading.kind == "absolute":
            some_day = first or last or date.min
            return _tried(lambda: reading.resolve(some_day, where)), None
        if first is None or last is None:
            return None, None
        value = _over(reading, first, last, where)
        if value and (value.first, value.last) == (first, last) and reading.unit == "day":
            value = value._replace(begin=self._named or "", end=self._named or "")
        return value, self._named

    def _anchor(self, sentence: int) -> Value | None:
        """Return the time before, where it stands in this sentence or the one before."""
        if self._last is None or sentence - self._last.sentence > 1:
            return None
        value = self._last.value
        if value is None or value.unit == "span" or value.edtf.endswith("~"):
            return None
        return value

    def _year_before(self, reading: TimeReading, sentence: int) -> Value | None:
        """Return the year that the same sentence names before a date without one."""
        if self._last is None or self._last.sentence != sentence or reading.kind != "leaning":
            return None
        value = self._last.value
        has_year = value is not None and value.unit == "year" and not value.edtf.endswith("~")
        return value if has_year and "year" in reading.accepts else None

    def _looks(self, found: _Found, sentence: int) -> Looks:
        text = self._text
        bounds = text.sentences[sentence][:2] if sentence >= 0 else (found.start, found.end)
        return looks(text.text, bounds, (found.start, found.end), self._words.tense)


def _tried(resolve: Callable[[], Value]) -> Value | None:
    """Return a value; None where the calendar has no such time, or not in these years."""
    try:
        return resolve()
    except (ValueError, OverflowError, StopIteration):
        return None


def _over(reading: TimeReading, first: date, last: date, where: Looks) -> Value | None:
    """Return a value for every day on which the article may have been published."""
    one = _tried(lambda: reading.resolve(first, where))
    other = one if first == last else _tried(lambda: reading.resolve(last, where))
    if one is None or other is None:
        return None
    return _tried(lambda: values.span(one, other))


def _edtf_of(published: DateBounds) -> str | None:
    """Return the date of the article as EDTF."""
    first, last = published.not_before, published.not_after
    if first is None or last is None:
        return None
    if published.precision in {"year", "month", "day"}:
        return first.isoformat()[: {"year": 4, "month": 7, "day": 10}[published.precision]]
    return f"{first.isoformat()}/{last.isoformat()}"
