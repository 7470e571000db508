"""CSV: exact for programs, or such that Excel takes each cell for what it is; and JSON Lines."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from knipsel.warehouse.exports.cells import Changes, as_json, for_spreadsheet, is_formula, plain
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.model import ExportTable
from knipsel.warehouse.exports.source import Source

_LONGEST_CELL = min(sys.maxsize, 2**31 - 1)


def write_csv(source: Source, table: ExportTable, file: Path) -> Notes:
    """Write a table as CSV (RFC 4180) in UTF-8, to the character."""
    changes = Changes()
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter=source.wanted.delimiter or ",")
        writer.writerow(table.column_names)
        for row in source.rows(table):
            changes.counts["formulas"] += sum(
                isinstance(cell, str) and is_formula(cell) for cell in row
            )
            writer.writerow(map(plain, row))
    return list(changes.notes())


def write_excel_csv(source: Source, table: ExportTable, file: Path) -> Notes:
    """Write a table as CSV that Excel opens by itself: with a mark of UTF-8, and no formulas."""
    delimiter = source.wanted.delimiter or ","
    decimal_sign = "," if delimiter == ";" else "."
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target, delimiter=delimiter)
        writer.writerow(for_spreadsheet(name) for name in table.column_names)
        for row in source.rows(table):
            writer.writerow(for_spreadsheet(cell, decimal_sign) for cell in row)
    return []


def write_json_lines(source: Source, table: ExportTable, file: Path) -> Notes:
    """Write a table as JSON Lines: an object on each line, lists as lists."""
    with file.open("w", encoding="utf-8", newline="\n") as target:
        for row in source.rows(table, lists=True):
            target.write(as_json(dict(zip(table.column_names, row, strict=True))) + "\n")
    return []


def csv_texts(file: Path) -> Iterator[str]:
    """Yield each cell of CSV, whatever divides its cells."""
    csv.field_size_limit(_LONGEST_CELL)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head = lines.readline()
        delimiter = max(",;\t", key=head.count)
        lines.seek(0)
        for row in csv.reader(lines, delimiter=delimiter):
            yield from row


def json_texts(file: Path) -> Iterator[str]:
    """Yield each text in JSON Lines."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield from _texts_in(json.loads(line).values())


def _texts_in(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _texts_in(value)


CSV = Format("csv", "CSV for programs, exact", (".csv",), csv_texts, write_csv)
EXCEL_CSV = Format(
    "excel-csv", "CSV that Excel opens as it is", (".csv",), csv_texts, write_excel_csv
)
JSON_LINES = Format("jsonl", "JSON Lines", (".jsonl", ".ndjson"), json_texts, write_json_lines)
