"""Factiva, with its codes: ``HD`` the headline, ``LP`` and ``TD`` the text, ``AN`` the number.

A code stands before its value, parted from it by a tab, two spaces, a bar or a line's end: the
rows of a table with two columns, as text. A record ends with ``AN``; ``SE``, the section, may stand
above ``HD``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.read.exports.record.bylines import author_tags
from knipsel.transforms.read.exports.record.fields import SURE, date_tags, field_tags, state
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    CAPTION,
    FIELD,
    HEADLINE,
    INDEX,
    LEGAL,
    Piece,
    Record,
    export_lines,
    piece_of,
    to_reading,
)
from knipsel.transforms.read.exports.record.value import Value, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import HeadTag, Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.text.words import Line

_CODE = re.compile(r"([A-Z]{2,3})(?:\t[ \t]{0,80}| {2}[ \t]{0,80}| \| |[ \t]{0,80}$)")
_SIGN = re.compile(r"^[ \t]{0,80}HD(?:\t| {2}| \| |[ \t\r]{0,80}$)", re.MULTILINE)
_HEADLINE = "HD"
_TELLING = frozenset({"word_count", "date_published", "publisher", "language", "identifier"})
_LEAST_TELLING = 3
"""Of these fields a record has at least so many, besides a headline and a text."""
_USES = {"body": BODY, "caption": CAPTION, "headline": HEADLINE, "copyright_notice": LEGAL}


@dataclass(frozen=True, slots=True)
class _Row:
    """A code with the lines of its value; ``value_start`` is where that begins."""

    lines: tuple[Line, ...]
    field: str
    value_start: int

    def value(self, source: str) -> Value:
        """Return what stands behind the code."""
        return value_of(source, self.value_start, self.lines[-1].end)


def split(reading: Reading, words: ExportWords) -> Reading | None:
    """Divide a Factiva export into its records; None where the text is none."""
    source = reading.source_text
    if _HEADLINE not in source or not _SIGN.search(source):
        return None
    words = words.ordered(reading)
    lines = export_lines(reading, words.labels)
    starts = [i for i, line in enumerate(lines) if _code(line, words.labels)]
    rows = [_row(lines[i:j], words.labels) for i, j in pairwise([*starts, len(lines)])]
    groups = list(_groups(rows))
    if not any(map(_is_record, groups)):
        return None
    cover = lines[: starts[0]]
    records = [Record((piece_of(cover, INDEX),), is_article=False)] if cover else []
    records += [_record(group, source, words) for group in groups]
    return to_reading(reading, records, words)


def _code(line: Line, labels: ExportLabels) -> tuple[str, int] | None:
    """Return the field of a line's code, and where its value begins."""
    found = _CODE.match(line.text)
    name = labels.factiva.get(found[1]) if found else None
    return (name, line.start + found.end()) if found and name else None


def _row(lines: Sequence[Line], labels: ExportLabels) -> _Row:
    name, begin = _code(lines[0], labels) or ("", lines[0].start)
    if begin >= lines[0].end and len(lines) > 1:
        begin = lines[1].start
    return _Row(tuple(lines), name, begin)


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the rows of each record: it ends with its number, or where the next headline comes."""
    group: list[_Row] = []
    for row in rows:
        fields = {one.field for one in group}
        begins = row.field == "headline" and "headline" in fields
        if group and ("identifier" in fields or begins):
            keep = len(group)
            while begins and keep > 1 and group[keep - 1].field in {"article_section", "column"}:
                keep -= 1
            yield group[:keep]
            group = group[keep:]
        group.append(row)
    if group:
        yield group


def _is_record(rows: Sequence[_Row]) -> bool:
    fields = {row.field for row in rows}
    return {"headline", "body"} <= fields and len(fields & _TELLING) >= _LEAST_TELLING


def _record(rows: Sequence[_Row], source: str, words: ExportWords) -> Record:
    pieces = tuple(piece for row in rows for piece in _pieces(row, source))
    tags = (tag for row in rows for tag in _tags(row.field, row.value(source), words))
    return Record(pieces, tuple(tags))


def _pieces(row: _Row, source: str) -> Iterator[Piece]:
    """Yield the code and its value; what stands below the number is of no article."""
    first, use = row.lines[0], _USES.get(row.field, FIELD)
    value = row.value(source)
    if row.field == "identifier":
        count = 1 if row.value_start < first.end else 2
        yield piece_of(row.lines[:count], FIELD)
        if len(row.lines) > count:
            yield piece_of(row.lines[count:], INDEX)
    elif use == FIELD or not value.text:
        yield piece_of(row.lines, FIELD)
    else:
        yield Piece(first.start, min(row.value_start, first.end), FIELD)
        yield Piece(value.start, value.end, use)


def _tags(name: str, value: Value, words: ExportWords) -> Iterator[HeadTag]:
    if not value.text:
        return
    if name in {"headline", "publisher"}:
        yield state(name, value.text, value, confidence=SURE)
    elif name == "author":
        yield from author_tags(value, words)
    elif name == "date_published":
        yield from date_tags(name, value, words)
    else:
        yield from field_tags(name, value, words)
