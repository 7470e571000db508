"""XLSX: a sheet for each table, one with the meanings of columns, one with how to cite.

A sheet has no more than a million rows, and a cell no more than 32,767 characters: longer tables
go on in further sheets, longer texts in further columns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knipsel.warehouse.contract import Column
from knipsel.warehouse.exports.about import meanings
from knipsel.warehouse.exports.cells import Changes, is_day
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.model import ExportError, ExportTable
from knipsel.warehouse.exports.source import Source, flat
from knipsel.warehouse.sql import identifier

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""Characters of a cell, in units of UTF-16."""
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
_FIRST_YEAR = 1901
"""Before 1900 a spreadsheet has no days, and it takes that year for a leap year."""
_LARGEST_WHOLE = 2**53
"""A spreadsheet's numbers are of 64 bits, and exact up to here."""
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_WIDTH, _WIDE = 14, 40


def write_workbook(source: Source, file: Path) -> Notes:
    """Write all tables of an export as one workbook."""
    from xlsxwriter import Workbook

    changes = Changes()
    # Every text is told to be one; nothing that looks like a formula or an address becomes it.
    options = {"constant_memory": True, "tmpdir": str(file.parent), "use_zip64": True}
    book = Workbook(str(file), options)
    made_at = source.about.made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": source.about.title, "created": made_at})
    notes: Notes = []
    styles = _Styles(book)
    for table in source.tables:
        notes += _write_table(source, table, styles, changes)
    notes += changes.notes()
    _write_meanings(source, styles, changes)
    _write_about(source, styles, changes, notes)
    book.close()
    return notes


class _Styles:
    """How cells look; text is text to the spreadsheet whatever is typed in it later."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.head: CellFormat = book.add_format({"bold": True, "num_format": "@"})
        self.text: CellFormat = book.add_format({"num_format": "@"})
        self.wrapped: CellFormat = book.add_format({"text_wrap": True, "valign": "top"})
        self.day: CellFormat = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment: CellFormat = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns of a sheet: how many each column of the table takes."""

    columns: tuple[Column, ...]
    parts: tuple[int, ...]

    def names(self) -> Iterator[str]:
        for column, parts in zip(self.columns, self.parts, strict=True):
            yield column.name
            yield from (f"{column.name}_{part}" for part in range(2, parts + 1))


def _write_table(
    source: Source, table: ExportTable, styles: _Styles, changes: Changes
) -> Iterator[str]:
    """Write a table into its sheets; yield what is to be said of it."""
    layout = _layout(source, table)
    if sum(layout.parts) > MOST_COLUMNS:
        message = f"A sheet has {MOST_COLUMNS:,} columns at most; {table.name} would have more."
        raise ExportError(message)
    rows = source.rows(table)
    sheets = max(1, math.ceil(table.rows / (MOST_ROWS - 1)))
    for number in range(1, sheets + 1):
        name = table.name if sheets == 1 else f"{table.name} {number}"
        sheet = _sheet(styles, name, list(layout.names()), changes)
        for at, row in enumerate(islice(rows, MOST_ROWS - 1), 1):
            _write_row(sheet, at, row, layout, styles, changes)
        sheet.autofilter(0, 0, max(1, min(table.rows, MOST_ROWS - 1)), sum(layout.parts) - 1)
    if sheets > 1:
        yield f"{table.name} has {table.rows:,} rows, and goes on in {sheets} sheets."
    for column, parts in zip(layout.columns, layout.parts, strict=True):
        if parts > 1:
            yield (
                f"Texts of {table.name}.{column.name} that are longer than a cell may be "
                f"({LONGEST:,} characters) go on in {column.name}_2 to {column.name}_{parts}."
                if parts > 2  # noqa: PLR2004 - a column goes on in several others
                else f"Texts of {table.name}.{column.name} that are longer than a cell may be "
                f"({LONGEST:,} characters) go on in {column.name}_2."
            )


def _sheet(styles: _Styles, name: str, columns: Sequence[str], changes: Changes) -> Worksheet:
    sheet = styles.book.add_worksheet(_sheet_name(name))
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDE if column in {"headline", "text", "meaning"} else _WIDTH)
        sheet.write_string(0, at, changes.xml_text(column)[:LONGEST], styles.head)
    return sheet


def _sheet_name(name: str) -> str:
    return _NOT_IN_NAMES.sub("_", name)[:_LONGEST_NAME]


