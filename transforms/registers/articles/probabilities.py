"""The register of probabilities: what each thing that is known of a value is worth.

For each field a logistic model, whose weights say what speaks for a value and what against it,
and a curve that turns its score into the share of such values that were right on pages it was not
fitted to. ``python -m benchmarks.probabilities`` makes it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS = ("headline", "date_published", "author", "author_name")
"""What probabilities are of; ``author_name`` is each name of an author by itself."""
TEXT = "text"
"""The body of an article: its curve leads from the expected to the true score."""
LEAST = "least"
"""How likely a value must be to be stated: by default as likely right as wrong."""
_LEAST = 0.5
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of a rising line, by which a score becomes a share of what was right."""

    scores: tuple[float, ...]
    shares: tuple[float, ...]

    def __call__(self, score: float) -> float:
        """Return the share at ``score``: between two points on the line between them."""
        at = bisect_right(self.scores, score)
        if at in {0, len(self.scores)}:
            return self.shares[0 if at == 0 else -1]
        low, high = self.scores[at - 1], self.scores[at]
        part = (score - low) / (high - low)
        return round(self.shares[at - 1] + part * (self.shares[at] - self.shares[at - 1]), _DIGITS)


@dataclass(frozen=True, slots=True)
class ValueModel:
    """How likely the values of a field are right."""

    bias: float
    weights: Mapping[str, float]
    curve: Curve

    def __call__(self, known: Mapping[str, float]) -> float:
        """Return how likely a value is right of which this is known, rounded."""
        return self.curve(self.score(known))

    def score(self, known: Mapping[str, float]) -> float:
        """Return the score of a value, from 0 to 1: an order more than a share of what is right."""
        points = self.bias + math.fsum(
            self.weights.get(name, 0.0) * value for name, value in known.items()
        )
        return round(1 / (1 + math.exp(-points)), _DIGITS + 1)

    def points(self, known: Mapping[str, float]) -> dict[str, float]:
        """Return what each thing that is known adds or takes, the heaviest first."""
        found = {
            name: round(self.weights[name] * value, 2)
            for name, value in known.items()
            if name in self.weights
        }
        heavy = sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))
        return {name: points for name, points in heavy if points}


@dataclass(frozen=True, slots=True)
class Probabilities:
    """The models of all fields; a value less likely than ``least`` is not stated.

    ``text`` is the curve of bodies. What has no model has no probability.
    """

    models: Mapping[str, ValueModel] = field(default_factory=dict)
    text: Curve | None = None
    least: float = _LEAST


def parse_probabilities(table: Mapping[str, Any]) -> Probabilities:
    """Read the register; raise ``ValueError`` that names the key where a value is none."""
    models = {name: _model(name, table[name]) for name in FIELDS if name in table}
    text = _curve(TEXT, table[TEXT]) if TEXT in table else None
    least = number(LEAST, table.get(LEAST, _LEAST))
    if not 0 <= least <= 1:
        message = f"{LEAST}: must lie between 0 and 1"
        raise ValueError(message)
    return Probabilities(models, text, least)


def _model(name: str, table: Mapping[str, Any]) -> ValueModel:
    weights = {
        key: number(f"{name}.weights.{key}", value) for key, value in table["weights"].items()
    }
    return ValueModel(number(f"{name}.bias", table["bias"]), weights, _curve(name, table))


def _curve(name: str, table: Mapping[str, Any]) -> Curve:
    scores = _numbers(f"{name}.scores", table["scores"])
    shares = _numbers(f"{name}.shares", table["shares"])
    if len(scores) != len(shares) or not scores or list(scores) != sorted(set(scores)):
        message = f"{name}.scores: must rise, with a share for each"
        raise ValueError(message)
    return Curve(scores, shares)


def _numbers(key: str, values: Sequence[object]) -> tuple[float, ...]:
    return tuple(number(key, value) for value in values)
