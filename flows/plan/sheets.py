"""Corrections that a person wrote into a sheet of what is in doubt."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from knipsel.flows.plan.correcting import correct
from knipsel.transforms.registers.articles.corrections import corrected
from knipsel.warehouse.layout import Warehouse

_DELIMITERS = ",;\t"
_NEEDED = ("article_id", "field", "value")


def correct_from(
    warehouse: Warehouse, sheet: str, *, who: str | None = None, why: str | None = None
) -> list[dict[str, Any]]:
    """Take up each line of a sheet that has a value; return the corrections made.

    Raises ``ValueError`` with the line where one cannot be; nothing is taken up then.
    """
    lines = list(_lines(sheet, who, why))
    return [
        correct(warehouse, line["article_id"], line["field"], line["value"], who=by, why=reason)
        for line, by, reason in lines
    ]


def _lines(
    sheet: str, who: str | None, why: str | None
) -> Iterator[tuple[dict[str, str], str, str]]:
    """Yield the lines that have a value, with who states it and why."""
    head = sheet.partition("\n")[0]
    reader = csv.DictReader(StringIO(sheet), delimiter=max(_DELIMITERS, key=head.count))
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        message = f"The sheet has no column {', '.join(missing)}; `knipsel doubt --csv` writes one."
        raise ValueError(message)
    for line in reader:
        value = (line["value"] or "").strip()
        if not value:
            continue
        by, reason = line.get("who") or who, line.get("why") or why or line.get("meaning")
        if not by:
            message = f"Line {reader.line_num}: say who states it, in its column `who` or by --who."
            raise ValueError(message)
        try:
            corrected(line["field"], value)
        except ValueError as error:
            message = f"Line {reader.line_num}: {error}"
            raise ValueError(message) from error
        yield {**line, "value": value}, by, reason or "in doubt"
