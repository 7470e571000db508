"""Whether a text that could not be divided is likely to hold several articles all the same."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.read.several.certain import (
    are_comments,
    begins_alike,
    common_signs,
    differ,
    have_paragraphs,
    is_live_blog,
)
from knipsel.transforms.read.several.fronts import has_own_headline, is_signed_page, openings
from knipsel.transforms.read.several.openings import FEWEST, part_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Gaps, Opening, Part

_WORDS = 60
"""Words of prose under a front that make it one of an article rather than of a teaser."""
_MOST_OF_TEXT = 0.7
"""Share of the prose that stands under such fronts."""


def doubt_of(lines: SectionLines, found: Gaps) -> list[Opening]:
    """Return the fronts of articles that a text seems to hold, none where it is one article."""
    if len(found.gaps) < FEWEST:
        return []
    is_page = has_own_headline(lines, found) or is_signed_page(lines, found)
    for kind in ("heading", None):
        if kind and is_page:
            continue
        begun = openings(lines, found, kind)
        parts = [
            part_of(lines, begin, end, found.repeated, kind)
            for begin, end in pairwise([*(one.begin for one in begun), len(lines)])
        ]
        full = [part for part in parts if part.words >= _WORDS and part.opening]
        is_whole = bool(begun) and not any(lines.is_prose[: begun[0].begin])
        if is_whole and len(full) >= FEWEST and _are_likely(lines, full):
            return [part.opening for part in full if part.opening]
    return []


def _are_likely(lines: SectionLines, full: Sequence[Part]) -> bool:
    words = sum(
        size for size, is_prose in zip(lines.sizes, lines.is_prose, strict=True) if is_prose
    )
    return (
        bool(common_signs(full))
        and begins_alike(full)
        and have_paragraphs(full)
        and sum(part.words for part in full) >= _MOST_OF_TEXT * words
        and differ(lines, full)
        and not is_live_blog(full)
        and not are_comments(full)
    )
