"""Which line of a page is the byline: by its place, as the model of fronts has it, and its words.

The model sees the shape of lines, not what they say. It takes a button under the headline for a
name, or a name in a list of other articles. A line is therefore weighed by both: the share that
the model gives it, and whether a name stands in it, a person's, with a byline word before it.
"""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.layout.unit import without_bullet
from knipsel.transforms.parse.bylines import starts_with_listed
from knipsel.transforms.parse.names import goes_on
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.words import ends_sentence, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knipsel.transforms.clean.judge import Judged
    from knipsel.transforms.parse.parsed_line import LineReader
    from knipsel.transforms.registers.lines.bylines import BylineWords
    from knipsel.transforms.registers.lines.persons import PersonWords

# The weights come from a regression on pages with known authors, rounded.
_SHARE = 0.45
"""What the logarithm of the model's share counts for."""
_FORMS = {"byline": 1.4, "signature": 0.0, "name_line": -0.2, "author_line": -2.1, "handle": -0.2}
"""What the form of a line is worth: with a byline word it hardly is anything else."""
_LABELLED = frozenset({"byline", "handle"})
"""Forms with a byline word: without one, a name among comments or other articles is none."""
_CREDIT = "//"
"""What stands between who made a picture and the agency that has it."""
_OWNING = ("'s", "’s", "s'", "s’")
"""Endings of a name to which belongs what is named behind it: a site."""
_DASHES = ("-", "–", "—")
"""Signs before a name under a text with which it is signed, and that make items of lists, too."""
_SINGLE = -1.5
"""What one word alone is worth: most are buttons and sections."""
_PERSON = 2.3
"""What a first name is worth, where there is no byline word."""
_COMMON_LOSS = 2.0
"""What a name loses whose words the page has in small letters, and again those of buttons."""
_LONG_LOSS, _NAME_WORDS = 2.0, 3
"""What a name loses that has more words than names have."""
_REPEATED = 0.9
"""What it is worth that the name stands on another line too: at the article's end, a picture."""
_NEAR, _NEAR_WITHIN = 1.4, 3
"""What it is worth to stand within so many lines under the headline."""
_FAR_LOSS, _FAR_FROM = 0.9, 60
"""What it loses so far under it: there the bylines of other articles are."""
_THRESHOLD = -0.85
"""What a line must score: with less it is likelier that none is the byline."""
_LABELLED_SHARE = 0.003
"""The share that a person's name behind a byline word has at least, wherever it stands."""
_MOST_LABELLED, _MOST_BESIDE = 100, 10
"""How many lines with a byline word are looked at, and right beside the byline: a list of
articles has one for each."""
_SENTENCE = 4
"""Words of a line from which its small letters tell something: it is no list of lower-case tags."""
_NAMING = 12
"""Words of a line at most that counts as one on which a name is repeated."""
_WORD = re.compile(r"[^\W\d_]{3,}")


class _Candidate(NamedTuple):
    """A line with a name in it; ``below`` is its distance under the headline, if that is known."""

    share: float
    form: str
    name: str
    below: int | None


class Below(NamedTuple):
    """Where the text ends, from where on what stands below it is of something else, and whose."""

    end: int
    others: int
    owners: frozenset[str]
    """Who owns the rights to the page, by its own word: outlets, of which it has the name."""


