"""What the name of a file says, by a pattern that a person states: ``{publisher}_{date}.txt``.

Parts of a name are sought one after the other, so that no name can make it run on and on. What
could be divided in two ways is not divided: a value never holds what stands before or behind it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.registers.articles.facts import TEXTS, stated_value

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_PATTERN = 200
"""Characters of a pattern; the longest names of files have 255."""
_DATE = "date_published"
_FIELDS = {name: name for name in TEXTS} | {"date": _DATE, "section": "article_section"}
"""The field that each name in a pattern stands for."""
_ANYTHING = ""
"""The name of a part that says nothing."""
_PART = re.compile(r"\{([^{}]*)\}")
_DAY = re.compile(
    r"(?P<year>1[5-9]\d\d|20\d\d)"
    r"(?:(?P<month>0[1-9]|1[0-2])(?P<day>\d\d)|([-_.])(?P<m>0[1-9]|1[0-2])(?:\4(?P<d>\d\d))?)?(?!\d)",
    re.ASCII,
)
"""A day, month or year as it begins a stretch of a name, as long as it can be: newspapers began in
1605. Six digits together may be a day of either order, and are none."""


@dataclass(frozen=True, slots=True)
class NamePattern:
    """Fields in the order in which they stand in a name, and the letters around them.

    ``around`` has one more: what stands before the first, between, and behind the last.
    """

    fields: tuple[str, ...]
    around: tuple[str, ...]

    def values(self, file_name: str) -> tuple[tuple[str, str], ...] | None:
        """Return what a name says, sorted by field; None where it has not the pattern.

        It is all or nothing: where one part cannot be what it should, others may be in the wrong
        place. A pattern that ends in a field is of names without their ending.
        """
        name = unicodedata.normalize("NFC", file_name)
        name = name if self.around[-1] else name.rpartition(".")[0] or name
        parts = self._parts(name)
        if parts is None:
            return None
        try:
            named = zip(self.fields, parts, strict=True)
            return tuple(sorted((key, stated_value(key, part)) for key, part in named if key))
        except ValueError:
            return None

    def _parts(self, name: str) -> list[str] | None:
        """Return the part of a name for each field, None where they are not to be told."""
        if not name.startswith(self.around[0]) or not name.endswith(self.around[-1]):
            return None
        place, end = len(self.around[0]), len(name) - len(self.around[-1])
        parts: list[str] = []
        for number, field in enumerate(self.fields):
            before, behind = self.around[number], self.around[number + 1]
            is_last = number + 1 == len(self.fields)
            stop, part = _day(name, place) if field == _DATE else (None, "")
            if stop is None:
                stop = end if is_last else name.find(behind, place, end)
                part = name[place:stop]
                if field == _DATE or any(one and one in part for one in (before, behind)):
                    return None
            if not place < stop <= end or (is_last and stop < end):
                return None
            if not name.startswith(behind, stop):
                return None
            parts.append(part)
            place = stop + len(behind)
        return parts


def _day(name: str, place: int) -> tuple[int | None, str]:
    """Return where the date ends that begins at a place of a name, and the date in EDTF."""
    found = _DAY.match(name, place)
    if found is None:
        return None, ""
    month, day = found["month"] or found["m"], found["day"] or found["d"]
    return found.end(), "-".join(filter(None, (found["year"], month, day)))


def parse_name_pattern(printed: str) -> NamePattern:
    """Parse a pattern; raise ``ValueError`` where it says nothing, or not where a part ends."""
    if not 0 < len(printed) <= LONGEST_PATTERN:
        message = f"it has at most {LONGEST_PATTERN} characters"
        raise ValueError(message)
    pieces = _PART.split(unicodedata.normalize("NFC", printed))
    around, names = tuple(pieces[::2]), pieces[1::2]
    problem = next(_problems(around, names), None)
    if problem:
        raise ValueError(problem)
    return NamePattern(tuple(_FIELDS.get(name, name) for name in names), around)


def _problems(around: tuple[str, ...], names: list[str]) -> Iterator[str]:
    """Yield why a pattern cannot be used, in words."""
    if not any(names):
        yield "it names no field, such as {publisher}"
    if any(sign in piece for piece in around for sign in "{}"):
        yield "a brace stands without its other one"
    if any(sign in piece for piece in around for sign in "/\\"):
        yield "it is of the name of a file, without folders"
    fields = [_FIELDS.get(name, name) for name in names if name]
    for name in names:
        if name != _ANYTHING and name not in _FIELDS:
            yield f"{{{name}}} is no field; known are {', '.join(sorted(_FIELDS))}"
    if len(set(fields)) < len(fields):
        yield "it names a field twice"
    for number, between in enumerate(around[1:-1]):
        if not between:
            pair = f"{{{names[number]}}} and {{{names[number + 1]}}}"
            yield f"{pair} stand side by side, and nothing says where one ends"
