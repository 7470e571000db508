"""LexisNexis, the classic layout.

Above each article stands ``1 of 4 DOCUMENTS``, under it the masthead (outlet, date, edition,
rights), the headline, labels in capitals, the text, and labels again. The interface has the
labels in its user's language. A label may be missing, and any may stand above the text or
below it; outlets differ in this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.bylines import parse_byline, parse_name_line
from knipsel.transforms.parse.dated_line import DatedLine
from knipsel.transforms.read.exports.lexisnexis.blocks import (
    LABEL,
    MASTHEAD,
    RIGHTS,
    TEXT,
    ExportBlock,
    label_of,
    make_blocks,
)
from knipsel.transforms.read.exports.record.bylines import METHOD, author_tags
from knipsel.transforms.read.exports.record.fields import SURE, field_tags, find_date, state
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    CAPTION,
    FIELD,
    HEADLINE,
    INDEX,
    LEGAL,
    PARAGRAPH,
    STANDFIRST,
    Piece,
    Record,
    export_lines,
    piece_of,
    to_reading,
)
from knipsel.transforms.read.exports.record.value import value_of
from knipsel.transforms.text.words import ends_sentence, fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.registers.lines.dates import DateWords
    from knipsel.transforms.text.words import Line

_CENTRED = 8
"""White space before the line above a record from which the layout is that with centred lines."""
_LEAST_LABELS = 2
"""Different labels that one record at least must have."""
_TEXTS_ABOVE = 2
"""Blocks of text that can stand above the first label: headline and byline."""
_TAIL_WORDS = {"language": 6, "publication_type": 8, "load_date": 8}
"""The labels that stand below the text, each with the words that it has at most."""
_UNCOUNTED = re.compile(r"^[ \t]{0,80}[^\W\d_a-z]{3,12}: \d{1,5} [^\W\d_]{2,12}", re.MULTILINE)
"""The number of words under a label in capitals, as every record has it."""
_HEAD, _DATE_WORDS = 20, 12
"""Lines above the number of words in which the masthead stands, and words of that with the day."""
_CLOSING = frozenset({*_TAIL_WORDS, "publication_code", "copyright_notice", "keywords", "genre"})
"""Labels below a text, of which the last closes a record."""
_OWNER_SURE = 0.7
"""How sure it is that who has the rights is the outlet."""


@dataclass(slots=True)
class _Draft:
    """A record while it is made."""

    source: str
    words: ExportWords
    pieces: list[Piece] = field(default_factory=list)
    tags: list[HeadTag] = field(default_factory=list)

    def add(self, start: int, end: int, use: str) -> None:
        """Add a piece, if anything stands there."""
        if self.source[start:end].strip():
            self.pieces.append(Piece(start, end, use))

    def has(self, name: str) -> bool:
        """Say whether a field has a value."""
        return any(tag.field == name for tag in self.tags)


def split(reading: Reading, words: ExportWords) -> Reading | None:
    """Divide a LexisNexis export into its records; None where the text is none."""
    is_counted = words.labels.may_have("record", reading.source_text)
    if not is_counted and not _UNCOUNTED.search(reading.source_text):
        return None
    words = words.ordered(reading)
    lines = export_lines(reading, words.labels)
    starts = _starts(lines, words)
    if not starts:
        return None
    parts = [lines[begin:end] for begin, end in pairwise([*starts, len(lines)])]
    if not any(_is_labelled(part, words.labels) for part in parts):
        return None
    cover = lines[: starts[0]]
    records = [Record((piece_of(cover, INDEX),), is_article=False)] if cover else []
    records += [_record(part, reading.source_text, words) for part in parts]
    return to_reading(reading, records, words)


def _starts(lines: Sequence[Line], words: ExportWords) -> list[int]:
    """Return where records begin: at a count (``1 of 4 DOCUMENTS``), or where there is none."""
    counted = [i for i, line in enumerate(lines) if words.labels.line(line.text) == "record"]
    parts = list(pairwise([*counted, len(lines)]))
    cover = lines[: counted[0]] if counted else lines
    if _has_masthead(cover, words):
        parts.insert(0, (_end_of_cover(cover, words.labels), len(cover)))
    return [
        begin + start
        for begin, end in parts
        for start in _uncounted(lines[begin:end], words.labels)
    ]


def _end_of_cover(lines: Sequence[Line], labels: ExportLabels) -> int:
    """Return the index below the last line of a cover, which names the search and the user."""
    said = [i for i, line in enumerate(lines[:_HEAD]) if labels.begins(line.text, "cover")]
    return said[-1] + 1 if said else 0


def _has_masthead(lines: Sequence[Line], words: ExportWords) -> bool:
    """Say whether a date stands above the first number of words, as it does in a record."""
    found = [label_of(line, words.labels) for line in lines]
    length = next((i for i, one in enumerate(found) if one and one[0] == "word_count"), 0)
    return any(
        weight(line.text) <= _DATE_WORDS
        and find_date(value_of(line.text, 0, len(line.text)), words) is not None
        for line in lines[max(0, length - _HEAD) : length]
    )


def _uncounted(lines: Sequence[Line], labels: ExportLabels) -> list[int]:
    """Return where records begin that nobody counted: below the last labels of the one before.

    Each has its number of words under a label; above that stand headline and masthead.
    """
    found = [label_of(line, labels) for line in lines]
    fields = [label[0] if label else None for label in found]
    starts = [0]
    for length in [index for index, name in enumerate(fields) if name == "word_count"][1:]:
        tails = (i for i in range(length - 1, starts[-1], -1) if fields[i] in _TAIL_WORDS)
        tail = next(tails, None)
        if tail is None:
            continue
        start = tail + 1
        while start < length and (
            fields[start] in _CLOSING
            or labels.begins(lines[start].text, "rights")
            or not lines[start].after_blank
        ):
            start += 1
        starts.append(start)
    return starts


def _is_labelled(lines: Sequence[Line], labels: ExportLabels) -> bool:
    """Say whether a record has labels enough, one of them of those that only databases print."""
    found = {label[0] for line in lines if (label := label_of(line, labels))}
    return len(found) >= _LEAST_LABELS and not found.isdisjoint(
        {"word_count", "language", "load_date"}
    )


def _record(lines: Sequence[Line], source: str, words: ExportWords) -> Record:
    draft = _Draft(source, words)
    is_centred = lines[0].indent >= _CENTRED
    if words.labels.line(lines[0].text) == "record":
        draft.add(lines[0].start, lines[0].end, FIELD)
        lines = lines[1:]
    blocks = make_blocks(lines, words, is_centred=is_centred)
    tail = _tail_start(blocks, draft)
    body = tail if _is_title_alone(blocks[:tail]) else _body_start(blocks[:tail])
    _add_head(draft, blocks[:body])
    if body < tail:
        _add_body(draft, blocks[body:tail])
    _add_tail(draft, blocks[tail:])
    return Record(tuple(_with_body(draft.pieces)), tuple(draft.tags))


def _with_body(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Take the captions for the body of an article that is a picture."""
    has_body = any(piece.use == BODY for piece in pieces)
    for piece in pieces:
        use = PARAGRAPH if piece.use == CAPTION and not has_body else piece.use
        yield Piece(piece.start, piece.end, use)


