"""Time goes with the input: a ratio within one run, whatever the machine and its load."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf
from typing import TypeVar

import pytest

Input = TypeVar("Input")

TIMES = 8
MOST = 24
"""Eight times the input takes eight times as long, or 64 times where time goes with its square:
a measurement may be wrong by more than twice before one is taken for the other."""
ROUNDS = 4
NOISE = 0.002
"""Seconds below which chance is larger than what is measured."""


def _seconds(work: Callable[[Input], object], given: Input) -> float:
    """Return the processor time of a piece of work."""
    begun = time.process_time()
    work(given)
    return time.process_time() - begun


def assert_in_proportion(
    work: Callable[[Input], object], make: Callable[[int], Input], size: int
) -> None:
    """Assert that work on eight times the input takes some eight times as long.

    ``make`` returns the input of a size. Each is measured after a first time that nobody counts,
    and again where the ratio is too high; the least of a size counts.
    """
    small, large = make(size), make(TIMES * size)
    work(small)
    short = long = inf
    for _ in range(ROUNDS):
        short, long = min(short, _seconds(work, small)), min(long, _seconds(work, large))
        if long <= MOST * max(short, NOISE):
            return
    pytest.fail(f"{TIMES} times the input takes {long:.3f} s instead of {short:.3f} s")


def repeated(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a text of so many characters that repeats a piece."""
    return lambda size: f"{before}{piece * (size // len(piece))}{after}"
