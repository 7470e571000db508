"""Conditions that make a run fail before it commits: their grammar, and what they count."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.expectations.bounds.conditions import (
    ConditionMetError,
    check_conditions,
    condition_of,
)
from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.open_warehouse import open_warehouse
from knipsel.warehouse.lake.commit import RunCounts
from tests.pipeline import write_files
from tests.texts import article

COUNTS = RunCounts(
    files_seen=100,
    files_known=60,
    documents_published=38,
    documents_quarantined=2,
    files_retracted=0,
    articles_published=50,
)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("quarantined > 4.9%", True),
        ("quarantined > 5%", False),  # 2 of the 40 that were read
        ("quarantined>=5%", True),
        ("known > 59%", True),
        ("new < 1", False),
        ("articles != 50", False),
        (" articles == 50 ", True),
        ("retracted <= 0", True),
        ("seen < 101", True),
    ],
)
def test_a_condition_holds_or_does_not(text: str, *, holds: bool) -> None:
    assert condition_of(text).holds(COUNTS) is holds


def test_of_nothing_all_shares_are_nothing() -> None:
    """A run that read nothing held nothing back."""
    nothing = RunCounts(3, 3, 0, 0, 0, 0)
    assert not condition_of("quarantined > 0%").holds(nothing)
    assert condition_of("quarantined < 5%").holds(nothing)


@pytest.mark.parametrize(
    "text",
    [
        *("", "quarantined", "quarantined > -1", "quarantined > 5 %%", "__import__('os') > 1"),
        *("1 < new", "new > 1 or new < 0", "new > 1e9", "NEW > 1"),
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no condition such as"):
        condition_of(text)


def test_an_unknown_name_is_refused_with_the_names_that_there_are() -> None:
    with pytest.raises(ValueError, match="seen, known, new, published, quarantined, retracted"):
        condition_of("errors > 1")
    with pytest.raises(ValueError, match="is no part of anything"):
        condition_of("articles > 5%")
    with pytest.raises(ValueError, match="errors"):
        Settings(fail_on=["errors > 1"])


def test_all_that_hold_are_said() -> None:
    conditions = [
        condition_of("quarantined > 1%"),
        condition_of("new < 1"),
        condition_of("known > 1"),
    ]
    with pytest.raises(ConditionMetError, match=r"quarantined > 1% \(.* is 2 of 40\); known > 1"):
        check_conditions(conditions, COUNTS)


def test_a_run_that_fails_so_commits_nothing(tmp_path: Path) -> None:
    """Nor does it keep the file in the archive; the next one takes it in."""
    write_files(tmp_path / "inbox", {"a.txt": article(1), "menu.txt": "Home\nContact\n"})
    warehouse = open_warehouse(tmp_path / "wh", Settings(fail_on=["quarantined > 5%"]))
    with pytest.raises(ConditionMetError):
        warehouse.ingest(tmp_path / "inbox")
    assert not list((tmp_path / "wh" / "archive").rglob("*.txt"))
    lenient = open_warehouse(tmp_path / "wh", Settings(fail_on=["quarantined > 90%"]))
    counts = lenient.ingest(tmp_path / "inbox").counts
    assert (counts.files_known, counts.documents_published) == (0, 1)
