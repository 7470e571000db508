"""Lines of a PDF and the blocks that they make: paragraphs, headings, notes, page furniture."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from knipsel.transforms.layout.unit import is_bullet
from knipsel.transforms.read.pdf.columns import regions
from knipsel.transforms.read.pdf.fragments import rows
from knipsel.transforms.text.words import begins_upper, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.read.pdf.fragments import Fragment

_JOINED = 0.12
"""Of a line's height: fragments nearer to each other than that are parts of one word."""
_SAME_SIZE = 1.15
"""How much two lines of one paragraph may differ in height; text layers of scans vary."""
_GAP = 1.3
"""Of the usual distance between lines: a wider one stands between paragraphs."""
_INDENT, _LARGEST_INDENT = 0.6, 5.0
"""In line heights, what a paragraph's first line is set in at least, and at most."""
_ROOM = 1.15
"""A line was ended on purpose where so many times the next word would have fitted."""
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_BESIDE = 60.0
"""Points: paragraphs, items of lists and quotations begin about as far from the edge of a page."""
_FULL_SHARE = 20
"""One line in so many reaches farther than lines that count as full."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of text; ``margins`` are those of lines like it in its column.

    ``region`` counts columns over all pages.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_bold: bool
    page: int
    region: int
    margins: tuple[float, float]
    is_turned: bool = False

    @property
    def height(self) -> float:
        """Height of the line's font."""
        return self.top - self.bottom

    @property
    def indent(self) -> float:
        """How far the line is set in, in line heights."""
        return (self.left - self.margins[0]) / self.height


def page_lines(fragments: Sequence[Fragment], page: int, first_region: int) -> list[PdfLine]:
    """Return the lines of a page in reading order; turned ones come last."""
    level = [one for one in fragments if not one.turn]
    ordered = regions(level)
    for turn in (1, 2, 3):
        turned = [one for one in fragments if one.turn == turn]
        ordered += [turned] if turned else []
    return [
        line
        for number, region in enumerate(ordered, first_region)
        for line in _region_lines(region, page, number)
    ]


def _region_lines(region: Sequence[Fragment], page: int, number: int) -> Iterator[PdfLine]:
    lines = [_line(row, page, number) for row in rows(region)]
    alike: dict[int, list[PdfLine]] = {}
    for line in lines:
        alike.setdefault(round(line.height), []).append(line)
    margins = {key: _margins([*ones, *alike.get(key + 1, ())]) for key, ones in alike.items()}
    for line in lines:
        yield replace(line, margins=margins[round(line.height)])


def _margins(lines: Sequence[PdfLine]) -> tuple[float, float]:
    """Return where lines begin and end, the few aside that stand out."""
    few = len(lines) // 10
    return sorted(one.left for one in lines)[few], sorted(one.right for one in lines)[-1 - few]


def with_text_margins(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """Return the lines with the right margin of all lines of the text that begin where they do.

    In a print of a web page a menu is as wide as the text around it, though no line of it is long.
    """
    rights: dict[int, list[float]] = {}
    for line in (line for page in pages for line in page if not line.is_turned):
        rights.setdefault(round(line.left / _BESIDE), []).append(line.right)
    found = {
        key: sorted(one for near in (key - 1, key, key + 1) for one in rights.get(near, ()))
        for key in rights
    }
    margins = {key: ones[-1 - len(ones) // _FULL_SHARE] for key, ones in found.items()}
    return [
        [
            line
            if line.is_turned
            else replace(line, margins=(line.margins[0], max(line.margins[1], margin)))
            for line in page
            for margin in [margins.get(round(line.left / _BESIDE), 0.0)]
        ]
        for page in pages
    ]


def _line(row: Sequence[Fragment], page: int, number: int) -> PdfLine:
    longest = max(row, key=lambda one: len(one.text))
    return PdfLine(
        _row_text(row),
        min(one.left for one in row),
        longest.bottom,
        max(one.right for one in row),
        max(longest.top, longest.bottom + 1),
        all(one.is_bold for one in row),
        page,
        number,
        margins=(0.0, 0.0),
        is_turned=bool(row[0].turn),
    )


def _row_text(row: Sequence[Fragment]) -> str:
    first = next((c for one in row for c in one.text if c.isalpha()), "")
    ordered = row
    if first and unicodedata.bidirectional(first) in _RIGHT_TO_LEFT:
        ordered = row[::-1]
    pieces = [ordered[0].text]
    for before, one in pairwise(ordered):
        gap = max(one.left - before.right, before.left - one.right)
        pieces.append(one.text if gap < _JOINED * one.height else f" {one.text}")
    return "".join(pieces)


def divide(lines: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield the blocks of lines, which stand in reading order and hold no page furniture."""
    leading = _leadings(lines)
    block: list[PdfLine] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        if block and _begins(block[-1], line, below, leading.get(line.region, line.height)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _leadings(lines: Sequence[PdfLine]) -> dict[int, float]:
    """Return the usual distance between the lines of each region."""
    found: dict[int, list[float]] = {}
    for above, line in pairwise(lines):
        if above.region == line.region and is_same_size(above, line):
            found.setdefault(line.region, []).append(above.bottom - line.bottom)
    everywhere = [distance for distances in found.values() for distance in distances]
    usual = median(everywhere) if everywhere else 0.0
    return {region: min(median(rows), usual * _GAP) for region, rows in found.items()}


def is_same_size(above: PdfLine, line: PdfLine) -> bool:
    """Say whether two lines can be of one paragraph by their height."""
    larger, smaller = max(above.height, line.height), min(above.height, line.height)
    return larger <= _SAME_SIZE * smaller


def _begins(above: PdfLine, line: PdfLine, below: PdfLine | None, leading: float) -> bool:
    """Say whether a block begins at ``line``, whose lines are usually ``leading`` apart."""
    if above.region != line.region or not is_same_size(above, line):
        return True
    if above.is_bold != line.is_bold or is_bullet(line.text):
        return True
    if above.bottom - line.bottom > _GAP * max(leading, line.height * 0.9):
        return True
    if line.is_bold or line.height > _SAME_SIZE * leading:
        return False
    return _is_set_in(above, line, below) or _ended_early(above, line)


def _is_set_in(above: PdfLine, line: PdfLine, below: PdfLine | None) -> bool:
    """Say whether a line is the first of a paragraph by its indent."""
    step = (line.left - above.left) / line.height
    if is_bullet(above.text) or not _INDENT <= step <= _LARGEST_INDENT:
        return False
    goes_back = below is None or below.region != line.region or below.left < line.left - 1
    return goes_back or ends_sentence(above.text)


def _ended_early(above: PdfLine, line: PdfLine) -> bool:
    """Say whether the line above had room for the first word of this one."""
    if above.text.endswith("-"):
        return False
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * (len(word) + 1) / max(len(line.text), 1)
    has_room = above.margins[1] - above.right > _ROOM * width
    return has_room and (ends_sentence(above.text) or begins_upper(line.text))


def goes_on(above: Sequence[PdfLine], line: PdfLine) -> bool:
    """Say whether a paragraph whose last lines are ``above`` goes on in another column."""
    last = above[-1]
    if not is_same_size(last, line) or last.is_bold != line.is_bold or is_bullet(line.text):
        return False
    if ends_sentence(last.text):
        return False
    is_full = len(above) > 1 and line.indent < _INDENT and not _ended_early(last, line)
    return is_full or not begins_upper(line.text) or last.text.endswith("-")
