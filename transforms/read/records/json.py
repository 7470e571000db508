"""JSON and JSON Lines: each object with a text becomes an article, wherever it is nested."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from knipsel.transforms.identify.text_shapes import is_json_lines
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.records.bodies import find_body, own_values
from knipsel.transforms.read.records.channels import host_of, shared_tags, with_shared
from knipsel.transforms.read.records.layout import has_description, lay_out_records
from knipsel.transforms.read.records.model import (
    HEADLINE,
    MOST_RECORDS,
    Names,
    Record,
    collect,
    too_large,
    wrong_shape,
)
from knipsel.transforms.read.records.values import Object, joined, scalars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.lines.outlets import OutletRegister
    from knipsel.transforms.registers.model import Registers

_WRONG_SHAPE = "wrong_json_shape"
_FEED = "https://jsonfeed.org/version/"
_LEVELS = 4
"""Objects and lists around the list of records; services put two, people one more."""
_LEADING = "\ufeff\u200b"
_SHOWN_NAMES = 40


@dataclass(frozen=True, slots=True)
class _Place:
    """A value of the file, where it stands, and whether it is among the records.

    ``path`` holds the place of the value, and of those around it, in what is around each.
    """

    value: Any
    path: tuple[int, ...]
    name: str = ""
    is_record: bool = False


_DECODER = json.JSONDecoder(
    object_pairs_hook=Object,
    parse_int=str,  # as written: no limit on digits, no rounding
    parse_float=str,
    parse_constant=lambda name: None if name == "NaN" else name,
    strict=False,
)
"""Numbers stay as they are written; NaN, which programs write for nothing, is nothing."""


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read JSON or JSON Lines.

    Rejected are malformed files (``broken_json``) and those without records that have a
    text (``wrong_json_shape``), each with the number of the line.
    """
    text = source.text
    parsed = _parse_lines(text) if is_json_lines(text) else _parse(text)
    if isinstance(parsed, Rejection):
        return parsed
    names = Names(registers.record_fields)
    for kind in (_Texts(names), _Descriptions(names)):
        places = [*islice(_places(_Place(parsed.value, ()), kind, _LEVELS), MOST_RECORDS + 1)]
        if any(place.is_record for place in places):
            break
    return _read(places, parsed, registers, names)


def _read(
    places: Sequence[_Place], parsed: _Parsed, registers: Registers, names: Names
) -> Reading | Rejection:
    if len(places) > MOST_RECORDS:
        return too_large(_WRONG_SHAPE, parsed.line(places[-1].path))
    rejection = _misshapen(places, parsed)
    if rejection:
        return rejection
    records: list[Record] = []
    for place in places:
        record = _record(place, names)
        if record is None:
            return too_large(_WRONG_SHAPE, parsed.line(place.path))
        records.append(record)
    reading = lay_out_records(records, "json_field", names, registers.lines, registers.layout)
    return _of_feed(reading, registers.lines.outlets) if _is_feed(parsed.value) else reading


def _is_feed(value: Any) -> bool:
    """Say whether a file is a JSON Feed."""
    return isinstance(value, Object) and any(
        key == "version" and str(member).startswith(_FEED) for key, member in value.members
    )


def _of_feed(reading: Reading, outlets: OutletRegister) -> Reading:
    """Return a reading with what the feed says of its entries: its title names the outlet."""
    said = [
        replace(tag, field="publisher") if tag.field == HEADLINE else tag
        for section in reading.sections
        if not section.is_declared
        for tag in section.head
    ]
    shared, site = tuple(shared_tags(said, outlets)), host_of(said)
    sections = tuple(with_shared(section, shared, site) for section in reading.sections)
    return replace(reading, sections=sections)


def _record(place: _Place, names: Names) -> Record | None:
    """Make a record of an object: its body in parts where it has one, and its fields."""
    body = find_body(place.value, names) if place.is_record else None
    values = body.fields if body else scalars(place.value, place.name)
    record = collect(values, is_article=place.is_record)
    return replace(record, body=body.paragraphs) if record and body else record


@dataclass(frozen=True, slots=True)
class _Texts:
    """Takes objects with a text, in a field of its own or in parts, for the records."""

    names: Names

    def has_record(self, value: Any) -> bool:
        return isinstance(value, Object) and (
            any(self.names.is_text(name) for name, _ in own_values(value, self.names))
            or find_body(value, self.names) is not None
        )


