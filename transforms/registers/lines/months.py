"""The names of months, from the registers, and when a word is one.

A name with a full stop in the register (``set.``) is a word as well: it is a month only behind
a day, or with its full stop. One with a capital (``May``) is a month with its capital, or
beside a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONTHS = 12


def add_months(months: dict[str, int], table: object) -> None:
    """Add the months of a language; raise ``ValueError("key: problem")`` where they are none."""
    rows = table.get("months") if isinstance(table, dict) else None
    if not isinstance(rows, list) or len(rows) != _MONTHS or not all(map(_is_names, rows)):
        raise ValueError("months: must be twelve lists of names")
    for number, row in enumerate(rows, 1):
        for name in row:
            if months.setdefault(_key(name), number) != number:
                message = f"months: {name!r} is two months"
                raise ValueError(message)


def month_of(name: str, months: Mapping[str, int], *, sure: bool) -> int | None:
    """Return the number of a month by its name; ``sure`` says that it can be no other word.

    It can be none beside a day, or with the full stop of an abbreviation.
    """
    folded = fold(name)
    month = months.get(folded)
    if month is None and (sure or name[:1].isupper()):
        month = months.get(folded.capitalize())
    return months.get(f"{folded}.") if month is None and sure else month


def _key(name: str) -> str:
    folded = fold(name)
    if name.endswith("."):
        return f"{folded}."
    return folded.capitalize() if name[:1].isupper() else folded


def _is_names(row: object) -> bool:
    return isinstance(row, list) and all(isinstance(name, str) and fold(name) for name in row)
