"""The front of an article: its headline, standfirst, byline and date line, above the body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.author_lines import has_credit
from transforms.boilerplate import SOURCE_ADDRESS
from transforms.byline_choice import choose_bylines
from transforms.bylines import (
    parse_byline,
    parse_date_line,
    parse_name_line,
    starts_with_listed,
)
from transforms.dates import dates_in, is_day
from transforms.headline_choice import HeadlinePage, choose_headline
from transforms.text import begins_upper, ends_sentence, fold, words
from transforms.units import without_bullet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.body import Judged, Likely
    from transforms.registers import Registers

_ABOVE, _BELOW = 30, 8
"""Units above and below the beginning of the body among which its front is sought."""
_TEASER_WORDS = 45
"""Words of prose that can stand above a headline; after more the article itself has begun."""
_STANDFIRST_WORDS = 80
"""Words of prose that can stand between a headline and a byline; more are an article already."""
_LEAD_UNITS, _LEAD_WORDS = 8, 600
"""How much of the body is compared with a candidate for the headline."""
_MOST_DATE_LINES = 2
"""An article has a date of publication and one of an update; more are of a list of articles."""
_MASTHEAD = 10
"""Lines above the headline beyond which a date is that of the visit, as mastheads show it."""
_LONGEST_HEADLINE, _MOST_WORDS = 220, 30
_LONG_WORD = 4
"""Letters of a word from which it tells what a text is about."""

_SHORT_LOSS = {1: 2.0, 2: 2.0, 3: 0.5}
"""What a candidate loses by its number of words: sections and buttons are short."""
_MARK_BELOW, _MARK_LOSS = 2.5, 0.2
"""What a byline or date line right below is worth, and what each line between them takes off."""
_OVER_BODY, _ABOVE_BODY, _IN_BODY = 1.0, 0.5, -2.0
"""What the place of a candidate is worth that has no such line below it."""
_DISTANCE_LOSS = 0.03
"""What a candidate loses for each unit between it and the beginning of the body."""
_SURE = 2.5
"""What it must score where the model of fronts finds none: as one over a byline or a date does."""
_THRESHOLD = 0.8
"""What a candidate must score: one right over the body does so by its place alone."""


@dataclass(slots=True)
class Front:
    """Indexes of the units that make the front; ``begin`` is where the article begins."""

    begin: int
    headline: int | None = None
    bylines: set[int] = field(default_factory=set)
    date_lines: set[int] = field(default_factory=set)
    standfirsts: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Page:
    """What candidates for the headline are weighed against."""

    judged: Sequence[Judged]
    registers: Registers
    lead: frozenset[str]
    """The words with which the body begins."""
    seen: dict[str, int]
    """How often each line stands above."""


def find_front(
    judged: Sequence[Judged],
    begin: int,
    end: int,
    registers: Registers,
    likely: Likely | None,
) -> Front:
    """Find the front of the body that stands at ``begin:end`` of ``judged``.

    ``likely`` is what the models say, None where they were not asked.
    """
    front = Front(begin)
    window = range(max(0, begin - _ABOVE), _window_end(judged, begin, end))
    for index in window:
        text = judged[index].unit.text
        if judged[index].unit.reason or judged[index].reason == SOURCE_ADDRESS:
            continue
        if parse_byline(text, registers):
            front.bylines.add(index)
        elif parse_date_line(without_bullet(text), registers):
            front.date_lines.add(index)
    _drop_coarse_dates(front, judged, registers)
    seen = _repeats(judged, window.stop)
    page = _Page(judged, registers, _lead_words(judged, begin, end), seen)
    is_marked = any(item.unit.kind == "headline" for item in judged)
    if likely is not None and not is_marked:
        front.headline = _likely_headline(front, page, likely, window.stop)
    if front.headline is None:
        least = _THRESHOLD if likely is None or is_marked else _SURE
        front.headline = _headline(page, window, front, least)
    _narrow(front, judged, begin)
    if len({fold(judged[index].unit.text) for index in front.date_lines}) > _MOST_DATE_LINES:
        front.date_lines.clear()
    if likely is not None:
        _take_likely(front, judged, likely, registers)
    if not front.date_lines:
        front.date_lines = _labelled_date_line(front, judged, registers)
    _add_name_line(front, judged, registers)
    return front


def _likely_headline(front: Front, page: _Page, likely: Likely, stop: int) -> int | None:
    """Return the headline by the model and by its words, above ``stop``."""
    own = front.bylines | front.date_lines
    marks = own | {index for head, index in likely.front.items() if head != "headline"}
    counts = _repeats(page.judged, len(page.judged))
    repeated = frozenset(line for line, count in counts.items() if count > 1)
    shares = {
        index: share
        for index, share in likely.headlines.items()
        if index < stop and index not in own
    }
    return choose_headline(
        shares,
        HeadlinePage(page.judged, front.begin, page.lead, marks, repeated, page.registers),
    )


def _take_likely(
    front: Front, judged: Sequence[Judged], likely: Likely, registers: Registers
) -> None:
    """Take the lines that the model has for the byline and the date line, if they hold such."""
    date_line = likely.front.get("date_line")
    bylines = choose_bylines(judged, likely.bylines, front.headline, registers)
    if bylines:
        front.bylines = bylines
        front.date_lines -= bylines
    is_free = date_line is not None and date_line not in front.bylines
    if front.headline is not None and date_line is not None:
        is_free = is_free and date_line >= front.headline - _MASTHEAD
    if date_line is not None and is_free and _can_be_date_line(judged[date_line], registers):
        front.date_lines = {date_line}


def _labelled_date_line(front: Front, judged: Sequence[Judged], registers: Registers) -> set[int]:
    """Return the line, wherever it is, that labels its date: the first if all such say the same."""
    found = {
        index: parsed.date.edtf
        for index, item in enumerate(judged)
        if index not in front.bylines
        and item.unit.reason is None
        and item.look not in {"prose", "placeholder"}
        and starts_with_listed(item.unit.text, registers.dated_beginnings)
        and (parsed := parse_date_line(item.unit.text, registers))
        and parsed.date
        and is_day(parsed.date)
    }
    return {min(found)} if len(set(found.values())) == 1 else set()


def _can_be_date_line(item: Judged, registers: Registers) -> bool:
    """Say whether a line holds a day, and is neither a sentence that names one nor a picture's."""
    text = item.unit.text
    if item.look == "placeholder" or item.reason == SOURCE_ADDRESS:
        return False
    if item.is_prose or ends_sentence(text):
        is_labelled = starts_with_listed(text, registers.dated_beginnings)
        return is_labelled or parse_date_line(text, registers) is not None
    return not has_credit(text, registers) and any(
        map(is_day, dates_in(text, registers, short_years=True))
    )