def _tail_start(blocks: Sequence[ExportBlock], draft: _Draft) -> int:
    """Return the index of the first of the labels and notices below the text."""
    start = len(blocks)
    for index, block in enumerate(blocks):
        if _is_of_tail(block, draft) and _words(blocks[index:]) <= _words(blocks[:index]):
            start = index
            break
    while start > 0 and blocks[start - 1].kind in {LABEL, RIGHTS}:
        start -= 1
    return start


def _is_of_tail(block: ExportBlock, draft: _Draft) -> bool:
    most = _TAIL_WORDS.get(block.field or "")
    if most is None or block.kind != LABEL:
        return False
    value = block.value(draft.source)
    is_date = block.field != "load_date" or find_date(value, draft.words) is not None
    return is_date and weight(value.text) <= most


def _words(blocks: Sequence[ExportBlock]) -> int:
    return sum(weight(line.text) for one in blocks if one.kind == TEXT for line in one.lines)


def _is_title_alone(blocks: Sequence[ExportBlock]) -> bool:
    """Say whether nothing stands above the last labels but a headline: the article is a picture."""
    texts = [block for block in blocks if block.kind == TEXT]
    has_label = any(block.kind == LABEL for block in blocks)
    return len(texts) == 1 and not has_label and not ends_sentence(texts[0].lines[-1].text)


