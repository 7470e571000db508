"""What repeats across an outlet: furniture gives itself away, a column's title stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knipsel.transforms.describe.across.copies import Copy, received
from knipsel.transforms.describe.across.repeats import Outlet, Repeat, Verdict, judge
from knipsel.transforms.describe.across.rules import CorpusBounds, Effect, nobody
from knipsel.transforms.describe.across.settle import as_document_said, settle
from knipsel.transforms.model import Statement

BOUNDS = CorpusBounds()
MONDAY = date(2024, 1, 1)
SPREAD = [MONDAY + timedelta(days=day) for day in (0, 3, 4, 11, 19, 20, 33, 47)]
WEEKLY = [MONDAY + timedelta(weeks=week) for week in range(8)]
OUTLET = Outlet(200, frozenset({"de streekbode"}), {"jan dirksen": 30, "anna verloo": 40})
SLOGAN = Repeat("headline", "elke dag vers", "Elke dag vers", 8, 8, days=SPREAD)
OTHERS = {f"kop {number}": 1 for number in range(8)}


@pytest.mark.parametrize(
    ("repeat", "effect"),
    [
        (SLOGAN, "lowered"),
        (replace(SLOGAN, carriers=4, chosen=4), None),
        (replace(SLOGAN, contested=8, rivals=OTHERS), "rejected"),
        (replace(SLOGAN, contested=8, rivals={"een andere kop": 8}), "lowered"),
        (replace(SLOGAN, elsewhere=2), "rejected"),
        (replace(SLOGAN, below=8), "rejected"),
        (replace(SLOGAN, days=WEEKLY), None),
        (replace(SLOGAN, days=WEEKLY, below=8), None),
        (replace(SLOGAN, days=[*WEEKLY[:3], *WEEKLY[4:]]), None),
        (replace(SLOGAN, authors={"jan dirksen": 8}), "lowered"),
        (replace(SLOGAN, carriers=20, chosen=20, authors={"jan dirksen": 20}), None),
    ],
)
def test_a_headline_that_repeats(repeat: Repeat, effect: str | None) -> None:
    """It stays where it has its author, who writes little else, or its day of the week."""
    found = judge(repeat, OUTLET, BOUNDS, nobody)
    assert (found and found.effect) == effect


@pytest.mark.parametrize(
    ("name", "is_outlet"),
    [
        ("De Streekbode", True),
        ("Redactie De Streekbode", True),
        ("De Streekbode Media BV", True),
        ("Streekbode", False),
        ("Jan Dirksen", False),
        ("De Streekbode en wat er verder nog zo al is", False),
    ],
)
def test_the_outlet_is_no_author(name: str, *, is_outlet: bool) -> None:
    """Nor is its desk; a person is, and nothing is said of an outlet with few articles."""
    one = Repeat("author", name.casefold(), name, 1, 1)
    found = judge(one, OUTLET, BOUNDS, nobody)
    assert (found == Verdict("outlet_as_author", "rejected")) is is_outlet
    assert judge(one, OUTLET, BOUNDS, lambda _: True) is None
    assert judge(one, replace(OUTLET, articles=3), BOUNDS, nobody) is None


def test_the_day_of_a_crawl() -> None:
    """Articles give others besides, or it is far too frequent; a corpus of one day is none."""
    one = Repeat("date_published", "2024 03 12", "2024-03-12", 20, 20)
    days = dict.fromkeys((MONDAY + timedelta(days=day) for day in range(30)), 2)
    busy = dict.fromkeys(days, 12)
    assert judge(one, Outlet(20, days={date(2024, 3, 12): 20}), BOUNDS, nobody) is None
    assert judge(one, Outlet(300, days=busy), BOUNDS, nobody) is None
    cases: tuple[tuple[Outlet, int, Effect], ...] = (
        (Outlet(80, days=days), 0, "lowered"),
        (OUTLET, 8, "rejected"),
    )
    for outlet, contested, effect in cases:
        found = judge(replace(one, contested=contested * 2, rivals=OTHERS), outlet, BOUNDS, nobody)
        assert found == Verdict("repeated_day", effect)


def said(field: str, value: str, confidence: float, rank: int | None = 1, **more: str) -> Statement:
    """Return a statement of an article, as its document makes it."""
    return Statement(
        "a-1",
        field,
        value,
        None,
        None,
        None,
        "byline",
        confidence,
        rank == 1,
        names=more.get("names"),
        document_confidence=confidence,
        document_rank=rank,
    )


def test_the_next_candidate_is_chosen_and_can_be_undone() -> None:
    """The rejected one keeps its row; without what speaks against it all is as it was."""
    own = [said("headline", "Elke dag vers", 0.8), said("headline", "De brug is open", 0.7, 2)]
    against = {("headline", "Elke dag vers"): Verdict("repeated_headline", "rejected")}
    settled = settle(own, against, (), BOUNDS)
    assert settled.values == {"headline": "De brug is open"}
    assert {(one.method, one.confidence) for one in settled.statements} == {
        ("byline:repeated", 0.0),
        ("byline", 0.7),
    }
    assert [as_document_said(one) for one in settled.statements] == own
    assert settle(settled.statements, {}, (), BOUNDS).statements == tuple(own)


def test_a_doubtful_value_that_falls_below_the_threshold_is_not_carried() -> None:
    """It stays a statement."""
    against = {("headline", "Elke dag vers"): Verdict("repeated_headline", "lowered")}
    for confidence, carried in ((0.96, {"headline": "Elke dag vers"}), (0.8, {})):
        own = [said("headline", "Elke dag vers", confidence)]
        assert settle(own, against, (), BOUNDS).values == carried


def test_a_name_that_is_the_outlet_leaves_the_others() -> None:
    """The byline stays as printed."""
    own = [said("author", "Jan Dirksen, De Streekbode", 0.9, names="Jan Dirksen; De Streekbode")]
    against = {("author", "De Streekbode"): Verdict("outlet_as_author", "rejected")}
    settled = settle(own, against, (), BOUNDS)
    assert settled.names == ("Jan Dirksen",)
    assert settled.values == {"author": "Jan Dirksen, De Streekbode"}


def test_copies_tell_each_other_within_an_outlet() -> None:
    """One without an outlet is told; where two outlets have the text, nobody tells it."""
    one, other = (
        Copy("a-1", "publisher:x", may_give=True, is_whole=True),
        Copy("b-1", "folder:/y/", may_give=False, is_whole=True),
    )
    third = Copy("c-1", "publisher:z", may_give=True, is_whole=True)
    carried = {name: [said("headline", f"Kop {name}", 0.9)] for name in ("a-1", "b-1", "c-1")}
    told = received([one, other], carried, set())
    assert {key: [row.value for row in rows] for key, rows in told.items()} == {
        "a-1": [],
        "b-1": ["Kop a-1"],
    }
    assert told["b-1"][0].evidence_article_id == "a-1"
    assert not any(received([one, other, third], carried, set()).get("b-1", []))
    assert received([one, other], carried, {("b-1", "a-1")})["b-1"] == []
    assert received([replace(one, is_whole=False), other], carried, set())["b-1"] == []
