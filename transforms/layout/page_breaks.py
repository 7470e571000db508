"""Texts that come in pages: their furniture taken out, their paragraphs whole again.

A paragraph that goes on across a page break is one unit, and its stretch of the source holds
what stood at the break, as it holds line ends and hyphens;
`knipsel.transforms.text.offsets.left_out` tells what that was. Furniture between two paragraphs
is a unit of its own, with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING

from knipsel.transforms.layout.page_furniture import page_furniture
from knipsel.transforms.layout.print_marks import count_in, find_print, title_runs
from knipsel.transforms.layout.wrapping import BULLET, goes_on
from knipsel.transforms.text.words import ends_sentence, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.text.words import Line

_PAGE_END = "\f"
_NUMBER = re.compile(r"[\W_]{0,4}(?:[^\W\d_]{1,9}\.? ?)?(\d{1,4})[\W_]{0,4}")
_LONGEST = 24
_FEWEST, _SHORTEST, _UNEVEN = 3, 12, 2.5
"""Numbers that count up, lines between two of them (the last page may be short), and how much
longer than others a page can be, for numbers on lines of their own to be those of pages."""
_TOP = 400
"""Lines from the beginning of a print among which its headline is sought."""
_CUT_SHARE = 0.3
"""Of the breaks between pages, those that cut a sentence: between chapters none do."""


@dataclass(frozen=True, slots=True)
class Paged:
    """Lines of text, in which ``continued`` are the starts of those that go on after a break.

    ``furniture`` are the lines that are no text, each with its reason, ``headline`` is the start of
    the lines that are the ``title`` of a print, or its part beside the name of the site;
    ``shows_title`` says whether such lines were found.
    """

    lines: list[Line]
    furniture: list[tuple[Line, str]]
    continued: frozenset[int]
    headline: int | None = None
    title: str = ""
    shows_title: bool = False
    is_print: bool = False


def take_pages(source: str, lines: Sequence[Line], page_words: frozenset[str]) -> Paged:
    """Take the furniture of pages out of ``lines``, where the text has pages.

    ``page_words`` are those that stand beside the number of a page.
    """
    if _PAGE_END in source.strip():
        return _take(list(_pages_by_form_feed(source, lines)), page_words)
    printed = _pages_by_count(lines)
    if printed and find_print([[line.text for line in page] for page in printed]).reasons:
        return _take(printed, page_words)
    numbers = _page_numbers(lines)
    if len(numbers) >= _FEWEST:
        paged = _take(_pages_by_number(lines, numbers), page_words)
        if len(paged.continued) >= max(2, _CUT_SHARE * len(numbers)):
            return paged
    return Paged(list(lines), [], frozenset())


def _pages_by_form_feed(source: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    reached = 0
    for line in lines:
        if _PAGE_END in source[reached : line.start] and page:
            yield page
            page = []
        page.append(line)
        reached = line.end
    yield page


def _pages_by_count(lines: Sequence[Line]) -> list[list[Line]]:
    """Divide the lines behind each that counts the pages, from the first to the last of them."""
    ends: list[int] = []
    for index, line in enumerate(lines):
        number, total = count_in(line.text) or (0, 0)
        if number == len(ends) + 1 and total >= number:
            ends.append(index + 1)
            if number == total:
                bounds = [0, *ends[:-1], len(lines)]
                return [list(lines[begin:end]) for begin, end in pairwise(bounds)]
    return []


def _page_numbers(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the longest row of lines that are numbers counting up by one.

    The numbers stand about as far apart as pages are long, and each follows the nearest of the
    numbers before it that is one less.
    """
    before: dict[int, int | None] = {}
    latest: dict[int, tuple[int, int]] = {}
    longest: tuple[int, int | None] = (0, None)
    for index, line in enumerate(lines):
        found = _NUMBER.fullmatch(line.text) if len(line.text) <= _LONGEST else None
        if found is None:
            continue
        length, before[index] = latest.get(int(found[1]) - 1, (0, None))
        latest[int(found[1])] = (length + 1, index)
        longest = max(longest, (length + 1, index), key=itemgetter(0))
    best: list[int] = []
    at = longest[1]
    while at is not None:
        best.append(at)
        at = before[at]
    best.reverse()
    gaps = [below - above for above, below in pairwise(best)]
    is_even = bool(gaps) and max(gaps) <= _UNEVEN * median(gaps)
    return best if is_even and min(gaps[:-1], default=0) >= _SHORTEST else []


def _pages_by_number(lines: Sequence[Line], numbers: Sequence[int]) -> list[list[Line]]:
    """Divide the lines behind each page number; what stands under it heads the next page."""
    bounds = [0, *(number + 1 for number in numbers), len(lines)]
    return [list(lines[begin:end]) for begin, end in pairwise(bounds)]


def _take(pages: Sequence[Sequence[Line]], page_words: frozenset[str]) -> Paged:
    texts_of = [[line.text for line in page] for page in pages]
    printed = find_print(texts_of)
    reasons = page_furniture(texts_of, page_words, printed)
    paged = Paged([], [], frozenset())
    continued: set[int] = set()
    for page, row in zip(pages, reasons, strict=True):
        texts = [line for line, reason in zip(page, row, strict=True) if reason is None]
        paged.furniture.extend(
            (line, reason) for line, reason in zip(page, row, strict=True) if reason
        )
        if texts and paged.lines and _is_cut(paged.lines[-1], texts[0]):
            texts[0] = texts[0]._replace(after_blank=False)
            continued.add(texts[0].start)
        elif texts:
            texts[0] = texts[0]._replace(after_blank=True)
        paged.lines.extend(texts)
    paged = replace(paged, continued=frozenset(continued), is_print=bool(printed.reasons))
    return _with_title(paged, printed.title)


def _with_title(paged: Paged, title: str) -> Paged:
    """Return the lines that are the title of a print as one paragraph, and where it begins.

    Where the title stands more than once, place and shape decide which is the headline.
    """
    lines = paged.lines
    runs = title_runs([line.text for line in lines[:_TOP]], title) if title else []
    bounds = {index for run in runs for index in (run.start, run.stop) if index < len(lines)}
    for index in bounds:
        lines[index] = lines[index]._replace(after_blank=True)
    joined = {lines[index].start for run in runs for index in run[1:]}
    apart = {lines[index].start for index in bounds}
    shown = [" ".join(lines[index].text for index in run) for run in runs]
    return replace(
        paged,
        continued=(paged.continued - apart) | joined,
        headline=lines[runs[0].start].start if len(runs) == 1 else None,
        title=shown[-1] if len(set(map(fold, shown))) == 1 else title,
        shows_title=bool(runs),
    )


def _is_cut(above: Line, below: Line) -> bool:
    """Say whether a page break between two lines stands in the midst of a sentence."""
    if ends_sentence(above.text) or BULLET.match(below.text):
        return False
    return goes_on(below) or above.text.endswith((",", "-", "\u00ad"))
