"""How often values are right, of all that people checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from knipsel.transforms.checks.fields import CHECKABLE, Checkable
from knipsel.transforms.checks.intervals import Estimate, Numbers, as_floats, simple, stratified

RIGHT, WRONG, UNKNOWN = "right", "wrong", "unknown"
VERDICTS = (RIGHT, WRONG, UNKNOWN)
_DAYS = "%-d %B %Y"
_PERCENT = 100
_DIGITS = 4
_NEARLY_ALL, _HARDLY_ANY = 0.995, 0.005
"""Shares that would be rounded to all or to nothing have a digit more."""


@dataclass(frozen=True, slots=True)
class Check:
    """A row of ``checks``; the draw that it belongs to is the beginning of its identifier."""

    check_id: str
    release_version: str
    table_name: str
    row_key: str
    field: str
    value: str | None
    verdict: str
    right_value: str | None
    stratum: str
    chance: float
    population: int
    coder: str
    checked_at: datetime

    @property
    def draw(self) -> str:
        """The draw that it belongs to."""
        return self.check_id.partition("-")[0]

    @property
    def is_judged(self) -> bool:
        """Whether the person could say."""
        return self.verdict != UNKNOWN


@dataclass(frozen=True, slots=True)
class Share:
    """How often values are right: the share with its interval of 95 %, and what it rests on.

    ``judged`` values were stated, of rows that people could judge; of these ``right`` are right.
    """

    stratum: str
    judged: int
    right: int
    population: int
    share: float
    low: float
    high: float

    def sentence(self) -> str:
        """Return the share in words: ``96 % (92 to 98)``."""
        return f"{_percent(self.share)} % ({_percent(self.low)} to {_percent(self.high)})"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How right a field is in a release: over all, and by stratum.

    Of a ``population`` of rows so many were ``checked``. ``unknown`` are those of which people
    could not say, ``empty`` those judged that had no value, of which ``missed`` ought to have one.
    ``checked_at`` is when the last check came. ``overall`` is None where no value was judged.
    """

    field: Checkable
    release_version: str
    population: int
    checked: int
    unknown: int
    empty: int
    missed: int
    checked_at: datetime
    overall: Share | None
    strata: tuple[Share, ...]

    def sentence(self) -> str:
        """Return what a data card says."""
        said = f"right in {self.overall.sentence()}" if self.overall else "none judged yet"
        on = self.checked_at.strftime(_DAYS)
        return f"{self.field.words} {said}, {self.checked:,} of {self.population:,} checked on {on}"

    def figures(self) -> dict[str, object]:
        """Return the same for programs; shares have four digits."""
        overall = self.overall
        shares = (overall.share, overall.low, overall.high) if overall else (None, None, None)
        return {
            "table": self.field.table,
            "field": self.field.column,
            "release_version": self.release_version,
            "population": self.population,
            "checked": self.checked,
            "unknown": self.unknown,
            "empty": self.empty,
            "missed": self.missed,
            **dict(zip(("right", "low", "high"), map(_rounded, shares), strict=True)),
            "checked_at": self.checked_at.isoformat(),
        }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, _DIGITS)


def _percent(share: float) -> str:
    needs_digit = _NEARLY_ALL <= share < 1 or 0 < share < _HARDLY_ANY
    return f"{share * _PERCENT:.1f}" if needs_digit else f"{share * _PERCENT:.0f}"


@dataclass(frozen=True, slots=True)
class _Stratum:
    """The checks of a stratum of a draw, of one field."""

    name: str
    checks: tuple[Check, ...]

    @property
    def population(self) -> int:
        return self.checks[0].population

    @property
    def judged(self) -> list[Check]:
        return [one for one in self.checks if one.is_judged]

    @property
    def stated(self) -> list[Check]:
        return [one for one in self.judged if one.value is not None]

    @property
    def right(self) -> int:
        return sum(one.verdict == RIGHT for one in self.stated)

    @property
    def rows(self) -> float:
        """How many rows of the stratum have a value, as far as the sample tells."""
        return self.population * len(self.stated) / len(self.judged) if self.judged else 0.0


def _strata_by_draw(checks: Iterable[Check]) -> dict[str, list[_Stratum]]:
    """Return the checks of one field by draw, and in each by stratum."""
    found: dict[str, dict[str, list[Check]]] = {}
    for one in checks:
        found.setdefault(one.draw, {}).setdefault(one.stratum, []).append(one)
    return {
        draw: [_Stratum(name, tuple(rows)) for name, rows in sorted(strata.items())]
        for draw, strata in sorted(found.items())
    }


def accuracies(checks: Iterable[Check]) -> list[Accuracy]:
    """Return how right each field is that was checked, in the newest release that it was drawn of.

    What was found wrong there may be corrected by now: no sample of a later release says more.
    """
    found: dict[tuple[str, str], list[Check]] = {}
    for one in checks:
        found.setdefault((one.table_name, one.field), []).append(one)
    return [
        _accuracy(field, _newest(found[field.table, field.column]))
        for field in CHECKABLE.values()
        if (field.table, field.column) in found
    ]


def _newest(checks: Sequence[Check]) -> list[Check]:
    """Return the checks of the newest release that any is of."""
    release = max(one.release_version for one in checks)
    return [one for one in checks if one.release_version == release]


def _accuracy(field: Checkable, checks: Sequence[Check]) -> Accuracy:
    draws = _strata_by_draw(checks)
    empty = [one for one in checks if one.is_judged and one.value is None]
    return Accuracy(
        field,
        checks[0].release_version,
        max(sum(one.population for one in strata) for strata in draws.values()),
        len(checks),
        sum(not one.is_judged for one in checks),
        len(empty),
        sum(one.verdict == WRONG for one in empty),
        max(one.checked_at for one in checks),
        _overall(draws),
        tuple(_by_itself(one) for strata in draws.values() for one in strata if one.stated),
    )


def _by_itself(stratum: _Stratum) -> Share:
    stated = len(stratum.stated)
    found = simple(stratum.right, stated, max(stratum.rows, stated))
    counts = (stated, stratum.right, stratum.population)
    return Share(stratum.name, *counts, *as_floats(found))


def _overall(draws: dict[str, list[_Stratum]]) -> Share | None:
    """Return the share over all strata; draws count by how much they checked."""
    strata = [one for draw in draws.values() for one in draw if one.stated]
    if not strata:
        return None
    counts = (sum(len(one.stated) for one in strata), sum(one.right for one in strata))
    population = max(sum(one.population for one in draw) for draw in draws.values())
    return Share("all", *counts, population, *as_floats(_estimate(draws, strata)))


def _estimate(draws: dict[str, list[_Stratum]], strata: list[_Stratum]) -> Estimate:
    weight = np.concatenate([_weights(draw) for draw in draws.values()])
    sampled = [len(one.stated) for one in strata]
    rows = np.maximum([one.rows for one in strata], sampled)
    right = [one.right for one in strata]
    return stratified(right, sampled, weight / weight.sum(), 1 - np.asarray(sampled) / rows)


def _weights(draw: list[_Stratum]) -> Numbers:
    """Return the weights of the strata of a draw: their rows, as parts of what was checked."""
    stated = [one for one in draw if one.stated]
    rows = np.array([one.rows for one in stated], dtype=np.float64)
    part = sum(len(one.stated) for one in stated) / max(rows.sum(), 1)
    weights: Numbers = rows * part
    return weights
