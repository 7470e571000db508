"""Nexis Uni and its kin, the newer layout of LexisNexis, mostly in DOCX or RTF.

A record is the headline, the outlet, the date, labels (``Length: 409 words``), a line ``Body``,
the text, labels again, and a line ``End of Document``. Before the first one may stand a cover:
the search, and the numbered list of all headlines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.read.exports.record.draft import Draft
from knipsel.transforms.read.exports.record.fields import (
    SURE,
    date_tags,
    field_tags,
    find_date,
    state,
)
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    CAPTION,
    FIELD,
    HEADLINE,
    INDEX,
    LEGAL,
    NO_ARTICLE,
    STANDFIRST,
    Piece,
    Record,
    export_lines,
    to_reading,
)
from knipsel.transforms.read.exports.record.value import value_of
from knipsel.transforms.text.words import fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.text.words import Line

_LABEL = re.compile(r"([^\W\d_][\w -]{1,24}):(?=\s|$)")
_LISTED = re.compile(r"1\. {0,3}(?=\S)")
_DATE_WORDS = 12
_TAIL_WORDS = {"language": 6, "publication_type": 8, "load_date": 8}
"""The labels that stand below the text, each with the words that it has at most."""
_LEAST_LABELS = 2


class _Draft(Draft):
    """A record while it is made, which knows the labels of this layout."""

    __slots__ = ()

    def label(self, line: Line) -> tuple[str, int] | None:
        """Return the field that a line's label names, and where its value begins."""
        found = _LABEL.match(line.text)
        name = self.words.labels.labels.get(fold(found[1])) if found else None
        return (name, line.start + found.end()) if found and name else None

    def kind(self, line: Line) -> str | None:
        """Return what a line that stands alone is: ``body``, ``end`` and so on."""
        return self.words.labels.line(line.text)


def split(reading: Reading, words: ExportWords) -> Reading | None:
    """Divide an export of the newer layout into its records; None where the text is none."""
    if not words.labels.may_have("end", reading.source_text):
        return None
    words = words.ordered(reading)
    parts = list(_parts(export_lines(reading, words.labels), words.labels))
    probe = _Draft(reading.source_text, words)
    if not any(_is_record(part, probe) for part in parts):
        return None
    records: list[Record] = []
    for part in parts:
        draft = _Draft(reading.source_text, words)
        _make(draft, part, is_first=not records)
        records.append(draft.record())
    return to_reading(reading, records, words)


def _parts(lines: Sequence[Line], labels: ExportLabels) -> Iterator[list[Line]]:
    part: list[Line] = []
    for line in lines:
        part.append(line)
        if labels.line(line.text) == "end":
            yield part
            part = []
    if part:
        yield part


def _is_record(lines: Sequence[Line], draft: _Draft) -> bool:
    if draft.kind(lines[-1]) != "end" or not any(draft.kind(line) == "body" for line in lines):
        return False
    return len({label[0] for line in lines if (label := draft.label(line))}) >= _LEAST_LABELS


def _make(draft: _Draft, lines: Sequence[Line], *, is_first: bool) -> None:
    body = next((i for i, line in enumerate(lines) if draft.kind(line) == "body"), None)
    if body is None:
        is_ended = draft.kind(lines[-1]) == "end"
        draft.add(lines, NO_ARTICLE if is_ended else INDEX)
        return
    _add_head(draft, lines[:body], is_first=is_first)
    draft.add([lines[body]], FIELD)
    below = lines[body + 1 :]
    tail = next((i for i, line in enumerate(below) if _is_of_tail(draft, line)), len(below))
    draft.add(below[:tail], BODY)
    _add_tail(draft, below[tail:])


def _is_of_tail(draft: _Draft, line: Line) -> bool:
    """Say whether a line is the first below the text: its classification, or a picture's label."""
    if draft.kind(line) in {"classification", CAPTION, "end"}:
        return True
    name, begin = draft.label(line) or ("", line.start)
    value = value_of(draft.source, begin, line.end)
    is_date = name != "load_date" or find_date(value, draft.words) is not None
    return is_date and weight(value.text) <= _TAIL_WORDS.get(name, -1)


