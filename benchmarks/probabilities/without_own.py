"""Pages without the lines that give their own headline, day or authors.

Of few pages the right value is not found, and those are what a probability must tell. What is
taken for a headline, day or author on a page that lost its own is wrong, and wrong in the way in
which it is on pages whose own cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks.probabilities.gold import Gold, days_of, fold, names_in
from knipsel.transforms.registers.lines.dates import DateWords

_LONGEST = 400
_SHORTEST = 8
"""Letters of a title or a part of it, so that a line that holds it is no coincidence."""
_ZONE = timedelta(days=1)

FIELDS = ("headline", "date_published", "author")


def without_own(text: str, gold: Gold, dates: DateWords) -> Iterator[tuple[str, str]]:
    """Yield each field that gold knows, with the text without the lines that give it.

    A field whose lines are not in the text is left out: something else told gold of it.
    """
    lines = text.split("\n")
    tests: dict[str, Callable[[str], bool]] = {
        "headline": lambda line: _is_of_title(line, gold.titles),
        "date_published": lambda line: _names_day(line, gold, dates),
        "author": lambda line: _names_author(line, gold.authors),
    }
    for field, is_own in tests.items():
        kept = [line for line in lines if len(line) > _LONGEST or not is_own(line)]
        if len(kept) < len(lines):
            yield field, "\n".join(kept)


def _is_of_title(line: str, titles: tuple[str, ...]) -> bool:
    own = fold(line)
    if len(own) < _SHORTEST:
        return False
    parts = [part for title in titles for part in (title, *re.split(r"\s[|–—-]\s", title))]
    folded = [one for one in map(fold, parts) if len(one) >= _SHORTEST]
    return any(one in own or (len(own.split()) > 3 and own in one) for one in folded)  # noqa: PLR2004


def _names_day(line: str, gold: Gold, dates: DateWords) -> bool:
    day = gold.day
    return day is not None and any(abs(one - day) <= _ZONE for one in days_of(line, dates))


def _names_author(line: str, authors: tuple[str, ...]) -> bool:
    own = fold(line)
    return any(fold(name) in own for name in (*authors, *names_in(authors)) if len(name) > 2)  # noqa: PLR2004
