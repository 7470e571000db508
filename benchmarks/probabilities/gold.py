"""Whether a value is the one that a page is known to have.

Collections were gathered by tools: names of two people stand in one, with their titles, and days
are off by one where a moment was read in another zone. What such gold cannot tell is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knipsel.transforms.describe.probability.days import day_of
from knipsel.transforms.parse.dates import dates_in
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.registers.lines.dates import DateWords
from knipsel.transforms.registers.lines.persons import PersonWords

_JOINED = re.compile(r",|;|/|\||\(| and | und | & | y | et | en | from ")
_BEFORE = re.compile(r"^(?:By|Von|Door|Par|Dr\.?|Prof\.?)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LONGEST = 400
_SHORTEST, _SITE = 15, 40
"""Letters of a headline that is the same with others behind it, and of those: a site's name."""
_DAY = len("2023-03-01")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a page is known to have; ``titles`` are all headlines that it prints for the article."""

    titles: tuple[str, ...] = ()
    day: date | None = None
    authors: tuple[str, ...] = ()
    text: str = ""
    key: str = field(default="", compare=False)

    @classmethod
    def of(cls, record: dict[str, Any]) -> Gold:
        """Read a record of a collection."""
        titles = (record.get("title"), *(record.get("titles") or ()))
        return cls(
            titles=tuple(one for one in titles if one),
            day=day_of(record.get("date") or ""),
            authors=tuple(map(str, record.get("authors") or ())),
            text=record.get("text") or "",
        )


def fold(text: str) -> str:
    """Return the words of a text, case folded."""
    return " ".join(_WORD.findall(text.casefold()))


def is_title(value: str, titles: Iterable[str]) -> bool:
    """Say whether a headline is one of the page's, but for a few words behind one of the two."""
    return any(_are_alike(fold(value), fold(one)) for one in titles)


def _are_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    is_longer = len(long) - len(short) <= _SITE and len(short) >= _SHORTEST
    return bool(short) and (one == other or (long.startswith(short) and is_longer))


def names_in(authors: Iterable[str]) -> list[str]:
    """Return the names that gold has joined in one, without what stands around them."""
    parts = (part for one in authors for part in _JOINED.split(_BEFORE.sub("", one)))
    return [part.strip(" .") for part in parts if part.strip(" .")]


def are_authors(names: Collection[str], authors: Sequence[str], persons: PersonWords) -> bool:
    """Say whether names are all the people whom gold names."""
    own = {fold(name) for name in names}
    if own == {fold(one) for one in authors}:
        return True
    people = {fold(one) for one in names_in(authors) if is_person(one, persons) or fold(one) in own}
    return bool(people) and people == own


def is_author(name: str, authors: Sequence[str]) -> bool:
    """Say whether a name is one of those whom gold names."""
    return fold(name) in {fold(one) for one in (*authors, *names_in(authors))}


def is_day(value: str, gold: date, source: str | None, dates: DateWords) -> bool | None:
    """Say whether a date is the day; None where gold cannot tell.

    It cannot where a zone may lie between the two, nor where the gold's day stands nowhere in the
    ``source`` (None where it need not).
    """
    own = day_of(value)
    if gold.isoformat().startswith(value[:_DAY]):
        return True
    if own is not None and abs((own - gold).days) == 1:
        return None
    return None if source is not None and not _shows(source, gold, dates) else False


def _shows(source: str, gold: date, dates: DateWords) -> bool:
    return any(day == gold for line in source.split("\n") for day in days_of(line, dates))


def days_of(line: str, dates: DateWords) -> list[date]:
    """Return the days that a line names; none of a long one."""
    if len(line) > _LONGEST or not any(map(str.isdigit, line)):
        return []
    found = (day_of(one.edtf) for one in dates_in(line, dates))
    return [day for day in found if day is not None]
