"""Lines that hold a day and little else, but perhaps the outlet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.parse.bylines import (
    LEFTOVER_WORDS,
    LONGEST_LINE,
    LONGEST_LINE_WORDS,
    Name,
    find_outlet,
    is_outlet_name,
    leftover_words,
    names_from,
    unlisted_outlet,
)
from knipsel.transforms.parse.dates import dates_in, is_day
from knipsel.transforms.registers.lines.dates import FIRST_LETTERS
from knipsel.transforms.text.words import ends_sentence, fold, weight

if TYPE_CHECKING:
    from knipsel.transforms.parse.dated_line import DatedLine
    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.registers.lines.dates import DateWords

_PARTING = frozenset("•·⋅|")
"""What stands between the parts of a line: of a page's head or of the line under a headline."""
_LONGEST_SENTENCE = 400
"""Characters of a sentence that says when the text was posted; sections and tags stand in it."""
_DAYS_WITH_A_CHANGE = 2
"""Days without a label of which the later is that of a change; of more, nothing tells."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The date of publication and that of an update in a line that holds little else."""

    date: FoundDate | None
    update: FoundDate | None
    outlet: Name | None


def parse_outlet_signature(line: DatedLine) -> DateLine | None:
    """Parse a line such as ``Hull Daily Mail, 6 November 2023``; None where it is no such line."""
    head, comma, _ = line.text.partition(",")
    names = tuple(names_from(head, 0, line.words)) if comma else ()
    is_name = len(names) == 1 and names[0].end == len(head) and " " in head
    found = line.first_date(len(head))
    if not is_name or not found or not is_outlet_name(head, line.words):
        return None
    leftover = leftover_words(line.part(len(head), len(line.text)))
    return None if leftover > LEFTOVER_WORDS else DateLine(found, None, names[0])


def parse_date_line(line: DatedLine) -> DateLine | None:
    """Parse a line that holds a date and little else; None where it is no such line."""
    text = line.text
    if len(text) > LONGEST_LINE or weight(text) > LONGEST_LINE_WORDS or not line.dates:
        return None
    if line.is_long_span:
        return None
    signature = parse_outlet_signature(line)
    if signature:
        return signature
    dates = line.dates
    allowed = LEFTOVER_WORDS if any(map(is_day, dates)) else 0
    if not _begins_labelled(line, dates[0]) and leftover_words(line) > allowed:
        return None if not _has_own_part(line, dates[0]) else DateLine(dates[0], None, None)
    update = next(filter(line.is_update, dates), None)
    published = line.first_date()
    outlet = find_outlet(text, 0, line.words.outlets) or unlisted_outlet(line, 0, published)
    return DateLine(published, update, outlet)


def read_date_line(line: DatedLine) -> DateLine | None:
    """Read a line that is known to hold the date; None where it holds none.

    Of two days without a label the earlier is that of publication: pages show that of the last
    change beside it, and hide its label.
    """
    if line.is_long_span:
        return None
    strict = parse_date_line(line)
    dates = list(filter(is_day, line.short_dates))
    if not dates:
        return strict
    updates = list(filter(line.is_update, dates))
    free = sorted((one for one in dates if one not in updates), key=lambda one: one.edtf)
    is_changed = len({one.edtf for one in free}) == _DAYS_WITH_A_CHANGE
    update = next(iter(updates), free[-1] if is_changed else None)
    return DateLine(next(iter(free), None), update, strict.outlet if strict else None)


def posted_day(text: str, words: DateWords) -> FoundDate | None:
    """Return the day in a sentence that says when a text was posted: *This entry was posted on*."""
    if len(text) > _LONGEST_SENTENCE or text[:FIRST_LETTERS].casefold() not in words.posted_begin:
        return None
    folded = fold(text)
    if not any(folded.startswith(begin) and other in folded for begin, other in words.posted):
        return None
    return next((one for one in dates_in(text, words)[:1] if is_day(one)), None)


def _has_own_part(line: DatedLine, first: FoundDate) -> bool:
    """Say whether bullets part a day from the other things in a line, such as its buttons."""
    before, after = line.text[: first.start].rstrip(), line.text[first.end :].lstrip()
    is_parted = after[:1] in _PARTING and (not before or before[-1] in _PARTING)
    return is_day(first) and is_parted


def _begins_labelled(line: DatedLine, first: FoundDate) -> bool:
    """Say whether a line begins with a label such as *Published on* and a day, and ends unended."""
    return (
        is_day(first)
        and fold(line.text[: first.start]) in line.words.dates.labels
        and not ends_sentence(line.text)
    )
