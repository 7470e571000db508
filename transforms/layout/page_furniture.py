"""Page furniture: the page numbers and running heads that page breaks leave in a text.

Furniture repeats: the same words at the same edge of several pages, with numbers that stay
the same or count up with the pages. What stands on one page alone is text, whatever it looks
like; only a number with a word for *page* beside it is known by itself, and what a browser prints.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from knipsel.transforms.layout.print_marks import find_print
from knipsel.transforms.registers.pages.reasons import PAGE_NUMBER, RUNNING_HEAD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from knipsel.transforms.layout.print_marks import Print

_EDGE = 3
"""Lines of a page, from its top and from its bottom, among which furniture is sought."""
_REACH = 2
"""Pages back to look for the same line: left and right pages often have heads of their own."""
_LONGEST = 200
_LETTERS = 3
"""Letters that a running head has at least: signs alone may be a rule or a bullet."""
_SIMILAR = 0.9
"""Share of characters in common from which two heads are one, misread letters aside."""
_SURE_PAGES = 3
"""Pages on which a line with words and a number that counts up is furniture: two may be the
headings of two chapters."""
_NUMBER = re.compile(r"\d{1,9}")
_BARE = re.compile(r"[\W_]{0,8}#[\W_]{0,8}(?:#[\W_]{0,8})?")
_LABELLED = re.compile(r"[\W_]{0,8}(\w{1,12})\.? ?#(?: ?(?:/|\||\w{1,4}) ?#)?[\W_]{0,8}")


@dataclass(frozen=True, slots=True)
class _EdgeLine:
    """A line near the edge of a page: its words, folded, ``#`` for a number, and the numbers."""

    page: int
    row: int
    words: str
    numbers: tuple[int, ...]


def page_furniture(
    pages: Sequence[Sequence[str]], page_words: Collection[str] = (), printed: Print | None = None
) -> list[list[str | None]]:
    """Return for each line of each page why it goes: `PAGE_NUMBER`, `RUNNING_HEAD`, or None.

    ``page_words`` are the folded words for *page*: a number beside one of them is a page's number
    even where it stands on one page alone. ``printed`` are the marks of a browser's print, which
    are sought where they are not given.
    """
    printed = find_print(pages) if printed is None else printed
    reasons = _repeated(printed.without(pages), page_words)
    for (page, row), reason in printed.reasons.items():
        reasons[page][row] = reason
    return reasons


def _repeated(
    pages: Sequence[Sequence[str]], page_words: Collection[str]
) -> list[list[str | None]]:
    reasons: list[list[str | None]] = [[None] * len(page) for page in pages]
    doubted: list[tuple[int, int]] = []
    for edge in _edges(pages):
        for line in edge:
            if _is_labelled(line.words, page_words):
                reasons[line.page][line.row] = PAGE_NUMBER
        for group in _groups(edge, pages):
            reason = _reason(group, page_words)
            for line in group:
                reasons[line.page][line.row] = reasons[line.page][line.row] or reason
            if len(group) < _SURE_PAGES:
                doubted += [(line.page, line.row) for line in group]
    for page, row in doubted:
        is_rest = pages[page][row].lstrip()[:1].islower()
        if is_rest or not _is_outermost(pages[page], reasons[page], row):
            reasons[page][row] = None
    return reasons


def _is_outermost(lines: Sequence[str], reasons: Sequence[str | None], row: int) -> bool:
    """Say whether nothing but furniture stands between a line and an edge of its page."""
    is_text = [bool(line.strip()) and not why for line, why in zip(lines, reasons, strict=True)]
    return not any(is_text[:row]) or not any(is_text[row + 1 :])


def _edges(pages: Sequence[Sequence[str]]) -> tuple[list[_EdgeLine], list[_EdgeLine]]:
    """Return the lines at the top of the pages, and those at the bottom."""
    tops: list[_EdgeLine] = []
    bottoms: list[_EdgeLine] = []
    for page, lines in enumerate(pages):
        rows = [row for row, line in enumerate(lines) if line.strip()]
        tops += _edge_lines(page, lines, rows[:_EDGE])
        bottoms += _edge_lines(page, lines, rows[-_EDGE:])
    return tops, bottoms


def _edge_lines(page: int, lines: Sequence[str], rows: Sequence[int]) -> Iterator[_EdgeLine]:
    for row in rows:
        text = " ".join(lines[row].casefold().split())
        if len(text) <= _LONGEST:
            numbers = tuple(map(int, _NUMBER.findall(text)))
            yield _EdgeLine(page, row, _NUMBER.sub("#", text), numbers)


def _groups(edge: Sequence[_EdgeLine], pages: Sequence[Sequence[str]]) -> Iterator[list[_EdgeLine]]:
    """Yield the groups of lines that are the same line on several pages.

    Pages that are copies of each other say nothing: all of their lines are the same.
    """
    contents = [tuple(page) for page in pages]
    groups: list[list[_EdgeLine]] = []
    found: defaultdict[int, list[tuple[_EdgeLine, list[_EdgeLine]]]] = defaultdict(list)
    for line in edge:
        group = next(
            (
                members
                for page in range(line.page - 1, line.page - 1 - _REACH, -1)
                for other, members in found.get(page, ())
                if _is_same(other, line) and contents[page] != contents[line.page]
            ),
            None,
        )
        if group is None:
            groups.append(group := [])
        group.append(line)
        found[line.page].append((line, group))
    return (group for group in groups if len({line.page for line in group}) > 1)


def _is_same(above: _EdgeLine, line: _EdgeLine) -> bool:
    """Say whether a line is that of an earlier page, its number counted up."""
    distance = line.page - above.page
    if len(above.numbers) != len(line.numbers):
        return False
    steps = [after - before for before, after in zip(above.numbers, line.numbers, strict=True)]
    if any(step not in {0, distance} for step in steps):
        return False
    if _BARE.fullmatch(line.words):
        return above.words == line.words and steps[0] == distance
    return _is_similar(above.words, line.words)


def _is_similar(above: str, line: str) -> bool:
    if above == line:
        return True
    if 2 * min(len(above), len(line)) < _SIMILAR * (len(above) + len(line)):
        return False
    matcher = SequenceMatcher(None, above, line, autojunk=False)
    return matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR


def _reason(group: Sequence[_EdgeLine], page_words: Collection[str]) -> str | None:
    words = group[0].words
    if _BARE.fullmatch(words):
        return PAGE_NUMBER
    if sum(map(str.isalpha, words)) < _LETTERS:
        return None
    if len({line.numbers for line in group}) == 1:
        return RUNNING_HEAD
    says_page = not set(re.findall(r"\w+", words)).isdisjoint(page_words)
    if not says_page and len({line.page for line in group}) < _SURE_PAGES:
        return None
    return PAGE_NUMBER if _LABELLED.fullmatch(words) else RUNNING_HEAD


def _is_labelled(words: str, page_words: Collection[str]) -> bool:
    found = _LABELLED.fullmatch(words)
    return found is not None and found[1] in page_words
