"""The exact comparison: copies, versions and excerpts are told from templates."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.duplicates.comparison import Comparison, compare, features
from knipsel.transforms.duplicates.settings import DuplicateSettings
from tests.news import ADDITION, BLURB, OTHER_REPORT, REPORT, counts, episode

SETTINGS = DuplicateSettings()
TEXTS = st.lists(st.sampled_from([*REPORT.split(), *counts(1).split(), "谈", "7"]), max_size=60)


def _compare(one: str, other: str) -> Comparison:
    first, second = features([one, other], SETTINGS)
    return compare(first, second, SETTINGS)


def test_the_same_words_are_identical() -> None:
    """Whatever the case, the punctuation and the breaks."""
    found = _compare(REPORT, REPORT.upper().replace(". ", "\n\n"))
    assert (found.relation, found.verdict, found.score) == ("identical", "duplicate", 1.0)


def test_a_changed_version_is_a_revision() -> None:
    """A sentence more, a word other, a number corrected."""
    for other in (
        REPORT + ADDITION,
        REPORT.replace("veertig", "dertig"),
        REPORT.replace("woensdagavond", "donderdagochtend").replace("september", "oktober"),
    ):
        found = _compare(REPORT, other)
        assert (found.relation, found.verdict) == ("revision", "duplicate"), found


def test_a_part_is_an_excerpt() -> None:
    """A teaser, from the beginning or not."""
    words = REPORT.split()
    for part in (words[:40], words[30:80]):
        found = _compare(" ".join(part), REPORT)
        assert (found.relation, found.verdict, found.containment) == ("excerpt", "duplicate", 1.0)
    page = f"{OTHER_REPORT} {REPORT} {BLURB}"
    assert _compare(REPORT, page).relation == "excerpt"


@pytest.mark.parametrize(("one", "other"), list(combinations(range(5), 2)))
def test_daily_counts_are_a_template(one: int, other: int) -> None:
    """Most of the words are the same; the numbers are not."""
    found = _compare(counts(one), counts(other))
    assert found.relation == "same_template"
    assert found.verdict != "duplicate"
    assert found.containment > 0.5


@pytest.mark.parametrize(("one", "other"), list(combinations(range(4), 2)))
def test_episodes_are_a_template(one: int, other: int) -> None:
    """Three quarters of the text are what stands under each of them."""
    found = _compare(episode(one), episode(other))
    assert found.relation == "same_template"
    assert found.verdict != "duplicate"


def test_a_correction_of_one_number_is_a_revision() -> None:
    """One of seven numbers is not another day."""
    corrected = counts(3).replace("4411", "4421")
    assert corrected != counts(3)
    assert _compare(counts(3), corrected).relation == "revision"


def test_other_articles_are_distinct() -> None:
    """They share nothing that counts."""
    found = _compare(REPORT, OTHER_REPORT)
    assert (found.relation, found.verdict) == ("distinct", "distinct")


def test_texts_in_scripts_without_spaces_are_compared() -> None:
    """Characters are their words, and none is long: shingles decide."""
    text = "和平谈判代表昨日在首都会晤讨论停火条件以及交换战俘问题各方表示谨慎乐观"
    assert _compare(text, text + "会谈明天继续").verdict == "duplicate"
    assert _compare(
        text, "气象台预计本周末北部山区将有大雪交通部门提醒司机注意道路结冰"
    ).verdict == ("distinct")


@given(TEXTS, TEXTS)
def test_which_comes_first_makes_no_difference(one: list[str], other: list[str]) -> None:
    """Shares are shares, and the outcome is symmetric; a text is identical with itself."""
    found = _compare(" ".join(one), " ".join(other))
    assert found == _compare(" ".join(other), " ".join(one))
    shares = (found.similarity, found.containment, found.own_share, found.changed_numbers)
    assert all(0 <= share <= 1 for share in shares)
    assert _compare(" ".join(one), " ".join(one)).relation == "identical"


def test_empty_texts_are_compared() -> None:
    """Nothing divides by nothing."""
    assert _compare("", "").relation == "identical"
    assert _compare("", REPORT).verdict == "distinct"