def _layout(source: Source, table: ExportTable) -> _Layout:
    """Return the columns of a table's sheets, of which long texts take several."""
    texts = [column.name for column in table.columns if column.type.value == "string"]
    longest: dict[str, int] = {}
    if texts:
        lengths = ", ".join(f"max(strlen({identifier(name)}))" for name in texts)
        found = source.connection.execute(f"SELECT {lengths} FROM ({flat(table)})").fetchone()
        longest = dict(zip(texts, found or (), strict=True))
    parts = {
        name: _parts_of(source, table, name)
        for name, length in longest.items()
        if (length or 0) > LONGEST
    }
    return _Layout(table.columns, tuple(parts.get(one.name, 1) for one in table.columns))


def _parts_of(source: Source, table: ExportTable, column: str) -> int:
    """Return into how many cells the longest text of a column is cut."""
    name = identifier(column)
    query = f"SELECT {name} FROM ({flat(table)}) WHERE strlen({name}) > {LONGEST}"
    cursor = source.connection.execute(query)
    most = 1
    while rows := cursor.fetchmany(100):
        most = max(most, *(len(list(split(text))) for (text,) in rows))
    return most


def split(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Yield the parts of a text that fit into a cell each; joined they are the text.

    They end at white space, where there is some in the second half of a part.
    """
    at = 0
    while at < len(text):
        end = _fitting(text, at, longest)
        if end < len(text):
            blank = max(text.rfind(" ", at, end), text.rfind("\n", at, end))
            end = blank + 1 if blank > at + (end - at) // 2 else end
        yield text[at:end]
        at = end


def _fitting(text: str, start: int, longest: int) -> int:
    """Return where a part ends that takes so many units of UTF-16 at most."""
    end = min(start + longest, len(text))
    while (over := _units(text[start:end]) - longest) > 0:
        end -= math.ceil(over / 2)
    return end


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _write_row(  # noqa: PLR0917 - a row, where it goes and how
    sheet: Worksheet,
    at: int,
    row: Sequence[object],
    layout: _Layout,
    styles: _Styles,
    changes: Changes,
) -> None:
    place = 0
    for value, column, parts in zip(row, layout.columns, layout.parts, strict=True):
        if isinstance(value, str) and not _is_date(column, value):
            text = changes.xml_text(value)
            pieces = [text] if parts == 1 and len(text) <= LONGEST // 2 else list(split(text))
            for number, piece in enumerate(pieces):
                sheet.write_string(at, place + number, piece, styles.text)
        elif value is not None:
            _write_value(sheet, at, place, value, styles)
        place += parts


def _is_date(column: Column, text: str) -> bool:
    """Tell whether a text is a date as EDTF that a spreadsheet has a day for."""
    is_edtf = column.name in {"date_published", "edtf"}
    return is_edtf and is_day(text) and int(text[:4]) >= _FIRST_YEAR


def _write_value(sheet: Worksheet, at: int, place: int, value: Any, styles: _Styles) -> None:
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, bool):
        sheet.write_boolean(at, place, value)
    elif isinstance(value, (date, datetime)):
        if value.year < _FIRST_YEAR:
            sheet.write_string(at, place, value.isoformat(), styles.text)
        elif isinstance(value, datetime):
            naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
            sheet.write_datetime(at, place, naive, styles.moment)
        else:
            sheet.write_datetime(at, place, value, styles.day)
    elif isinstance(value, (int, float)) and math.isfinite(value) and abs(value) < _LARGEST_WHOLE:
        sheet.write_number(at, place, value)
    else:
        sheet.write_string(at, place, str(value), styles.text)


def _write_meanings(source: Source, styles: _Styles, changes: Changes) -> None:
    sheet = _sheet(styles, "columns", ("table", "column", "type", "meaning"), changes)
    for at, row in enumerate(meanings(source.tables), 1):
        for place, text in enumerate(row):
            sheet.write_string(at, place, changes.xml_text(text)[:LONGEST], styles.wrapped)


def _write_about(source: Source, styles: _Styles, changes: Changes, notes: Notes) -> None:
    sheet = _sheet(styles, "cite", ("what", "value"), changes)
    sheet.set_column(0, 0, _WIDTH * 2)
    sheet.set_column(1, 1, _WIDE * 2)
    for at, row in enumerate(source.about.with_notes(notes).facts, 1):
        for place, text in enumerate(row):
            sheet.write_string(at, place, changes.xml_text(text)[:LONGEST], styles.wrapped)


def workbook_texts(file: Path) -> Iterator[str]:
    """Yield the text of each cell, by a reader of another maker."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(file))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).iter_rows():
            yield from (cell for cell in row if isinstance(cell, str))


XLSX = Format(
    "xlsx",
    "a workbook for Excel and LibreOffice",
    (".xlsx",),
    workbook_texts,
    write=write_workbook,
    tells_itself=True,
)