@dataclass(frozen=True, slots=True)
class _Descriptions:
    """Takes objects with a headline and a description for the records: no object has a text."""

    names: Names

    def has_record(self, value: Any) -> bool:
        record = collect(scalars(value)) if isinstance(value, Object) else None
        return record is not None and has_description(record, self.names)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The value of a file and its text; ``lines`` has those of the values of JSON Lines."""

    value: Any
    text: str
    lines: tuple[int, ...] | None = None

    def line(self, path: Sequence[int]) -> int:
        """Return the number, from 1, of the line on which the value at ``path`` begins."""
        if self.lines is not None:
            return self.lines[path[0]] if path else 1
        return self.text.count("\n", 0, _offset(self.text, path)) + 1


def _parse(text: str) -> _Parsed | Rejection:
    start = _skip(text, 0)
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        return _broken(text.count("\n", 0, error.pos) + 1, error.msg)
    except RecursionError:
        return _too_deep(1)
    rest = _skip(text, end)
    if rest < len(text):
        return _broken(text.count("\n", 0, rest) + 1, "there is more after the end")
    return _Parsed(value, text)


def _parse_lines(text: str) -> _Parsed | Rejection:
    values, lines = [], []
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip().strip(_LEADING)
        if not bare:
            continue
        parsed = _parse(bare)
        if isinstance(parsed, Rejection):
            return _broken(number, (parsed.value or "").partition(": ")[2])
        values.append(parsed.value)
        lines.append(number)
    return _Parsed(values, text, tuple(lines))


def _broken(line: int, problem: str) -> Rejection:
    return Rejection(
        "broken_json",
        f"The JSON is malformed or broken off on line {line}; export the file again.",
        f"line {line}: {problem}",
    )


def _too_deep(line: int) -> Rejection:
    return _broken(line, "it is nested too deeply")


def _places(place: _Place, kind: _Texts | _Descriptions, levels: int) -> Iterator[_Place]:
    """Yield the records in a value, and what stands outside of them, in order."""
    value = place.value
    if kind.has_record(value):
        yield _Place(value, place.path, is_record=True)
        return
    children = _children(place)
    if isinstance(value, list) and any(kind.has_record(one.value) for one in children):
        yield from (_Place(one.value, one.path, is_record=True) for one in children)
    elif levels and any(isinstance(one.value, Object | list) for one in children):
        for child in children:
            yield from _places(child, kind, levels - 1)
    else:
        yield place


def _children(place: _Place) -> list[_Place]:
    value = place.value
    if isinstance(value, Object):
        return [
            _Place(member, (*place.path, index), joined(place.name, key))
            for index, (key, member) in enumerate(value.members)
        ]
    if isinstance(value, list):
        return [_Place(item, (*place.path, index), place.name) for index, item in enumerate(value)]
    return []


def _misshapen(places: Sequence[_Place], parsed: _Parsed) -> Rejection | None:
    """Reject a file without a record that has a text, and one with values among its records."""
    if not any(place.is_record for place in places):
        first = next((one for one in places if isinstance(one.value, Object)), places[0])
        shown = [name for name, _ in islice(scalars(first.value, first.name), _SHOWN_NAMES)]
        return wrong_shape(_WRONG_SHAPE, parsed.line(first.path), shown)
    for place in places:
        if place.is_record and not isinstance(place.value, Object):
            line = parsed.line(place.path)
            return Rejection(
                _WRONG_SHAPE,
                f"On line {line} there is a bare value among the records; each must be an object.",
                f"line {line}",
            )
    return None


def _skip(text: str, index: int) -> int:
    """Return the index of the next character that is not white space."""
    while index < len(text) and text[index] in f" \t\r\n{_LEADING}":
        index += 1
    return index


def _offset(text: str, path: Sequence[int]) -> int:
    """Return where the value at ``path`` begins in a text that is well-formed JSON."""
    index = _skip(text, 0)
    for place in path:
        is_object = text[index] == "{"
        index = _skip(text, index + 1)
        for _ in range(place):
            end = _DECODER.raw_decode(text, _value(text, index, is_object=is_object))[1]
            index = _skip(text, _skip(text, end) + 1)
        index = _value(text, index, is_object=is_object)
    return index


def _value(text: str, index: int, *, is_object: bool) -> int:
    """Return where the value of the member or item at ``index`` begins."""
    if not is_object:
        return index
    return _skip(text, _skip(text, _DECODER.raw_decode(text, index)[1]) + 1)
