"""What speaks for the people that an article is said to be by, and what against them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.describe.probability.page import letters
from knipsel.transforms.describe.probability.values import BYLINES, NAME_LINES, others_of, ways
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.describe.probability.page import ArticlePage
    from knipsel.transforms.describe.probability.values import Value

WAYS = {
    "json_ld": {"json-ld"},
    "open_graph": {"opengraph"},
    "meta_tag": {"meta"},
    "guessed": {"trafilatura"},
    "byline": {"byline"},
    "signature": {"signature"},
    "name_line": {"name_line"},
    "likely_line": {"author_line"},
    "single_word": {"single_name"},
    "user_name": {"handle"},
}
"""Ways of finding an author, by the methods of candidates."""
_SIGNS = re.compile(r"[@_/|:()&,+\d]")
_FOUR = 4
"""Words of a name that is seldom one; with more it is a name and what stands beside it."""
_HOST_LETTERS = 4
_TWICE, _OFTEN = 2, 4
_FAR_BELOW, _FAR_ABOVE = 5, 8
_LONG_LINE = 80
_DAY_WITHIN = 2
_AROUND, _SHORT, _MENU = 5, 40, 8
"""Lines around a name, characters of a short one, and how many such a menu has there."""
_MOST_OTHERS = 3


def known_of_author(value: Value, values: Sequence[Value], page: ArticlePage) -> dict[str, float]:
    """Return what is known of the people an article is said to be by, all of them right."""
    return {
        "markup": float(page.has_markup),
        **ways(value, WAYS),
        **_agreement(value, others_of(value, values), page),
        **_shape(value.names, page),
        **_mentions(value.names, page),
        **_place(value, page),
    }


def _agreement(value: Value, others: Sequence[Value], page: ArticlePage) -> dict[str, float]:
    rejected = [
        frozenset(map(fold, one.names))
        for one in page.found
        if one.field == "author" and one.rejection and one.names
    ]
    printed = value.methods & (BYLINES | NAME_LINES)
    return {
        "printed_and_declared": float(value.is_declared and bool(printed)),
        "printed_in_two_ways": float(len(printed) > 1),
        "another_declared": float(any(one.is_declared for one in others)),
        "another_byline": float(any(not one.methods.isdisjoint(BYLINES) for one in others)),
        "another_line": float(any(not one.methods.isdisjoint(NAME_LINES) for one in others)),
        "another_names_more": float(any(value.key < one.key for one in others)),
        "names_all_of_another": float(any(one.key < value.key for one in others)),
        "another_rejected": float(any(names != value.key for names in rejected)),
        "others_named": float(
            min(_MOST_OTHERS, sum(one.key.isdisjoint(value.key) for one in others))
        ),
    }


def _shape(names: Sequence[str], page: ArticlePage) -> dict[str, float]:
    persons = page.cleaned.lines.words.persons
    sizes = [len(name.split()) for name in names]
    are_people = [is_person(name, persons) for name in names]
    first = [fold(name.split()[0]).partition("-")[0] in persons.listed_first for name in names]
    last = [fold(name.split()[-1]) in persons.listed_last for name in names]
    in_host = any(
        len(own := letters(name)) >= _HOST_LETTERS and own in page.address_letters for name in names
    )
    return {
        "two_names": float(len(names) == 2),  # noqa: PLR2004 - as it is called
        "many_names": float(len(names) > 2),  # noqa: PLR2004 - as it is called
        "all_people": float(all(are_people)),
        "some_people": float(any(are_people) and not all(are_people)),
        "listed_first_names": float(all(first)),
        "no_listed_first_name": float(not any(first)),
        "listed_last_names": float(all(last)),
        "no_listed_last_name": float(not any(last)),
        "one_word": float(any(size == 1 for size in sizes)),
        "four_words": float(any(size == _FOUR for size in sizes)),
        "long_name": float(any(size > _FOUR for size in sizes)),
        "small_letter": float(any(not name[:1].isupper() for name in names)),
        "capitals": float(any(name.isupper() and len(name) > _FOUR for name in names)),
        "signs": float(any(_SIGNS.search(name) for name in names)),
        "is_site": float(any(fold(name) in page.sites for name in names)),
        "in_address": float(in_host),
        "person_in_address": float(in_host and all(are_people)),
    }


def _mentions(names: Sequence[str], page: ArticlePage) -> dict[str, float]:
    folded = [fold(name) for name in names]
    least = min(sum(name in line for line in page.lines) for name in folded)
    return {
        "not_in_text": float(least == 0),
        "stands_twice": float(least >= _TWICE),
        "stands_often": float(least >= _OFTEN),
        "text_speaks_of": float(any(name in page.folded_text for name in folded)),
    }


def _place(value: Value, page: ArticlePage) -> dict[str, float]:
    at = page.nearest_line(value.candidates)
    if at is None:
        return {}
    block = page.blocks[at]
    is_below_headline = page.headline is not None and page.headline < at
    around = page.blocks[max(0, at - _AROUND) : at + _AROUND + 1]
    menu = sum(one.role is None and len(one.text) < _SHORT for one in around)
    return {
        "under_headline": float(is_below_headline and at < page.begin),
        "over_headline": float(page.headline is not None and at < page.headline),
        "under_text": float(at > page.end),
        "within_text": float(page.begin <= at <= page.end),
        "far_below": float(at > page.end + _FAR_BELOW),
        "far_above": float(at < page.begin - _FAR_ABOVE),
        "in_long_line": float(len(block.text) > _LONG_LINE),
        "beside_day": float(any(abs(at - other) <= _DAY_WITHIN for other in _day_lines(page))),
        "in_menu": float(menu >= _MENU),
    }


def _day_lines(page: ArticlePage) -> list[int]:
    """Return the lines in which the day of publication may stand."""
    found = (page.line_of(one) for one in page.found if one.field == "date_published")
    return [at for at in found if at is not None]
