"""What a run tells of its time adds up, and a step that may succeed by itself is tried again."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.runs import steps
from knipsel.flows.runs.summary import MOMENTARY, OTHER, Stopwatch, seconds_shown

NAMES = ("start", "wait", "discover", "read", "audit", "commit", "release", OTHER)


def shown_total(shown: dict[str, str]) -> float:
    return sum(float(took.removesuffix(" s")) for took in shown.values())


@given(st.lists(st.floats(0, 1000), min_size=len(NAMES), max_size=len(NAMES)))
def test_what_is_shown_adds_up(seconds: list[float]) -> None:
    """The lines make the whole, to the digit that is shown, and none is far from what it was."""
    took = dict(zip(NAMES, seconds, strict=True))
    shown = seconds_shown(took)
    assert round(shown_total(shown), 1) == round(sum(seconds), 1)
    assert set(NAMES) - set(shown) <= MOMENTARY
    for name, text in shown.items():
        assert float(text.removesuffix(" s")) == pytest.approx(took[name], abs=0.11)


def test_a_moments_wait_is_not_told_and_a_long_one_is() -> None:
    assert list(seconds_shown({"start": 1.0, "wait": 0.01, "read": 2.0, OTHER: 0.0})) == [
        "start",
        "read",
    ]
    assert seconds_shown({"start": 1.0, "wait": 7.0})["wait"] == "7.0 s"


def test_a_watch_tells_what_no_step_took() -> None:
    watch = Stopwatch.running_since(10.0)
    watch.take({"read": 4.0, "commit": 1.0, OTHER: 0.5})
    seconds = watch.in_full()
    assert list(seconds) == ["start", "read", "commit", OTHER]
    assert seconds["start"] == 10.0
    late = Stopwatch(began=watch.began - 100.0)
    assert late.in_full()[OTHER] > 100.0


def test_what_passes_by_itself_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "RETRY_SECONDS", 0)
    tries: list[int] = []

    def locked_twice(value: str) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise duckdb.IOException("database is locked")
        return value

    def broken() -> None:
        tries.append(1)
        raise duckdb.BinderException("no such column")

    assert steps.PlainSteps().carry_out("commit", locked_twice, "done") == "done"
    assert len(tries) == 3
    with pytest.raises(duckdb.BinderException):
        steps.PlainSteps().carry_out("commit", broken)
    assert len(tries) == 4


def test_what_does_not_pass_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "RETRY_SECONDS", 0)
    tries: list[int] = []

    def locked() -> None:
        tries.append(1)
        raise duckdb.IOException("database is locked")

    with pytest.raises(duckdb.IOException):
        steps.patiently(locked)
    assert len(tries) == 1 + steps.RETRIES
