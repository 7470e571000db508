"""References in RIS, as Zotero and libraries export them: an abstract is a teaser."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.model import NAME_SEPARATOR, Rejection
from knipsel.transforms.read.records.layout import has_description, lay_out_records
from knipsel.transforms.read.records.model import (
    MOST_RECORDS,
    Names,
    Record,
    collect,
    too_large,
    wrong_shape,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import HeadTag, Reading, Section
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_WRONG_SHAPE, _METHOD = "wrong_ris_shape", "reference_field"
_MEANINGS = {
    "TI": "headline",
    "T1": "headline",
    "AU": "author",
    "A1": "author",
    "DA": "date_published",
    "Y1": "date_published",
    "PY": "date_published",
    "T2": "publisher",
    "JO": "publisher",
    "JF": "publisher",
    "JA": "publisher",
    "AB": "description",
    "N2": "description",
    "UR": "url",
    "SE": "article_section",
    "SP": "pagination",
    "ET": "print_edition",
    "AN": "identifier",
    "ID": "identifier",
    "DO": "identifier",
    "LA": "language",
    "KW": "keywords",
    "PB": "publishing_house",
}
"""The tags of RIS by the field of the article that they are, the surest of each first."""
_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")
_BEGIN, _END = "TY", "ER"
_LAST_FIRST = re.compile(r"([^,;]{1,80}), ([^,;]{1,80})$")


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read references; those that have no abstract are no articles.

    A file without an abstract is rejected (``wrong_ris_shape``).
    """
    records: list[Record] = []
    names = Names(registers.record_fields, _MEANINGS)
    for values in _references(source.text):
        record = collect(values)
        if record is None or len(records) == MOST_RECORDS:
            return too_large(_WRONG_SHAPE, 1)
        records.append(replace(record, is_whole=False))
    if not any(has_description(record, names) for record in records):
        return wrong_shape(_WRONG_SHAPE, 1, (name for one in records[:1] for name, _ in one.fields))
    reading = lay_out_records(records, _METHOD, names, registers.lines, registers.layout)
    sections = (_with_names_turned(one, reading.source_text) for one in reading.sections)
    return replace(reading, sections=tuple(sections))


def _references(text: str) -> Iterator[Sequence[tuple[str, str]]]:
    """Yield the tags and values of each reference; lines without a tag go on with the one above."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        tagged = _LINE.match(line.rstrip())
        if tagged and tagged[1] in {_BEGIN, _END} and found:
            yield found
            found = []
        if tagged and tagged[1] != _END:
            found.append((tagged[1], (tagged[2] or "").strip()))
        elif line.strip() and found:
            name, value = found[-1]
            found[-1] = name, f"{value}\n{line.strip()}"
    if found:
        yield found


def _with_names_turned(section: Section, text: str) -> Section:
    """Return a section with its authors as they are called: ``Colbey, Dina`` is Dina Colbey."""
    return replace(section, head=tuple(_turned(tag, text) for tag in section.head))


def _turned(tag: HeadTag, text: str) -> HeadTag:
    if tag.field != "author":
        return tag
    names = (name.strip() for name in text[tag.start : tag.end].split(";"))
    turned = (_LAST_FIRST.sub(r"\2 \1", name) for name in names if name)
    return replace(tag, value=NAME_SEPARATOR.join(turned))
