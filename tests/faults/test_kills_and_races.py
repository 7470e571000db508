"""Commands that are killed, and commands at the same time: the short form of the harnesses.

``make kills`` and ``make races`` run the long ones.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults import harness, kills, races

pytestmark = pytest.mark.long


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """After a round of kills the warehouse is as one that nobody disturbed."""
    harness.material(tmp_path)
    expected, durations = kills.undisturbed(tmp_path)
    round_ = kills.Round(tmp_path / "round", random.Random(11), 0.6, durations=durations)
    killed, reads = kills.disturbed(round_, expected)
    assert len(killed) > 2
    assert reads > 10


def test_two_at_once(tmp_path: Path) -> None:
    """Two ingests of overlapping files, and an ingest during a retraction: as if in order."""
    harness.material(tmp_path)
    dice = random.Random(5)
    kinds = races.races(tmp_path)
    for race in (kinds[0], kinds[4]):
        expected = races.outcomes(tmp_path, race, harness.LIGHT)
        warehouse = races.raced(tmp_path, race, dice, harness.LIGHT)
        races.check(warehouse, race, expected)
