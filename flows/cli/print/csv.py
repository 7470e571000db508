"""Printing CSV that a spreadsheet takes for data: no cell of text becomes a formula.

Text that would be one is guarded (`knipsel.transforms.text.cells`); numbers and dates are what they
are.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any

from knipsel.flows.cli.print.terminal import harmless
from knipsel.transforms.text.cells import safe_text

_ROWS_AT_ONCE = 1000
"""Rows that are in memory while they are written."""
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
    return "".join(_parts(columns, rows))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as CSV in UTF-8; nothing for a statement that has no answer.

    Into a file or a program go the exact characters; on a terminal, what would steer it is
    written out.
    """
    if not columns:
        return
    is_shown = sys.stdout.isatty()
    sys.stdout.flush()
    for text in _parts(columns, rows):
        if is_shown:
            sys.stdout.write(harmless(text))
        else:
            sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _parts(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the line of column names, then some rows at a time: there may be any number."""
    yield _lines([map(safe_text, columns)])
    rest = iter(rows)
    while some := list(islice(rest, _ROWS_AT_ONCE)):
        yield _lines(map(_cell, row) for row in some)


def _lines(rows: Iterable[Iterable[str]]) -> str:
    target = StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue()
