"""Records of labelled values: ``Title: …``, ``Publication date: …``, ``Full text: …``.

ProQuest, EBSCO, Gale, Integrum, PressReader and others list an article so, each with labels of
its own and in the language of its interface. A record begins at a line of signs or of a count
(``Document 2 of 12``) where the file has such lines, else with its block of labels. It needs a
title and a day or an outlet under labels, or a title right above them, and a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.read.exports.record.draft import Draft
from knipsel.transforms.read.exports.record.fields import (
    LIKELY,
    SURE,
    Value,
    date_tags,
    field_tags,
    state,
    value_of,
)
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    FIELD,
    HEADLINE,
    INDEX,
    STANDFIRST,
    Piece,
    Record,
    export_lines,
    piece_of,
    to_reading,
)
from knipsel.transforms.text.words import fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import HeadTag, Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.text.words import Line

_LABEL = re.compile(r"([^\W\d_][\w .()/&'’-]{0,30}?)[ \u00a0]?:(?=\s|$)\s*")
_SIGN = re.compile(r"^[ \t]{0,20}[^\W\d_][\w .()/&'’-]{0,30}?[ \u00a0]?:(?=\s|$)", re.MULTILINE)
_LEAST_LINES = 3
"""Different fields that a block of labels has at least."""
_RULE = re.compile(r"[_=*–—-]{10,}")
_BETWEEN = 1
"""Lines without a label that may stand among those of a block: a value that is wrapped."""
_TITLE_WORDS = 40
_SOURCE_OUTLET = re.compile(r"[^,;\[\]()]{2,80}")
_KEPT = {"body": BODY, "headline": HEADLINE, "standfirst": STANDFIRST}


@dataclass(frozen=True, slots=True)
class _Row:
    """A label with the lines of its value; ``begin`` is where in the source this begins."""

    field: str
    begin: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A record: the lines above its labels, these, and the text where no label names it."""

    above: Sequence[Line]
    rows: Sequence[_Row]
    text: Sequence[Line]


def split(reading: Reading, words: ExportWords) -> Reading | None:
    """Divide a list of labelled records; None where the text is none."""
    if not _may_be(reading.source_text, words):
        return None
    words = words.ordered(reading)
    lines = export_lines(reading, words.labels)
    parts = [(part, _listed(part, words)) for part in _parts(lines, words)]
    if not _is_list([listed for _, listed in parts if _is_article(listed, words)]):
        return None
    records: list[Record] = []
    for part, listed in parts:
        if _is_article(listed, words):
            records += _records(listed, Draft(reading.source_text, words))
        else:
            records.append(Record((piece_of(part, INDEX),), is_article=False))
    return to_reading(reading, records, words)


def _is_list(found: Sequence[_Listed]) -> bool:
    """Say whether records are those of a database, and no page with a few labels.

    Their texts stand under a label, or there are two records or more with a title under one.
    """
    fields = [{row.field for row in one.rows} for one in found]
    has_texts = any({"headline", "body"} <= one for one in fields)
    return has_texts or (len(found) > 1 and all("headline" in one for one in fields))


def _may_be(source: str, words: ExportWords) -> bool:
    """Say whether a text has lines under labels of a title, a text and a day or an outlet."""
    found: set[str] = set()
    for sign in _SIGN.finditer(source):
        field = words.labels.records.get(fold(sign[0].rstrip(": \u00a0").strip()))
        if field:
            found.add(field)
            if _is_enough(found):
                return True
    return False


def _is_enough(fields: set[str]) -> bool:
    has_source = not fields.isdisjoint({"date_published", "publisher", "source"})
    return has_source and len(fields) > _LEAST_LINES and not fields.isdisjoint({"body", "headline"})


def _label(line: Line, words: ExportWords) -> tuple[str, int] | None:
    found = _LABEL.match(line.text)
    field = words.labels.records.get(fold(found[1])) if found else None
    return (field, line.start + found.end()) if found and field else None


def _parts(lines: Sequence[Line], words: ExportWords) -> Iterator[Sequence[Line]]:
    """Divide the lines at rules, where these part texts, or else before each block of labels."""
    blocks = list(_blocks(lines, words))
    if not blocks:
        return
    rules = [i for i, line in enumerate(lines) if _is_rule(line, words)]
    parted = [lines[a:b] for a, b in pairwise([0, *rules, len(lines)])]
    filled = [part for part in parted if any(True for _ in _blocks(part, words))]
    if rules and len(filled) >= len(blocks) / 2:
        yield from (part for part in parted if part)
        return
    starts = [_with_title(lines, block, words) for block in blocks]
    yield from (lines[a:b] for a, b in pairwise([0, *starts, len(lines)]) if a < b)


def _is_rule(line: Line, words: ExportWords) -> bool:
    return _RULE.fullmatch(line.text) is not None or words.labels.line(line.text) == "record"


