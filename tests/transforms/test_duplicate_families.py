"""Clusters: chains do not join what is proven distinct, and templates join nothing."""

from __future__ import annotations

import random
from collections.abc import Collection
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.duplicates.comparison import Comparison, Relation, Verdict
from knipsel.transforms.duplicates.families import (
    BY_CARRIERS,
    BY_COMPILATION,
    BY_OTHERS,
    Decision,
    Families,
    Pair,
    missing_pairs,
    resolve,
)
from knipsel.transforms.duplicates.settings import DuplicateSettings

SETTINGS = DuplicateSettings()
_RELATIONS: dict[Verdict, Relation] = {
    "duplicate": "revision",
    "open": "same_template",
    "distinct": "distinct",
}


def _found(verdict: Verdict, score: float, relation: Relation | None = None) -> Comparison:
    containment = 1.0 if relation == "excerpt" else 0.5
    return Comparison(relation or _RELATIONS[verdict], verdict, 0.5, containment, 0.0, 0.0, score)


def _resolve(
    comparisons: dict[Pair, Comparison],
    lengths: dict[int, int] | None = None,
    common: Collection[Pair] = (),
) -> Families:
    texts = sorted({text for pair in comparisons for text in pair})
    return resolve(texts, lengths or dict.fromkeys(texts, 100), comparisons, SETTINGS, common)


def test_a_chain_does_not_join_what_is_distinct() -> None:
    """A~B and B~C, but A is not C: the surer pair makes the cluster."""
    found = _resolve(
        {
            Pair(1, 2): _found("duplicate", 0.9),
            Pair(2, 3): _found("duplicate", 0.6),
            Pair(1, 3): _found("distinct", 0.0),
        }
    )
    assert found.cluster_of == {1: 1, 2: 1, 3: 3}
    assert found.decisions[Pair(2, 3)].is_duplicate
    assert not found.decisions[Pair(1, 3)].is_duplicate


def test_what_was_left_open_is_decided_by_others() -> None:
    """Both are duplicates of two others; one other alone would not do."""
    chain = {
        Pair(1, 2): _found("duplicate", 0.9),
        Pair(2, 3): _found("duplicate", 0.6),
        Pair(1, 3): _found("open", 0.3),
    }
    assert len(set(_resolve(chain).cluster_of.values())) == 2
    more = {Pair(text, 4): _found("duplicate", 0.7) for text in (1, 2, 3)}
    found = _resolve(chain | more)
    assert set(found.cluster_of.values()) == {1}
    expected = Decision("revision", is_duplicate=True, method=BY_OTHERS)
    assert found.decisions[Pair(1, 3)] == expected


def test_a_large_majority_overrules_one_comparison() -> None:
    """Two halves of one article have nothing in common but the five others that hold both."""
    comparisons = {Pair(*pair): _found("duplicate", 0.8) for pair in combinations(range(7), 2)}
    comparisons[Pair(0, 1)] = _found("distinct", -0.5)
    found = _resolve(comparisons)
    assert set(found.cluster_of.values()) == {0}
    assert found.decisions[Pair(0, 1)].method == BY_OTHERS


def test_a_round_up_does_not_join_its_items() -> None:
    """Two articles are both wholly in a page of the day's news, in two versions of it even."""
    comparisons = {
        Pair(1, 3): _found("duplicate", 1.0, "excerpt"),
        Pair(2, 3): _found("duplicate", 1.0, "excerpt"),
        Pair(1, 4): _found("duplicate", 1.0, "excerpt"),
        Pair(2, 4): _found("duplicate", 1.0, "excerpt"),
        Pair(3, 4): _found("duplicate", 0.9),
        Pair(1, 2): _found("distinct", 0.0),
    }
    clusters = _resolve(comparisons, {1: 100, 2: 100, 3: 1000, 4: 1000}).cluster_of
    assert clusters[1] != clusters[2]


