"""The words of a text by number, with its marks and its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, compress
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.quotations.marks.marks import Marked, find_marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.annotate.model import ArticleText, Mention
    from knipsel.transforms.registers.annotations.quotations import QuotationWords

_WORD = re.compile(r"(\w++(?:[-’'‑&]\w++)*+)")
_BETWEEN = "\x00"
"""What no word has: between them, all are made small at once."""
_ASIDE = re.compile(r"\([^()\n‘’“”„\"«»]{0,60}\)")
"""An age, a party, an abbreviation: it stands in nobody's way."""
_GENITIVES = frozenset({"’ ", "' "})
_GENITIVE_LETTERS = frozenset("sxz")
"""An apostrophe between two words of a phrase, behind these: *Hans’ zus*."""
_CLAUSE_ENDS = frozenset(";:–—(.!?")
_ABBREVIATED = re.compile(r"\.[ \xa0]?\Z")
_SHORT = 4
"""Letters of a word that a full stop may shorten inside a name: *J.*, *Prof.*, *St.*."""


_HEADLINE = 160
"""Characters of a headline, at most."""
_LEAST_BLOCKS = 3
"""Blocks of a text that has a headline in it."""
LONGEST_NAME = 80
"""Characters of a name."""


def _blank(aside: re.Match[str]) -> str:
    return " " * len(aside[0])


@dataclass(slots=True)
class SentenceUnit:
    """Sentences that a quotation holds together, with what stands between marks in them."""

    start: int
    end: int
    block: int
    marked: list[Marked] = field(default_factory=list)
    first: int = 0
    """The first of its words; ``last`` is the one behind them."""
    last: int = 0


