"""How long ago the last success may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import typer

from knipsel.flows.cli.look.age import StaleError, check_age, span_of

NOW = datetime(2024, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"), [("26h", 93_600), ("90m", 5_400), ("2d", 172_800), ("1.5 s", 1.5)]
)
def test_stretches_of_time(text: str, seconds: float) -> None:
    assert span_of(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "26", "h", "-1h", "1w", "1e9d", "99999999d"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="26h"):
        span_of(text)


def test_a_success_may_be_as_old_as_is_allowed() -> None:
    check_age(NOW - timedelta(hours=26), "26h", NOW)
    with pytest.raises(StaleError, match="ended at 2024-03-01 09:59 UTC; 26h ago is allowed"):
        check_age(NOW - timedelta(hours=26, minutes=1), "26h", NOW)
    with pytest.raises(StaleError, match="has not been yet"):
        check_age(None, "26h", NOW)
