"""What differs is shown: nothing of either text is left out, and the same is the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.duplicates.differences import differences
from tests.news import ADDITION, OTHER_REPORT, REPORT

_TEXTS = st.lists(
    st.lists(
        st.sampled_from(["de", "Vrede", "vrede,", "oorlog", "14", "–"]), min_size=1, max_size=6
    ).map(" ".join),
    max_size=5,
).map("\n\n".join)


def test_a_changed_word_stands_beside_the_other() -> None:
    """Between the stretches that are the same."""
    found = differences("De raad stemt in.", "De raad stemt niet in!")
    assert [(item.is_same, item.one, item.other) for item in found] == [
        (True, "De raad stemt", "De raad stemt"),
        (False, "", "niet"),
        (True, "in.", "in!"),
    ]


def test_a_word_between_changes_is_part_of_them() -> None:
    """A stretch of its own would tear what changed apart."""
    found = differences(
        "De raad stemt morgen in met het plan.", "De raad zegt vandaag in te gaan op het plan."
    )
    assert [(item.is_same, item.one, item.other) for item in found] == [
        (True, "De raad", "De raad"),
        (False, "stemt morgen in met", "zegt vandaag in te gaan op"),
        (True, "het plan.", "het plan."),
    ]


def test_an_added_paragraph_stands_alone() -> None:
    """Paragraphs are compared first."""
    found = differences(f"{REPORT}\n\n{OTHER_REPORT}", f"{REPORT}\n\n{ADDITION}\n\n{OTHER_REPORT}")
    assert [(item.is_same, item.one, item.other) for item in found] == [
        (True, REPORT, REPORT),
        (False, "", ADDITION),
        (True, OTHER_REPORT, OTHER_REPORT),
    ]


@given(_TEXTS, _TEXTS)
def test_all_words_of_both_texts_are_there(one: str, other: str) -> None:
    """In order; and what is called the same has the same words."""
    found = differences(one, other)
    assert " ".join(item.one for item in found).split() == one.split()
    assert " ".join(item.other for item in found).split() == other.split()
    for item in found:
        if item.is_same:
            assert _bare(item.one) == _bare(item.other)
    assert all(item.is_same for item in differences(one, one))


def _bare(text: str) -> list[str]:
    return text.casefold().replace(",", "").replace("–", "").split()


def test_very_long_stretches_are_not_taken_apart() -> None:
    """A text of a hundred thousand words takes no minutes."""
    one = " ".join(str(number) for number in range(50_000))
    other = " ".join(str(number) for number in range(0, 100_000, 2))
    assert [item.is_same for item in differences(one, other)] == [False]
