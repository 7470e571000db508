"""A line as it is parsed: its text, and the dates in it, which are found once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from knipsel.transforms.parse.dates import dates_in
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.registers.lines.words import LineWords

TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)
_LABEL_WORDS = 4
"""Words of the longest label of an update."""


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
        """The dates in the line that have a year in full."""
        return tuple(dates_in(self.text, self.words.dates))

    @cached_property
    def short_dates(self) -> tuple[FoundDate, ...]:
        """The dates in the line if it is known to hold one: two digits may be their year."""
        return self.dates or tuple(dates_in(self.text, self.words.dates, short_years=True))

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
