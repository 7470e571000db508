"""The front of an article: its headline, standfirst, byline and date line, above the body."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knipsel.transforms.clean.front.byline import Below, choose_bylines
from knipsel.transforms.clean.front.headline import (
    HeadlineChoice,
    HeadlinePage,
    choose_headline,
    is_copy,
    spoken_share,
    telling_titles,
)
from knipsel.transforms.layout.print_marks import SOURCE_ADDRESS
from knipsel.transforms.layout.unit import without_bullet
from knipsel.transforms.parse.author_lines import has_credit
from knipsel.transforms.parse.bylines import starts_with_listed
from knipsel.transforms.parse.date_lines import posted_day
from knipsel.transforms.parse.dated_line import is_post
from knipsel.transforms.parse.dates import is_day
from knipsel.transforms.text.words import begins_upper, ends_sentence, fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.transforms.clean.chosen import Chosen
    from knipsel.transforms.clean.judge import Judged, Likely
    from knipsel.transforms.parse.parsed_line import LineReader

_ABOVE, _BELOW = 30, 8
"""Units above and below the beginning of the body among which its front is sought."""
_ABOVE_WITH_LISTS = 90
"""Units above it with the items of lists, which are not counted."""
_STANDFIRST_WORDS = 80
"""Words of prose that can stand between a headline and a byline; more are an article already."""
_LEAD_UNITS, _LEAD_WORDS = 8, 600
"""How much of the body is compared with a candidate for the headline."""
_PAGE_HEAD = re.compile(r"\d{1,4}\s?\||.{1,200}\|\s?\d{1,4}$")
"""The head of a printed page: its number, and beyond a bar the title of the book or the text."""
_RIGHTS = re.compile(r"[\s\d]*(?:(?:copyright\b|©|\(c\))[\s\d,.–-]*)+", re.IGNORECASE)
"""What stands before the owner in a line that claims rights: signs and years."""
_STRAY = 0.25
"""Words below a line that begins something else, to those of the text above it, at most."""
_MOST_DATE_LINES = 2
"""An article has a date of publication and one of an update; more are of a list of articles."""
_MASTHEAD = 10
"""Lines above the headline beyond which a date is that of the visit, as mastheads show it."""
_LONGEST_HEADLINE, _MOST_WORDS = 220, 30
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
    """Indexes of the units that make the front; ``begin`` is where the article begins.

    ``headline_margin`` is how far the headline is ahead of the next line that could be it.
    """

    begin: int
    headline: int | None = None
    headline_margin: float | None = None
    bylines: set[int] = field(default_factory=set)
    date_lines: set[int] = field(default_factory=set)
    standfirsts: set[int] = field(default_factory=set)


def find_front(
    judged: Sequence[Judged], chosen: Chosen, lines: LineReader, titles: Iterable[str] = ()
) -> Front:
    """Find the front of the body that was chosen; ``titles`` are those that the file declares."""
    begin, end, likely = chosen.begin, chosen.end, chosen.likely
    front = Front(begin)
    window = range(_window_begin(judged, begin), _window_end(judged, begin, end))
    for index in window:
        text = judged[index].unit.text
        if judged[index].unit.reason or judged[index].reason == SOURCE_ADDRESS:
            continue
        if lines(text).byline:
            front.bylines.add(index)
        elif lines(without_bullet(text)).date_line and not is_post(text):
            front.date_lines.add(index)
    _drop_coarse_dates(front, judged, lines)
    lead, marks = _lead_words(judged[begin:end]), front.bylines | front.date_lines
    above = _folded(judged[: window.stop])
    repeated, told = _repeated(above), telling_titles(titles)
    page = HeadlinePage(judged, begin, lead, marks, repeated, lines, is_copy(judged), told)
    headline = _find_headline(page, above, window, likely)
    if headline is not None:
        front.headline, front.headline_margin = headline
    _narrow(front, judged, begin)
    if len({fold(judged[index].unit.text) for index in front.date_lines}) > _MOST_DATE_LINES:
        front.date_lines.clear()
    below = _below_text(judged, begin, end)
    if likely is not None:
        _take_likely(front, judged, likely, lines, below)
    if not front.date_lines:
        front.date_lines = _labelled_date_line(front, judged, lines)
    front.date_lines = {i for i in front.date_lines if _is_own_day(judged[i], i, below, lines)}
    _add_name_line(front, judged, lines)
    return front


def _find_headline(
    page: HeadlinePage, above: Sequence[str], window: range, likely: Likely | None
) -> HeadlineChoice | None:
    """Return the headline by the model and its words, or else by its place and its words.

    ``above`` are the lines above the end of ``window``, folded; the model's are sought on all.
    """
    marked = [at for at, item in enumerate(page.judged) if item.unit.kind == "headline"]
    if likely is not None and marked and marked[-1] < window.stop:
        return HeadlineChoice(marked[-1])
    if likely is None or marked:
        return _by_place(page, window, _THRESHOLD)
    repeated = _repeated([*above, *_folded(page.judged[window.stop :])])
    found = _likely_headline(replace(page, repeated=repeated), likely, window.stop)
    return _by_place(page, window, _SURE) if found is None else found


def _by_place(page: HeadlinePage, window: range, least: float) -> HeadlineChoice | None:
    found = _headline(page, window, least)
    return None if found is None else HeadlineChoice(found)


def _likely_headline(page: HeadlinePage, likely: Likely, stop: int) -> HeadlineChoice | None:
    """Return the headline by the model and by its words, above ``stop``."""
    marks = {*page.marks, *(index for head, index in likely.front.items() if head != "headline")}
    shares = {
        index: share
        for index, share in likely.headlines.items()
        if index < stop and index not in page.marks
        if not _PAGE_HEAD.match(page.judged[index].unit.text)
    }
    return choose_headline(shares, replace(page, marks=marks))


def _below_text(judged: Sequence[Judged], begin: int, end: int) -> Below:
    """Return where the text ends, and the first line below it that begins something else.

    A comment or two can be taken for the end of the text.
    """
    prose = [item.size if item.is_prose else 0 for item in judged[begin:end]]
    passed, others = 0, len(judged)
    for index in range(begin, len(judged)):
        if _begins_others(judged[index]) and sum(prose) - passed <= _STRAY * passed:
            others = index
            break
        passed += prose[index - begin] if index < end else 0
    claims = (item.unit.text for item in judged if _RIGHTS.match(item.unit.text))
    owners = frozenset(fold(_RIGHTS.sub("", text, count=1)) for text in claims)
    return Below(min(end, others), others, owners)


def _begins_others(item: Judged) -> bool:
    """Say whether other articles or comments stand below: such a line counts the comments."""
    text = item.unit.text
    is_count = item.reason == "share_buttons" and text[:1].isdigit()
    is_heading = item.reason in {"related_links", "inline_link"} and ": " not in text
    return is_count or is_heading


def _is_own_day(item: Judged, index: int, below: Below, lines: LineReader) -> bool:
    """Say whether the place of a line allows that its day is that of the article.

    Under the text the days of other articles, of comments and of checks stand, too.
    """
    dates = lines.words.dates
    if index >= below.end and starts_with_listed(item.unit.text, dates.as_of):
        return False
    if posted_day(item.unit.text, dates):
        return False  # what it says is asked apart: there may be several such sentences
    is_labelled = starts_with_listed(without_bullet(item.unit.text), dates.beginnings)
    return index < below.others or is_labelled or not dates.labels.isdisjoint(words(item.unit.text))


def _take_likely(
    front: Front, judged: Sequence[Judged], likely: Likely, lines: LineReader, below: Below
) -> None:
    """Take the lines that the model has for the byline and the date line, if they hold such."""
    date_line = likely.front.get("date_line")
    bylines = choose_bylines(judged, likely.bylines, front.headline, lines, below)
    if bylines:
        front.bylines = bylines
        front.date_lines -= bylines
    is_free = date_line is not None and date_line not in front.bylines
    if front.headline is not None and date_line is not None:
        is_free = is_free and date_line >= front.headline - _MASTHEAD
    if date_line is not None and is_free and _can_be_date_line(judged[date_line], lines):
        days = {index for index in front.date_lines if _gives_day(judged[index], lines)}
        is_enough = _gives_day(judged[date_line], lines)
        changes = front.date_lines - days
        front.date_lines = {date_line, *(changes if is_enough else days)}


def _gives_day(item: Judged, lines: LineReader) -> bool:
    """Say whether a line tells the day of publication, and not that of an update alone."""
    told = lines(without_bullet(item.unit.text)).told_date
    return told is not None and told.date is not None


def _labelled_date_line(front: Front, judged: Sequence[Judged], lines: LineReader) -> set[int]:
    """Return the line, wherever it is, that labels its date: the first if all such say the same."""
    found = {
        index: parsed.date.edtf
        for index, item in enumerate(judged)
        if index not in front.bylines
        and item.unit.reason is None
        and item.look not in {"prose", "placeholder"}
        and starts_with_listed(without_bullet(item.unit.text), lines.words.dates.beginnings)
        and (parsed := lines(without_bullet(item.unit.text)).date_line)
        and parsed.date
        and is_day(parsed.date)
    }
    return {min(found)} if len(set(found.values())) == 1 else set()


def _can_be_date_line(item: Judged, lines: LineReader) -> bool:
    """Say whether a line holds a day, and is neither a sentence that names one nor a picture's."""
    text, line = item.unit.text, lines(item.unit.text)
    if item.look == "placeholder" or item.reason == SOURCE_ADDRESS:
        return False
    if item.is_prose or ends_sentence(text):
        is_labelled = starts_with_listed(text, lines.words.dates.beginnings)
        return is_labelled or line.date_line is not None
    return not has_credit(text, lines.words.bylines) and any(map(is_day, line.short_dates))


