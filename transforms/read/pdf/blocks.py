"""The blocks of a whole PDF: what each is, and paragraphs made whole across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knipsel.transforms.layout.page_furniture import page_furniture
from knipsel.transforms.layout.print_marks import find_print
from knipsel.transforms.read.layout import note_reason
from knipsel.transforms.read.pdf.lines import PdfLine, divide, goes_on, with_text_margins
from knipsel.transforms.text.words import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.registers.lines.outlets import OutletRegister

_HEADING, _HEADLINE = 1.2, 1.4
"""How much taller than the body's the letters of a heading and of a headline are at least."""
_HEADING_WORDS, _HEADING_LINES = 25, 5
_SMALL = 0.93
"""Of the body's height: the letters of notes and captions are smaller."""
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§])[\s.)]{0,2}\S")
_BETWEEN = 4
"""Blocks that can stand between the halves of a paragraph: a caption, a pull quote, a table."""


@dataclass(slots=True)
class PdfBlock:
    """Lines that belong together; ``kind`` and ``reason`` as in `layout.unit.Unit`."""

    lines: list[PdfLine]
    kind: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class _Gathered:
    """The blocks of a document; ``open_at`` is the paragraph that may go on."""

    blocks: list[PdfBlock] = field(default_factory=list)
    open_at: int | None = None
    between: int = 0

    def add(self, block: PdfBlock) -> None:
        """Add a block, or add its lines to the paragraph that goes on with it."""
        if block.reason:
            self.blocks.append(block)
            return
        place = self._continued(block) if block.kind is None else None
        if place is not None:
            self.blocks[place].lines += block.lines
            self._open(place, block)
            return
        self.blocks.append(block)
        if block.kind is None and self._is_main(block):
            self._open(len(self.blocks) - 1, block)
        else:
            self.between += 1

    def _open(self, place: int, block: PdfBlock) -> None:
        self.open_at = None if ends_sentence(block.lines[-1].text) else place
        self.between = 0

    def _is_main(self, block: PdfBlock) -> bool:
        """Say whether a block is of the letters of the paragraph that is open, if one is."""
        if self.open_at is None or self.between >= _BETWEEN:
            return True
        last = self.blocks[self.open_at].lines[-1]
        return abs(last.height - block.lines[0].height) < (1 - _SMALL) * last.height

    def _continued(self, block: PdfBlock) -> int | None:
        """Return the place of the paragraph that goes on with a block, or None."""
        if self.open_at is None or self.between > _BETWEEN or not self._is_main(block):
            return None
        above, first = self.blocks[self.open_at].lines, block.lines[0]
        if self.between == 0 and above[-1].region == first.region:
            return None
        return self.open_at if goes_on(above, first) else None


def blocks(
    pages: Sequence[Sequence[PdfLine]], page_words: frozenset[str], outlets: OutletRegister
) -> list[PdfBlock]:
    """Return the blocks of all pages; what interrupts a paragraph stands behind it."""
    body = _body_height(pages)
    ordered = [
        sorted(
            (line for line in page if not line.is_turned), key=lambda line: (-line.top, line.left)
        )
        for page in pages
    ]
    printed = find_print([[line.text for line in page] for page in ordered])
    reasons = page_furniture(
        [[line.text for line in page] for page in ordered], page_words, printed
    )
    texts, furniture = _take_furniture(pages, ordered, reasons, body)
    if printed.reasons:
        texts = with_text_margins(texts)
    found: list[PdfBlock] = []
    gathered = _Gathered(found)
    for page, lines in enumerate(texts):
        edges = furniture[page]
        middle = max((line.top for line in lines), default=0.0)
        for line, reason in edges:
            if line.bottom > middle:
                gathered.add(PdfBlock([line], reason=reason))
        for block in _page_blocks(lines, body):
            if printed.reasons:  # a page of the web has lists in small letters, and no footnotes
                block.reason = None
            gathered.add(block)
        for line, reason in edges:
            if line.bottom <= middle:
                gathered.add(PdfBlock([line], reason=reason))
    if not printed.reasons:  # on a page of the web the name of the site can be as large
        _mark_headline(found, body, outlets)
    return found


def _take_furniture(
    pages: Sequence[Sequence[PdfLine]],
    ordered: Sequence[Sequence[PdfLine]],
    reasons: Sequence[Sequence[str | None]],
    body: float,
) -> tuple[list[list[PdfLine]], list[list[tuple[PdfLine, str]]]]:
    """Divide the lines of each page into those of text and those that pages have.

    What stands in large letters is a title, though other pages repeat it at their heads.
    """
    texts: list[list[PdfLine]] = []
    furniture: list[list[tuple[PdfLine, str]]] = []
    for page, lines, row in zip(pages, ordered, reasons, strict=True):
        taken = {
            line: reason
            for line, reason in zip(lines, row, strict=True)
            if reason and line.height < _HEADING * body
        }
        furniture.append(list(taken.items()))
        texts.append([line for line in page if line not in taken])
    return texts, furniture


def _body_height(pages: Sequence[Sequence[PdfLine]]) -> float:
    """Return the height of the letters that most characters have."""
    heights = Counter[float]()
    for page in pages:
        for line in page:
            heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _page_blocks(lines: Sequence[PdfLine], body: float) -> Iterator[PdfBlock]:
    ends: dict[int, PdfLine] = {}
    for line in lines:
        last = ends.get(line.region)
        if line.height > _SMALL * body and (last is None or line.bottom < last.bottom):
            ends[line.region] = line
    for block in divide(lines):
        yield PdfBlock(block, _kind(block, body), _note_reason(block, ends.values(), body))


def _kind(block: Sequence[PdfLine], body: float) -> str | None:
    first = block[0]
    if first.is_turned:
        return "caption"
    marked = first.height >= _HEADING * body or (first.is_bold and first.height > _SMALL * body)
    text = " ".join(line.text for line in block)
    fits = len(block) <= _HEADING_LINES and len(text.split()) <= _HEADING_WORDS
    if not (marked and fits) or not any(map(str.isalpha, text)):
        return None
    return None if text.endswith((".", ",", ";", ":")) else "heading"


def _note_reason(block: Sequence[PdfLine], ends: Iterable[PdfLine], body: float) -> str | None:
    """Return why a block is a note: small, with a sign, and under the last lines of the body.

    ``ends`` are these lines, of each column that has any.
    """
    first = block[0]
    if first.height > _SMALL * body or not _NOTE.match(first.text):
        return None
    is_last = not any(
        end.top < first.bottom and end.margins[0] < first.right and first.left < end.margins[1]
        for end in ends
    )
    return note_reason(first.text, "footnote") if is_last else None


def _mark_headline(found: Sequence[PdfBlock], body: float, outlets: OutletRegister) -> None:
    """Take the tallest heading of the first page for the headline; a newspaper's name is none."""
    first = [
        block
        for block in found
        if block.kind == "heading"
        and block.lines[0].page == 0
        and block.lines[0].height >= _HEADLINE * body
        and outlets.name_of(" ".join(line.text for line in block.lines)) is None
    ]
    tallest = max(first, key=lambda block: block.lines[0].height, default=None)
    if tallest:
        tallest.kind = "headline"
