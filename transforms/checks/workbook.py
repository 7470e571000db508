"""Sheets as files: CSV, and XLSX in which every cell is text, so that nothing in it is changed."""

from __future__ import annotations

import csv
import zipfile
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

from knipsel.transforms.checks.sheet import Cell, SheetError
from knipsel.transforms.read.records.sheet_bounds import OversizedBookError, safe_book
from knipsel.transforms.registers.articles.corrections import table_in
from knipsel.transforms.text.cells import exact_text

_ZIP = b"PK\x03\x04"
_LARGEST = 50_000_000
"""Bytes of a sheet that is read: some hundred thousand lines."""
_MADE = (1980, 1, 1, 0, 0, 0)
"""What each part says of when it was made: the same sheet is the same bytes."""
_WIDTHS = {
    "value": 40,
    "question": 30,
    "evidence": 40,
    "around": 60,
    "headline": 30,
    "file": 30,
    "text": 60,
}
_WIDTH = 14
_LONGEST_LIST = 255
"""Characters of a list of choices, as the format has it."""
_LETTERS = 26
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>
<sheet name="sheet" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    # The format 49 is text: what is typed in such a cell stays as it was typed.
    "xl/styles.xml": f"""<styleSheet xmlns="{_MAIN}">
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="2"><xf numFmtId="49" xfId="0" applyNumberFormat="1" applyAlignment="1">
<alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>""",
}
"""The parts of a workbook with one sheet, but for that."""


def as_xlsx(
    columns: Sequence[str], rows: Iterable[Sequence[str]], choices: Mapping[str, Sequence[str]]
) -> bytes:
    """Return a workbook (ECMA-376) with one sheet; some columns offer a choice, by their names.

    A list that is longer than the format allows is not offered.
    """
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        parts = {**_PARTS, "xl/worksheets/sheet1.xml": _sheet(columns, rows, choices)}
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), (_HEAD + text).encode())
    return target.getvalue()


def _sheet(
    columns: Sequence[str], rows: Iterable[Sequence[str]], choices: Mapping[str, Sequence[str]]
) -> str:
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{_WIDTHS.get(name, _WIDTH)}" customWidth="1"/>'
        for at, name in enumerate(columns, 1)
    )
    lines = [_row(1, columns, 1), *(_row(at, cells, 0) for at, cells in enumerate(rows, 2))]
    last = max(len(lines), 2)
    offered = "".join(
        f'<dataValidation type="list" allowBlank="1" sqref="{at}2:{at}{last}">'
        f'<formula1>"{escape(listed)}"</formula1></dataValidation>'
        for at, listed in _offered(columns, choices)
    )
    offers = offered.count("<formula1>")
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>{''.join(lines)}</sheetData>"
        + (f'<dataValidations count="{offers}">{offered}</dataValidations>' if offers else "")
        + "</worksheet>"
    )


def _offered(
    columns: Sequence[str], choices: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the letters of a column, and what it offers as the format writes it."""
    for at, name in enumerate(columns):
        listed = ",".join(value.replace('"', '""') for value in choices.get(name, ()))
        is_plain = not any("," in value for value in choices.get(name, ()))
        if listed and is_plain and len(listed) <= _LONGEST_LIST:
            yield _column(at), listed


def _row(number: int, cells: Sequence[str], style: int) -> str:
    """Return a row whose cells are all text, which no program takes for a formula."""
    inside = "".join(
        f'<c r="{_column(at)}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{escape("".join(_storable(cell)))}</t></is></c>'
        for at, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


def _column(at: int) -> str:
    """Return the letters of a column: A to Z, then AA."""
    before, last = divmod(at, _LETTERS)
    return (_column(before - 1) if before else "") + chr(ord("A") + last)


def _storable(text: str) -> Iterator[str]:
    """Yield the characters that XML can hold."""
    kept = (("\t", "\n"), (" ", "\ud7ff"), ("\ue000", "\ufffd"), ("\U00010000", "\U0010ffff"))
    return (one for one in text if any(first <= one <= last for first, last in kept))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return CSV (RFC 4180) in UTF-8 that spreadsheets know as such; text in it stays text."""
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows([exact_text(cell) for cell in cells] for cells in rows)
    return BOM_UTF8 + target.getvalue().encode()


def read_sheet(content: bytes) -> list[tuple[int, Sequence[Cell]]]:
    """Return the rows of a sheet with the number that a spreadsheet shows beside each.

    Raises `SheetError` for what is neither XLSX nor CSV.
    """
    if len(content) > _LARGEST:
        raise SheetError([f"The sheet has more than {_LARGEST:,} bytes."])
    return _of_xlsx(content) if content.startswith(_ZIP) else _of_csv(content)


def _of_csv(content: bytes) -> list[tuple[int, Sequence[Cell]]]:
    try:
        _, rows = table_in(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = "The sheet is no UTF-8; in the spreadsheet, save it as CSV UTF-8 or as XLSX."
        raise SheetError([message]) from error
    except ValueError as error:
        raise SheetError([f"The sheet cannot be read: {error}."]) from error
    return [(line, list[Cell](cells)) for line, cells in rows]


def _of_xlsx(content: bytes) -> list[tuple[int, Sequence[Cell]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(safe_book(content))).get_sheet_by_index(0)
        return [(at + 1, list(cells)) for at, cells in enumerate(sheet.iter_rows())]
    except (CalamineError, OversizedBookError, OSError, ValueError) as error:
        message = "The workbook is damaged, or too large; save it again as XLSX or CSV."
        raise SheetError([message]) from error
