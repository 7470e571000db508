"""How far coders agree: Krippendorff's alpha.

As K. Krippendorff, *Content Analysis* (4th ed., 2018), chapter 12, has it: the disagreement that is
observed beside the one to be expected by chance, over all pairs of values in a unit. It allows for
any number of coders, and for units that not all of them coded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product

from knipsel.transforms.checks.coding.variables import Level, Variable

Distance = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the coders of a variable agree.

    ``units`` have two values or more, of ``coders`` different people. ``alpha`` is 1 where all
    agree, 0 where they do as by chance; None where there is nothing to compare, or all values are
    the same, so that chance cannot be told from agreement.
    """

    variable: str
    level: Level
    units: int
    coders: int
    values: int
    alpha: float | None


def agreement(variable: Variable, codes: Iterable[tuple[str, str, str]]) -> Agreement:
    """Return how far coders agree; ``codes`` are unit, coder and value, one for each of both."""
    units: dict[str, dict[str, str]] = {}
    for unit, coder, value in codes:
        units.setdefault(unit, {})[coder] = value
    pairable = [of_unit for of_unit in units.values() if len(of_unit) > 1]
    coders = {coder for of_unit in pairable for coder in of_unit}
    coincidences = _coincidences([list(of_unit.values()) for of_unit in pairable])
    return Agreement(
        variable.name,
        variable.level,
        len(pairable),
        len(coders),
        sum(map(len, pairable)),
        _alpha(coincidences, variable),
    )


def _coincidences(units: Sequence[Sequence[str]]) -> Mapping[tuple[str, str], float]:
    """Return how often two values stand together, each unit counting as often as it has values."""
    found: dict[tuple[str, str], float] = {}
    for values in units:
        counts = Counter(values)
        for one, other in product(counts, repeat=2):
            pairs = counts[one] * (counts[other] - (one == other))
            found[one, other] = found.get((one, other), 0.0) + pairs / (len(values) - 1)
    return found


def _alpha(coincidences: Mapping[tuple[str, str], float], variable: Variable) -> float | None:
    totals: dict[str, float] = {}
    for (one, _), count in coincidences.items():
        totals[one] = totals.get(one, 0.0) + count
    distance = _distance(variable, totals)
    n = sum(totals.values())
    observed = sum(count * distance(*pair) for pair, count in coincidences.items())
    expected = sum(
        totals[one] * totals[other] * distance(one, other)
        for one, other in product(totals, repeat=2)
    )
    return 1 - (n - 1) * observed / expected if expected else None


def _distance(variable: Variable, totals: Mapping[str, float]) -> Distance:
    """Return the square of the distance between two values, as their level has it."""
    if variable.level == "interval":
        return lambda one, other: (float(one) - float(other)) ** 2
    if variable.level == "nominal":
        return lambda one, other: float(one != other)
    order = [value for value in variable.values if value in totals]
    ends = list(accumulate(totals[value] for value in order))
    middle = {
        value: end - totals[value] / 2 for value, end in zip(order, ends, strict=True)
    }  # so that their difference is what lies between two values, with half of each
    return lambda one, other: (middle[one] - middle[other]) ** 2
