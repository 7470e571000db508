"""What words between marks look like: a sentence, a part of one, or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from knipsel.transforms.annotate.quotations.numbered_words import SentenceUnit
    from knipsel.transforms.annotate.quotations.reading import TextReading

_LEAST_PREFIX = 2
_LEAST_NOUN = 4
_LONGEST_NOUN = 30
"""Letters of the two parts of a compound, at least, and of the second at most."""
_WINDOW = 8
"""Characters before a mark in which the last one that is no space is looked for."""
_LONGEST_TITLE = 4
"""Words of a title or a word as a word, at most, where a stop in the marks says nothing."""
_LEAST_HEADLINE = 3
"""Words behind a dash that are somebody's: fewer may be a title."""
_DASHES = frozenset("–—-")
_FINAL = ".!?…"
_CLOSING = "’”“\"'»"


class Look(NamedTuple):
    """What words between marks look like, and what stands right beside them.

    ``is_final``: they end as a sentence does, or a part of one that goes on behind the marks.
    ``is_clause``: there is a verb in them, or somebody speaks of himself. ``opens`` and ``ends``:
    no word of their sentence stands before, and behind them. ``lead`` is the last character
    before the mark, ``follows`` the one right behind it; ``before`` and ``behind`` are the words
    right beside them.
    """

    words: int
    is_capital: bool
    is_final: bool
    is_clause: bool
    is_noun: bool
    """A determiner or a preposition stands before them."""
    opens: bool
    ends: bool
    lead: str
    follows: str
    before: str | None
    behind: str | None

    def is_whole(self, least: int) -> bool:
        """Tell whether words with which a sentence begins are one."""
        if self.ends or self.follows == ":":
            return self.is_final or self.words >= least
        return self.is_final and self.words >= least

    @property
    def is_headline(self) -> bool:
        """Tell whether words end a heading behind a dash."""
        return self.lead in _DASHES and self.ends and self.words >= _LEAST_HEADLINE


def look_at(reading: TextReading, unit: SentenceUnit, index: int) -> Look:
    """Return what the words of a unit look like that stand between marks."""
    marked, sets = unit.marked[index], reading.words.sets
    first, behind = reading.index_at(marked.start), reading.index_at(marked.end)
    inside = reading.folded[first:behind]
    lead = reading.text[max(unit.start, marked.open - _WINDOW) : marked.open].rstrip()[-1:]
    continues = index > 0 and unit.marked[index - 1].close >= marked.open - 1
    before = None if marked.carried else _right_before(reading, unit, marked.open)
    return Look(
        words=len(inside),
        is_capital=bool(inside) and (reading.is_capital(first) or inside[0][0].isdigit()),
        is_final=_is_final(reading, marked.end),
        is_clause=not (sets.finite.isdisjoint(inside) and sets.first_person.isdisjoint(inside)),
        is_noun=before in sets.determiners or before in sets.prepositions,
        opens=not lead
        or lead in _FINAL
        or continues
        or reading.index_at(marked.open) <= unit.first,
        ends=reading.index_at(marked.close) >= unit.last,
        lead=lead,
        follows=reading.text[marked.close : marked.close + 1],
        before=before,
        behind=_right_behind(reading, unit, marked.close),
    )


def _is_final(reading: TextReading, end: int) -> bool:
    last, one_before = reading.text[end - 1], reading.text[end - 2 : end - 1]
    return last in _FINAL + "," or (last in _CLOSING and one_before in tuple(_FINAL))


def _right_before(reading: TextReading, unit: SentenceUnit, place: int) -> str | None:
    at = reading.index_at(place) - 1
    if at < unit.first or reading.text[reading.ends[at] : place].strip():
        return None
    return reading.folded[at]


def _right_behind(reading: TextReading, unit: SentenceUnit, place: int) -> str | None:
    at = reading.index_at(place)
    if at >= unit.last or reading.text[place : reading.starts[at]].strip():
        return None
    return reading.folded[at]


def is_named(reading: TextReading, look: Look) -> bool:
    """Tell whether a word beside says that a name, a title or an invention stands in marks."""
    if look.behind in reading.words.sets.name_participles:
        return True
    # American style has the comma of the sentence inside the marks, whatever stands in them.
    is_speech = look.is_final and (reading.words.is_verb_second or look.words > _LONGEST_TITLE)
    return bool(look.before) and not is_speech and is_name_noun(reading, look.before or "")


def is_apposed(reading: TextReading, unit: SentenceUnit, place: int, look: Look) -> bool:
    """Tell whether a title stands between commas behind what it is of."""
    at = reading.index_at(place) - 1
    if look.lead != "," or look.is_final or at < unit.first:
        return False
    return is_name_noun(reading, reading.folded[at])


def is_name_noun(reading: TextReading, word: str) -> bool:
    """Tell whether a word, or the end of a compound, says that a name or a title is near."""
    nouns = reading.words.sets.name_nouns
    return word in nouns or any(
        word[start:] in nouns
        for start in range(
            max(_LEAST_PREFIX, len(word) - _LONGEST_NOUN), len(word) - _LEAST_NOUN + 1
        )
    )