def _add_head(draft: _Draft, lines: Sequence[Line], *, is_first: bool) -> None:
    """Add headline, outlet, date and labels; the outlet and the date stand above the labels."""
    labels = [i for i, line in enumerate(lines) if draft.label(line) or _has_rights(draft, line)]
    dated = [i for i in range(labels[0] if labels else len(lines)) if _is_dated(draft, lines[i])]
    outlet = dated[-1] - 1 if dated else min(1, len(lines))
    title = _title_at(lines, outlet) if is_first else 0
    draft.add(lines[:title], INDEX)
    if outlet > title:
        value = value_of(draft.source, lines[title].start, lines[outlet - 1].end)
        draft.tags.append(state("headline", value.text, value, confidence=SURE))
        draft.add(lines[title:outlet], HEADLINE)
    if 0 <= outlet < len(lines):
        value = value_of(draft.source, lines[outlet].start, lines[outlet].end)
        draft.tags.append(state("publisher", value.text, value, confidence=SURE))
    _add_fields(draft, lines[max(outlet, title) :], is_dated=bool(dated))


def _title_at(lines: Sequence[Line], outlet: int) -> int:
    """Return the index of the first headline: what the cover lists as the first, or the last line.

    The cover stands above it.
    """
    listed = next((line.text for line in lines[:outlet] if _LISTED.match(line.text)), None)
    if listed is not None:
        wanted = fold(_LISTED.sub("", listed, count=1))
        found = [i for i in range(outlet) if fold(lines[i].text) == wanted]
        if found:
            return found[-1]
    return max(outlet - 1, 0)


def _is_dated(draft: _Draft, line: Line) -> bool:
    if weight(line.text) > _DATE_WORDS or draft.words.labels.begins(line.text, "cover"):
        return False
    return find_date(value_of(draft.source, line.start, line.end), draft.words) is not None


def _has_rights(draft: _Draft, line: Line) -> bool:
    return draft.words.labels.begins(line.text, "rights")


def _add_fields(draft: _Draft, lines: Sequence[Line], *, is_dated: bool) -> None:
    """Add the lines from the outlet to the text."""
    name = ""
    for index, line in enumerate(lines):
        value = value_of(draft.source, line.start, line.end)
        label = draft.label(line)
        if label:
            name = label[0]
            _add_labelled(draft, line, label)
        elif _has_rights(draft, line):
            draft.tags.append(state("copyright_notice", value.text, value))
            draft.add([line], LEGAL)
        elif index == 1 and is_dated:
            draft.tags.extend(date_tags("date_published", value, draft.words))
            draft.add([line], FIELD)
        else:
            draft.tags += [state("print_edition", value.text, value)] if index and not name else []
            draft.add([line], STANDFIRST if name == STANDFIRST else FIELD)


def _add_labelled(draft: _Draft, line: Line, label: tuple[str, int]) -> None:
    name, begin = label
    value = value_of(draft.source, begin, line.end)
    draft.tags.extend(field_tags(name, value, draft.words))
    if name == STANDFIRST and value.text:
        draft.pieces.append(Piece(line.start, begin, FIELD))
        draft.pieces.append(Piece(value.start, value.end, STANDFIRST))
    else:
        draft.add([line], FIELD)


def _add_tail(draft: _Draft, lines: Sequence[Line]) -> None:
    name = None
    for line in lines:
        label, kind = draft.label(line), draft.kind(line)
        name = label[0] if label else kind or name
        if label:
            value = value_of(draft.source, label[1], line.end)
            draft.tags.extend(field_tags(label[0], value, draft.words))
        is_value = not label and not kind
        draft.add([line], CAPTION if is_value and name == CAPTION else FIELD)
