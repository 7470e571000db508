"""Spreadsheets (XLSX, XLS, ODS): each row with a text becomes an article, as in other tables.

The header is the first row that names a column for the text; what stands above it, and sheets
without such a row, is no article.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.records.layout import has_description, lay_out_records
from knipsel.transforms.read.records.model import (
    MOST_RECORDS,
    Names,
    Record,
    collect,
)
from knipsel.transforms.read.records.sheet_bounds import OversizedBookError, safe_book
from knipsel.transforms.text.words import weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

    Row = list[str]

_METHOD = "sheet_field"
_HEADER_WITHIN = 30
"""Rows among which the header is sought: above it stand titles, and notes on the selection."""
_MOST_SHEETS, _MOST_ROWS = 200, 1_048_576
_LEAST_WORDS = 12
"""Words of the shortest news items; what is shorter in a column of texts is a list of tasks."""
_TOLD_ROWS, _TOLD_CELLS, _TOLD_CHARACTERS = 3, 8, 300
_MIDNIGHT = time()
_BINARY = b"xl/workbook.bin"
_BINARY_BOOK = Rejection(
    "unsupported_media_type",
    "This is a workbook in Excel's binary form (XLSB), which is not read; save it as XLSX, or the "
    "sheet with the articles as CSV.",
)
_UNREADABLE = Rejection(
    "broken_sheet",
    "The spreadsheet is damaged or cut off; open it and save it again, or save the sheet with "
    "the articles as CSV.",
)
_TOO_LARGE = Rejection(
    "oversized_sheet",
    "The spreadsheet unpacks to more than can be held, or a cell stands far away from all others; "
    "save the sheet with the articles as CSV.",
)


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a workbook; values of formulas are those that the program saved.

    Rejected are damaged files (``broken_sheet``), those under a password (``encrypted_sheet``),
    too large ones (``oversized_sheet``), and those in which no sheet has a column for a text
    (``wrong_sheet_shape``).
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if _BINARY in source.content:
        return _BINARY_BOOK
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(safe_book(source.content)))
        sheets = list(_sheets(workbook))
    except OversizedBookError:
        return _TOO_LARGE
    except PasswordError:
        return Rejection(
            "encrypted_sheet", "The spreadsheet is protected by a password; save it without one."
        )
    except (CalamineError, OSError, ValueError):
        return _UNREADABLE
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library's language says it broke
            raise
        return _UNREADABLE
    return _read(sheets, registers)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its name, and its rows that are not empty with the number of each."""

    name: str
    rows: list[tuple[int, Row]]


def _sheets(workbook: CalamineWorkbook) -> Iterator[_Sheet]:
    """Yield the sheets that can be seen."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for known in islice(workbook.sheets_metadata, _MOST_SHEETS):
        if known.visible == SheetVisibleEnum.Visible and known.typ == SheetTypeEnum.WorkSheet:
            rows = list(_rows(workbook.get_sheet_by_name(known.name)))
            yield _Sheet(" ".join(known.name.split()), rows)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, Row]]:
    """Yield the rows with the number that the program shows beside each."""
    _, first_column = sheet.start or (0, 0)
    merged = _merged_down(sheet)
    above: dict[int, str] = {}
    for number, cells in enumerate(islice(sheet.iter_rows(), _MOST_ROWS)):
        row = [_written(cell) for cell in cells]
        for index in range(len(row)):
            column = index + first_column
            if (number, column) in merged:
                row[index] = above.get(column, "")
            above[column] = row[index]
        if any(row):
            yield number + 1, row


def _merged_down(sheet: CalamineSheet) -> set[tuple[int, int]]:
    """Return the cells of the first column of each merged range, but for the one with the value."""
    found: set[tuple[int, int]] = set()
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom - top + len(found) < MOST_RECORDS:
            found |= {(row, left) for row in range(top + 1, bottom + 1)}
    return found


def _written(cell: object) -> str:
    """Return a cell's value as text: days and whole numbers without what is not in them."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        is_day = cell.time() == _MIDNIGHT
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).strip()


def _read(sheets: Sequence[_Sheet], registers: Registers) -> Reading | Rejection:
    names = Names(registers.record_fields)
    records: list[Record] = []
    for sheet in sheets:
        records += _records(sheet, names)
        if len(records) > MOST_RECORDS:
            return _TOO_LARGE
    if not _holds_articles(records, names):
        return _no_table(sheets)
    return lay_out_records(records, _METHOD, names, registers.lines, registers.layout)


def _records(sheet: _Sheet, names: Names) -> Iterator[Record]:
    """Yield the rows above the header as fields of the file, and those below it as articles."""
    header = _header(sheet.rows, names)
    for number, row in sheet.rows[:header]:
        yield from _aside(sheet.name, number, row)
    if header == len(sheet.rows):
        return
    columns = [_name(cell, index) for index, cell in enumerate(sheet.rows[header][1])]
    for _, row in sheet.rows[header + 1 :]:
        record = collect(zip(columns, row, strict=False))
        if record is not None:
            yield record


def _header(rows: Sequence[tuple[int, Row]], names: Names) -> int:
    """Return the index of the row that names the columns; that after the last where none does."""
    for wanted in ("text", "description"):
        for index, (_, row) in enumerate(rows[:_HEADER_WITHIN]):
            named = [cell for cell in row if cell and names.meaning(_name(cell, 0))]
            if len(named) > 1 and any(names.says(wanted, _name(cell, 0)) for cell in named):
                return index
    return len(rows)


def _name(cell: str, index: int) -> str:
    return " ".join(cell.split()) or f"column {index + 1}"


def _aside(sheet: str, number: int, row: Row) -> Iterator[Record]:
    """Yield a row that is no article as a field of the file."""
    record = collect([(f"{sheet} row {number}", " | ".join(filter(None, row)))], is_article=False)
    if record is not None:
        yield record


def _holds_articles(records: Sequence[Record], names: Names) -> bool:
    """Say whether rows are articles: half of their texts are longer than a task or a remark is."""
    sizes = [
        max(weight(value) for value in values)
        for record in records
        if record.is_article
        for name, values in record.fields
        if names.is_text(name)
    ]
    long = sum(size >= _LEAST_WORDS for size in sizes)
    if sizes:
        return long * 2 >= len(sizes)
    return any(has_description(record, names) for record in records)


def _no_table(sheets: Sequence[_Sheet]) -> Rejection:
    rows = [row for sheet in sheets for _, row in sheet.rows[:_TOLD_ROWS]][:_TOLD_ROWS]
    shown = "; ".join(" | ".join(filter(None, row[:_TOLD_CELLS])) for row in rows)
    found = shown[:_TOLD_CHARACTERS] or "nothing"
    return Rejection(
        "wrong_sheet_shape",
        f"No sheet has a row that names a column for the text of an article, such as text, body "
        f"or content, and another one; it begins with: {found}. Name the columns so, or save the "
        f"sheet as CSV; where it is a list of articles to get, get their texts first.",
        found,
    )
