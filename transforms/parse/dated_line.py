"""A line as it is parsed: its text, and the dates in it, which are found once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from knipsel.transforms.parse.dates import dates_in, is_day
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.registers.lines.dates import DateWords
    from knipsel.transforms.registers.lines.words import LineWords

TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)
_LONG_SPAN = timedelta(days=366)
_LABEL_WORDS = 4
"""Words of the longest label of an update."""
_OTHER_WORDS = 8
"""Words between the beginning of a label of something else and the day, the label's included."""
_CLAUSE = re.compile(r"[|•·;]|[.!?]\s(?=[^\W\d_])")
"""What parts the things that a line says."""
RIGHTS = ("©", "(c)")
"""Signs with which a line begins that says whose the rights are."""
_SHORT_DAY = re.compile(r"(?<![\w./-])\d{1,2}([./-])\d{1,2}\1\d{2}(?![\w/-]|[.:,]\d)")
_THIS_CENTURY = "2000"
_LONGEST_SHORT = 120
"""Characters of a line in which a day with two digits for its year is sought: a line, no text."""
_PARTS = re.compile(r"[|•·⋅;,()]|\s[/–—-]\s")
"""What parts the things that stand beside each other in the line with the day."""
_POST = re.compile(r"\s*[—–-]{1,2}\s?[^()]{2,60}\(@\w{1,30}\)")


def without_others(
    text: str, found: Sequence[FoundDate], dates: DateWords
) -> tuple[FoundDate, ...]:
    """Return the dates in a line but those that are said to be of something else.

    *Printed on*, *Retrieved*, *Copyright*, *Born*: such a day is none of publication, nor is that
    of an embedded post, behind its author's name and handle.
    """
    if not found:
        return ()
    kept: list[FoundDate] = []
    start = 0
    for one in found:
        if not is_other_day(text[start : one.start], dates):
            kept.append(one)
        start = one.end
    return tuple(kept)


def is_other_day(before: str, dates: DateWords) -> bool:
    """Say whether a day is one of something else by what stands before it in its line."""
    if is_post(before):
        return True
    head = fold(TIME.sub("", _CLAUSE.split(before)[-1]))
    if head.startswith(RIGHTS):
        return not _is_labelled(head.split(), dates)
    tokens = head.split()
    if not tokens or len(tokens) > _OTHER_WORDS or _is_labelled(tokens, dates):
        return False
    return any(head == one or head.startswith(f"{one} ") for one in dates.other_labels)


def is_post(text: str) -> bool:
    """Say whether a text is signed as posts are that a page embeds: ``— Anna Boer (@anna)``."""
    return _POST.match(text) is not None


def _is_labelled(tokens: Sequence[str], dates: DateWords) -> bool:
    """Say whether tokens end in a label of a day of publication or of an update."""
    return any(
        (label := " ".join(tokens[-count:]).rstrip(":")) in dates.labels
        or label in dates.update_labels
        for count in range(1, _LABEL_WORDS + 1)
    )


class DatedLine:
    """A line, or a stretch of one, and the words that it is parsed with."""

    def __init__(self, text: str, words: LineWords) -> None:
        """Take a text; what it says is found when it is first asked for."""
        self.text = text
        self.words = words

    def part(self, start: int, end: int) -> DatedLine:
        """Return a stretch of the line as a line of its own."""
        whole = start == 0 and end >= len(self.text)
        return self if whole else DatedLine(self.text[start:end], self.words)

    @cached_property
    def dates(self) -> tuple[FoundDate, ...]:
        """The dates in the line, none of them with a label of something else.

        Their years are in full, or else the line shows that three short numbers are a day.
        """
        full = without_others(self.text, self._full_dates, self.words.dates)
        return full or self._clear_short_dates()

    @cached_property
    def _full_dates(self) -> tuple[FoundDate, ...]:
        return tuple(dates_in(self.text, self.words.dates))

    @property
    def other_dates(self) -> tuple[FoundDate, ...]:
        """The dates in the line of which it says that they are of something else: *Printed on*."""
        own = self.dates
        return tuple(one for one in self._full_dates if one not in own)

    def _dates_if_short(self) -> tuple[FoundDate, ...]:
        found = dates_in(self.text, self.words.dates, short_years=True)
        return without_others(self.text, tuple(found), self.words.dates)

    def _clear_short_dates(self) -> tuple[FoundDate, ...]:
        """Return the days of three short numbers that stand by themselves in the line.

        Elsewhere ``10.03.23`` is a version; ``10.03.23, 9:15`` and ``Boer | 10.03.23`` are days.
        """
        if len(self.text) > _LONGEST_SHORT or not _SHORT_DAY.search(self.text):
            return ()
        days = (one for one in self._dates_if_short() if is_day(one))
        return tuple(one for one in days if one.edtf >= _THIS_CENTURY and self._is_apart(one))

    def _is_apart(self, day: FoundDate) -> bool:
        """Say whether a day has a part of the line for itself, but for weekday, time and label."""
        words = self.words.dates
        before = _PARTS.split(self.text[: day.start])[-1]
        after = TIME.sub(" ", self.text[day.end :])
        behind = fold(before).split()
        tokens = [*behind, *fold(_PARTS.split(after)[0]).split()]
        is_free = all(token in words.beside or token in words.label_words for token in tokens)
        is_weekday = bool(behind) and behind[-1] in words.weekdays
        return is_free or is_weekday or _is_labelled(behind, words)

    @cached_property
    def short_dates(self) -> tuple[FoundDate, ...]:
        """The dates in the line if it is known to hold one: two digits may be their year."""
        return self.dates or self._dates_if_short()

    @property
    def is_long_span(self) -> bool:
        """Whether the line gives a first and a last day years apart, as *3 Mar 2021 - 5 Nov 2024*.

        That is neither a day of publication nor one of a change: archives show it of their copies.
        """
        days = self.dates[:2]
        if len(days) < 2 or not all(map(is_day, days)):  # noqa: PLR2004 - a first and a last
            return False
        first, last = days
        between = self.text[first.end : last.start].strip()
        long = date.fromisoformat(last.edtf) - date.fromisoformat(first.edtf) > _LONG_SPAN
        return long and between in {"-", "–", "—"}

    def first_date(self, start: int = 0) -> FoundDate | None:
        """Return the first date from ``start`` on that is none of an update."""
        return next(
            (one for one in self.dates if one.start >= start and not self.is_update(one)), None
        )

    def is_update(self, found: FoundDate) -> bool:
        """Say whether a label before a date says that it is that of an update."""
        words = self.words.dates
        before = fold(TIME.sub("", self.text[: found.start])).split()
        while before and before[-1] in words.weekdays:
            before.pop()
        return any(
            " ".join(before[-count:]) in words.update_labels for count in range(1, _LABEL_WORDS + 1)
        )
