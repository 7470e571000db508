"""Candidates with their probabilities: for each field that a model knows, each value by itself.

What a person states is not weighed, nor what was rejected. Where a record, an export or another
format tells a value, there is nothing to fit a probability on, and none of the field has one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.probability import authors, days, headlines
from knipsel.transforms.describe.probability.authors import known_of_author
from knipsel.transforms.describe.probability.days import known_of_day, month_of
from knipsel.transforms.describe.probability.headlines import known_of_headline
from knipsel.transforms.describe.probability.values import Value, key_of, values_of
from knipsel.transforms.registers.articles.facts import CURATED
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from knipsel.transforms.describe.candidate import Candidate
    from knipsel.transforms.describe.probability.page import ArticlePage
    from knipsel.transforms.registers.articles.probabilities import Probabilities

    Known = Callable[[Value, Sequence[Value], ArticlePage], dict[str, float]]

WEIGHED_FORMATS = frozenset({"text/html", "text/plain", "application/pdf"})
"""The formats of the pages from which it was learnt what speaks for a value."""
_KNOWN: Mapping[str, Known] = {
    "headline": known_of_headline,
    "date_published": known_of_day,
    "author": known_of_author,
}
_NAME, _DAY = "author_name", "date_published"
_SUM = "days_of_one_month"
"""The basis of a month whose days add up."""
_METHODS = {
    "headline": frozenset().union(*headlines.WAYS.values()),
    "date_published": frozenset().union(*days.WAYS.values()),
    "author": frozenset().union(*authors.WAYS.values()),
}
"""The ways that the models of a field know."""


def with_probabilities(
    found: Sequence[Candidate], page: ArticlePage, probabilities: Probabilities
) -> list[Candidate]:
    """Return the candidates, those that can be weighed with how likely their value is right."""
    likely: dict[tuple[str, object], tuple[float, str]] = {}
    for field, known in weighed(found, page):
        model = probabilities.models.get(field)
        if model is None:
            continue
        for key, one in known.items():
            likely[field, key] = model(one), _in_words(model.points(one))
    return [_weighed(one, likely) for one in found]


def weighed(
    found: Sequence[Candidate], page: ArticlePage
) -> Iterator[tuple[str, dict[object, dict[str, float]]]]:
    """Yield each field that can be weighed, with what is known of each of its values."""
    for field, known_of in _KNOWN.items():
        live = [one for one in found if one.field == field and _is_weighed(one)]
        if not live or any(one.method not in _METHODS[field] for one in live):
            continue
        values = values_of(live)
        yield field, {value.key: known_of(value, values, page) for value in values}


def surer_month(found: Sequence[Candidate], least: float) -> list[Candidate]:
    """Return the month of publication as a candidate, where it is sure enough and no day is."""
    days = {one.value: one for one in found if _is_likely_day(one)}
    if not days or any(one.field == _DAY and _can_win(one, least) for one in found):
        return []
    month = month_of(((value, one.probability or 0.0) for value, one in days.items()), least)
    if month is None:
        return []
    value, probability = month
    best = max(
        (one for day, one in days.items() if day.startswith(value)),
        key=lambda one: (one.probability or 0.0, one.confidence),
    )
    return [replace(best, value=value, probability=probability, basis=_SUM)]


def _is_likely_day(one: Candidate) -> bool:
    return one.field == _DAY and one.rejection is None and one.probability is not None


def _can_win(one: Candidate, least: float) -> bool:
    return one.rejection is None and (one.probability is None or one.probability >= least)


def name_probabilities(
    chosen: Candidate, found: Sequence[Candidate], page: ArticlePage, probabilities: Probabilities
) -> dict[str, float | None]:
    """Return how likely each name of the chosen author is right; all of them at least so likely."""
    model = probabilities.models.get(_NAME)
    if chosen.method in CURATED:
        return dict.fromkeys(chosen.names, 1.0)
    if model is None or chosen.probability is None:
        return dict.fromkeys(chosen.names)
    known = dict(names_known(chosen, found, page))
    return {name: max(chosen.probability, model(one)) for name, one in known.items()}


def names_known(
    chosen: Candidate, found: Sequence[Candidate], page: ArticlePage
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each name of an author with what is known of it by itself."""
    live = [one for one in found if one.field == "author" and _is_weighed(one)]
    values = values_of(live)
    for name in chosen.names:
        given = [one for one in live if fold(name) in set(map(fold, one.names))] or [chosen]
        alone = tuple(replace(one, names=(name,)) for one in given)
        own = Value(frozenset({fold(name)}), alone, frozenset(one.method for one in given))
        others = [value for value in values if fold(name) not in value.key]
        yield name, known_of_author(own, [own, *others], page)


def _is_weighed(one: Candidate) -> bool:
    is_author = one.field == "author"
    return not one.rejection and one.method not in CURATED and (bool(one.names) or not is_author)


def _weighed(one: Candidate, likely: Mapping[tuple[str, object], tuple[float, str]]) -> Candidate:
    if not _is_weighed(one) or one.field not in _KNOWN:
        return one
    found = likely.get((one.field, key_of(one)))
    return replace(one, probability=found[0], basis=found[1]) if found else one


def _in_words(points: Mapping[str, float]) -> str:
    """Return what speaks for and against a value as one line: ``stands_twice +0.31; …``."""
    return "; ".join(f"{name} {worth:+.2f}" for name, worth in points.items())
