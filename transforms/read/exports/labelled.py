"""Records of labelled values: ``Title: …``, ``Publication date: …``, ``Full text: …``.

ProQuest, EBSCO, Gale, Integrum, PressReader and others list an article so, each with labels of
its own and in the language of its interface. A record begins at a line of signs or of a count
(``Document 2 of 12``) where the file has such lines. Else its labels stand all above its text, or
all below it; where prose stands above the first labels and below the last, it is not known
which text they are of, and nothing is divided. A record has a title, a day or an outlet, a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.read.exports.record.draft import Draft
from knipsel.transforms.read.exports.record.fields import (
    LABEL,
    LIKELY,
    SURE,
    date_tags,
    field_tags,
    find_date,
    label_of,
    state,
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
from knipsel.transforms.read.exports.record.titles import end_of_title
from knipsel.transforms.read.exports.record.value import Value, value_of
from knipsel.transforms.text.words import fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import HeadTag, Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.text.words import Line

_SIGN = re.compile(rf"^[ \t]{{0,20}}{LABEL}", re.MULTILINE)
_LEAST_FIELDS = 3
"""Different fields that the labels of a record have at least."""
_RULE = re.compile(r"[_=*–—-]{10,}")
_BETWEEN = 1
"""Lines without a label that may stand among those of a block: a value that is wrapped."""
_TITLE_WORDS, _PROSE_WORDS = 40, 12
_SOURCE_END = re.compile(r"[;\[(]|\.\s(?=\d|[A-Z][a-z]{2}\b)")
_SOURCES = frozenset({"date_published", "publisher", "source"})
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
    below: Sequence[Line]

    @property
    def fields(self) -> set[str]:
        """The fields that its labels name."""
        return {row.field for row in self.rows}

    @property
    def has_text_above(self) -> bool:
        """Whether its text can only stand above the labels."""
        return not self.below and "body" not in self.fields


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


def _may_be(source: str, words: ExportWords) -> bool:
    """Say whether a text has lines under labels enough for a record."""
    found: set[str] = set()
    for sign in _SIGN.finditer(source):
        field = words.labels.records.get(fold(sign[1]))
        if field:
            found.add(field)
            if _is_block(found):
                return True
    return False


def _is_block(fields: set[str]) -> bool:
    return len(fields) >= _LEAST_FIELDS and not fields.isdisjoint(_SOURCES)


def _is_list(found: Sequence[_Listed]) -> bool:
    """Say whether records are those of a database, and no page with a few labels.

    Text and title stand under labels, or there are two records or more of which each has a
    title under a label, or both the outlet and the day.
    """
    if any({"headline", "body"} <= one.fields for one in found):
        return True
    whole = {"publisher", "date_published"}
    return len(found) > 1 and all("headline" in one.fields or whole <= one.fields for one in found)


def _is_article(listed: _Listed, words: ExportWords) -> bool:
    if not _is_block(listed.fields):
        return False
    if listed.has_text_above:
        return len(listed.above) > 1
    return "headline" in listed.fields or _title(listed.above, words) is not None


def _parts(lines: Sequence[Line], words: ExportWords) -> Iterator[Sequence[Line]]:
    """Divide the lines at rules where these part the blocks of labels, else at the blocks."""
    blocks = list(_blocks(lines, words))
    rules = [i for i, line in enumerate(lines) if _is_rule(line, words)]
    parted = [lines[a:b] for a, b in pairwise([0, *rules, len(lines)]) if a < b]
    filled = sum(any(rule <= block.start < end for block in blocks) for rule, end in _spans(parted))
    if rules and filled * 2 >= len(blocks):
        yield from parted
        return
    cuts = _cuts(lines, blocks, words)
    if cuts is not None:
        yield from (lines[a:b] for a, b in pairwise([0, *cuts, len(lines)]) if a < b)


def _spans(parts: Sequence[Sequence[Line]]) -> Iterator[tuple[int, int]]:
    start = 0
    for part in parts:
        yield start, start + len(part)
        start += len(part)


def _is_rule(line: Line, words: ExportWords) -> bool:
    return _RULE.fullmatch(line.text) is not None or words.labels.line(line.text) == "record"


def _blocks(lines: Sequence[Line], words: ExportWords) -> Iterator[range]:
    """Yield where the blocks of labels stand that can be of a record."""
    fields: set[str] = set()
    start, last = 0, -1
    for index, line in enumerate(lines):
        label = label_of(line, words.labels)
        if label is None:
            continue
        again = label[0] in fields and label[0] in {"headline", "publisher"}
        if fields and (again or index - last > _BETWEEN + 1):
            if _is_block(fields):
                yield range(start, last + 1)
            fields = set()
        start = index if not fields else start
        fields.add(label[0])
        last = index
    if _is_block(fields):
        yield range(start, last + 1)


def _cuts(lines: Sequence[Line], blocks: Sequence[range], words: ExportWords) -> list[int] | None:
    """Return where records begin: at their labels, or below them; None where that is not known."""
    if not blocks:
        return None
    above = _has_prose(lines[: blocks[0].start])
    if not above:
        return [_with_title(lines, block, words) for block in blocks]
    if _has_prose(lines[blocks[-1].stop :]):
        return None
    return [block.stop for block in blocks]


def _has_prose(lines: Sequence[Line]) -> bool:
    return any(weight(line.text) >= _PROSE_WORDS for line in lines)


def _with_title(lines: Sequence[Line], block: range, words: ExportWords) -> int:
    """Return the index of the title above a block that has none under a label."""
    labels = (label_of(lines[index], words.labels) for index in block)
    if any(label and label[0] == "headline" for label in labels):
        return block.start
    above = lines[block.start - 1 : block.start]
    return block.start - 1 if block.start and _title(above, words) else block.start


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
    starts = [i for i, line in enumerate(lines) if label_of(line, words.labels)]
    rows: list[_Row] = []
    for begin, end in pairwise([*starts, len(lines)]):
        label = label_of(lines[begin], words.labels)
        if label and rows and rows[-1].field == "body" and not _is_tail(lines, begin, words):
            rows[-1] = _Row("body", rows[-1].begin, (*rows[-1].lines, *lines[begin:end]))
        elif label:
            rows.append(_Row(label[0], label[1], tuple(lines[begin:end])))
    above = lines[: starts[0]] if starts else lines
    below: Sequence[Line] = ()
    if rows and all(row.field != "body" for row in rows):
        last = rows[-1]
        kept = 1 if last.begin < last.lines[0].end else 2
        rows[-1], below = _Row(last.field, last.begin, last.lines[:kept]), last.lines[kept:]
    return _Listed(above, rows, below)


def _is_tail(lines: Sequence[Line], index: int, words: ExportWords) -> bool:
    """Say whether more labels follow soon, or none can: one within a text is of the text."""
    near = lines[index + 1 : index + 1 + _LEAST_FIELDS]
    return not near or any(label_of(line, words.labels) for line in near)


def _records(listed: _Listed, draft: Draft) -> Iterator[Record]:
    if listed.has_text_above:
        yield from _add_text_above(listed, draft)
    else:
        yield from _add_title(listed, draft)
    seen = {"headline"} if any(tag.field == "headline" for tag in draft.tags) else set()
    for row in listed.rows:
        _add_row(draft, row, is_first=row.field not in seen)
        seen.add(row.field)
    draft.add(listed.below, BODY)
    yield draft.record()


def _add_title(listed: _Listed, draft: Draft) -> Iterator[Record]:
    """Add the title above the labels, if it has none; yield what stands above that as a cover."""
    title = None if "headline" in listed.fields else _title(listed.above, draft.words)
    cover = listed.above[: listed.above.index(title)] if title else listed.above
    if cover:
        yield Record((piece_of(cover, INDEX),), is_article=False)
    if title:
        draft.headline([title])
        draft.add(listed.above[len(cover) + 1 :], FIELD)


def _add_text_above(listed: _Listed, draft: Draft) -> Iterator[Record]:
    """Add title and text that stand above the labels; what heads the text is no part of it."""
    lines, words = listed.above, draft.words
    named = next((row for row in listed.rows if row.field == "headline"), None)
    wanted = fold(draft.source[named.begin : named.lines[-1].end]) if named else ""
    title = next((i for i, line in enumerate(lines) if _begins(wanted, line)), 0)
    if title:
        yield Record((piece_of(lines[:title], INDEX),), is_article=False)
    end = end_of_title(lines, title, {})
    draft.headline(lines[title:end])
    marked = [i for i, line in enumerate(lines) if words.labels.line(line.text) == "body"]
    body = max(end, marked[0] + 1) if marked else end
    draft.add(lines[end:body], FIELD)
    stop = len(lines)
    while stop > body and words.labels.line(lines[stop - 1].text) is not None:
        stop -= 1
    draft.add(lines[body:stop], BODY)
    draft.add(lines[stop:], FIELD)


def _begins(wanted: str, line: Line) -> bool:
    """Say whether a line is a title, or its first line."""
    return bool(wanted) and wanted.startswith(fold(line.text))


def _add_row(draft: Draft, row: _Row, *, is_first: bool) -> None:
    """Add a label and its value."""
    use = _KEPT.get(row.field) if is_first or row.field == "body" else None
    others = (line for line in row.lines[1:] if use != BODY and _SIGN.match(line.text))
    end = next((line.start for line in others), row.lines[-1].end)
    value = value_of(draft.source, row.begin, max(row.begin, end))
    if use is None or not value.text:
        draft.add(row.lines, FIELD)
    else:
        label_end = min(row.begin, row.lines[0].end)
        draft.pieces.append(Piece(row.lines[0].start, label_end, FIELD))
        draft.pieces.append(Piece(value.start, value.end, use))
        draft.add([line for line in row.lines if line.start >= max(end, value.end)], FIELD)
    if value.text and is_first:
        draft.tags.extend(_tags(draft, row.field, value))


def _tags(draft: Draft, name: str, value: Value) -> Iterator[HeadTag]:
    if name == "source":
        yield from _source_tags(draft, value)
    elif name == "headline":
        yield state(name, value.text, value, confidence=SURE)
    elif name == "publisher":
        outlet = _SOURCE_END.split(value.text, maxsplit=1)[0].strip()
        yield state(name, outlet or value.text, value, confidence=SURE)
    else:
        yield from field_tags(name, value, draft.words)


def _source_tags(draft: Draft, value: Value) -> Iterator[HeadTag]:
    """Yield outlet and day of ``De Kade, Late Edition; Zoutmonde 12 May 2014: A.1.``."""
    found = find_date(value, draft.words)
    before = value.text[: max(0, found[1] - value.start)] if found else value.text
    outlet = _SOURCE_END.split(before, maxsplit=1)[0].strip(" ,.:")
    if outlet:
        yield state("publisher", outlet, value, confidence=LIKELY)
    for tag in date_tags("date_published", value, draft.words):
        yield replace(tag, confidence=LIKELY)