def _drop_coarse_dates(front: Front, judged: Sequence[Judged], lines: LineReader) -> None:
    """Leave out lines with a month only, the label of an issue or a season, where one has a day."""
    with_day = {
        index
        for index in front.date_lines
        if any(map(is_day, lines(judged[index].unit.text).dates))
    }
    front.date_lines = with_day or front.date_lines


def _add_name_line(front: Front, judged: Sequence[Judged], lines: LineReader) -> None:
    """Take a name at the date line for the author's, where no byline says who that is."""
    if front.bylines or front.headline is None:
        return
    for index in sorted(near for line in front.date_lines for near in (line - 1, line, line + 1)):
        if not front.headline < index < len(judged) or judged[index].reason is not None:
            continue
        if judged[index].look == "short" and lines(judged[index].unit.text).name_line:
            front.bylines.add(index)
            front.date_lines.discard(index)
            return


def _window_begin(judged: Sequence[Judged], begin: int) -> int:
    """Return where the window above the body begins: lists in it, of contents, count for little."""
    counted = 0
    for index in range(begin - 1, max(0, begin - _ABOVE_WITH_LISTS) - 1, -1):
        counted += not judged[index].unit.is_bullet
        if counted > _ABOVE:
            return index + 1
    return max(0, begin - _ABOVE_WITH_LISTS)


