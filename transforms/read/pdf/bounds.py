"""Whether a PDF is small enough to be drawn, before it is: a few bytes can ask for hours.

PDFium reads a page in one go and cannot be stopped. Two ways are known to make that endless:
streams that unpack to a thousand times their size, and forms (drawings that are used again)
that use others many times, which use others many times. Both are counted here on the file's
objects as they lie, without following its tables.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BYTES = 400_000_000
"""What all streams may unpack to, pictures and fonts aside: a newspaper of a hundred pages full
of drawings has a hundred million."""
_MOST_DRAWN, _MOST_ON_PAGE = 5_000_000, 300_000
"""Forms that may be drawn in all and on one page, counted each time that they are: PDFium draws
a hundred thousand in a second, and holds those of a page in memory, some kilobytes each."""
_DEEPEST = 60
"""Forms within forms; PDFium itself goes no deeper than that."""
_MOST_STEPS = 10_000_000
"""References that are followed; a file of a newspaper has some ten thousand."""
_LONGEST_HEAD = 65_536
_CHUNK = 65_536
_TABLES_BETWEEN = 2
"""Tables that can lie as objects of their own between a form and those that it uses."""

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,10})\s{1,8}\d{1,5}\s{1,8}obj\b")
_HEAD_END = re.compile(rb"stream(\r?\n)|endobj")
_REFERENCE = re.compile(rb"(?<![0-9])(\d{1,10})\s{1,8}\d{1,5}\s{1,8}R\b")
_FORM = re.compile(rb"/Subtype\s{0,8}/Form\b")
_LEFT_OUT = re.compile(
    rb"/Subtype\s{0,8}/Image\b|/Length1\b|/FontFile|/Type\s{0,8}/(?:XRef|Metadata)\b"
)
_PACKED_OBJECTS = re.compile(rb"/Type\s{0,8}/ObjStm\b")
_FIRST = re.compile(rb"/First\s{1,8}(\d{1,9})")
_USE = re.compile(rb"/[^\s/<>\[\]()]{1,127}\s{1,8}Do\b")


@dataclass(slots=True)
class _Objects:
    """What is known of the objects of a file, by their numbers."""

    references: dict[int, list[int]] = field(default_factory=dict)
    uses: dict[int, int] = field(default_factory=dict)
    """How often each form uses another form or a picture."""
    page_uses: list[int] = field(default_factory=list)
    unpacked: int = 0
    steps: int = 0


def is_drawable(content: bytes) -> bool:
    """Say whether the file can be drawn in a time that is in proportion to its size."""
    objects, view = _Objects(), memoryview(content)
    for number, head, start in _heads(content):
        objects.references[number] = [int(text) for text in _REFERENCE.findall(head)]
        if start is not None and b"FlateDecode" in head and not _LEFT_OUT.search(head):
            _look_into(objects, number, head, _unpacked(view, start))
        if objects.unpacked > _MOST_BYTES:
            return False
    costs: dict[int, int] = {}
    dearest = max((_cost(number, objects, costs, 0) for number in objects.uses), default=0)
    on_page = max(objects.page_uses, default=0)
    drawn = max(sum(objects.page_uses), 1) * dearest
    return drawn <= _MOST_DRAWN and max(on_page, 1) * dearest <= _MOST_ON_PAGE


def _heads(content: bytes) -> Iterator[tuple[int, bytes, int | None]]:
    """Yield the number of each object, its text, and where its stream begins, if it has one."""
    objects = chain(_OBJECT.finditer(content), [None])
    for found, following in pairwise(objects):
        if found is None:
            return
        limit = min(found.end() + _LONGEST_HEAD, following.start() if following else len(content))
        end = _HEAD_END.search(content, found.end(), limit)
        head = content[found.end() : end.start() if end else limit]
        yield int(found[1]), head, end.end() if end and end[1] else None


def _unpacked(content: memoryview, start: int) -> Iterator[bytes]:
    """Yield a stream unpacked, piece by piece, up to where it ends or is damaged."""
    unpacker = zlib.decompressobj()
    packed: bytes | memoryview = content[start : start + _CHUNK]
    while packed and not unpacker.eof:
        start += 0 if isinstance(packed, bytes) else len(packed)
        try:
            yield unpacker.decompress(packed, _CHUNK * 16)
        except zlib.error:
            return
        packed = unpacker.unconsumed_tail or content[start : start + _CHUNK]


def _look_into(objects: _Objects, number: int, head: bytes, pieces: Iterator[bytes]) -> None:
    is_form, holds_objects = _FORM.search(head), _PACKED_OBJECTS.search(head)
    count, kept = 0, b""
    for piece in pieces:
        objects.unpacked += len(piece)
        if objects.unpacked > _MOST_BYTES:
            return
        count += len(_USE.findall(piece))
        if holds_objects and len(kept) < _LONGEST_HEAD * 16:
            kept += piece
    if is_form:
        objects.uses[number] = count
    else:
        objects.page_uses.append(count)
    if holds_objects:
        _add_packed(objects, head, kept)


def _add_packed(objects: _Objects, head: bytes, text: bytes) -> None:
    """Add the objects that lie together in a stream (ISO 32000-1, 7.5.7)."""
    first = _FIRST.search(head)
    begin = int(first[1]) if first else 0
    index = [int(one) for one in text[:begin].split() if one.isdigit()]
    places = [*index[1::2], len(text)]
    for number, place, end in zip(index[::2], places, places[1:], strict=False):
        part = text[begin + place : begin + end]
        objects.references.setdefault(number, [int(one) for one in _REFERENCE.findall(part)])


def _cost(number: int, objects: _Objects, costs: dict[int, int], depth: int) -> int:
    """Return how many forms are drawn to draw one."""
    if number in costs:
        return costs[number]
    if depth > _DEEPEST or objects.steps > _MOST_STEPS:
        return _MOST_DRAWN + 1
    costs[number] = 1  # while its own are counted: PDFium draws no form within itself
    used = _forms_used(number, objects)
    dearest = max((_cost(one, objects, costs, depth + 1) for one in used), default=1)
    costs[number] = min(1 + objects.uses[number] * dearest, _MOST_DRAWN + 1)
    return costs[number]


def _forms_used(number: int, objects: _Objects) -> set[int]:
    """Return the forms that a form refers to, itself or by tables of its own."""
    found, reached = set[int](), {number}
    for _ in range(_TABLES_BETWEEN + 1):
        following = {one for at in reached for one in objects.references.get(at, ())}
        objects.steps += len(following)
        found |= {one for one in following if one in objects.uses}
        reached = following - found
    return found
