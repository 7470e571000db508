"""Whether a document writes the day or the month first: ``3/4/2023`` is in April or in March."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.parse.dates import order_shown
from knipsel.transforms.parse.field_values import hostname_of
from knipsel.transforms.text.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.transforms.registers.lines.dates import Order
    from knipsel.transforms.registers.lines.regions import Regions

_IN_DOUBT = re.compile(
    r"(?<![\d./-])(?:(?:0?[1-9]|1[0-2])([./-])(?:0?[1-9]|1[0-2])\1\d{4}(?![/-])"
    r"|\d{1,2}([./-])\d{1,2}\2\d{2}(?![\d/-]))"
)
"""A date of digits whose day may be its month; a year of two digits may be the day."""
_LONGEST_LINE = 300
"""Characters of a line that may be the one with the date; longer ones are text."""
_SAMPLE_LINES = 20
"""The units with the most words, which show the language of a page."""


def find_date_order(
    texts: Sequence[str], languages: Iterable[str], addresses: Iterable[str], regions: Regions
) -> Order | None:
    """Return whether the dates of digits in the lines of a page begin with the day or the month.

    Dates that can be read in one way only show it for the others; else the first of the declared
    ``languages`` and the country of the first host among ``addresses`` do. It stays unknown
    otherwise, and dates in doubt unread; it need not be known where none is in doubt.
    """
    lines = [text for text in texts if len(text) <= _LONGEST_LINE]
    if not any(_IN_DOUBT.search(line) for line in lines):
        return None
    shown = order_shown(lines)
    if shown:
        return shown
    language = next(iter(languages), None) or _language(texts)
    host = next(filter(None, map(hostname_of, addresses)), None)
    return regions.day_order(language, regions.country_of_host(host) if host else None)


def _spaces(text: str) -> int:
    """Return how many words a line has, nearly: a line of signs that is long has one."""
    return text.count(" ")


def _language(texts: Sequence[str]) -> str | None:
    longest = sorted(texts, key=_spaces, reverse=True)[:_SAMPLE_LINES]
    found = detect_language(" ".join(longest))
    return found[0] if found else None
