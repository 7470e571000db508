"""Conditions on the counts of a run, such as ``quarantined > 5%``: where one holds, it fails.

The whole grammar is a name, a comparison, and a number or a percentage.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.warehouse.lake.commit import RunCounts

_Count = Callable[["RunCounts"], int]


def _new(counts: RunCounts) -> int:
    return counts.documents_published + counts.documents_quarantined


def _seen(counts: RunCounts) -> int:
    return counts.files_seen


_COUNTS: dict[str, tuple[_Count, _Count | None]] = {
    "seen": (_seen, None),
    "known": (lambda counts: counts.files_known, _seen),
    "new": (_new, _seen),
    "published": (lambda counts: counts.documents_published, _new),
    "quarantined": (lambda counts: counts.documents_quarantined, _new),
    "retracted": (lambda counts: counts.files_retracted, _seen),
    "articles": (lambda counts: counts.articles_published, None),
}
"""What can be asked about, and of what a percentage is one: of the documents that the run read, or
of all files that it saw."""

_COMPARISONS = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
}
_FORM = re.compile(
    r"\s*(?P<name>[a-z_]+)\s*(?P<sign>[<>]=?|[=!]=)\s*(?P<number>\d{1,12}(?:\.\d{1,6})?)\s*"
    r"(?P<percent>%?)\s*"
)


class ConditionMetError(RuntimeError):
    """A run is given up before it commits, since a condition of its user's holds."""

    def __init__(self, message: str, counts: RunCounts | None = None) -> None:
        """Keep what the run had counted."""
        super().__init__(message)
        self.counts = counts


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that makes a run fail: a count, compared with a number or a percentage."""

    text: str
    name: str
    sign: str
    number: float
    is_share: bool

    def holds(self, counts: RunCounts) -> bool:
        """Tell whether it holds. Of nothing, all shares are 0."""
        count, whole = _COUNTS[self.name]
        value, asked = float(count(counts)), self.number
        if self.is_share and whole is not None:
            value, asked = value * 100, asked * whole(counts)
            if not whole(counts):
                value, asked = 0.0, self.number
        return bool(_COMPARISONS[self.sign](value, asked))

    def seen(self, counts: RunCounts) -> str:
        """Return what the run has of it, in words."""
        count, whole = _COUNTS[self.name]
        of = f" of {whole(counts):,}" if whole is not None else ""
        return f"{self.name} is {count(counts):,}{of}"


def condition_of(text: str) -> Condition:
    """Return a condition as it is written; ``ValueError`` with what could be where it is none."""
    found = _FORM.fullmatch(text)
    names = ", ".join(_COUNTS)
    if found is None:
        message = (
            f"{text!r} is no condition such as 'quarantined > 5%': a name ({names}), one of "
            f"{', '.join(_COMPARISONS)}, and a number or a percentage"
        )
        raise ValueError(message)
    name, is_share = found["name"], bool(found["percent"])
    if name not in _COUNTS:
        message = f"{name!r} in {text!r} is nothing that a run counts; there are {names}"
        raise ValueError(message)
    if is_share and _COUNTS[name][1] is None:
        message = f"{name!r} in {text!r} is no part of anything; give a number, not a percentage"
        raise ValueError(message)
    return Condition(text.strip(), name, found["sign"], float(found["number"]), is_share)


def check_conditions(conditions: Iterable[Condition], counts: RunCounts) -> None:
    """Raise `ConditionMetError` where any of them holds for what a run is about to commit."""
    met = [one for one in conditions if one.holds(counts)]
    if met:
        said = "; ".join(f"{one.text} ({one.seen(counts)})" for one in met)
        message = f"The run was to fail on {said}; nothing was committed."
        raise ConditionMetError(message, counts)
