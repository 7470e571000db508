"""What the units of a section look like to whoever seeks the articles in it.

Sizes and looks of all units are cheap; who wrote, when and for whom is only asked of the few
short ones that stand near prose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from knipsel.transforms.parse.dated_line import TIME
from knipsel.transforms.parse.dates import is_day
from knipsel.transforms.parse.parsed_line import LineReader
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.words import begins_upper, ends_sentence, fold, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.parse.parsed_line import ParsedLine
    from knipsel.transforms.registers.lines.words import LineWords

Sign = Literal["date", "byline", "outlet"]
"""What a line can say of an article."""

_SENTENCE_WORDS, _PARAGRAPH_WORDS = 12, 25
"""Words of prose: of a line that ends as a sentence does, and of any."""
_LONGEST, _MOST_WORDS = 220, 24
"""Characters and words of a line that says something of an article; what is longer is text."""
_CLAUSE, _FULL_STOPS = 8, (".", "。")
"""Words from which a line with a full stop is a sentence, and none of the front."""
_TIMED_WORDS = 4
"""Words of a line that tells the time and no day."""
_DATED_WORDS = 10
"""Words besides numbers of a line that holds the day of an article; who said something on a day
is told with more."""
_HEADINGS = frozenset({"headline", "heading"})
_SEAM = re.compile(r"\s*[,(|/;–—]|\s-\s|\d")
"""What ends the name of an outlet in a line that goes on with a day, a page, an edition."""
_QUOTED = " \"'„“”«»"
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_FIGURES = re.compile(r"\d+")
_YEAR = re.compile(r"\d{2}")


class Said(NamedTuple):
    """What a short line says: its signs, days and times in it, whether it can be a headline."""

    signs: frozenset[Sign] = frozenset()
    days: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    is_title: bool = False


_NOTHING = Said()


class SectionLines:
    """The units of a section, looked at as lines; what is asked for is kept."""

    def __init__(
        self, units: Sequence[Unit], words: LineWords, title_labels: frozenset[str] = frozenset()
    ) -> None:
        """Take units, the words that their lines are parsed with, and what headlines are called."""
        self.units = units
        self.title_labels = title_labels
        self.words = words
        self.sizes = [weight(unit.text) for unit in units]
        self.is_prose = [
            _is_prose(unit, size) for unit, size in zip(units, self.sizes, strict=True)
        ]
        self._reader = LineReader(words)
        self._said: dict[int, Said] = {}

    def __len__(self) -> int:
        """Count the units."""
        return len(self.units)

    def is_heading(self, index: int) -> bool:
        """Say whether the format calls a unit a heading or the headline."""
        return self.units[index].kind in _HEADINGS

    def shape(self, index: int) -> str:
        """Return the text of a unit, folded, any number as ``#``."""
        return shape_of(self.units[index].text)

    def names(self, index: int) -> list[str]:
        """Return the names in a byline."""
        line = self._reader(self.units[index].text)
        byline = line.byline or line.signature
        return [name.text for name in byline.names] if byline else []

    def is_person(self, name: str) -> bool:
        """Say whether a name begins as those of persons do."""
        return is_person(name, self.words.persons)

    def said(self, index: int) -> Said:
        """Return what a unit says of an article."""
        found = self._said.get(index)
        if found is None:
            found = self._said[index] = self._look(index)
        return found

    def _look(self, index: int) -> Said:
        unit, size = self.units[index], self.sizes[index]
        text = unit.text
        if self.is_prose[index] or unit.reason or len(text) > _LONGEST or size > _MOST_WORDS:
            return _NOTHING
        is_heading = self.is_heading(index)
        if size >= _CLAUSE and text.endswith(_FULL_STOPS) and not is_heading:
            return _NOTHING
        if _LETTER_OR_DIGIT.search(text) is None:
            return _NOTHING
        line = self._reader(text)
        dates = [one for one in line.dates if is_day(one)] if _YEAR.search(text) else []
        if sum(token[:1].isalpha() for token in text.split()) > _DATED_WORDS:
            dates = []
        signs: set[Sign] = {"date"} if dates else set()
        if line.byline is not None or line.signature is not None:
            signs.add("byline")
        if _names_outlet(line):
            signs.add("outlet")
        is_title = not signs and _can_be_title(unit, size, line, is_heading=is_heading)
        times = tuple(TIME.findall(text)) if dates or size <= _TIMED_WORDS else ()
        return Said(frozenset(signs), tuple(one.edtf for one in dates), times, is_title)


def shape_of(text: str) -> str:
    """Return a line folded, any number as ``#``: what repeats with each article is alike then."""
    return _FIGURES.sub("#", fold(text[:_LONGEST]))


def _is_prose(unit: Unit, size: int) -> bool:
    if unit.reason or unit.kind is not None or size < _SENTENCE_WORDS:
        return False
    return size >= _PARAGRAPH_WORDS or ends_sentence(unit.text)


def _names_outlet(line: ParsedLine) -> bool:
    """Say whether a line begins with an outlet of the register and goes on as no title does."""
    head = _SEAM.split(line.text, maxsplit=1)[0].strip(_QUOTED)
    return bool(head) and line.words.outlets.has(head)


def _can_be_title(unit: Unit, size: int, line: ParsedLine, *, is_heading: bool) -> bool:
    text = unit.text
    if is_heading:
        return sum(map(str.isalpha, text)) > 1
    if unit.kind is not None or unit.is_bullet or size < _TITLE_WORDS or not begins_upper(text):
        return False
    if text.endswith((":", ";", ",", ".", "»")) or "|" in text or "http" in text:
        return False
    if sum(map(str.isalpha, text)) <= 2 * sum(map(str.isdigit, text)):
        return False
    names = line.name_line
    return names is None or not is_person(names.names[0].text, line.words.persons)


_TITLE_WORDS = 2
"""Words of a headline, where the format does not call it one: one alone is a label."""
