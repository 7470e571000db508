"""Shares and totals of a stratified sample, each with an interval of 95 %.

All take arrays whose last axis is the strata, and return arrays without it; so a thousand draws are
worked out at once. Counts are of rows; a stratum has ``population`` rows, of which ``sampled`` were
drawn without putting any back, each as likely as the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

Z = 1.959963984540054
"""The quantile of the normal distribution that leaves 2.5 % at either end."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Estimated values with the bounds of their intervals of 95 %."""

    value: Numbers
    low: Numbers
    high: Numbers


def _numbers(values: ArrayLike) -> Numbers:
    return np.asarray(values, dtype=np.float64)


def _divided(above: ArrayLike, below: ArrayLike) -> Numbers:
    """Return a quotient, 0 where both are 0 and infinity where only what divides is."""
    above, below = np.broadcast_arrays(_numbers(above), _numbers(below))
    otherwise = np.where(above > 0, np.inf, 0.0)
    np.divide(above, below, out=otherwise, where=below > 0)
    return otherwise


def wilson(share: ArrayLike, size: ArrayLike) -> Estimate:
    """Return a share with its interval, of a sample of so many; an infinite one has no doubt left.

    Wilson 1927, "Probable inference, the law of succession, and statistical inference".
    """
    share, size = _numbers(share), _numbers(size)
    square = Z**2 / size
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * np.sqrt(share * (1 - share) / size + square / (4 * size))
    low, high = np.maximum(middle - half, 0), np.minimum(middle + half, 1)
    # At either end rounding would leave a trace of what is exactly 0 or 1.
    return Estimate(share, np.where(share <= 0, 0.0, low), np.where(share >= 1, 1.0, high))


def stratified(hits: ArrayLike, sampled: ArrayLike, weight: ArrayLike, left: ArrayLike) -> Estimate:
    """Return the share of hits over all strata, of ``weight`` 1 together, with its interval.

    ``left`` is the part of each stratum, from 0 to 1, that was not drawn; strata of which nothing
    was drawn have no weight. The interval is Wilson's for the size of a simple sample that says as
    much: the smaller of Kish's (1965, "Survey sampling"), which does not depend on the hits, and
    that which the observed variances give, since few hits tell little of these (compared by Franco
    and others 2019, "Comparative study of confidence intervals for proportions in complex sample
    surveys").
    """
    hits, sampled, weight, left = map(_numbers, (hits, sampled, weight, left))
    shares = _divided(hits, sampled)
    share = np.clip((weight * shares).sum(axis=-1), 0, 1)
    parts = weight**2 * left
    kish = _divided(1, _divided(parts, sampled).sum(axis=-1))
    spread = shares * (1 - shares)
    variance = _divided(parts * spread, np.maximum(sampled - 1, 1)).sum(axis=-1)
    observed = _divided(share * (1 - share), variance)
    size = np.where(variance > 0, np.minimum(kish, observed), kish)
    return wilson(share, size)


def simple(hits: ArrayLike, sampled: ArrayLike, population: ArrayLike) -> Estimate:
    """Return the share of hits in each of several strata by itself, with its interval."""
    hits, sampled, population = map(_numbers, (hits, sampled, population))
    left = np.clip(1 - sampled / population, 0, 1)
    return wilson(hits / sampled, _divided(sampled, left))


def corrected_total(
    stated: ArrayLike,
    gained: ArrayLike,
    lost: ArrayLike,
    sampled: ArrayLike,
    population: ArrayLike,
) -> Estimate:
    """Return how many rows are truly of a kind, where ``stated`` are said to be by the values.

    Of those sampled, ``gained`` are of the kind and not said to be, ``lost`` are said to be and are
    not. What the values say of all is corrected by the mean error of the sample: a difference
    estimator, which holds however wrong the values are (prediction-powered inference: Angelopoulos
    and others 2023, Science 382; design-based: Egami and others 2023, NeurIPS 36). Gains and losses
    are rare, so the bounds are made of Wilson's of either (Zou and Donner 2008, "Construction of
    confidence limits about effect measures"), not of the variance of their difference; a row is
    not both, so that where there is more of the one there is less of the other.
    """
    stated, sampled, population = map(_numbers, (stated, sampled, population))
    weight = population / population.sum(axis=-1, keepdims=True)
    left = np.clip(1 - _divided(sampled, population), 0, 1)
    more, less = (stratified(hits, sampled, weight, left) for hits in (gained, lost))
    rows = population.sum(axis=-1)
    against = np.sqrt(_divided(more.value * less.value, (1 - more.value) * (1 - less.value)))
    down = _together(more.value - more.low, less.high - less.value, against)
    up = _together(more.high - more.value, less.value - less.low, against)
    middle = stated + rows * (more.value - less.value)
    low, high = middle - rows * down, middle + rows * up
    return Estimate(*(np.maximum(bound, 0.0) for bound in (middle, low, high)))


def _together(one: Numbers, other: Numbers, against: Numbers) -> Numbers:
    """Return how far a difference reaches whose parts reach so far, and go against each other."""
    return np.sqrt(one**2 + other**2 + 2 * against * one * other)


def as_floats(estimate: Estimate) -> tuple[float, float, float]:
    """Return one estimate as numbers: its value, and the bounds."""
    one: Any = (estimate.value, estimate.low, estimate.high)
    value, low, high = (float(number) for number in one)
    return value, low, high