def _body_start(blocks: Sequence[ExportBlock]) -> int:
    """Return the index of the first block of the text, or of the label above it."""
    for index, block in enumerate(blocks):
        if block.field == BODY and not block.has_value:
            return index
    texts = [index for index, block in enumerate(blocks) if block.kind == TEXT]
    label = next((i for i, block in enumerate(blocks) if block.kind == LABEL), None)
    if label is not None and sum(index < label for index in texts) <= _TEXTS_ABOVE:
        return _end_of_labels(blocks, label, has_headline=any(index < label for index in texts))
    if not texts:
        return len(blocks)
    return texts[1] if len(texts) > 1 else texts[0]


def _end_of_labels(blocks: Sequence[ExportBlock], first: int, *, has_headline: bool) -> int:
    """Return the index after the labels from ``first`` on; a headline may stand among them."""
    index = first
    while index < len(blocks):
        if blocks[index].kind == TEXT and not _belongs_above(blocks, index):
            below = blocks[index + 1 : index + 2]
            if has_headline or not below or below[0].kind != LABEL:
                break
            has_headline = True
        has_headline = has_headline or blocks[index].field == HEADLINE
        index += 1
    return index


def _belongs_above(blocks: Sequence[ExportBlock], index: int) -> bool:
    """Say whether a block is the value of the empty label above it."""
    above = blocks[index - 1] if index else None
    return above is not None and above.field == STANDFIRST and not above.has_value


def _add_head(draft: _Draft, blocks: Sequence[ExportBlock]) -> None:
    _add_masthead(draft, [block for block in blocks if block.kind == MASTHEAD and not block.field])
    has_headline = any(block.field == HEADLINE for block in blocks)
    for index, block in enumerate(blocks):
        if block.field:
            _add_labelled(draft, block, STANDFIRST)
        elif block.kind == RIGHTS:
            _add_rights(draft, block)
        elif block.kind == MASTHEAD:
            draft.add(block.start, block.end, FIELD)
        elif _belongs_above(blocks, index):
            draft.tags.extend(field_tags(STANDFIRST, block.value(draft.source), draft.words))
            draft.add(block.start, block.end, STANDFIRST)
        elif has_headline:
            _add_line(draft, block)
        else:
            _add_headline(draft, block)
            has_headline = True


def _add_masthead(draft: _Draft, blocks: Sequence[ExportBlock]) -> None:
    """Find the date, the outlet above it, and the edition below it in the same block."""
    rows = [(number, line) for number, block in enumerate(blocks) for line in block.lines]
    values = [value_of(draft.source, line.start, line.end) for _, line in rows]
    dates = [find_date(value, draft.words) for value in values]
    days = [i for i, found in enumerate(dates) if found and len(found[0]) > len("2022-12")]
    dated = next(iter(days or [i for i, found in enumerate(dates) if found]), len(rows))
    if dated:
        draft.tags.append(state("publisher", values[0].text, values[0], confidence=SURE))
    for index in range(dated, len(rows)):
        found = dates[index]
        if index == dated and found:
            draft.tags.append(HeadTag("date_published", found[0], METHOD, SURE, *found[1:]))
        elif rows[index][0] == rows[dated][0] and _is_edition(
            rows[index][1], draft.words.lines.dates
        ):
            draft.tags.append(state("print_edition", values[index].text, values[index]))


