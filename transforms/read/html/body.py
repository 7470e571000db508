"""Which units of a page are its body: those whose text the extractor gave back, and its lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.text.words import ends_sentence, fold, weight, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit

_EXACT_WORDS = 4
"""Blocks of fewer words count as extracted only where they are a whole extracted line."""
_MOST_ABOVE = 12
"""Short lines that may open a text: headings, a salutation, who was there."""
_MOST_LINES = 40
"""Short lines that may follow a text: as many as a long poem has."""
_CONTAINED = 0.8
"""Share of a block's runs of three words that the extracted text must have."""
_LEAD_ABOVE, _LEAD_WORDS = 25, 8
"""Units above the body among which its lead stands, below a headline, and the words of one."""
_SAME_OPENING = 60
"""Characters in which a lead and the description of a page agree; the latter is often cut."""


def find_body(
    units: Sequence[Unit], extracted: str, descriptions: Sequence[str]
) -> tuple[tuple[Unit, ...], tuple[bool, ...]]:
    """Return the units, the lead marked as such, and of each whether it is of the body.

    ``descriptions`` are those that the page gives of itself: a paragraph between headline and body
    that says the same is the lead, which extractors pass over as part of the page's head.
    """
    kept = list(align(units, extracted))
    lead = _lead(units, kept, descriptions) if any(kept) else None
    if lead is None:
        return tuple(units), tuple(kept)
    kept[lead] = True
    marked = list(units)
    marked[lead] = units[lead]._replace(kind="standfirst")
    return tuple(marked), tuple(kept)


def _lead(units: Sequence[Unit], kept: Sequence[bool], descriptions: Sequence[str]) -> int | None:
    begin = kept.index(True)
    above = range(begin - 1, max(-1, begin - _LEAD_ABOVE), -1)
    top = next((at for at in above if units[at].kind == "headline"), begin)
    openings = {fold(one)[:_SAME_OPENING] for one in descriptions if weight(one) >= _LEAD_WORDS}
    for at in range(top + 1, begin):
        unit = units[at]
        is_like = fold(unit.text)[:_SAME_OPENING] in openings and weight(unit.text) >= _LEAD_WORDS
        if is_like and unit.kind in {None, "heading"} and not unit.is_aside:
            return at
    return None


def align(units: Sequence[Unit], extracted: str) -> tuple[bool, ...]:
    """Say of each unit whether the extractor took it."""
    lines = {fold(line) for line in extracted.splitlines()}
    have = set(runs_of(words(extracted)))
    found = [_is_extracted(unit, lines, have) for unit in units]
    long = [
        i for i, unit in enumerate(units) if found[i] and len(unit.text.split()) > 2 * _EXACT_WORDS
    ]
    if not long:
        return tuple(found)
    first, last = _with_lines_above(units, found, long[0]), _with_lines(units, found, long[-1])
    return tuple(flag and first <= i <= last for i, flag in enumerate(found))


def _with_lines_above(units: Sequence[Unit], found: Sequence[bool], first: int) -> int:
    """Return the first of the lines that stand over the text at once, under its headline."""
    least = max(0, first - _MOST_ABOVE)
    while first > least and found[first - 1] and _can_open(units[first - 1]):
        first -= 1
    return first


def _can_open(unit: Unit) -> bool:
    return unit.kind != "headline" and not unit.is_aside


def _with_lines(units: Sequence[Unit], found: Sequence[bool], last: int) -> int:
    """Return the last of the lines that follow the text at once: of a poem, of an address.

    One alone that is no sentence is a label.
    """
    end = last + 1
    while end < len(found) and found[end] and end <= last + _MOST_LINES:
        end += 1
    is_label = end == last + 2 and not ends_sentence(units[last + 1].text)
    return last if is_label else end - 1


def runs_of(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the runs of three words."""
    return zip(row, row[1:], row[2:], strict=False)


def _is_extracted(unit: Unit, lines: set[str], have: set[tuple[str, ...]]) -> bool:
    if fold(unit.text) in lines:
        return True
    runs = list(runs_of(words(unit.text)))
    return len(runs) > _EXACT_WORDS and sum(run in have for run in runs) >= _CONTAINED * len(runs)
