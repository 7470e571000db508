"""Which units of a page are its article, and what each looks like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from knipsel.transforms.clean.boilerplate import boilerplate_reasons
from knipsel.transforms.clean.lines.choice import choose_lines
from knipsel.transforms.clean.lines.columns import Lines, count_lines, in_class
from knipsel.transforms.clean.lines.features import line_features
from knipsel.transforms.parse.bylines import starts_with_listed
from knipsel.transforms.parse.dates import is_day
from knipsel.transforms.registers.pages.line_model import best_lines
from knipsel.transforms.text.words import begins_upper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from knipsel.transforms.clean.lines.features import Columns
    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.parse.parsed_line import LineReader
    from knipsel.transforms.registers.pages.line_model import LineModels
    from knipsel.transforms.registers.pages.words import PageWords

    Mask = NDArray[np.bool_]
    Floats = NDArray[np.float64]

INLINE_LINK = "inline_link"
_PLACEHOLDER = re.compile(r"\[[^\[\]]{0,200}\]|_{5,}|\(BUTTON\)")
"""What text browsers write for pictures, fields and buttons."""
_PLACEHOLDER_OPENERS = "[_("
_SEPARATORS = ("|", " / ", "»", " · ", " • ")
_WORDS_TO_SEPARATOR = 12
"""Words of running text to each of these signs, at least: there are few in it."""
_SAMPLE_LINES = 20
"""The longest lines of a page, which show its language: menus have few function words."""

_PROSE_WORDS, _SENTENCE_WORDS, _BULLET_WORDS = 14, 5, 10
"""Words from which a unit can be prose: without an end mark, with one, as a list item."""
_FUNCTION_SHARE = 0.12
"""Function words of running text in the registers' languages: a third to a half of all words,
of a list of titles or places less than one in eight."""
_UNKNOWN_SHARE = 0.02
"""Below this share over the document, its language is none of the registers'."""

_HEADING_CHARACTERS, _HEADING_WORDS = 120, 16

_FEWEST_SHARED, _SHARED_RUNS = 2, 0.25
"""Runs of three words that a paragraph shares with one that it may repeat: at least so many, and
such a share of its own. Which of them does repeat it, `knipsel.transforms.clean.pull_quotes`
decides."""
_FEW_LINES = 5
"""A run of words that stands in more paragraphs than this tells nothing."""
_FRONT_WORDS = 25
"""Words of a line at the front of an article, at most."""
_YEAR_DIGITS = 4
_LEAST_SHARE = 0.003
"""How likely a line must be the byline by its place, for its words to be looked at."""
_SHARE_DIGITS = 4
"""The last bits of a likelihood depend on the machine."""
_LABEL_WORDS = 3
_PAGE_LINES = 20_000
"""Lines that are judged together: more are no page, and would take a gigabyte of features."""


class Judged(NamedTuple):
    """A unit, its look, and the reason that a phrase in it gives.

    ``look`` is ``prose``, ``bullet``, ``short``, ``placeholder`` or ``invisible``, ``size`` its
    words as `knipsel.transforms.text.words.weight` counts them.
    """

    unit: Unit
    look: str
    reason: str | None
    size: int

    @property
    def is_prose(self) -> bool:
        """Whether the unit reads as running text and no phrase speaks against it."""
        return self.look == "prose" and self.reason is None


@dataclass(frozen=True, slots=True)
class _Part:
    """Units that are counted together: their places among all units, and what was counted.

    ``function_words`` says of each word whether a register lists it as one.
    """

    places: Sequence[int]
    lines: Lines
    function_words: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """The units of a page or a document, judged each by itself, and what was counted for it."""

    items: tuple[Judged, ...]
    parts: tuple[_Part, ...]

    def alike(self, places: Sequence[int]) -> dict[int, set[int]]:
        """Return which of the units at ``places``, in order, may repeat which others of them.

        Both are given by their numbers in ``places``. A cheap test: the other is longer and has
        two of its runs of three words or more, and where it ends as a sentence does, a quarter.
        """
        if len(self.parts) != 1 or not places:
            return {}
        lines = self.parts[0].lines
        rows = np.searchsorted(self.parts[0].places, places)
        shared = Counter(
            pair
            for group in lines.words.shared_runs(rows, _FEW_LINES)
            for pair in permutations(group.tolist(), 2)
        )
        ended = in_class(lines.last_before_closers[rows], "terminal").tolist()
        sizes = [self.items[place].size for place in places]
        found: dict[int, set[int]] = {}
        for (one, other), count in shared.items():
            least = max(_FEWEST_SHARED, ended[one] * _SHARED_RUNS * (sizes[one] - 2))
            if count >= least and sizes[other] > sizes[one]:
                found.setdefault(one, set()).add(other)
        return found


