"""Which units of a section are its article's text: those the format takes, or the line model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.clean.furniture import find_furniture_units
from knipsel.transforms.clean.judge import article_lines, article_shares
from knipsel.transforms.clean.reasons import (
    LEAST_WORDS,
    NOT_CHOSEN,
    PASSED_OVER,
    Likelihoods,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.clean.judge import Judged, JudgedPage, Likely
    from knipsel.transforms.layout.section import Section
    from knipsel.transforms.parse.parsed_line import LineReader
    from knipsel.transforms.registers.pages.words import PageWords

_SURE = 0.95
"""How likely text is of the article to be taken where the extractor passed it over in the midst of
what it took: of the words of such text 91 in 100 are; from .7 to .9, 60; under its end, 80."""
_ASIDE, _LINK, _UNLIKELY = 0.7, 0.2, 0.05
"""How likely a unit that the extractor took must be of the article to stay in it: one in an element
that stands beside the text, one that is mostly a link, any other. Of the words that go 97 in 100
are of no article."""
_MOSTLY_LINK = 0.5
_CLEAR, _OF_TEXT = 0.7, 0.9
"""The model is believed of other units where so much of what was taken is so likely."""
_LEAD, _LEAD_ABOVE, _LEAD_WORDS = 0.45, 25, 12
"""How likely a paragraph between the headline and what was taken must be of the article to be its
lead, the units in which it is sought, and its words: of 30 such 27 are of it."""
_LEAST_OF_LEAD = 0.004
"""How likely the paragraph right under a headline must be of the article at least; of menus and
what a site says of itself no line is."""
_OPENING = 2
"""The first paragraphs of an article often read as a teaser does."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which units are the article's text, and whether the format says so or the line model."""

    lines: tuple[bool, ...]
    by_format: bool
    is_declared: bool
    likely: Likely | None = None
    """What the models say; None where they were not asked."""
    shares: tuple[float, ...] = ()
    """How likely each unit is of the article, by the line model; nothing where it was not asked."""
    furniture: frozenset[int] = frozenset()
    """Units that were taken for the article's text, but for the register of furniture."""

    @property
    def likelihoods(self) -> Likelihoods:
        """How likely what was not taken is of the article all the same."""
        return Likelihoods(self.shares, PASSED_OVER if self.by_format else NOT_CHOSEN)

    @property
    def begin(self) -> int:
        """The first unit of the text."""
        return self.lines.index(True) if any(self.lines) else 0

    @property
    def end(self) -> int:
        """The unit after the last of the text."""
        return len(self.lines) - self.lines[::-1].index(True) if any(self.lines) else 0


def choose(section: Section, page: JudgedPage, words: PageWords, lines: LineReader) -> Chosen:
    """Say which units of a section, judged as ``page``, are its article's text."""
    kept = section.kept
    if kept and any(kept):
        chosen = Chosen(tuple(kept), by_format=True, is_declared=section.is_declared)
        if not section.is_declared:
            chosen = _weighed(chosen, page, article_shares(page, words.models, lines))
    else:
        likely = article_lines(page, words.models, lines)
        is_declared = section.is_declared
        chosen = Chosen(likely.lines, by_format=False, is_declared=is_declared, likely=likely)
        chosen = replace(chosen, shares=likely.shares)
    if words.furniture and not section.is_declared:
        chosen = _without_furniture(chosen, page.items, words.furniture)
    return chosen


def _weighed(chosen: Chosen, page: JudgedPage, shares: tuple[float, ...]) -> Chosen:
    """Weigh what the format's extractor took and passed over by what the line model says of it.

    Text that it passed over in the midst of what it took is added, what stands beside the text
    and is unlikely of it goes.
    """
    midst = range(chosen.begin, chosen.end)
    added = {at for at in midst if shares[at] >= _SURE and _is_text(page.items[at])}
    added |= _lead(chosen.begin, page.items, shares)
    dropped = _beside(chosen, page.items, shares)
    lines = tuple((one or at in added) and at not in dropped for at, one in enumerate(chosen.lines))
    return replace(chosen, lines=lines if any(lines) else chosen.lines, shares=shares)


def _lead(begin: int, judged: Sequence[Judged], shares: Sequence[float]) -> set[int]:
    """Return the paragraphs between headline and text that the extractor took for the page's."""
    above = range(begin - 1, max(-1, begin - _LEAD_ABOVE), -1)
    top = next((at for at in above if judged[at].unit.kind == "headline"), begin)
    return {at for at in range(top + 1, begin) if _can_be_lead(judged[at], shares[at])}


def _can_be_lead(item: Judged, share: float) -> bool:
    unit = item.unit
    is_own = not unit.is_aside and unit.linked < _MOSTLY_LINK and unit.kind in {None, "heading"}
    return is_own and item.is_prose and item.size >= _LEAD_WORDS and share >= _LEAD


def lead_below(headline: int, chosen: Chosen, judged: Sequence[Judged]) -> set[int]:
    """Return the paragraph right under a headline that the line model left out, if it is the lead.

    What it learned from does not count leads as text; nothing else stands at that place.
    """
    at = headline + 1
    if not at < chosen.begin <= at + _LEAD_ABOVE or not chosen.shares:
        return set()
    item = judged[at]
    is_own = item.is_prose and item.size >= _LEAD_WORDS and not item.unit.is_bullet
    return {at} if is_own and chosen.shares[at] >= _LEAST_OF_LEAD else set()


def _beside(chosen: Chosen, judged: Sequence[Judged], shares: Sequence[float]) -> set[int]:
    """Return which of the chosen units stand beside the text."""
    taken = [at for at, one in enumerate(chosen.lines) if one]
    sure = sum(judged[at].size for at in taken if shares[at] >= _OF_TEXT)
    is_clear = sure >= _CLEAR * sum(judged[at].size for at in taken)
    opening = set([at for at in taken if judged[at].size >= LEAST_WORDS][:_OPENING])
    found: set[int] = set()
    for at in taken:
        unit = judged[at].unit
        least = _UNLIKELY if is_clear and at not in opening else 0.0
        least = max(least, _LINK if unit.linked >= _MOSTLY_LINK else 0.0)
        if shares[at] < (_ASIDE if unit.is_aside else least):
            found.add(at)
    return found


def _is_text(item: Judged) -> bool:
    return item.look in {"prose", "bullet"} and item.reason is None


def _without_furniture(chosen: Chosen, judged: Sequence[Judged], used: frozenset[str]) -> Chosen:
    """Take from the chosen lines what the register of furniture lists."""
    texts, is_prose = [item.unit.text for item in judged], [item.is_prose for item in judged]
    found = find_furniture_units(texts, chosen.lines, is_prose, used)
    lines = tuple(one and index not in found for index, one in enumerate(chosen.lines))
    return replace(chosen, lines=lines, furniture=found)