def test_a_round_up_of_many_stands_alone() -> None:
    """Three articles that are unlike each other are wholly in it, and are none of it."""
    comparisons = {Pair(text, 9): _found("duplicate", 1.0, "excerpt") for text in (1, 2, 3)}
    comparisons |= {Pair(*pair): _found("distinct", 0.0) for pair in combinations((1, 2, 3), 2)}
    found = _resolve(comparisons, {1: 100, 2: 100, 3: 100, 9: 1000})
    assert found.cluster_of == {1: 1, 2: 2, 3: 3, 9: 9}
    expected = Decision("excerpt", is_duplicate=False, method=BY_COMPILATION)
    assert found.decisions[Pair(1, 9)] == expected


def test_a_template_is_no_excerpt_of_those_that_carry_it() -> None:
    """It is wholly in three texts that are unlike each other, and joins none of them."""
    comparisons = {Pair(0, text): _found("duplicate", 0.9, "excerpt") for text in (1, 2, 3)}
    comparisons |= {Pair(*pair): _found("open", 0.3) for pair in combinations((1, 2, 3), 2)}
    found = _resolve(comparisons, {0: 100, 1: 300, 2: 300, 3: 300})
    assert found.cluster_of == {0: 0, 1: 1, 2: 2, 3: 3}
    expected = Decision("same_template", is_duplicate=False, method=BY_CARRIERS)
    assert found.decisions[Pair(0, 1)] == expected


def test_a_teaser_is_an_excerpt_of_all_copies() -> None:
    """They are each other's duplicates, so that what they share is no template."""
    comparisons = {Pair(0, text): _found("duplicate", 0.9, "excerpt") for text in range(1, 6)}
    comparisons |= {Pair(*pair): _found("duplicate", 0.9) for pair in combinations(range(1, 6), 2)}
    found = _resolve(comparisons, {0: 100} | dict.fromkeys(range(1, 6), 300))
    assert set(found.cluster_of.values()) == {0}


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 6), st.integers(0, 6))
        .filter(lambda pair: pair[0] < pair[1])
        .map(lambda pair: Pair(*pair)),
        st.tuples(
            st.sampled_from(["duplicate", "excerpt", "common", "open", "distinct"]),
            st.integers(0, 3),
        ),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_decisions_fit_the_clusters(
    drawn: dict[Pair, tuple[str, int]], chance: random.Random
) -> None:
    """No pair in a cluster is distinct, clusters are joined by duplicates, and order is nothing.

    Where two clusters with a duplicate between them stay apart, another pair says why.
    """
    comparisons = {pair: _drawn(kind, score / 10) for pair, (kind, score) in drawn.items()}
    common = {pair for pair, (kind, _) in drawn.items() if kind == "common"}
    lengths = {text: 100 * (1 + text) for text in range(7)}
    found = _resolve(comparisons, lengths, common)
    refused = {
        frozenset(found.cluster_of[text] for text in pair)
        for pair, decision in found.decisions.items()
        if not decision.is_duplicate
    }
    for pair, decision in found.decisions.items():
        if found.cluster_of[pair.one] == found.cluster_of[pair.other]:
            assert decision.is_duplicate
        elif decision.is_duplicate:
            assert comparisons[pair].verdict == "duplicate"
            assert {found.cluster_of[text] for text in pair} in refused
    for text, cluster in found.cluster_of.items():
        assert cluster <= text
        assert found.cluster_of[cluster] == cluster
    shuffled = list(comparisons.items())
    chance.shuffle(shuffled)
    assert _resolve(dict(shuffled), lengths, common) == found


def _drawn(kind: str, score: float) -> Comparison:
    if kind in {"open", "distinct"}:
        return _found("open" if kind == "open" else "distinct", score)
    return _found("duplicate", score, "excerpt" if kind == "excerpt" else None)


def test_missing_pairs_are_those_not_compared() -> None:
    """Each once, the smaller text first."""
    assert list(missing_pairs([1, 2, 3], {Pair(1, 3)})) == [Pair(1, 2), Pair(2, 3)]
