"""Where an article may begin: a headline with a date, a byline or an outlet beside it, over prose.

A *gap* is a run of units that are no prose, with prose under it. The front of an article is one,
but so are a heading within it, and the menu of a page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from knipsel.transforms.read.several.lines import SectionLines, Sign

TITLE_KINDS = ("headline", "heading")
"""What formats call the headline of an article, the surest first."""
FEWEST = 3
"""Parts from which a structure repeats; two can be an article and what stands beside it."""
Side = Literal["above", "below", "end"]
"""Where a sign stands: above the headline, below it, or under the text."""

FRONT_LINES = 14
"""Lines over the prose that can be of an article's front: a menu or an end stands higher."""
_NEAR = 6
"""Lines between the headline and a sign that is of the same article."""
_END_LINES = 3
"""Lines under the last prose that can be of its end: a signature, a day."""
_HEADLINE_WORDS = 4
"""Words from which a line is a headline rather than the label of a section."""
_STANDFIRST_WORDS = 80
"""Words of prose that can stand between the headline and the byline."""


class Placed(NamedTuple):
    """A sign and the side of the headline on which it stands."""

    sign: Sign
    side: Side


@dataclass(frozen=True, slots=True)
class Opening:
    """The front of an article: units by their indexes.

    ``begin`` is the first unit of its gap, ``headline`` its headline, ``prose`` the first prose
    under it, ``signs`` where each sign stands. The headline is ``sure`` where the format calls it
    so, or no other line can be it.
    """

    begin: int
    headline: int
    prose: int
    signs: dict[Placed, int]
    days: frozenset[str]
    times: frozenset[str]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a section, each its first unit and the prose under it.

    ``repeated`` are the shapes of short lines that stand over more than one text: no headlines.
    ``openings`` keeps what they open, by the kind of headline that was asked for.
    """

    gaps: tuple[tuple[int, int], ...]
    repeated: frozenset[str]
    openings: dict[str | None, list[Opening]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of units, ``begin:end``, that may be an article.

    ``signs`` are those of the opening and of the end; ``words`` and ``paragraphs`` count prose.
    """

    begin: int
    end: int
    opening: Opening | None
    signs: frozenset[Placed]
    words: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Division:
    """The parts of a section, each an article, and by what ``method`` it was divided.

    ``marks`` are the units that stand for the division, one for each part: its separator, or its
    headline; ``dividers`` are all units that are no text but lines between articles.
    """

    method: str
    parts: tuple[Part, ...]
    marks: tuple[int, ...]
    dividers: frozenset[int] = frozenset()


def find_gaps(lines: SectionLines) -> Gaps:
    """Return the gaps of a section."""
    found = tuple(gaps(lines, 0, len(lines)))
    counts: Counter[str] = Counter()
    for begin, prose in found:
        counts.update({lines.shape(i) for i in range(max(begin, prose - FRONT_LINES), prose)})
    return Gaps(found, frozenset(shape for shape, count in counts.items() if count > 1))


def title_kind(lines: SectionLines, stretches: Iterable[tuple[int, int]]) -> str | None:
    """Return what the format calls the headlines of some stretches, None where each has none."""
    inside = [{unit.kind for unit in lines.units[begin:end]} for begin, end in stretches]
    return next((kind for kind in TITLE_KINDS if all(kind in kinds for kinds in inside)), None)


def gaps(lines: SectionLines, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield each gap of a stretch as its first unit and the prose under it."""
    top = begin
    for index in range(begin, end):
        if lines.is_prose[index]:
            if index > top:
                yield top, index
            top = index + 1


def opening_of(
    lines: SectionLines,
    gap: tuple[int, int],
    end: int,
    repeated: Collection[str],
    kind: str | None = None,
) -> Opening | None:
    """Return what a gap opens, None where it has no headline, or no sign beside one.

    ``end`` is where the stretch ends, ``repeated`` the shapes of lines that are no headlines,
    ``kind`` what the format calls headlines, None where it calls them nothing.
    """
    begin, prose = gap
    top = max(begin, prose - FRONT_LINES)
    headline = headline_of(lines, range(top, prose), repeated, kind)
    if headline is None:
        return None
    signs: dict[Placed, int] = {}
    days: set[str] = set()
    times: set[str] = set()
    for index in [*range(top, prose), *_under_standfirst(lines, prose, end)]:
        if lines.units[index].is_bullet or abs(index - headline) > _NEAR:
            continue
        said = lines.said(index)
        for sign in sorted(said.signs):
            side: Side = "above" if index < headline else "below"
            if side == "above":
                signs[Placed(sign, side)] = index
            else:
                signs.setdefault(Placed(sign, side), index)
        days.update(said.days)
        times.update(said.times)
    if not signs:
        return None
    titles = [
        index
        for index in range(top, prose)
        if lines.said(index).is_title and lines.shape(index) not in repeated
    ]
    is_sure = len(titles) == 1 or (kind is not None and lines.units[headline].kind == kind)
    return Opening(begin, headline, prose, signs, frozenset(days), frozenset(times), is_sure)


def headline_of(
    lines: SectionLines, front: range, repeated: Collection[str], kind: str | None
) -> int | None:
    """Return what is most like a headline: what the format calls so, or the first long title.

    Over the first article of all a page has other headings: its own is the last above a sign.
    """
    titles = [
        index
        for index in front
        if lines.said(index).is_title and lines.shape(index) not in repeated
    ]
    marked = [index for index in titles if kind and lines.units[index].kind == kind]
    if front.start == 0 and marked:
        signed = [index for index in front if lines.said(index).signs]
        return next((one for one in reversed(marked) if one < max(signed, default=0)), marked[-1])
    long = [index for index in titles if lines.sizes[index] >= _HEADLINE_WORDS]
    longest = sorted(titles, key=lambda index: -lines.sizes[index])
    return next(iter([*marked, *long, *longest]), None)


def _under_standfirst(lines: SectionLines, prose: int, end: int) -> range:
    """Return the lines between a standfirst and the text, where none of them is a headline."""
    if lines.sizes[prose] > _STANDFIRST_WORDS:
        return range(0)
    second = prose + 1
    while second < min(end, prose + 1 + FRONT_LINES) and not lines.is_prose[second]:
        if lines.said(second).is_title:
            return range(0)
        second += 1
    return range(prose + 1, second) if second < end and lines.is_prose[second] else range(0)


def part_of(
    lines: SectionLines,
    begin: int,
    end: int,
    repeated: Collection[str] = (),
    kind: str | None = None,
) -> Part:
    """Return a stretch as a part, with its opening where it begins with one."""
    prose = [index for index in range(begin, end) if lines.is_prose[index]]
    opening = None
    signs: set[Placed] = set()
    if prose and prose[0] > begin:
        opening = opening_of(lines, (begin, prose[0]), end, repeated, kind)
        headline = headline_of(lines, range(begin, prose[0]), repeated, kind)
        ending = _end_signs(lines, prose[-1], end)
        if opening is None and headline is not None and ending:
            opening = Opening(begin, headline, prose[0], {}, frozenset(), frozenset())
        signs = {*(opening.signs if opening else ()), *ending}
    words = sum(lines.sizes[index] for index in prose)
    return Part(begin, end, opening, frozenset(signs), words, len(prose))


def _end_signs(lines: SectionLines, last: int, end: int) -> set[Placed]:
    under = range(last + 1, min(end, last + 1 + _END_LINES))
    return {Placed(sign, "end") for index in under for sign in lines.said(index).signs}