def _drop_coarse_dates(front: Front, judged: Sequence[Judged], registers: Registers) -> None:
    """Leave out lines with a month only, the label of an issue or a season, where one has a day."""
    with_day = {
        index
        for index in front.date_lines
        if any(map(is_day, dates_in(judged[index].unit.text, registers)))
    }
    front.date_lines = with_day or front.date_lines


def _add_name_line(front: Front, judged: Sequence[Judged], registers: Registers) -> None:
    """Take a name at the date line for the author's, where no byline says who that is."""
    if front.bylines or front.headline is None:
        return
    for index in sorted(near for line in front.date_lines for near in (line - 1, line, line + 1)):
        if not front.headline < index < len(judged) or judged[index].reason is not None:
            continue
        if judged[index].look == "short" and parse_name_line(judged[index].unit.text, registers):
            front.bylines.add(index)
            front.date_lines.discard(index)
            return


def _window_end(judged: Sequence[Judged], begin: int, end: int) -> int:
    passed = 0
    for index in range(begin, min(end, begin + _BELOW)):
        passed += judged[index].size if judged[index].is_prose else 0
        if passed > _TEASER_WORDS:
            return index
    return min(end, begin + _BELOW)


def _narrow(front: Front, judged: Sequence[Judged], begin: int) -> None:
    """Leave out what is above the headline or far from it, and see what stands under it."""
    top = begin if front.headline is None else front.headline
    near = max(0, top - 3)
    front.bylines = {i for i in front.bylines if i >= near}
    front.date_lines = {i for i in front.date_lines if i >= near}
    marks = front.bylines | front.date_lines
    first_mark = min((i for i in marks if i > top), default=None)
    if front.headline is None:
        front.begin = begin
        return
    front.begin = max(begin, top + 1) if top >= begin else begin
    if first_mark is None:
        return
    between = {i for i in range(top + 1, first_mark) if judged[i].is_prose}
    size = sum(judged[i].size for i in between)
    if first_mark <= begin or size <= _STANDFIRST_WORDS:
        front.standfirsts = between


