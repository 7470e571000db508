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
    is_told_twice,
    label_of,
    vary,
)
from knipsel.transforms.read.several.dividers import are_counted
from knipsel.transforms.read.several.fronts import has_own_headline, is_signed_page, openings
from knipsel.transforms.read.several.openings import FEWEST, Placed, part_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Gaps, Opening, Part

_WORDS, _FEW_WORDS = 60, 30
"""Words of prose under a front that make it one of an article rather than of a teaser; the fewer
where two kinds of signs stand with each."""
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
        if _are_articles(lines, parts, is_marked=kind is not None) or _is_list(lines, parts):
            return [part.opening for part in parts if part.opening]
    return []


def _are_articles(lines: SectionLines, parts: Sequence[Part], *, is_marked: bool) -> bool:
    """Say whether a text is made of parts that look like articles, and of little else."""
    signs = common_signs([part for part in parts if part.words >= _FEW_WORDS and part.opening])
    least = _FEW_WORDS if is_told_twice(signs) else _WORDS
    full = [part for part in parts if part.words >= least and part.opening]
    if len(full) < FEWEST or any(lines.is_prose[: parts[0].begin]):
        return False
    return (
        bool(signs)
        and (signs != [_BYLINE_BELOW] or begins_alike(full))
        and are_signed(lines, full, signs)
        and (is_marked or vary(full, signs))
        and parts[0].signs.issuperset(signs)
        and have_paragraphs(full)
        and _share(lines, full) >= _MOST_OF_TEXT
        and (differ(lines, full) or _is_titled(lines, full))
        and not is_live_blog(full)
        and not are_comments(full)
    )


def _is_titled(lines: SectionLines, parts: Sequence[Part]) -> bool:
    """Say whether most headlines have a label that calls them so: *Title: …*."""
    label = label_of([lines.shape(part.opening.headline) for part in parts if part.opening])
    return label is not None and label in lines.title_labels


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