class NumberedWords:
    """The words of a text, by number, and its units."""

    def __init__(
        self, article: ArticleText, mentions: Sequence[Mention], words: QuotationWords
    ) -> None:
        """Read a text with the words of its language."""
        self.article = article
        self.text = article.text
        self.words = words
        self.mentions = mentions
        self.marked = find_marked(self.text, article.blocks, words.sets.elisions)
        self.outer = [one for one in self.marked if not one.depth]
        plain = _ASIDE.sub(_blank, self.text) if "(" in self.text else self.text
        parts = _WORD.split(plain)
        places = list(accumulate(map(len, parts)))
        self.gaps: list[str] = parts[::2]
        """What stands before each word, from the end of the word before it."""
        self.printed: list[str] = parts[1::2]
        self.starts = places[:-1:2]
        self.ends = places[1::2]
        self.folded = _BETWEEN.join(self.printed).lower().split(_BETWEEN) if self.printed else []
        """In small letters, but for acronyms: *het OM* is no *om*."""
        self.capitals = [False] * len(self.printed)
        for at, (word, folded) in enumerate(zip(self.printed, self.folded, strict=True)):
            if word != folded:
                self.capitals[at] = word[0].isupper()
                if len(word) > 1 and word.isupper():
                    self.folded[at] = word
        self._mention_starts = [one.char_start for one in mentions]
        self._opens = [one.open for one in self.outer]
        self._closes = [one.close for one in self.outer]
        self.units = list(self._make_units())

    def index_at(self, place: int) -> int:
        """Return the number of the first word that begins at ``place`` or behind it."""
        return bisect_left(self.starts, place)

    def block_at(self, place: int) -> int:
        """Return the number of the block that a place is in."""
        return bisect_right(self._block_starts, place) - 1

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.article.blocks]

    def is_joined(self, index: int) -> bool:
        """Tell whether nothing but space, or the stop of an abbreviation, stands before a word."""
        gap = self.gaps[index]
        if gap == " ":
            return True
        if gap.isspace() and "\n\n" not in gap:
            return True
        short = self.printed[index - 1] if index else ""
        if gap in _GENITIVES and short[-1:] in _GENITIVE_LETTERS:
            return True
        return bool(_ABBREVIATED.match(gap)) and (
            len(short) == 1 or (len(short) <= _SHORT and short.lower() in self.words.sets.roles)
        )

    def ends_clause(self, index: int) -> bool:
        """Tell whether a clause ends before a word, at more than a comma."""
        gap = self.gaps[index]
        return gap != " " and not _CLAUSE_ENDS.isdisjoint(gap) and not self.is_joined(index)

    def segment(self, unit: SentenceUnit, index: int) -> tuple[int, int]:
        """Return the words of a unit around one, from the marks before it to those behind it."""
        place = self.starts[index]
        first, last = unit.first, unit.last
        before = bisect_right(self._closes, place)
        if before and self._closes[before - 1] > unit.start:
            first = self.index_at(self._closes[before - 1])
        behind = bisect_left(self._opens, place)
        if behind < len(self._opens) and self._opens[behind] < unit.end:
            last = self.index_at(self._opens[behind])
        return first, last

    def is_heading(self, unit: SentenceUnit) -> bool:
        """Tell whether a unit is the headline with which a text begins."""
        blocks = self.article.blocks
        if unit.block or len(blocks) < _LEAST_BLOCKS or unit.end - unit.start > _HEADLINE:
            return False
        whole = blocks[0].start == unit.start and blocks[0].end == unit.end
        return whole and self.text[unit.end - 1] != "."

    def is_capital(self, index: int) -> bool:
        """Tell whether a word begins with a capital."""
        return self.capitals[index]

    def words_at(self, first: int, last: int) -> str:
        """Return the text of words, on one line."""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())

    def is_quoted(self, place: int) -> bool:
        """Tell whether a place lies between marks."""
        before = bisect_right(self._opens, place) - 1
        return before >= 0 and place < self.outer[before].close

    def mention_at(self, start: int, end: int) -> int | None:
        """Return the number of the first mention that begins in a stretch and ends in it."""
        index = bisect_left(self._mention_starts, start)
        if index < len(self.mentions) and self.mentions[index].char_end <= end:
            return index
        return None

    def mentions_in(self, start: int, end: int) -> range:
        """Return the numbers of the mentions that begin in a stretch."""
        return range(
            bisect_left(self._mention_starts, start), bisect_left(self._mention_starts, end)
        )

    def person_from(self, index: int) -> int | None:
        """Return the number of the person's mention that begins with a word."""
        number = self.mention_at(self.starts[index], self.starts[index] + LONGEST_NAME)
        if number is None or self.mentions[number].kind != "person":
            return None
        return number if self.mentions[number].char_start == self.starts[index] else None

    def is_given(self, index: int) -> bool:
        """Tell whether a word is a given name."""
        sets, word = self.words.sets, self.folded[index]
        if word in sets.masculine_names or word in sets.feminine_names:
            return True
        return word in self.words.genders and not self.words.has_capital_nouns

    @cached_property
    def capitals_inside(self) -> set[str]:
        """Return the words that have a capital behind another word of their sentence."""
        inside = compress(range(len(self.printed)), self.capitals)
        return {self.printed[at] for at in inside if at and self.gaps[at].isspace()}

    def given_from(self, start: int, behind: int) -> int:
        """Return where a person's name begins behind a name of something else, if it does."""
        departments = self.words.sets.departments
        for at in range(start, behind - 1):
            if self.is_given(at):
                return at
            if self.folded[at] in departments and self.folded[at + 1] not in departments:
                return at + 1
        return start

    @cached_property
    def surnames_with_particle(self) -> set[tuple[str, str]]:
        """Return the pairs of words that begin a surname on its own: *Van Dam*, *De Boer*."""
        particles, folded = self.words.sets.name_particles, self.folded
        return {
            (folded[at], folded[at + 1])
            for at in range(len(folded) - 1)
            if self.capitals[at] and folded[at] in particles
        }

    def _make_units(self) -> Iterator[SentenceUnit]:
        """Join the sentences over whose boundary something marked runs."""
        waiting = iter(self.outer)
        marked = next(waiting, None)
        unit: SentenceUnit | None = None
        for start, end, block in self.article.sentences:
            if unit is None or unit.block != block or unit.end <= unit.start:
                unit = SentenceUnit(start, end, block)
            else:
                unit.end = end
            while marked and marked.open < end:
                unit.marked.append(marked)
                marked = next(waiting, None)
            if unit.marked and unit.marked[-1].close > end and unit.marked[-1].block == block:
                continue
            yield self._with_words(unit)
            unit = None
        if unit:
            yield self._with_words(unit)

    def _with_words(self, unit: SentenceUnit) -> SentenceUnit:
        unit.first, unit.last = self.index_at(unit.start), self.index_at(unit.end)
        return unit
