"""Shares and counts from checks, by values that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from knipsel.transforms.checks.accuracy import Accuracy, Check, accuracies
from knipsel.transforms.checks.counting import (
    Carried,
    Count,
    Question,
    cells_of,
    estimated,
    question_of,
    sample_of,
)
from knipsel.transforms.checks.sampling import draw

AT = datetime(2026, 12, 3, 10, tzinfo=UTC)
CHECK = Check(
    "aaaaaaaa-00000000", "000001", "articles", "0-1", "date_published", "2022-12", "right", None,
    "all", 0.1, 1_000, "Mia", AT,
)  # fmt: skip


def checks(*verdicts: str, of: Check = CHECK) -> list[Check]:
    return [
        replace(of, check_id=f"{of.draw}-{at:08}", row_key=f"{at}-1", verdict=verdict)
        for at, verdict in enumerate(verdicts)
    ]


def accuracy(*rows: Check) -> Accuracy:
    (found,) = accuracies(rows)
    return found


def test_a_card_says_how_right_it_is() -> None:
    found = accuracy(*checks(*["right"] * 96, *["wrong"] * 4, of=replace(CHECK, population=12_400)))
    assert found.sentence() == (
        "day of publication right in 96 % (90 to 98), 100 of 12,400 checked on 3 December 2026"
    )


def test_what_is_unknown_counts_for_neither() -> None:
    found = accuracy(*checks("right", "unknown", "wrong", "unknown"))
    assert (found.checked, found.unknown) == (4, 2)
    assert found.overall
    assert (found.overall.judged, found.overall.share) == (2, 0.5)


def test_values_that_are_missing_are_told_apart() -> None:
    empty = replace(CHECK, value=None)
    rows = [*checks("right", "wrong", "wrong", of=empty), *checks(*["right"] * 5)[3:]]
    found = accuracy(*rows)
    assert (found.empty, found.missed) == (3, 2)
    assert found.overall
    assert (found.overall.judged, found.overall.right) == (2, 2)
    assert accuracy(*checks("right", of=empty)).overall is None
    assert "none judged yet" in accuracy(*checks("right", of=empty)).sentence()


def test_hardly_any_error_is_not_none() -> None:
    found = accuracy(*checks(*["right"] * 399, "wrong"))
    assert "99.8 %" in found.sentence()


def test_strata_count_by_their_size() -> None:
    """Of the large one all are right, of the small one none: the corpus is nine tenths right."""
    large = checks(*["right"] * 10, of=replace(CHECK, stratum="large", population=900))
    small = checks(*["wrong"] * 20, of=replace(CHECK, stratum="small", population=100))[10:]
    found = accuracy(*large, *small)
    assert found.overall
    assert found.overall.share == pytest.approx(0.9)
    assert found.overall.population == 1_000
    assert [(one.stratum, one.share) for one in found.strata] == [("large", 1), ("small", 0)]


def test_draws_of_one_release_are_put_together() -> None:
    one = checks(*["right"] * 30)
    other = checks(*["wrong"] * 10, of=replace(CHECK, check_id="bbbbbbbb-00000000"))
    assert accuracy(*one, *other).overall == accuracy(*other, *one).overall
    found = accuracy(*one, *other).overall
    assert found
    assert found.judged == 40
    assert found.share == pytest.approx(0.75)


def test_the_newest_release_counts() -> None:
    later = replace(CHECK, check_id="bbbbbbbb-00000000", release_version="000002")
    found = accuracy(*checks(*["wrong"] * 9), *checks("right", of=later))
    assert (found.release_version, found.checked) == ("000002", 1)


def article(
    date: str | None, publisher: str | None = "Het Blad", topics: tuple[str, ...] = ()
) -> Carried:
    values = {"language": "nl", "genre": None, "article_section": None}
    return Carried(
        {"date_published": date, "publisher": publisher, **values},
        {"topic": topics, "author": ("A", "B")},
    )


@pytest.mark.parametrize(
    ("by", "where", "expected"),
    [
        (["month"], [], {("2022-12",)}),
        (["year", "publisher"], [], {("2022", "Het Blad")}),
        (["author"], ["topic=peace"], {("A",), ("B",)}),
        (["publisher"], ["month=2022-12"], {("Het Blad",)}),
        (["publisher"], ["year=2021"], set()),
        (["publisher"], ["topic=war"], set()),
        (["publisher"], ["genre=-"], {("Het Blad",)}),
        (["publisher"], ["month=-"], set()),
        (["section"], [], {(None,)}),
    ],
)
def test_cells_of_an_article(by: list[str], where: list[str], expected: set[object]) -> None:
    found = cells_of(article("2022-12", topics=("peace",)), question_of(by, where))
    assert found == expected


def test_a_year_is_in_no_month_for_sure() -> None:
    assert cells_of(article("2022"), Question(("month",))) == frozenset()
    assert cells_of(article(None), Question(("month",))) == frozenset()


@pytest.mark.parametrize(
    ("by", "where", "problem"),
    [
        ([], [], "Say what to count by"),
        (["day"], [], "Nothing is counted by 'day'"),
        (["month", "year"], [], "by month or by year"),
        (["month"], ["topic"], "'topic' is no condition"),
        (["month"], ["month=2022"], "'2022' is no month, such as 2022-03"),
    ],
)
def test_what_cannot_be_counted(by: list[str], where: list[str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        question_of(by, where)


QUESTION = Question(("month",))


def simulated(seed: int, checked: int) -> tuple[Count, int, int]:
    """Return the count of a month in a corpus whose days are often wrong, by machine and in truth.

    The wrong values that were found are corrected since, as `check add` does.
    """
    chance = Random(seed)
    months = [f"2022-{month:02}" for month in range(1, 5)]
    true = {f"{at}-1": chance.choice(months) for at in range(2_000)}
    stated = {key: months[0] if chance.random() < 0.1 else month for key, month in true.items()}
    drawn = draw([(key, "all") for key in true], checked, seed)
    rows = [
        replace(
            CHECK,
            check_id=f"aaaaaaaa-{at:08}",
            row_key=row.key,
            value=stated[row.key],
            verdict="right" if stated[row.key] == true[row.key] else "wrong",
            right_value=None if stated[row.key] == true[row.key] else true[row.key],
            population=row.stratum.population,
        )
        for at, row in enumerate(drawn)
    ]
    now = {**stated, **{row.key: true[row.key] for row in drawn}}
    counts = [sum(one == month for one in now.values()) for month in months]
    said = [Count((month,), n, n) for month, n in zip(months, counts, strict=True)]
    carried = {row.key: article(now[row.key]) for row in drawn}
    sample = sample_of(rows, QUESTION.columns)
    found, *_ = estimated(said, QUESTION, sample, carried, len(true))
    in_truth = sum(one == months[0] for one in true.values())
    return found, in_truth, sum(one == months[0] for one in stated.values())


def test_counts_are_corrected() -> None:
    """What the values say is far off; the estimates are not, though what was found is mended."""
    held, errors = 0, []
    for seed in range(60):
        found, in_truth, by_machine = simulated(seed, 300)
        assert found.estimate is not None
        assert found.low is not None
        assert found.high is not None
        assert by_machine - in_truth > 100
        held += found.low <= in_truth <= found.high
        errors.append(found.estimate - in_truth)
    assert held >= 54
    assert abs(sum(errors) / len(errors)) < 10


def test_a_cell_that_no_value_names_is_found() -> None:
    """Half of what is said to be of December is of May."""
    rows = checks(*["right", "wrong"] * 40)
    rows = [replace(one, right_value=None if one.verdict == "right" else "2022-05") for one in rows]
    carried = {one.row_key: article("2022-12") for one in rows}
    sample = sample_of(rows, QUESTION.columns)
    said = [Count(("2022-12",), 1_000, 1_000)]
    december, may = estimated(said, QUESTION, sample, carried, 1_000)
    assert (december.estimate, may.cell, may.surely, may.estimate) == (500, ("2022-05",), 0, 500)


def test_too_few_checks_give_no_estimate() -> None:
    found, _, _ = simulated(1, 40)
    assert found.estimate is None
    assert 0 < found.checked < 30


def test_the_draw_that_tells_most_is_taken() -> None:
    """What was checked for both columns goes before more that was checked for one."""
    dates = checks(*["right"] * 3)
    both = replace(CHECK, check_id="bbbbbbbb-00000000")
    publishers = replace(both, field="publisher", value="Het Blad")
    rows = [*dates, *checks("right", "right", of=both), *checks("right", "unknown", of=publishers)]
    sample = sample_of(rows, ("date_published", "publisher"))
    assert sample.columns == ("date_published", "publisher")
    assert [one.row_key for one in sample.units] == ["0-1"]
    assert len(sample_of(rows, ("date_published",)).units) == 3