def _is_edition(line: Line, dates: DateWords) -> bool:
    is_time = line.text[:2].strip(" :").isdigit() and ":" in line.text[:3]
    return not is_time and fold(line.text) not in dates.weekdays


def _add_rights(draft: _Draft, block: ExportBlock) -> None:
    value = block.value(draft.source)
    draft.tags.append(state("copyright_notice", value.text, value))
    draft.add(block.start, block.end, LEGAL)
    first = value_of(draft.source, block.start, block.lines[0].end)
    owner = first.text.partition(" ")[2].lstrip("©(c)0123456789-, ")
    if owner and first.text.casefold().startswith("copyright"):
        draft.tags.append(state("publisher", owner, first, confidence=_OWNER_SURE))


def _add_labelled(draft: _Draft, block: ExportBlock, standfirst: str) -> None:
    """Add a label and its value; ``standfirst`` is what a standfirst comes to."""
    name = block.field or ""
    value = block.value(draft.source)
    if name == HEADLINE and block.has_value:
        draft.add(block.start, block.value_start, FIELD)
        _add_headline(draft, block)
        return
    draft.tags.extend(field_tags(name, value, draft.words))
    use = {STANDFIRST: standfirst, CAPTION: CAPTION, BODY: BODY}.get(name, FIELD)
    draft.add(block.start, block.value_start if use != FIELD else block.end, FIELD)
    if use != FIELD:
        draft.add(value.start, value.end, use)


def _add_headline(draft: _Draft, block: ExportBlock) -> None:
    """Add a headline; what comes after a semicolon at a line's end stands under it in print."""
    ends = [line.end for line in block.lines[:-1] if line.text.endswith(";")]
    end = ends[0] if ends else block.end
    value = value_of(draft.source, block.value_start, end - 1 if ends else end)
    draft.tags.append(state("headline", value.text, value, confidence=SURE))
    draft.add(value.start, value.end, HEADLINE)
    if ends:
        draft.add(end - 1, end, FIELD)
        below = value_of(draft.source, end, block.end)
        draft.tags.append(state("alternative_headline", below.text, below, confidence=SURE))
        draft.add(below.start, below.end, STANDFIRST)


def _add_line(draft: _Draft, block: ExportBlock) -> None:
    """Add what stands between the headline and the labels: a byline, or else a standfirst."""
    value = block.value(draft.source)
    line = DatedLine(value.text, draft.words.lines)
    if parse_byline(line) or parse_name_line(line):
        draft.tags.extend(author_tags(value, draft.words))
        draft.add(block.start, block.end, FIELD)
    else:
        draft.add(block.start, block.end, STANDFIRST)


def _add_body(draft: _Draft, blocks: Sequence[ExportBlock]) -> None:
    first = blocks[0]
    if first.field != BODY or first.has_value:
        draft.add(first.start, blocks[-1].end, BODY)
        return
    draft.add(first.start, first.end, FIELD)
    if len(blocks) > 1:
        draft.add(blocks[1].start, blocks[-1].end, BODY)


def _add_tail(draft: _Draft, blocks: Sequence[ExportBlock]) -> None:
    last = ""
    for block in blocks:
        last = block.field or last
        if block.field:
            _add_labelled(draft, block, FIELD)
        elif block.kind == RIGHTS:
            _add_rights(draft, block)
        else:
            value = block.value(draft.source)
            if last == STANDFIRST:
                draft.tags.extend(field_tags(last, value, draft.words))
            draft.add(block.start, block.end, CAPTION if last == CAPTION else FIELD)