class _PageWords:
    """What the words of a page say of a name; read when the first candidate is weighed."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        lines = [item.unit.text for item in judged if item.size >= _SENTENCE]
        self._common = {word for text in lines for word in _WORD.findall(text) if word.islower()}
        self._naming = "\n".join(
            dict.fromkeys(fold(item.unit.text) for item in judged if item.size <= _NAMING)
        )

    def common_share(self, words: Sequence[str], plain_words: frozenset[str]) -> float:
        """Return how common the words are: 1 for all on this page or all on buttons, 2 for both."""
        folded = [word.casefold() for word in words]
        found = sum((word in self._common) + (word in plain_words) for word in folded)
        return found / max(1, len(folded))

    def is_repeated(self, name: str) -> bool:
        """Say whether more than one line that differs from the others has the name."""
        return self._naming.count(fold(name)) > 1


def choose_bylines(
    judged: Sequence[Judged],
    shares: Mapping[int, float],
    headline: int | None,
    lines: LineReader,
    below: Below,
) -> set[int]:
    """Return the units that are the byline by their place and their words, if any are.

    ``shares`` are the units that may be it by the model, and how likely each is. Of several
    authors each can have a line; a news agency is taken where no author is found.
    """
    best = _best(judged, shares, headline, lines, below)
    if best is not None:
        return {best, *_beside(judged, best, lines)}
    return set() if headline is None else _agency_lines(judged, headline, lines)


def _best(
    judged: Sequence[Judged],
    shares: Mapping[int, float],
    headline: int | None,
    lines: LineReader,
    below: Below,
) -> int | None:
    page: _PageWords | None = None
    persons = lines.words.persons
    best, most = None, _THRESHOLD
    for index, share in _with_labelled(judged, shares, lines.words.bylines).items():
        distance = None if headline is None else index - headline
        one = _candidate(judged[index], share, distance, lines)
        if one is None or not _can_stand(judged, index, one, lines, below):
            continue
        page = page or _PageWords(judged)
        score = _score(one, page, persons)
        if score > most:
            best, most = index, score
    return best


def _can_stand(
    judged: Sequence[Judged], index: int, one: _Candidate, lines: LineReader, below: Below
) -> bool:
    """Say whether the place of a name allows that it is the author's, without a byline word.

    Above the headline stands the outlet, which owns the page. Below the text stand those who
    commented, wrote other articles or gave the tags their names; the author there has a box with
    a heading of its own.
    """
    if one.form in _LABELLED:
        return True
    is_under = one.below is None or one.below > 0
    if index < below.end and is_under:
        return True
    if fold(one.name) in below.owners and not is_person(one.name, lines.words.persons):
        return False
    if index < below.end:
        return True
    above = lines.words.authors.above
    boxed = any(fold(item.unit.text).startswith(above) for item in judged[index - 2 : index])
    unit = judged[index].unit
    is_item = unit.is_bullet and not unit.text.startswith(_DASHES)
    return boxed or (index < below.others and not is_item)


def _beside(judged: Sequence[Judged], best: int, lines: LineReader) -> set[int]:
    """Return the lines right above and below a byline that name other persons in its form."""
    found: set[int] = set()
    for step in (-1, 1):
        index = best
        while abs(index - best) <= _MOST_BESIDE and _is_labelled_person(judged, index, lines):
            found.add(index)
            index += step
    return found


def _is_labelled_person(judged: Sequence[Judged], index: int, lines: LineReader) -> bool:
    if not 0 <= index < len(judged):
        return False
    one = _candidate(judged[index], 1.0, None, lines)
    return one is not None and one.form == "byline" and is_person(one.name, lines.words.persons)


def _agency_lines(judged: Sequence[Judged], headline: int, lines: LineReader) -> set[int]:
    under = range(headline + 1, min(len(judged), headline + 1 + _NEAR_WITHIN))
    named = (index for index in under if lines(judged[index].unit.text).agency)
    return set(list(named)[:1])


def _with_labelled(
    judged: Sequence[Judged], shares: Mapping[int, float], bylines: BylineWords
) -> dict[int, float]:
    labelled = (
        index
        for index, item in enumerate(judged)
        if item.look != "prose" and starts_with_listed(_opening(item), bylines.words)
    )
    return dict.fromkeys(islice(labelled, _MOST_LABELLED), _LABELLED_SHARE) | dict(shares)


def _opening(item: Judged) -> str:
    """Return a line without the bullet or the name of a picture that stands before it."""
    text = without_bullet(item.unit.text)
    return text.partition("]")[2].lstrip() if text.startswith("[") else text


def _candidate(
    item: Judged, share: float, below: int | None, lines: LineReader
) -> _Candidate | None:
    line = lines(item.unit.text)
    found = None if item.unit.reason else line.author
    if found and found[0] not in _LABELLED:
        rest = item.unit.text[found[1].names[-1].end :]
        if _is_sentence(item) or goes_on(rest, lines.words) or rest.startswith(_CREDIT):
            return None
        if any(word.endswith(_OWNING) for word in line.names[0].text.split()[:-1]):
            return None
    return _Candidate(share, found[0], line.names[0].text, below) if found else None


def _is_sentence(item: Judged) -> bool:
    """Say whether a line is running text with a full stop, which tells of a person."""
    return item.look == "prose" and item.size > _NAMING and ends_sentence(item.unit.text)


def _score(one: _Candidate, page: _PageWords, persons: PersonWords) -> float:
    words = _WORD.findall(one.name)
    score = _SHARE * math.log(one.share) + _FORMS.get(one.form, _SINGLE)
    if not is_person(one.name, persons):
        score -= _COMMON_LOSS * page.common_share(words, persons.plain_words)
    elif one.form != "byline":
        score += _PERSON
    score -= _LONG_LOSS if len(words) > _NAME_WORDS else 0.0
    score += _REPEATED if page.is_repeated(one.name) else 0.0
    if one.below is not None:
        score += _NEAR if 0 < one.below <= _NEAR_WITHIN else 0.0
        score -= _FAR_LOSS if one.below > _FAR_FROM else 0.0
    return score
