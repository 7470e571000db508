"""A PDF page to fragments: runs of characters on one base line, with their boxes.

PDFium gives characters in the order in which the file draws them, with boxes; everything
else (lines, columns, paragraphs) is rebuilt from where they stand.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from knipsel.transforms.read.layout import join_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP = 0.8
"""Of a line's height: a wider gap may be that between columns. Words that are set wider apart
are put together again when the columns are known."""
_OVERLAP = 0.5
"""Share of the lower of two boxes that is common to characters of one line; a raised number
has it, the line below does not."""
_INITIAL = 1.8
"""How much taller an initial is than the text that goes on beside it."""
_MOST_INITIALS = 20
"""Initials of a page that are looked at."""
_FARTHEST = 1e6
"""Points: a page has 14,400 at most, as readers of PDF agree."""
_Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""
_LINE_ENDS = frozenset({0x0A, 0x0D})
_HYPHENS = frozenset({0x02, 0xFFFE})
"""What PDFium gives for a hyphen at a line's end."""
_UNMAPPED = frozenset({0, 0xFFFD})
_PRIVATE = range(0xE000, 0xF900)
_FIRST_PRINTABLE = 0x20
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_NAME_BYTES = 128


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text and its box in points; ``y`` goes up, as in PDF.

    ``turn`` is how many quarters of a circle its line is turned; the box is turned back.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_bold: bool = False
    turn: int = 0

    @property
    def height(self) -> float:
        """Height of the line: of its font, not of the letters that happen to be in it."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Where the line stands on the page."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class PageText:
    """The fragments of a page, and how many of its characters have no known meaning."""

    fragments: list[Fragment] = field(default_factory=list)
    characters: int = 0
    unmapped: int = 0


@dataclass(slots=True)
class _Run:
    """A fragment while it is gathered."""

    turn: int
    first: int
    last: int = 0
    text: list[str] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)

    def add(self, character: str, box: _Box) -> None:
        self.text.append(character)
        self.lefts.append(box[0])
        self.bottoms.append(box[1])
        self.rights.append(box[2])
        self.tops.append(box[3])

    def holds(self, box: _Box) -> bool:
        """Say whether a character with this box goes on with the run."""
        left, bottom, right, top = box
        height = self.tops[-1] - self.bottoms[-1]
        if len(self.text) == 1 and height > _INITIAL * (top - bottom):
            return False
        common = min(top, self.tops[-1]) - max(bottom, self.bottoms[-1])
        if common < _OVERLAP * min(top - bottom, height):
            return False
        gap = max(left - self.rights[-1], self.lefts[-1] - right)
        return gap <= _GAP * max(height, top - bottom)

    def fragment(self, *, is_bold: bool) -> Fragment:
        """Return the fragment; its height is that of the middle character by size."""
        middle = len(self.tops) // 2
        return Fragment(
            " ".join(join_surrogates("".join(self.text)).split()),
            min(self.lefts),
            sorted(self.bottoms)[middle],
            max(self.rights),
            sorted(self.tops)[middle],
            is_bold,
            self.turn,
        )


class _Gatherer:
    """Gathers the fragments of one page."""

    def __init__(self, page: ctypes.c_void_p) -> None:
        self.page = page
        self.found = PageText()
        self.run: _Run | None = None
        self.spaced = False

    def gather(self) -> PageText:
        """Return what is on the page."""
        rectangle = pdfium.FS_RECTF()
        reference = ctypes.byref(rectangle)
        for index in range(pdfium.FPDFText_CountChars(self.page)):
            code = pdfium.FPDFText_GetUnicode(self.page, index)
            if code in _LINE_ENDS:
                self._end()
            elif chr(code).isspace():
                self.spaced = True
            elif pdfium.FPDFText_GetLooseCharBox(self.page, index, reference):
                box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                self._add(index, self._character(code), _near(box))
        self._end()
        return self.found

    def _character(self, code: int) -> str:
        self.found.characters += 1
        if code in _HYPHENS:
            return "-"
        if code in _UNMAPPED or code < _FIRST_PRINTABLE or code in _PRIVATE:
            self.found.unmapped += 1
        return chr(code) if code >= _FIRST_PRINTABLE else "\ufffd"

    def _add(self, index: int, character: str, box: _Box) -> None:
        turned = _turned(box, self.run.turn) if self.run else box
        if self.run and not self.run.holds(turned):
            self._end()
        if self.run is None:
            self.run = _Run(self._turn(index), index)
            turned = _turned(box, self.run.turn)
        elif self.spaced:
            self.run.text.append(" ")
        self.spaced = False
        self.run.last = index
        self.run.add(character, turned)

    def _end(self) -> None:
        if self.run:
            first, last = self.run.first, self.run.last
            is_bold = all(map(self._is_bold, {first, (first + last) // 2, last}))
            self.found.fragments.append(self.run.fragment(is_bold=is_bold))
        self.run, self.spaced = None, False

    def _turn(self, index: int) -> int:
        angle: float = pdfium.FPDFText_GetCharAngle(self.page, index)
        return round(angle / (math.pi / 2)) % 4 if math.isfinite(angle) else 0

    def _is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self.page, index) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(_NAME_BYTES)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.page, index, name, _NAME_BYTES, ctypes.byref(flags))
        return _BOLD.search(name.value.decode("latin-1")) is not None


def _near(box: _Box) -> _Box:
    """Return a character's box, no farther away than any page reaches.

    A spoiled file may put it where numbers no longer tell a line's top from its bottom.
    """
    left, bottom, right, top = box
    if (
        -_FARTHEST < left < _FARTHEST
        and -_FARTHEST < bottom < _FARTHEST
        and -_FARTHEST < right < _FARTHEST
        and -_FARTHEST < top < _FARTHEST
    ):
        return box
    left, bottom, right, top = (max(-_FARTHEST, min(_FARTHEST, one)) for one in box)
    return left, bottom, right, top


def _with_initials(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Return the fragments with each initial put before the line that goes on at its top."""
    found = list(fragments)
    initials = [one for one in found if len(one.text) == 1 and one.text.isupper()]
    for initial in initials[:_MOST_INITIALS]:
        beside = [one for one in found if _is_beside(initial, one)]
        if beside:
            first = max(beside, key=lambda one: one.middle)
            found[found.index(first)] = replace(first, text=initial.text + first.text)
            found.remove(initial)
    return found