def _blocks(lines: Sequence[Line], words: ExportWords) -> Iterator[int]:
    """Yield where each block of labels begins that can be the head of a record."""
    fields: set[str] = set()
    start, gap = 0, 0
    for index, line in enumerate(lines):
        label = _label(line, words)
        begins = label is not None and label[0] in fields and label[0] in {"headline", "publisher"}
        if label is None or begins:
            gap += 1
            if gap > _BETWEEN or begins:
                if _is_head(fields):
                    yield start
                fields = set()
        if label:
            start = index if not fields else start
            fields.add(label[0])
            gap = 0
    if _is_head(fields):
        yield start


def _is_head(fields: set[str]) -> bool:
    has_source = not fields.isdisjoint({"date_published", "publisher", "source"})
    return has_source and len(fields) >= _LEAST_LINES


def _with_title(lines: Sequence[Line], start: int, words: ExportWords) -> int:
    """Return the index of the title above a block that has none under a label."""
    named = any(
        (label := _label(line, words)) and label[0] == "headline"
        for line in lines[start : start + 2 * _LEAST_LINES]
    )
    if named or not start:
        return start
    above = lines[start - 1]
    can_be = weight(above.text) <= _TITLE_WORDS and not above.text.endswith(".")
    return start - 1 if can_be and not _is_rule(above, words) else start


def _is_article(listed: _Listed, words: ExportWords) -> bool:
    fields = {row.field for row in listed.rows}
    is_titled = "headline" in fields or _title(listed.above, words) is not None
    return is_titled and _is_head(fields) and bool(listed.text or "body" in fields)


def _records(listed: _Listed, draft: Draft) -> Iterator[Record]:
    named = any(row.field == "headline" for row in listed.rows)
    title = None if named else _title(listed.above, draft.words)
    cover = listed.above[: listed.above.index(title)] if title else listed.above
    if cover:
        yield Record((piece_of(cover, INDEX),), is_article=False)
    if title:
        draft.headline([title])
        draft.add(listed.above[len(cover) + 1 :], FIELD)
    seen: set[str] = set()
    for row in listed.rows:
        _add_row(draft, row, is_first=row.field not in seen)
        seen.add(row.field)
    draft.add(listed.text, BODY)
    yield draft.record()


def _title(above: Sequence[Line], words: ExportWords) -> Line | None:
    """Return the last line above the labels that can be the title."""
    can_be = [
        line
        for line in above
        if not _is_rule(line, words)
        and weight(line.text) <= _TITLE_WORDS
        and not words.labels.begins(line.text, "cover")
    ]
    return can_be[-1] if can_be else None


def _listed(lines: Sequence[Line], words: ExportWords) -> _Listed:
    """Divide the lines of a record into what stands above the labels, these, and the text."""
    starts = [i for i, line in enumerate(lines) if _label(line, words)]
    rows: list[_Row] = []
    for begin, end in pairwise([*starts, len(lines)]):
        label = _label(lines[begin], words)
        if label and rows and rows[-1].field == "body" and not _is_tail(lines, begin, words):
            rows[-1] = _Row("body", rows[-1].begin, (*rows[-1].lines, *lines[begin:end]))
        elif label:
            rows.append(_Row(label[0], label[1], tuple(lines[begin:end])))
    above = lines[: starts[0]] if starts else lines
    text: Sequence[Line] = ()
    if rows and all(row.field != "body" for row in rows):
        last = rows[-1]
        kept = 1 if last.begin < last.lines[0].end else 2
        rows[-1], text = _Row(last.field, last.begin, last.lines[:kept]), last.lines[kept:]
    return _Listed(above, rows, text)


def _is_tail(lines: Sequence[Line], index: int, words: ExportWords) -> bool:
    """Say whether more labels follow soon, or none can: one within a text is of the text."""
    near = lines[index + 1 : index + 1 + _LEAST_LINES]
    return not near or any(_label(line, words) for line in near)


def _add_row(draft: Draft, row: _Row, *, is_first: bool) -> None:
    """Add a label and its value."""
    value = value_of(draft.source, row.begin, max(row.begin, row.lines[-1].end))
    use = _KEPT.get(row.field) if is_first or row.field == "body" else None
    if use is None or not value.text:
        draft.add(row.lines, FIELD)
    else:
        label_end = min(row.begin, row.lines[0].end)
        draft.pieces.append(Piece(row.lines[0].start, label_end, FIELD))
        draft.pieces.append(Piece(value.start, value.end, use))
    if value.text and is_first:
        draft.tags.extend(_tags(draft, row.field, value))


def _tags(draft: Draft, name: str, value: Value) -> Iterator[HeadTag]:
    if name == "source":
        yield from _source_tags(draft, value)
    elif name in {"headline", "publisher"}:
        yield state(name, value.text, value, confidence=SURE)
    else:
        yield from field_tags(name, value, draft.words)


def _source_tags(draft: Draft, value: Value) -> Iterator[HeadTag]:
    """Yield outlet and day of ``De Kade, Late Edition; Zoutmonde 12 May 2014: A.1.``."""
    outlet = _SOURCE_OUTLET.match(value.text)
    if outlet:
        yield state("publisher", outlet[0].strip(), value, confidence=LIKELY)
    for tag in date_tags("date_published", value, draft.words):
        yield replace(tag, confidence=LIKELY)
