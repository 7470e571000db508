"""Whether a text that could not be divided is likely to hold several articles all the same."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.read.several.certain import (
    are_comments,
    are_signed,
    begins_alike,
    common_signs,
    differ,
    have_paragraphs,
    is_live_blog,
)
from knipsel.transforms.read.several.dividers import are_counted
from knipsel.transforms.read.several.fronts import has_own_headline, is_signed_page, openings
from knipsel.transforms.read.several.openings import FEWEST, Placed, part_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Gaps, Opening, Part

_WORDS = 60
"""Words of prose under a front that make it one of an article rather than of a teaser."""
_MOST_OF_TEXT = 0.7
"""Share of the prose that stands under such fronts: else there is a main article."""
_TEASERS, _MOST_OF_LIST = 10, 0.8
"""Teasers, each with its own day or outlet, that are a list of articles where they have so much
of the prose: a page with an article has more of it in that."""
_BYLINE_BELOW = Placed("byline", "below")


def doubt_of(lines: SectionLines, found: Gaps) -> list[Opening]:
    """Return the fronts of articles that a text seems to hold, none where it is one article."""
    if len(found.gaps) < FEWEST:
        return []
    counted = are_counted(lines)
    if counted:
        return counted
    is_page = has_own_headline(lines, found) or is_signed_page(lines, found)
    for kind in (None,) if is_page else ("heading", None):
        begun = openings(lines, found, kind)
        if len(begun) < FEWEST:
            continue
        parts = [
            part_of(lines, begin, end, found.repeated, kind)
            for begin, end in pairwise([*(one.begin for one in begun), len(lines)])
        ]
        if _are_articles(lines, parts) or _is_list(lines, parts):
            return [part.opening for part in parts if part.opening]
    return []


def _are_articles(lines: SectionLines, parts: Sequence[Part]) -> bool:
    """Say whether a text is made of parts that look like articles, and of little else."""
    full = [part for part in parts if part.words >= _WORDS and part.opening]
    if len(full) < FEWEST or any(lines.is_prose[: parts[0].begin]):
        return False
    signs = common_signs(full)
    return (
        bool(signs)
        and (signs != [_BYLINE_BELOW] or begins_alike(full))
        and are_signed(lines, full, signs)
        and parts[0].signs.issuperset(signs)
        and have_paragraphs(full)
        and _share(lines, full) >= _MOST_OF_TEXT
        and differ(lines, full)
        and not is_live_blog(full)
        and not are_comments(full)
    )


def _is_list(lines: SectionLines, parts: Sequence[Part]) -> bool:
    """Say whether a text is a list of articles: hits of a search, a topic, what is to be read."""
    rows = [part for part in parts if part.words < _WORDS and part.opening]
    return (
        len(rows) >= _TEASERS
        and bool(common_signs(rows))
        and _share(lines, rows) >= _MOST_OF_LIST
        and differ(lines, rows)
        and not are_comments(rows)
    )


def _share(lines: SectionLines, parts: Sequence[Part]) -> float:
    """Return how much of the prose some parts have."""
    words = sum(
        size for size, is_prose in zip(lines.sizes, lines.is_prose, strict=True) if is_prose
    )
    return sum(part.words for part in parts) / max(words, 1)