def judge(units: Sequence[Unit], words: PageWords) -> JudgedPage:
    """Judge each unit by itself.

    What the reader knows to be no part of an article, page numbers and the like, is not counted.
    """
    seen = [place for place, unit in enumerate(units) if unit.reason is None and unit.text]
    parts = tuple(
        _count([units[place].text for place in places], places, words.function_words)
        for places in _cut(seen)
    )
    looks = ["short" if unit.text else "invisible" for unit in units]
    sizes = [0] * len(units)
    knows_language = _knows_language(parts)
    for part in parts:
        found = _looks(part, units, knows_language=knows_language)
        for place, look, size in zip(part.places, found, part.lines.weight().tolist(), strict=True):
            looks[place], sizes[place] = look, int(size)
    reasons = boilerplate_reasons([unit.text for unit in units], words.phrases)
    return JudgedPage(_judged(units, looks, sizes, reasons), parts)


def _cut(places: Sequence[int]) -> list[Sequence[int]]:
    return [places[at : at + _PAGE_LINES] for at in range(0, len(places), _PAGE_LINES)]


def _count(texts: Sequence[str], places: Sequence[int], listed: frozenset[str]) -> _Part:
    lines = count_lines(texts)
    return _Part(places, lines, lines.words.among(listed))


def _judged(
    units: Sequence[Unit],
    looks: Sequence[str],
    sizes: Sequence[int],
    reasons: Sequence[str | None],
) -> tuple[Judged, ...]:
    judged: list[Judged] = []
    for unit, look, size, phrase in zip(units, looks, sizes, reasons, strict=True):
        reason = unit.reason or phrase
        if judged and look in {"short", "bullet"} and _is_link_label(judged[-1]):
            reason = reason or INLINE_LINK
        judged.append(Judged(unit, look, reason, size))
    return tuple(judged)


def _is_link_label(item: Judged) -> bool:
    """Say whether a line only announces a link, which then stands on the next one."""
    return item.reason == INLINE_LINK and item.size <= _LABEL_WORDS


class Likely(NamedTuple):
    """What the models say of the units of a page.

    ``lines`` says of each whether it is of the article, ``shares`` how likely it is; ``front``
    gives the unit that is most likely the ``headline``, the ``byline``, the ``date_line``, where
    one is; ``headlines`` and ``bylines`` the units that may be these, and how likely each is.
    """

    lines: tuple[bool, ...]
    shares: tuple[float, ...]
    front: dict[str, int]
    bylines: dict[int, float]
    headlines: dict[int, float]


def article_lines(page: JudgedPage, models: LineModels, lines: LineReader) -> Likely:
    """Say which units of a page are its article and the front of it, as the models have it."""
    kept = [False] * len(page.items)
    if not page.parts:
        return Likely(tuple(kept), (0.0,) * len(kept), {}, {}, {})
    features, likely = _line_shares(page, models, lines)
    places = [place for part in page.parts for place in part.places]
    sizes = np.array([page.items[place].size for place in places], float)
    for place, one in zip(places, choose_lines(likely, sizes).tolist(), strict=True):
        kept[place] = one
    shares = models.front.shares(features)  # of the first part: it is where a document begins
    front = {head: places[row] for head, (row, _) in best_lines(shares).items()}
    bylines, headlines = (_possible(shares.get(head), places) for head in ("byline", "headline"))
    return Likely(tuple(kept), _of_all(page, likely), front, bylines, headlines)


def article_shares(page: JudgedPage, models: LineModels, lines: LineReader) -> tuple[float, ...]:
    """Say how likely each unit of a page is of its article, as one network of the model has it."""
    if not page.parts:
        return (0.0,) * len(page.items)
    quick = models._replace(lines=models.lines.first_network())
    return _of_all(page, _line_shares(page, quick, lines)[1])


def _line_shares(page: JudgedPage, models: LineModels, lines: LineReader) -> tuple[Columns, Floats]:
    """Return the features of the first part, and how likely each counted unit is of the article."""
    features = [part_features(page, part, lines) for part in page.parts]
    return features[0], np.concatenate(list(map(models.lines.probabilities, features)))