def _is_beside(initial: Fragment, other: Fragment) -> bool:
    gap = other.left - initial.right
    return (
        initial.height >= _INITIAL * other.height
        and -_GAP * other.height < gap < _GAP * initial.height
        and initial.bottom < other.middle < initial.top
        and other.turn == initial.turn
    )


def _turned(box: _Box, turn: int) -> _Box:
    """Return a box as it is when the page is turned so that its line is level."""
    left, bottom, right, top = box
    if turn == 0:
        return box
    if turn == 1:
        return -top, left, -bottom, right
    return (-right, -top, -left, -bottom) if turn == 2 else (bottom, -right, top, -left)  # noqa: PLR2004 - quarters


def page_text(page: ctypes.c_void_p) -> PageText:
    """Return the fragments of a page, given PDFium's handle of its text, in drawing order.

    Most of them are level: a page that lies on its side is turned.
    """
    found = _Gatherer(page).gather()
    turns = Counter[int]()
    for fragment in found.fragments:
        turns[fragment.turn] += len(fragment.text)
    main = turns.most_common(1)[0][0] if turns else 0
    level = [replace(one, turn=(one.turn - main) % 4) for one in found.fragments]
    found.fragments = _with_initials(level)
    return found


def same_line(above: Fragment, other: Fragment) -> bool:
    """Say whether two fragments stand on one line."""
    common = min(above.top, other.top) - max(above.bottom, other.bottom)
    return common >= _OVERLAP * min(above.height, other.height)


def rows(fragments: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """Yield the lines of a column from top to bottom, each from left to right."""
    row: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda one: (-one.middle, one.left)):
        if row and not same_line(row[0], fragment):
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(fragment)
    if row:
        yield sorted(row, key=lambda one: one.left)
