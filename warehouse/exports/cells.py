"""Values as cells: what a format cannot hold is replaced, and counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from knipsel.transforms.text.cells import exact_text, safe_text

REPLACEMENT = "\ufffd"
"""Stands for a character that a format cannot hold; one for one, so that offsets stay right."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_IDENTIFIER = re.compile(r"[0-9a-f]{16}-[1-9]\d*(\.[a-z]\d+)?$")
"""What no spreadsheet takes for a number or a day, in spite of its digits."""
_LOOKS_LIKE_A_NUMBER = 25
"""Characters of the longest day or number that a spreadsheet makes of a text: the time of a day
with the name of its month."""


class Changes:
    """Counts what of the cells a format could not hold, for the sentences that say so."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.counts: Counter[str] = Counter()

    def xml_text(self, text: str) -> str:
        """Return a text that XML can hold, of the same length."""
        changed, number = _NOT_XML.subn(REPLACEMENT, text)
        if number:
            self.counts["characters"] += number
        return changed

    def without_zero(self, text: str) -> str:
        """Return a text that a program in C reads to its end, of the same length."""
        if "\0" not in text:
            return text
        self.counts["characters"] += text.count("\0")
        return text.replace("\0", REPLACEMENT)

    def notes(self) -> Iterator[str]:
        """Yield what was changed, in sentences."""
        if number := self.counts["characters"]:
            yield (
                f"{number:,} control characters that the format cannot hold became "
                f"{REPLACEMENT} (U+FFFD)."
            )
        if number := self.counts["crossing"]:
            yield (
                f"{number:,} quotations, names and dates have no element, since they cross "
                "others or the end of their paragraph."
            )
        if number := self.counts["formulas"]:
            yield (
                f"{number:,} cells begin as a formula does; `--format excel-csv` keeps a "
                "spreadsheet from running them."
            )


def is_day(text: str) -> bool:
    """Tell whether a date as EDTF is a day, and no less sure than that."""
    return bool(_DAY.match(text))


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula."""
    return safe_text(text) != text


def plain(value: object) -> str:
    """Return a value as text: null as nothing, a truth as true or false, a moment as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def for_spreadsheet(value: object, decimal_sign: str = ".") -> str:
    """Return a value as a cell of CSV that a spreadsheet takes for what it is.

    A day is one to every spreadsheet; a text that would be a formula, a number or a day gets an
    apostrophe in front.
    """
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float):
        return repr(value).replace(".", decimal_sign)
    if not isinstance(value, str):
        return plain(value)
    if is_day(value) or _IDENTIFIER.match(value):
        return value
    return exact_text(value) if len(value) <= _LOOKS_LIKE_A_NUMBER else safe_text(value)


def as_json(value: object) -> str:
    """Return a row as a line of JSON."""
    return json.dumps(value, ensure_ascii=False, default=plain)
