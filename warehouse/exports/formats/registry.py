"""All formats, and which of them a file or a folder is written in."""

from __future__ import annotations

from pathlib import Path

from knipsel.warehouse.exports.formats.bag import BAGIT
from knipsel.warehouse.exports.formats.delimited import CSV, EXCEL_CSV, JSON_LINES
from knipsel.warehouse.exports.formats.model import Format
from knipsel.warehouse.exports.formats.parquet import PARQUET
from knipsel.warehouse.exports.formats.sqlite import SQLITE
from knipsel.warehouse.exports.formats.statistics import SPSS, STATA
from knipsel.warehouse.exports.formats.tei.write import TEI_FORMAT
from knipsel.warehouse.exports.formats.tools import AMCAT, QUANTEDA
from knipsel.warehouse.exports.formats.workbook import XLSX
from knipsel.warehouse.exports.model import ExportError

FORMATS: tuple[Format, ...] = (
    *(XLSX, CSV, EXCEL_CSV, JSON_LINES, PARQUET, SQLITE, SPSS, STATA),
    *(TEI_FORMAT, QUANTEDA, AMCAT, BAGIT),
)
BY_NAME = {one.name: one for one in FORMATS}
_BY_ENDING = {ending: one for one in reversed(FORMATS) for ending in one.endings}
"""An ending that several formats have means the first of them, which changes nothing."""


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
