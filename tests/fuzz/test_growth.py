"""No reader and no cleaner runs away: four times the input takes some four times as long."""

from __future__ import annotations

import gc
import hashlib
import time

import pytest

from knipsel.expectations.documents.document_rules import check_document
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from tests.fuzz.runs import PLACES, THINGS

LENGTH = 8_000
TIMES = 4
MOST = 10
"""Four times the input would take sixteen times as long where time goes with its square."""
FLOOR = 0.15
"""Seconds below which the noise of the machine is larger than what is measured."""
AT_ONCE = 40
"""Every fortieth thing in each place, others in the next; `tests.fuzz.growth` tries all."""


def seconds(content: bytes) -> float:
    """Return the processor time that a document takes."""
    raw = RawDocument(hashlib.sha256(content).hexdigest(), "/inbox/file", content)
    gc.disable()  # its time goes with what other tests left in memory
    try:
        begun = time.process_time()
        check_document(process(raw, load_registers()))
        return time.process_time() - begun
    finally:
        gc.enable()


def growth(place: str, thing: str, length: int = LENGTH) -> tuple[float, float]:
    """Return the seconds for a run of a thing in a place, and for one four times as long."""
    make = PLACES[place]
    short, long = (make(thing * (size // len(thing))) for size in (length, TIMES * length))
    return seconds(short), seconds(long)


def runs_away(short: float, long: float) -> bool:
    """Tell whether time grows much faster than the input."""
    return long > FLOOR and long > MOST * max(short, FLOOR / TIMES)


@pytest.mark.parametrize("place", PLACES)
def test_time_goes_with_the_input(place: str) -> None:
    first = list(PLACES).index(place) % AT_ONCE
    for thing in THINGS[first::AT_ONCE]:
        # The machine may have been busy.
        assert not all(runs_away(*growth(place, thing)) for _ in range(3)), thing
