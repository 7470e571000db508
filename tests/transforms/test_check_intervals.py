"""Intervals hold the truth as often as they say, in simulated corpora whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from knipsel.transforms.checks.intervals import (
    as_floats,
    corrected_total,
    simple,
    stratified,
    wilson,
)

DRAWS = 1_000
STATED = 5_000
EQUAL, SKEWED = [75, 75, 75, 75], [150, 75, 50, 25]
FOUR = [6_000, 3_000, 2_000, 1_000]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(96, 100, 0.9016, 0.9843), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1)],
)
def test_wilson_as_published(right: int, of: int, low: float, high: float) -> None:
    found = as_floats(wilson(right / of, of))
    assert found == pytest.approx((right / of, low, high), abs=1e-4)


def test_who_checks_all_knows_it() -> None:
    assert as_floats(simple(3, 4, 4)) == (0.75, 0.75, 0.75)
    assert as_floats(stratified([3, 1], [4, 1], [0.8, 0.2], [0, 0])) == pytest.approx((0.8,) * 3)
    assert as_floats(corrected_total(10, [1, 0], [0, 2], [5, 5], [5, 5])) == (9, 9, 9)


def test_one_stratum_is_a_simple_sample() -> None:
    one = as_floats(stratified([45], [50], [1], [0.9]))
    assert one == pytest.approx(as_floats(simple(45, 50, 500)), abs=5e-3)


def test_a_small_stratum_counts_little() -> None:
    """Half of what was checked is wrong, but in a hundredth of the corpus."""
    share, low, high = as_floats(stratified([50, 0], [50, 50], [0.99, 0.01], [1, 1]))
    assert share == pytest.approx(0.99)
    assert low > 0.9
    assert high < 1


@pytest.mark.parametrize(
    ("population", "gained", "lost", "sampled"),
    [
        ([12_000], [200], [200], [300]),
        ([12_000], [0], [400], [300]),
        ([12_000], [400], [0], [300]),
        ([12_000], [100], [300], [300]),
        ([12_000], [3_000], [3_000], [300]),
        ([600], [20], [30], [300]),
        (FOUR, [50, 50, 100, 0], [10, 90, 100, 200], SKEWED),
        (FOUR, [0, 0, 0, 0], [0, 0, 0, 400], SKEWED),
        (FOUR, [300, 100, 50, 0], [100, 100, 50, 50], EQUAL),
    ],
)
def test_corrected_counts_hold_the_truth(
    population: list[int], gained: list[int], lost: list[int], sampled: list[int]
) -> None:
    """With 300 checks and ten errors or so in them, of 1,000 draws at least 93 %."""
    chance = np.random.default_rng(2026)
    drawn = [
        chance.multivariate_hypergeometric([more, less, size - more - less], count, size=DRAWS)
        for size, more, less, count in zip(population, gained, lost, sampled, strict=True)
    ]
    more, less = (np.stack([one[:, kind] for one in drawn], axis=-1) for kind in (0, 1))
    assert (more + less).sum(axis=-1).mean() > 9
    found = corrected_total(STATED, more, less, sampled, population)
    truth = STATED + sum(gained) - sum(lost)
    assert np.mean((found.low <= truth) & (truth <= found.high)) >= 0.93
    assert abs(found.value.mean() - truth) < 0.05 * (found.high - found.low).mean()
    if less.sum(axis=-1).mean() < 9:
        return
    weight = np.asarray(population) / sum(population)
    shares = stratified(less, sampled, weight, 1 - np.asarray(sampled) / population)
    wrong = sum(lost) / sum(population)
    assert np.mean((shares.low <= wrong) & (wrong <= shares.high)) >= 0.93