def _headline(page: _Page, window: range, front: Front, least: float) -> int | None:
    """Return the unit that is the headline by its place and its words, None below ``least``."""
    scores = {
        index: _headline_score(index, page, front)
        for index in window
        if _can_be_headline(page.judged[index], index, front, page.registers)
    }
    best = max(scores, key=lambda index: (scores[index], index), default=None)
    return best if best is not None and scores[best] >= least else None


def _lead_words(judged: Sequence[Judged], begin: int, end: int) -> frozenset[str]:
    prose = [item.unit.text for item in judged[begin:end] if item.is_prose][:_LEAD_UNITS]
    found = [word for text in prose for word in words(text[:4000])]
    return frozenset(found[:_LEAD_WORDS])


def _repeats(judged: Sequence[Judged], stop: int) -> dict[str, int]:
    seen: dict[str, int] = {}
    for item in judged[:stop]:
        key = fold(item.unit.text[:_LONGEST_HEADLINE])
        seen[key] = seen.get(key, 0) + 1
    return seen


def _can_be_headline(item: Judged, index: int, front: Front, registers: Registers) -> bool:
    text = item.unit.text
    if item.unit.kind == "headline":
        return True
    if item.reason is not None or item.look in {"bullet", "placeholder", "invisible"}:
        return False
    if index in front.bylines | front.date_lines or starts_with_listed(
        text, registers.credit_words
    ):
        return False
    fits = len(text) <= _LONGEST_HEADLINE and item.size <= _MOST_WORDS
    return (
        fits
        and not text.endswith((".", ",", ";", ":"))
        and begins_upper(text)
        and "|" not in text
        and sum(map(str.isalpha, text)) > sum(map(str.isdigit, text))
    )


def _headline_score(index: int, page: _Page, front: Front) -> float:
    """Weigh a candidate: what stands below it, whether the text speaks of it, its length."""
    item = page.judged[index]
    text = item.unit.text
    size = item.size
    telling = [word for word in words(text) if len(word) >= _LONG_WORD]
    spoken = sum(word in page.lead for word in telling) / len(telling) if telling else 0.0
    score = 2.5 * spoken - _SHORT_LOSS.get(size, 0.0)
    score += 1.5 if page.seen.get(fold(text), 0) > 1 else 0.0
    score += _below_score(index, page.judged, front)
    score += 4.0 if item.unit.kind == "headline" else 0.0
    score -= 1.0 if parse_name_line(text, page.registers) else 0.0
    return score - _DISTANCE_LOSS * abs(front.begin - index)


def _below_score(index: int, judged: Sequence[Judged], front: Front) -> float:
    marks = front.bylines | front.date_lines
    for distance, below in enumerate(range(index + 1, min(index + 4, len(judged)))):
        if below in marks:
            return _MARK_BELOW - _MARK_LOSS * distance
    if index + 1 == front.begin:
        return _OVER_BODY
    return _ABOVE_BODY if index < front.begin else _IN_BODY
