"""Printing CSV that a spreadsheet takes for data: no cell of text becomes a formula.

Texts come from strangers. A spreadsheet that opens a CSV file takes a cell that begins with
``=``, ``+``, ``-`` or ``@`` for a formula, which can fetch an address or run a program. Such
text gets an apostrophe in front; numbers and dates are what they are.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from typing import Any

from knipsel.flows.cli.print.terminal import harmless

GUARD = "'"
"""What is put before text that would be a formula; a spreadsheet takes the rest for text."""

_SIGNS = "=+\\-@" + "＝＋－＠" + "﹦﹢﹣﹫" + "⁼⁺⁻₌₊₋" + "\u2212"
"""What begins a formula, also as spreadsheets of other scripts write it, and the minus sign."""

_IGNORED = "\\s\\x00-\\x20\\u200b-\\u200f\\u2060\\ufeff"
"""What a spreadsheet may drop before it looks at a cell: white space, and what is not seen."""

_FORMULA = re.compile(f"{GUARD}*(?:[\t\r\n]|[{_IGNORED}]*[{_SIGNS}])")
"""Text that is guarded. With apostrophes before it, it gets one more: then a reader who takes
one apostrophe away wherever this matches has the text again, to the character."""

_HARMLESS = (int, float, Decimal, date, datetime, time)


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return GUARD + text if _FORMULA.match(text) else text


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
