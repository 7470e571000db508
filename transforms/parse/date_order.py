"""Whether a document writes the day or the month first: ``3/4/2023`` is in April or in March."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.lookups import country_of_host, day_order
from knipsel.transforms.parse.dates import order_shown
from knipsel.transforms.parse.field_values import hostname_of
from knipsel.transforms.text.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.read import Section
    from knipsel.transforms.registers.model import Registers
    from knipsel.transforms.registers.regions import Order

_IN_DOUBT = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])([./-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d{2})(?!\d)")
_LONGEST_LINE = 300
"""Characters of a line that may be the one with the date; longer ones are text."""
_SAMPLE_LINES = 20
"""The longest units, which show the language of a page."""


def with_date_order(section: Section, registers: Registers) -> Registers:
    """Return the registers with the order of day and month that a section has.

    Dates that can be read in one way only show it for the others; else the language and the
    country do, where they are known. It stays unknown otherwise, and dates in doubt unread.
    """
    lines = [unit.text for unit in section.units if len(unit.text) <= _LONGEST_LINE]
    if not any(_IN_DOUBT.search(line) for line in lines):
        return registers
    order = order_shown(lines) or _order_of_place(section, registers)
    return replace(registers, date_order=order) if order else registers


def _order_of_place(section: Section, registers: Registers) -> Order | None:
    """Return the order of the language and the country that a section shows."""
    texts = [unit.text for unit in section.units]
    language = next(_declared(section, "language"), None) or _language(texts)
    hosts = (hostname_of(address) for address in _declared(section, "hostname"))
    host = next((host for host in hosts if host), None)
    country = country_of_host(host, registers.regions) if host else None
    return day_order(language, country, registers)


def _declared(section: Section, field: str) -> Iterator[str]:
    return (tag.value for tag in section.head if tag.field == field)


def _language(texts: Sequence[str]) -> str | None:
    longest = sorted(texts, key=len, reverse=True)[:_SAMPLE_LINES]
    found = detect_language(" ".join(longest))
    return found[0] if found else None
