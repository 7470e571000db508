"""Whether a text is a table of separated values, and how its values are separated."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = ",;\t|"
_LEADING = "\ufeff\u200b \r\n"
_LOOK = 65_536
_ROWS = 50
_LEAST_ROWS = 2
"""Rows from which equal numbers of values are no chance; of one row, quotation marks must tell."""
_NAME = re.compile(r"[\w@][\w .:/()@-]{0,59}$")
_NAME_WORDS = 4
_LARGEST_FIELD = 50_000_000
"""Characters of a value; the library's own limit of 131,072 is less than a page can have."""


def delimiter_of(text: str) -> str | None:
    """Return what separates the values of a table with a header row, or None where it is none.

    A table has a header of short names that differ, and rows with as many values each.
    """
    start = text.lstrip(_LEADING)
    head = start[:_LOOK].replace("\r\n", "\n").replace("\r", "\n")
    first = head.partition("\n")[0]
    for delimiter in sorted(DELIMITERS, key=lambda one: -first.count(one)):
        if (
            delimiter in first
            and _is_header(first, delimiter)
            and _fits(head, delimiter, is_cut=len(start) > _LOOK)
        ):
            return delimiter
    return None


def rows(text: str, delimiter: str, *, escaped: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty with the number of the line on which each begins.

    ``escaped`` is set where a backslash, and not a second one, stands before a quotation mark
    that is part of a value. Raises `csv.Error` where a quoted value is never closed.
    """
    csv.field_size_limit(_LARGEST_FIELD)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader(
        (f"{line}\n" for line in lines),
        delimiter=delimiter,
        doublequote=not escaped,
        escapechar="\\" if escaped else None,
        strict=True,
    )
    begin = 1
    for row in reader:
        if any(value.strip() for value in row):
            yield begin, row
        begin = reader.line_num + 1


def _is_header(line: str, delimiter: str) -> bool:
    try:
        names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter))]
    except (csv.Error, StopIteration):
        return False
    spaced = f"{delimiter} " in line and '"' not in line
    others = names[1:] if not names[0] else names  # programs leave the name of an index empty
    return (
        len(others) > 0
        and len(names) > 1
        and not spaced
        and len(set(names)) == len(names)
        and all(_NAME.match(name) and len(name.split()) <= _NAME_WORDS for name in others)
        and not any(name.isdecimal() for name in others)
    )


def _fits(head: str, delimiter: str, *, is_cut: bool) -> bool:
    """Say whether nearly all of the first rows have as many values as the header."""
    found: list[list[str]] = []
    try:
        for _, row in rows(head, delimiter):
            found.append(row)
            if len(found) > _ROWS:
                break
    except csv.Error:
        is_cut = True
    if is_cut and len(found) <= _ROWS:
        return _starts_quoted(head, delimiter) or _is_regular(found[:-1])
    return _is_regular(found) or (len(found) > 1 and _starts_quoted(head, delimiter))


def _is_regular(found: list[list[str]]) -> bool:
    if len(found) <= _LEAST_ROWS:
        return False
    sizes = Counter(map(len, found[1:]))
    return sizes[len(found[0])] * 10 >= 9 * (len(found) - 1)


def _starts_quoted(head: str, delimiter: str) -> bool:
    """Say whether the second line begins with a value in quotation marks, or has one after all."""
    second = head.partition("\n")[2][:_LOOK].lstrip("\r\n")
    return second.startswith('"') or f'{delimiter}"' in second.partition("\n")[0]
