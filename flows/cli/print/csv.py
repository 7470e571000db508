"""Printing CSV that a spreadsheet takes for data: no cell of text becomes a formula.

Text that would be one is guarded (`knipsel.transforms.text.cells`); numbers and dates are what they
are.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from typing import Any

from knipsel.flows.cli.print.terminal import harmless
from knipsel.transforms.text.cells import safe_text

_HARMLESS = (int, float, Decimal, date, datetime, time)


def _cell(value: object) -> str:
    """Return a value as a cell: null as nothing, lists and structures as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, _HARMLESS):
        return str(value)
    if isinstance(value, (list, tuple, dict)):
        return safe_text(json.dumps(value, ensure_ascii=False, default=str))
    return safe_text(str(value))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows below a line of column names as CSV (RFC 4180)."""
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(map(safe_text, columns))
    writer.writerows(map(_cell, row) for row in rows)
    return target.getvalue()


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as CSV in UTF-8; nothing for a statement that has no answer.

    Into a file or a program go the exact characters; on a terminal, what would steer it is
    written out.
    """
    if not columns:
        return
    text = as_csv(columns, rows)
    if sys.stdout.isatty():
        sys.stdout.write(harmless(text))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
