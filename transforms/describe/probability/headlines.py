"""What speaks for a headline, and what against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.clean.front.headline import spoken_share, telling_words
from knipsel.transforms.describe.probability.values import others_of, ways
from knipsel.transforms.parse.headlines import SEPARATORS
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.describe.probability.page import ArticlePage
    from knipsel.transforms.describe.probability.values import Value

_LINE, _MARKED = "headline_line", "h1"
WAYS = {
    "marked": {_MARKED},
    "in_a_line": {_LINE},
    "json_ld": {"json-ld"},
    "open_graph": {"opengraph"},
    "meta_tag": {"meta", "trafilatura"},
    "page_title": {"title"},
    "print_title": {"print_title"},
    "file_property": {"file_properties"},
}
"""Ways of finding a headline, by the methods of candidates."""
_SHOWN = frozenset({_LINE, _MARKED})
_LEAST_SHARE = 1 / 3
"""Share of the words of a headline that the address of a page has where it speaks of it."""
_PART = 10
"""Letters from which a headline that is part of another is no coincidence."""
_LONG, _NAME_WORDS = 20, 4
_NEAR, _FAR = 4, 12
"""Lines between a headline and its text."""
_MOST_RIVALS, _LARGEST_MARGIN = 3, 5.0
_CLOSE = 1.0
"""Points by which a line is ahead of the next one where either could be the headline."""
_SHORT_TEXT = 120


def known_of_headline(value: Value, values: Sequence[Value], page: ArticlePage) -> dict[str, float]:
    """Return what is known of a headline, each from 0 to 1 or as a small number."""
    return {
        "markup": float(page.has_markup),
        **ways(value, WAYS),
        **_agreement(value, others_of(value, values)),
        **_shape(value, page),
        **_place(value, page),
        **_margin(value, page),
    }


def _agreement(value: Value, others: Sequence[Value]) -> dict[str, float]:
    is_shown = not value.methods.isdisjoint(_SHOWN)
    return {
        "shown_and_declared": float(is_shown and value.is_declared),
        "others_declared": float(min(_MOST_RIVALS, sum(one.is_declared for one in others))),
        "another_shown": float(any(not one.methods.isdisjoint(_SHOWN) for one in others)),
        "part_of_another": float(
            len(value.key) > _PART and any(value.key in one.key for one in others)
        ),
        "holds_another": float(
            any(len(one.key) > _PART and one.key in value.key for one in others)
        ),
    }


def _shape(value: Value, page: ArticlePage) -> dict[str, float]:
    text, size = value.text, len(value.text.split())
    persons = page.cleaned.lines.words.persons
    return {
        "one_word": float(size <= 1),
        "two_words": float(size == 2),  # noqa: PLR2004 - as it is called
        "three_words": float(size == 3),  # noqa: PLR2004 - as it is called
        "few_words": float(size in {4, 5}),
        "many_words": float(size > _LONG),
        "full_stop": float(text.endswith(".")),
        "separator": float(any(one in text for one in SEPARATORS)),
        "is_site": float(value.key in page.sites),
        "is_person": float(size <= _NAME_WORDS and is_person(text, persons)),
        "no_letters": float(not any(map(str.isalpha, text))),
    }


def _place(value: Value, page: ArticlePage) -> dict[str, float]:
    own, spoken = words(value.text), spoken_share(value.text, page.lead)
    in_address = sum(word in page.address_words for word in own) / max(1, len(own))
    at = page.lines.index(value.key) if value.key in page.counts else None
    return {
        "not_in_address": float(bool(page.address_words) and in_address < _LEAST_SHARE),
        "spoken_of": spoken,
        "not_spoken_of": float(not spoken and bool(telling_words(value.text))),
        "stands_twice": float(page.counts[value.key] == 2),  # noqa: PLR2004 - as it is called
        "stands_often": float(page.counts[value.key] > 2),  # noqa: PLR2004 - as it is called
        "not_in_text": float(at is None),
        "begins_a_line": float(_begins(value.key, page)),
        "far_above": float(at is not None and page.begin - at > _FAR),
        "below_begin": float(at is not None and at > page.begin),
        "short_text": float(len(page.text.split()) < _SHORT_TEXT),
    }


def _begins(key: str, page: ArticlePage) -> bool:
    above = page.lines[: page.begin + 1]
    return any(line.startswith(key) and line != key for line in above)


def _margin(value: Value, page: ArticlePage) -> dict[str, float]:
    """Return how far the line that is the headline is ahead of the others that could be."""
    margin = page.cleaned.cut.headline_margin if _LINE in value.methods else None
    return {
        "margin": min(margin, _LARGEST_MARGIN) if margin is not None else 0.0,
        "close": float(margin is not None and margin < _CLOSE),
        "by_place_alone": float(_LINE in value.methods and margin is None),
    }