def _window_end(judged: Sequence[Judged], begin: int, end: int) -> int:
    passed = 0
    for index in range(begin, min(end, begin + _BELOW)):
        passed += judged[index].size if judged[index].is_prose else 0
        if passed > _STANDFIRST_WORDS:
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


def _headline(page: HeadlinePage, window: range, least: float) -> int | None:
    """Return the unit that is the headline by its place and its words, None below ``least``."""
    scores = {index: _score(index, page) for index in window if _can_be_headline(index, page)}
    best = max(scores, key=lambda index: (scores[index], index), default=None)
    return best if best is not None and scores[best] >= least else None


def _lead_words(body: Sequence[Judged]) -> frozenset[str]:
    prose = [item.unit.text for item in body if item.is_prose][:_LEAD_UNITS]
    found = [word for text in prose for word in words(text[:4000])]
    return frozenset(found[:_LEAD_WORDS])


def _folded(judged: Sequence[Judged]) -> list[str]:
    return [fold(item.unit.text[:_LONGEST_HEADLINE]) for item in judged]


def _repeated(lines: Sequence[str]) -> frozenset[str]:
    return frozenset(line for line, count in Counter(lines).items() if count > 1)


def _can_be_headline(index: int, page: HeadlinePage) -> bool:
    item = page.judged[index]
    text = item.unit.text
    if item.unit.kind == "headline":
        return True
    if item.reason is not None or item.look in {"bullet", "placeholder", "invisible"}:
        return False
    if index in page.marks or starts_with_listed(text, page.lines.words.bylines.credits):
        return False
    fits = len(text) <= _LONGEST_HEADLINE and item.size <= _MOST_WORDS
    return (
        fits
        and not text.endswith((".", ",", ";", ":"))
        and begins_upper(text)
        and "|" not in text
        and sum(map(str.isalpha, text)) > sum(map(str.isdigit, text))
    )


def _score(index: int, page: HeadlinePage) -> float:
    """Weigh a candidate: what stands below it, whether the text speaks of it, its length."""
    item = page.judged[index]
    text = item.unit.text
    score = 2.5 * spoken_share(text, page.lead) - _SHORT_LOSS.get(item.size, 0.0)
    score += 1.5 if fold(text) in page.repeated else 0.0
    score += _below_score(index, page)
    score += 4.0 if item.unit.kind == "headline" else 0.0
    score -= 1.0 if page.lines(text).name_line else 0.0
    return score - _DISTANCE_LOSS * abs(page.begin - index)


def _below_score(index: int, page: HeadlinePage) -> float:
    for distance, below in enumerate(range(index + 1, min(index + 4, len(page.judged)))):
        if below in page.marks:
            return _MARK_BELOW - _MARK_LOSS * distance
    if index + 1 == page.begin:
        return _OVER_BODY
    return _ABOVE_BODY if index < page.begin else _IN_BODY
