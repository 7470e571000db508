"""CSV and its kin, with tabs or semicolons: each row with a text becomes an article."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from knipsel.transforms.identify.csv_shape import delimiter_of, rows
from knipsel.transforms.model import Rejection
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
    from collections.abc import Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_WRONG_SHAPE = "wrong_csv_shape"
_LEADING = "\ufeff\u200b"


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a table with a header row.

    Rejected are tables without a column for the text and those with a row that has more values
    than the header has names (``wrong_csv_shape``), and those in which a quoted value is never
    closed (``broken_csv``), each with the number of the line.
    """
    text = source.text.lstrip(_LEADING)
    parsed = _parse(text, delimiter_of(text) or ",")
    if isinstance(parsed, Rejection):
        return parsed
    header, body = parsed
    records: list[Record] = []
    for line, row in body:
        record = _record(header, row)
        if record is None or len(records) == MOST_RECORDS:
            return too_large(_WRONG_SHAPE, line)
        if any(value.strip() for value in row[len(header) :]):
            return _misshapen(line, len(row), len(header))
        records.append(record)
    names = Names(registers.record_fields)
    has_text = any(names.is_text(name) for name in header)
    if not has_text and not any(has_description(record, names) for record in records):
        return wrong_shape(_WRONG_SHAPE, body[0][0] if body else 1, header)
    return lay_out_records(records, "csv_field", names, registers.lines, registers.layout)


def _parse(text: str, delimiter: str) -> tuple[list[str], list[tuple[int, list[str]]]] | Rejection:
    parsed = _rows(text, delimiter, escaped=False)
    if isinstance(parsed, Rejection) and '\\"' in text:
        again = _rows(text, delimiter, escaped=True)
        parsed = parsed if isinstance(again, Rejection) else again
    if isinstance(parsed, Rejection):
        return parsed
    (_, header), *body = parsed
    return [_name(name, index) for index, name in enumerate(header)], body


def _rows(text: str, delimiter: str, *, escaped: bool) -> list[tuple[int, list[str]]] | Rejection:
    found: list[tuple[int, list[str]]] = []
    try:
        found.extend(rows(text, delimiter, escaped=escaped))
    except csv.Error as error:
        line = found[-1][0] + 1 if found else 1
        return Rejection(
            "broken_csv",
            f"In a row on or after line {line} a value in quotation marks is not closed, or goes "
            f"on after them; export the table again.",
            f"line {line}: {error}",
        )
    return found


def _name(name: str, index: int) -> str:
    return " ".join(name.split()) or f"column {index + 1}"


def _record(header: Sequence[str], row: Sequence[str]) -> Record | None:
    return collect(zip(header, row, strict=False))


def _misshapen(line: int, found: int, expected: int) -> Rejection:
    return Rejection(
        _WRONG_SHAPE,
        f"The row on line {line} has {found} values and the header {expected} names; put values "
        f"that hold the separator in quotation marks.",
        f"line {line}",
    )