def _of_all(page: JudgedPage, likely: Floats) -> tuple[float, ...]:
    """Return what was found of the counted units for all units, 0 for those set aside."""
    shares = [0.0] * len(page.items)
    places = (place for part in page.parts for place in part.places)
    for place, one in zip(places, likely.tolist(), strict=True):
        shares[place] = round(one, _SHARE_DIGITS)
    return tuple(shares)


def _possible(shares: Floats | None, places: Sequence[int]) -> dict[int, float]:
    """Return the units that may be what the shares are of, and how likely each is."""
    if shares is None:
        return {}
    rows = np.flatnonzero(shares[:-1] >= _LEAST_SHARE).tolist()
    return {places[row]: float(shares[row]) for row in rows}


def part_features(page: JudgedPage, part: _Part, lines: LineReader) -> Columns:
    """Return the features of the units of a part of a page, as the models want them."""
    items = [page.items[place] for place in part.places]
    units, reasons = [item.unit for item in items], [item.reason for item in items]
    columns = line_features(part.lines, units, reasons, part.function_words)
    return columns | _front_features(part.lines, lines)


def _front_features(counted: Lines, lines: LineReader) -> Columns:
    """Return which lines name an author or a day, as those at the front of an article do."""
    is_byline, has_day = np.zeros(len(counted)), np.zeros(len(counted))
    is_short, is_dated = counted.weight() <= _FRONT_WORDS, counted.counts["digit"] >= _YEAR_DIGITS
    for row in np.flatnonzero(is_short).tolist():
        text = counted.texts[row]
        if is_dated[row]:
            has_day[row] = any(map(is_day, lines(text).dates))
        if is_dated[row] or starts_with_listed(text, lines.words.bylines.words):
            is_byline[row] = lines(text).byline is not None
    return {"is_byline": is_byline, "has_day": has_day}


def _knows_language(parts: Sequence[_Part]) -> bool:
    """Say whether the longest lines have function words of the registers' languages."""
    words = known = 0.0
    for part in parts:
        longest = np.argsort(-part.lines.length, kind="stable")[:_SAMPLE_LINES]
        words += part.lines.per_line()[longest].sum()
        known += part.lines.per_line(words=part.function_words)[longest].sum()
    return known > _UNKNOWN_SHARE * words


def _looks(part: _Part, units: Sequence[Unit], *, knows_language: bool) -> list[str]:
    """Return the look of each unit of a part, as `Judged` has it."""
    lines, texts = part.lines, part.lines.texts
    is_bullet = np.array([units[place].is_bullet for place in part.places])
    looks = np.where(is_bullet, "bullet", "short").astype(object)
    looks[_is_prose(part, is_bullet, knows_language=knows_language)] = "prose"
    for row in [row for row, text in enumerate(texts) if text[0] in _PLACEHOLDER_OPENERS]:
        if _PLACEHOLDER.match(texts[row]) and not _PLACEHOLDER.sub("", texts[row][:1000]).strip():
            looks[row] = "placeholder"
    looks[lines.counts["shown"] == 0] = "invisible"
    return list(looks)


def _is_prose(part: _Part, is_bullet: Mask, *, knows_language: bool) -> Mask:
    """Say which units read as running text."""
    lines, size = part.lines, part.lines.weight()
    ended = in_class(lines.last_before_closers, "terminal") > 0
    least = np.where(is_bullet, _BULLET_WORDS, np.where(ended, _SENTENCE_WORDS, _PROSE_WORDS))
    found: Mask = (size >= least) & (ended | ~is_bullet)
    if knows_language:
        share = lines.per_line(words=part.function_words) / np.maximum(lines.per_line(), 1)
        runs = ended | (share >= 2 * _FUNCTION_SHARE) | (size >= 2 * _PROSE_WORDS)
        found &= runs & (share >= _FUNCTION_SHARE)
    else:
        found &= ended
    for row in np.flatnonzero(found & (lines.counts["separator"] > 0)).tolist():
        between = sum(lines.texts[row].count(separator) for separator in _SEPARATORS)
        found[row] = between * _WORDS_TO_SEPARATOR <= size[row]
    return found


def is_heading(item: Judged, following: Judged | None) -> bool:
    """Say whether a short unit heads what follows it."""
    text = item.unit.text
    if item.reason is not None or item.look != "short" or following is None:
        return False
    fits = len(text) <= _HEADING_CHARACTERS and item.size <= _HEADING_WORDS
    ended = text.endswith((".", ",", ";", "…", "...", "-"))
    return fits and not ended and begins_upper(text) and any(map(str.isalpha, text))
