"""The blocks of a LexisNexis record: labels with their values, notices, the masthead, text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.read.exports.record.fields import find_date
from knipsel.transforms.read.exports.record.value import value_of
from knipsel.transforms.text.words import fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.read.exports.record.value import Value
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.registers.lines.dates import DateWords
    from knipsel.transforms.registers.lines.outlets import OutletRegister
    from knipsel.transforms.text.words import Line

LABEL, RIGHTS, MASTHEAD, TEXT = "label", "rights", "masthead", "text"

_LABEL = re.compile(r"([^\W\d_][\w -]{1,24}):")
_URL = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
_WIDTH, _SLACK = 80, 2
"""Columns in which the classic layout centres its lines, and by how many it may be off."""
_INDENTED, _WIDE_SLACK = 12, 8
"""White space before a line that is meant to stand in the middle, and by how much it may fail."""
_DATE_WORDS = 12
"""Words of a line that holds the date, the weekday, the time and the edition."""
_REACH = 6
"""Blocks below the outlet among which the date is sought."""


@dataclass(frozen=True, slots=True)
class ExportBlock:
    """Lines that belong together; ``kind`` is what they are, ``field`` what their label says.

    ``value_start`` is where in the source text the value begins: after the label.
    """

    lines: tuple[Line, ...]
    kind: str
    field: str | None = None
    value_start: int = 0

    @property
    def start(self) -> int:
        """Where the block begins in the source text."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.lines[-1].end

    @property
    def has_value(self) -> bool:
        """Whether anything stands in it after its label."""
        return self.value_start < self.end

    def value(self, source: str) -> Value:
        """Return what stands in it after its label."""
        return value_of(source, self.value_start, self.end)


def label_of(line: Line, labels: ExportLabels) -> tuple[str, int] | None:
    """Return the field that the label before a line names, and where its value begins."""
    found = _LABEL.match(line.text)
    if found and found[1].isupper():
        field = labels.labels.get(fold(found[1]))
        return (field, line.start + found.end()) if field else None
    if labels.line(line.text) == "word_count":
        return "word_count", line.start
    return None


def make_blocks(
    lines: Sequence[Line], words: ExportWords, *, is_centred: bool
) -> list[ExportBlock]:
    """Divide the lines of a record into blocks.

    An empty line divides them, and a label below another. Where no line is empty, as in
    text out of a word processor, each line is a block. ``is_centred`` says that the lines of
    the masthead should stand in the middle; where none does, their order tells them.
    """
    blocks = [
        block
        for run in _runs(lines, words.labels)
        for block in _divide_rights(
            _block(run, words.labels, is_centred=is_centred), words.lines.outlets
        )
    ]
    has_date = any(block.kind == MASTHEAD and _has_day(block, words) for block in blocks)
    return blocks if is_centred and has_date else _with_masthead(blocks, words)


def _runs(lines: Sequence[Line], labels: ExportLabels) -> Iterator[list[Line]]:
    is_dense = not any(line.after_blank for line in lines[1:])
    run: list[Line] = []
    labelled = False
    for line in lines:
        has_label = label_of(line, labels) is not None
        is_whole = not run or not run[-1].text.endswith(";") or labelled or has_label
        if run and ((is_dense and is_whole) or line.after_blank or (labelled and has_label)):
            yield run
            run = []
        labelled = has_label if not run else labelled
        run.append(line)
    if run:
        yield run


def _block(run: Sequence[Line], labels: ExportLabels, *, is_centred: bool) -> ExportBlock:
    lines, start = tuple(run), run[0].start
    centred = is_centred and _stands_centred(run)
    if labels.line(run[0].text) == "notice":
        return ExportBlock(lines, MASTHEAD, "correction", start)
    label = label_of(run[0], labels)
    if label:
        name, begin = label
        if begin >= run[0].end and len(run) > 1:
            begin = run[1].start
        return ExportBlock(lines, MASTHEAD if centred else LABEL, name, begin)
    if labels.begins(run[0].text, "rights"):
        return ExportBlock(lines, RIGHTS, value_start=start)
    if _URL.match(run[0].text):
        return ExportBlock(lines, LABEL, "url", start)
    return ExportBlock(lines, MASTHEAD if centred else TEXT, value_start=start)


def _stands_centred(run: Sequence[Line]) -> bool:
    """Say whether the lines stand in the middle; a line that fills the page may be there too."""
    return any(line.indent for line in run) and all(
        abs(2 * line.indent + len(line.text) - _WIDTH)
        <= 2 * (_WIDE_SLACK if line.indent >= _INDENTED else _SLACK)
        for line in run
    )


def _divide_rights(block: ExportBlock, outlets: OutletRegister) -> Iterator[ExportBlock]:
    """Part the name of the outlet from the notice right above it: ``Copyright 2003 Le Monde``."""
    if block.kind != RIGHTS:
        yield block
        return
    first, *rest = block.lines
    for index, line in enumerate(rest, 1):
        if line.text in first.text or outlets.name_of(line.text):
            yield replace(block, lines=block.lines[:index])
            yield ExportBlock(block.lines[index:], MASTHEAD, value_start=line.start)
            return
    yield block


def _with_masthead(blocks: Sequence[ExportBlock], words: ExportWords) -> list[ExportBlock]:
    """Tell the masthead by its order, where nothing stands in the middle: the outlet, the date."""
    marked = list(blocks)
    texts = [index for index, block in enumerate(blocks) if block.kind == TEXT]
    near = [index for index in texts if index <= texts[0] + _REACH]
    dated = next((index for index in near if _is_dated(blocks[index], words)), None)
    if dated is None:
        return marked
    has_outlet = any(block.kind == MASTHEAD and not block.field for block in blocks)
    found = {dated} if has_outlet else {texts[0], dated}
    if dated + 1 in texts and _is_weekday(blocks[dated + 1], words.lines.dates):
        found.add(dated + 1)
    for index in found:
        marked[index] = replace(blocks[index], kind=MASTHEAD)
    return marked


def _has_day(block: ExportBlock, words: ExportWords) -> bool:
    values = (value_of(line.text, 0, len(line.text)) for line in block.lines)
    return any(find_date(value, words) is not None for value in values)


def _is_dated(block: ExportBlock, words: ExportWords) -> bool:
    text = block.lines[0].text
    value = value_of(text, 0, len(text))
    return weight(text) <= _DATE_WORDS and find_date(value, words) is not None


def _is_weekday(block: ExportBlock, dates: DateWords) -> bool:
    return fold(block.lines[0].text) in dates.weekdays
