"""Articles by their fronts: the same run of headline, byline, day over each text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.read.several.certain import are_articles
from knipsel.transforms.read.several.openings import (
    FEWEST,
    TITLE_KINDS,
    Division,
    headline_of,
    opening_of,
    part_of,
)
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Gaps, Opening

HEADING, FRONT = "repeated_heading", "repeated_front"
"""Methods: the format marks each headline, or only its place shows what it is."""

_LONGEST_GAP = 20
"""Lines between two articles: the end of one and the front of the next; more are of a page."""


def openings(lines: SectionLines, found: Gaps, kind: str | None = None) -> list[Opening]:
    """Return what the gaps open; with a ``kind``, only under headlines that the format calls so."""
    if kind not in found.openings:
        found.openings[kind] = list(_openings(lines, found, kind))
    return found.openings[kind]


def _openings(lines: SectionLines, found: Gaps, kind: str | None) -> Iterator[Opening]:
    if kind is not None and all(unit.kind != kind for unit in lines.units):
        return
    for gap in found.gaps:
        if gap[1] - gap[0] <= _LONGEST_GAP or (gap[0] == 0 and kind is not None):
            opening = opening_of(lines, gap, len(lines), found.repeated, kind)
            if opening and (kind is None or lines.units[opening.headline].kind == kind):
                yield opening


def by_fronts(lines: SectionLines, found: Gaps) -> Division | None:
    """Return the division at the headlines, where the same front stands over each text."""
    kinds = {unit.kind for unit in lines.units}
    if has_own_headline(lines, found):
        kinds.discard("heading")
    for kind in (*(one for one in TITLE_KINDS if one in kinds), None):
        division = _at(lines, openings(lines, found, kind), found, kind)
        if division:
            return division
    return _by_ends(lines, found)


def _by_ends(lines: SectionLines, found: Gaps) -> Division | None:
    """Return the division at the headlines, where a day or an outlet ends each text.

    Nothing but such signs may stand between a text and the next headline.
    """
    if any(prose - begin > _LONGEST_GAP for begin, prose in found.gaps):
        return None
    titled = [
        (gap, headline)
        for gap in found.gaps
        if (headline := headline_of(lines, range(*gap), found.repeated, None)) is not None
    ]
    if len(titled) < FEWEST or any(lines.is_prose[: titled[0][1]]):
        return None
    ends = [range(begin, headline) for (begin, _), headline in titled[1:]]
    if not all(end and all(lines.said(index).signs for index in end) for end in ends):
        return None
    starts = [headline for _, headline in titled]
    parts = [
        part_of(lines, begin, end, found.repeated) for begin, end in pairwise([*starts, len(lines)])
    ]
    if not are_articles(lines, parts, is_marked=False):
        return None
    return Division(FRONT, tuple(parts), tuple(starts))


def has_own_headline(lines: SectionLines, found: Gaps) -> bool:
    """Say whether the title of a page is that of the text under it: then it is one article.

    What stands under other headings there, each with its day, are teasers of other articles.
    """
    for begin, prose in found.gaps[:1]:
        kinds = [lines.units[index].kind for index in range(begin, prose)]
        titles = [index for index, kind in enumerate(kinds) if kind == "headline"]
        return bool(titles) and "heading" not in kinds[titles[-1] :]
    return False


def is_signed_page(lines: SectionLines, found: Gaps) -> bool:
    """Say whether a day or a byline stands right under the title of a page."""
    for begin, prose in found.gaps[:1]:
        is_under = False
        for index in range(begin, prose):
            kind = lines.units[index].kind
            is_under = kind == "headline" or (is_under and kind != "heading")
            if is_under and lines.said(index).signs:
                return True
    return False


def _at(
    lines: SectionLines, begun: Sequence[Opening], found: Gaps, kind: str | None
) -> Division | None:
    if len(begun) < FEWEST or any(lines.is_prose[: begun[0].begin]):
        return None
    above = [
        sign
        for sign in begun[0].signs
        if sign.side == "above" and all(sign in one.signs for one in begun)
    ]
    starts = [min([one.headline, *(one.signs[sign] for sign in above)]) for one in begun]
    if kind is None and not _is_explained(lines, begun, starts, found):
        return None
    parts = [
        part_of(lines, begin, end, found.repeated, kind)
        for begin, end in pairwise([*starts, len(lines)])
    ]
    if not are_articles(lines, parts, is_marked=kind is not None):
        return None
    method = HEADING if kind else FRONT
    return Division(method, tuple(parts), tuple(one.headline for one in begun))


def _is_explained(
    lines: SectionLines, begun: Sequence[Opening], starts: Sequence[int], found: Gaps
) -> bool:
    """Say whether all that stands between a text and the next front also stands elsewhere so.

    Else it may be of the next article: the name of an outlet that no register lists.
    """
    tails = [
        range(opening.begin, start) for opening, start in zip(begun[1:], starts[1:], strict=True)
    ]
    first_words = Counter(word for tail in tails for word in {_first_word(lines, i) for i in tail})
    least = len(tails) / 2
    return all(
        lines.shape(index) in found.repeated
        or first_words[_first_word(lines, index)] > least
        or not any(map(str.isalnum, lines.units[index].text))
        for tail in tails
        for index in tail
    )


def _first_word(lines: SectionLines, index: int) -> str:
    return fold(lines.units[index].text.split(maxsplit=1)[0])
