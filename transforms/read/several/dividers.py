"""Articles by the lines between them: rules such as ``-----``, or ``Document 3 of 12``."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.read.several.certain import are_articles, are_whole
from knipsel.transforms.read.several.openings import FEWEST, Division, Part, part_of, title_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Gaps, Opening

SEPARATOR, NUMBERED = "separator_line", "numbered_line"
"""Methods: a line without letters stands between the articles, or one that counts them."""

_RULE = re.compile(r"([^\w\s])(?:[ \t]{0,3}\1){2,400}|_{3,400}")
_SHORTEST, _LONGEST_RULE = 3, 300
_LONGEST_NUMBERED, _NUMBERED_WORDS = 60, 6
"""Characters and words of a line that numbers an article: *Document 3 of 12*."""
_NUMBER = re.compile(r"\d{1,5}")
_MOST_PARTS = 5_000


def by_lines(lines: SectionLines, found: Gaps) -> Division | None:
    """Return the division at lines of one kind, where each part between them is an article."""
    for method, starts, is_counted in _dividing_lines(lines):
        division = _at(lines, method, starts, found.repeated, is_counted=is_counted)
        if division:
            return division
    return None


def are_counted(lines: SectionLines) -> list[Opening]:
    """Return the fronts under lines that count articles, where more than that is not certain."""
    for method, starts, is_counted in _dividing_lines(lines):
        if method == NUMBERED and is_counted:
            parts = _parts(lines, [*pairwise([*starts, len(lines)])], frozenset())
            whole = [part for part in parts if are_whole([part])]
            if len(whole) >= FEWEST and are_whole(parts, is_counted=True):
                return [part.opening for part in whole if part.opening]
    return []


def _dividing_lines(lines: SectionLines) -> Iterator[tuple[str, list[int], bool]]:
    """Yield lines that can divide a section: numbers that count up, or rules of one kind.

    With each comes whether the lines say how many of them there are.
    """
    rules: defaultdict[str, list[int]] = defaultdict(list)
    numbered: defaultdict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(lines.units):
        text = unit.text
        if lines.is_prose[index] or unit.reason:
            continue
        if (
            _SHORTEST <= len(text) <= _LONGEST_RULE
            and text[0] == text[-1]
            and _RULE.fullmatch(text)
        ):
            rules[f"{text[0]}{' ' in text}"].append(index)
        elif _can_count(text, lines.sizes[index]):
            numbered[lines.shape(index)].append(index)
    for found in numbered.values():
        numbers = [[int(one) for one in _NUMBER.findall(lines.units[i].text)] for i in found]
        is_count = len(found) > 1 and _counts_up(numbers)
        if is_count and not any(lines.said(index).signs for index in found):
            yield NUMBERED, found, _is_counted(numbers)
    for found in rules.values():
        yield SEPARATOR, found, False


def _can_count(text: str, size: int) -> bool:
    is_short = len(text) <= _LONGEST_NUMBERED and size <= _NUMBERED_WORDS
    return is_short and _NUMBER.search(text) is not None


def _counts_up(numbers: Sequence[Sequence[int]]) -> bool:
    """Say whether lines count from one on, or go on with a count whose end they name."""
    first = [row[0] for row in numbers]
    is_part = all(len(row) > 1 for row in numbers)
    return first == list(range(first[0], first[0] + len(first))) and (first[0] == 1 or is_part)


def _is_counted(numbers: Sequence[Sequence[int]]) -> bool:
    """Say whether each line has the number of all behind its own: *3 of 12*."""
    last = numbers[-1][0]
    return all(len(row) > 1 and row[1] >= last for row in numbers)


def _at(
    lines: SectionLines,
    method: str,
    starts: Sequence[int],
    repeated: frozenset[str],
    *,
    is_counted: bool,
) -> Division | None:
    if len(starts) > _MOST_PARTS:
        return None
    stretches = [*pairwise([*starts, len(lines)])]
    marks = list(starts)
    if any(lines.is_prose[: starts[0]]):
        stretches.insert(0, (0, starts[0]))
        marks.insert(0, starts[0])
    if not any(lines.is_prose[starts[-1] :]):
        stretches.pop()
        marks.pop()
    if not stretches:
        return None
    parts = _parts(lines, stretches, repeated)
    if not are_articles(lines, parts, is_divided=True, is_counted=is_counted):
        return None
    return Division(method, tuple(parts), tuple(marks), frozenset(starts))


def _parts(
    lines: SectionLines, stretches: Sequence[tuple[int, int]], repeated: frozenset[str]
) -> list[Part]:
    """Return stretches as parts; their headlines are of one kind, if each has such a unit."""
    kind = title_kind(lines, stretches)
    return [part_of(lines, begin, end, repeated, kind) for begin, end in stretches]
