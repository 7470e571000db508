"""Samples: with known chances, the same for the same seed, small strata merged and named."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.checks.sampling import draw, strata_of

ROWS = [(f"{number:04}", "large" if number % 10 else "small") for number in range(500)]


def test_the_order_of_rows_does_not_matter() -> None:
    one = draw(ROWS, 40, 1)
    assert draw(ROWS[::-1], 40, 1) == one
    assert draw(ROWS, 40, 2) != one
    assert len({row.key for row in one}) == 40


def test_chances_are_what_they_say() -> None:
    """Over many seeds each row is drawn as often as its stratum's chance."""
    seeds = 400
    drawn = Counter(row.key for seed in range(seeds) for row in draw(ROWS, 50, seed))
    chance = {row.key: row.stratum.chance for seed in range(20) for row in draw(ROWS, 50, seed)}
    for key, expected in chance.items():
        spread = (expected * (1 - expected) / seeds) ** 0.5
        assert abs(drawn[key] / seeds - expected) < 5 * spread
    assert sum(drawn.values()) == 50 * seeds


def test_whoever_stops_has_a_sample_too() -> None:
    """The first half of a sheet has the strata as the whole sheet does, more or less."""
    half = Counter(row.stratum.name for row in draw(ROWS, 200, 3)[:100])
    assert half["large"] > 80
    assert half["small"] > 2


def test_small_strata_are_merged_and_named() -> None:
    sizes = {"De Streekbode": 900, "Het Blad": 60, "Klein": 25, "Kleiner": 10, "Kleinst": 5}
    found = strata_of(sizes, 100)
    assert [(one.name, one.population, one.drawn) for one in found] == [
        ("De Streekbode", 900, 90),
        ("Het Blad", 60, 6),
        ("others: Klein; Kleiner; Kleinst", 40, 4),
    ]
    assert found[-1].parts == ("Klein", "Kleiner", "Kleinst")
    assert found[0].chance == 0.1


def test_a_name_of_many_is_cut() -> None:
    sizes = {f"De Bode van {number}": 1 for number in range(400)}
    (only,) = strata_of(sizes, 50)
    assert len(only.name) < 150
    assert only.name.endswith(" more")
    assert len(only.parts) == 400


@given(
    st.dictionaries(st.text("abc", max_size=3), st.integers(1, 300), min_size=1),
    st.integers(1, 400),
)
def test_as_many_as_wanted_and_as_there_are(sizes: dict[str, int], count: int) -> None:
    found = strata_of(sizes, count)
    assert sum(one.drawn for one in found) == min(count, sum(sizes.values()))
    assert all(0 <= one.drawn <= one.population for one in found)
    assert sorted(part for one in found for part in one.parts) == sorted(sizes)
    if count >= 5:
        assert all(one.drawn for one in found)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_few_of_one_stratum(count: int) -> None:
    assert len(draw([(str(number), "all") for number in range(5)], count, 1)) == min(count, 5)
