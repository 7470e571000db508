"""The fields between dashes above a text in Markdown: ``key: value`` lines of YAML.

Only what such headers hold is read: plain and quoted values, and lists of them. YAML in full
can name types and repeat parts, which no header of an article needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.read.records.layout import RECORD_FIELD, VALUE_SEPARATOR
from knipsel.transforms.read.records.model import Names
from knipsel.transforms.read.records.tags import Value, declared_tags, ranked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import HeadTag
    from knipsel.transforms.registers.lines.words import LineWords

_FIELD = re.compile(r"([A-Za-z_][\w -]{0,40}):\s*+(.*)$", re.DOTALL)
_ITEM = re.compile(r"\s{0,20}-\s++(.*)$", re.DOTALL)
_QUOTED = re.compile(r"([\"'])(.*)\1$", re.DOTALL)
_ITEM_OF_LIST = re.compile(r"\"([^\"]{0,500})\"|'([^']{0,500})'|([^,\s][^,]{0,500})")
_RULES = frozenset({"---", "..."})


def read_front_matter(
    text: str, lines: Sequence[tuple[int, int]], names: Names, words: LineWords
) -> tuple[list[Unit], tuple[HeadTag, ...]]:
    """Return the units of the header on ``lines``, and what it declares."""
    units = [*_units(text, lines)]
    tags = [
        tag
        for name, value in _fields(units)
        for tag in declared_tags(name, value, "front_matter", names, words)
    ]
    return units, ranked(tags)


def _units(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Unit]:
    for start, end in lines:
        line = text[start:end]
        bare = line.strip()
        if bare:
            begin = start + len(line) - len(line.lstrip())
            reason = "markup" if bare in _RULES else RECORD_FIELD
            yield Unit(begin, begin + len(bare), bare, reason=reason)


def _fields(units: Sequence[Unit]) -> Iterator[tuple[str, Value]]:
    """Yield each field with its value; the items of a list are one value."""
    name, values, start, end = "", list[str](), 0, 0
    for unit in units:
        found = _FIELD.match(unit.text) if unit.reason == RECORD_FIELD else None
        item = _ITEM.match(unit.text)
        if found or not item:
            yield from _field(name, values, start, end)
            name, values = (found[1], _values(found[2])) if found else ("", [])
            start, end = unit.end - len(found[2]) if found else unit.start, unit.end
        elif name:
            start = start if values else unit.end - len(item[1])
            values, end = [*values, *_values(item[1])], unit.end
    yield from _field(name, values, start, end)


def _field(name: str, values: Sequence[str], start: int, end: int) -> Iterator[tuple[str, Value]]:
    if name and values:
        yield name, Value(VALUE_SEPARATOR.join(values), start, end)


def _values(printed: str) -> list[str]:
    """Return the values in ``printed``: one, with its quotation marks off, or those of a list."""
    if printed.startswith("[") and printed.endswith("]") and not printed.startswith("[["):
        items = _ITEM_OF_LIST.findall(printed[1:-1])
        return [one.strip() for row in items for one in row if one.strip()]
    quoted = _QUOTED.match(printed)
    value = (quoted[2] if quoted else printed).strip()
    return [value] if value else []
