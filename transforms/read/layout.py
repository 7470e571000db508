"""Paragraphs of a word processor's file laid out as a text, with the units in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.layout.unit import Unit, is_bullet
from knipsel.transforms.layout.units import build_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.registers.layout.words import LayoutWords

_LONGEST_CELL = 80
"""Characters of a cell above which a table is there for its layout: its cells are paragraphs."""
_STARRED = re.compile(r"\s{0,4}(?:[*†‡]|\(\*\))")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a file has it; ``kind`` and ``reason`` as in `layout.unit.Unit`.

    ``text`` may have line ends within, and may be empty: an empty line. ``level`` is that of a
    heading, 0 the highest, None where the file does not say.
    """

    text: str
    kind: str | None = None
    reason: str | None = None
    level: int | None = None


def join_surrogates(text: str) -> str:
    """Return ``text`` with pairs of surrogates as one character; one alone becomes U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def bullet(marker: str) -> str:
    """Return the sign of a list item as text: a number stays, any other sign is ``•``."""
    bare = marker.strip()
    return f"{bare} " if any(map(str.isalnum, bare)) else "• "


def table_row(cells: Sequence[Sequence[Paragraph]]) -> list[Paragraph]:
    """Return a table's row: a line with tabs, or all of its paragraphs where a cell is long."""
    filled = [[one for one in cell if one.text.strip()] for cell in cells]
    if any(len(cell) > 1 or len(cell[0].text) > _LONGEST_CELL for cell in filled if cell):
        return [one for cell in filled for one in cell]
    texts = [cell[0].text.strip() if cell else "" for cell in filled]
    first = next((cell[0] for cell in filled if cell), Paragraph(""))
    return [Paragraph("\t".join(texts).rstrip(), reason=first.reason)]


def with_headline(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Take the only heading of the first level for the headline, where it is the first of all."""
    marked = [index for index, one in enumerate(paragraphs) if one.kind in {"heading", "headline"}]
    first = [index for index in marked if paragraphs[index].level == 0]
    if len(first) != 1 or first[0] != marked[0]:
        return paragraphs
    index = first[0]
    headline = replace(paragraphs[index], kind="headline")
    return [*paragraphs[:index], headline, *paragraphs[index + 1 :]]


def note_reason(text: str, reason: str) -> str | None:
    """Return why a note is no part of the article; one with a star may say who the author is."""
    return None if reason == "footnote" and _STARRED.match(text) else reason


def lay_out(
    body: Sequence[Paragraph], asides: Sequence[Paragraph], words: LayoutWords
) -> tuple[str, tuple[Unit, ...]]:
    """Return the text, a paragraph a line with what stands beside the body after it, and its units.

    Where the file marks headings or items it tells its paragraphs, and a line is a unit; else
    its lines may be those of a wrapped text that was pasted.
    """
    text = "\n".join(paragraph.text for paragraph in body).rstrip()
    is_marked = any(paragraph.kind for paragraph in body)
    units = [*marked_units(body, 0)] if is_marked else build_units(text, words)
    beside = [paragraph for paragraph in asides if paragraph.text.strip()]
    if not beside:
        return text, tuple(units)
    offset = len(text) + 2
    units += marked_units(beside, offset)
    return f"{text}\n\n" + "\n".join(paragraph.text for paragraph in beside), tuple(units)


def marked_units(paragraphs: Sequence[Paragraph], offset: int) -> Iterator[Unit]:
    """Yield a unit for each line that shows something, with its paragraph's kind and reason.

    The paragraphs stand one a line from ``offset`` of the source on.
    """
    after_blank = True
    for paragraph in paragraphs:
        for raw in paragraph.text.splitlines(keepends=True) or [""]:
            text = raw.strip()
            if text:
                start = offset + len(raw) - len(raw.lstrip())
                yield _unit(paragraph, start, text, after_blank=after_blank)
            after_blank = not text
            offset += len(raw)
        offset += 1


def _unit(paragraph: Paragraph, start: int, text: str, *, after_blank: bool) -> Unit:
    return Unit(
        start,
        start + len(text),
        text,
        is_bullet(text),
        after_blank=after_blank,
        kind=paragraph.kind,
        reason=paragraph.reason,
    )
