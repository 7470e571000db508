"""All formats, and which of them a file or a folder is written in."""

from __future__ import annotations

from pathlib import Path

from knipsel.warehouse.exports.formats.delimited import CSV, EXCEL_CSV, JSON_LINES
from knipsel.warehouse.exports.formats.model import Format
from knipsel.warehouse.exports.formats.parquet import PARQUET
from knipsel.warehouse.exports.formats.sqlite import SQLITE
from knipsel.warehouse.exports.formats.tei.write import TEI_FORMAT
from knipsel.warehouse.exports.formats.workbook import XLSX
from knipsel.warehouse.exports.model import ExportError

FORMATS: tuple[Format, ...] = (XLSX, EXCEL_CSV, CSV, JSON_LINES, PARQUET, SQLITE, TEI_FORMAT)
BY_NAME = {one.name: one for one in FORMATS}
_BY_ENDING = {ending: one for one in reversed(FORMATS) for ending in one.endings}
_BY_ENDING[".csv"] = CSV
"""An ending that two formats have means the one that changes nothing."""


def format_of(target: Path, name: str | None) -> Format:
    """Return the format of a target: the one that is named, or that of its ending.

    Raises `ExportError` where neither tells.
    """
    if name is not None:
        if name in BY_NAME:
            return BY_NAME[name]
        message = f"There is no format {name}; there are {', '.join(BY_NAME)}."
        raise ExportError(message)
    found = _BY_ENDING.get(target.suffix.lower())
    if found is None:
        message = (
            f"{target.name or target} has no ending that tells a format "
            f"({', '.join(_BY_ENDING)}); name one with --format: {', '.join(BY_NAME)}."
        )
        raise ExportError(message)
    return found


def is_folder(target: Path, form: Format) -> bool:
    """Tell whether a target is a folder: it has no ending of the format."""
    return form.is_folder or target.suffix.lower() not in form.endings
