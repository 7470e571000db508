"""Linking: any way to the same set of articles ends in the same pairs, clusters and index."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.duplicates.settings import DuplicateSettings
from tests.linked_lake import LinkedLake, Made
from tests.news import ADDITION, BLURB, OTHER_REPORT, REPORT, counts, episode
from tests.profiles import examples

NARROW = DuplicateSettings(anchors=2, family_texts=3, shown_articles=2, template_carriers=2)
"""Limits so low that a few articles pass them."""

_PARTS = [*REPORT.split(". "), *OTHER_REPORT.split(". "), BLURB, counts(1), counts(2), ADDITION]


def _pool() -> list[Made]:
    """Return articles that share stretches in many ways, some with the very same text."""
    chance = random.Random(7)
    texts = [". ".join(chance.sample(_PARTS, chance.randint(1, 9))) for _ in range(10)]
    texts += [REPORT, REPORT, REPORT, REPORT + ADDITION, f"{REPORT} {BLURB}", OTHER_REPORT]
    texts += [counts(1), counts(2), counts(3), episode(0), episode(1), episode(2), BLURB, ""]
    return [Made(f"made-{number}", text) for number, text in enumerate(texts)]


POOL = _pool()
_RUNS = st.lists(
    st.tuples(
        st.sets(st.sampled_from(range(len(POOL)))), st.sets(st.sampled_from(range(len(POOL))))
    ),
    min_size=1,
    max_size=6,
)


@examples(quick=6, long=30)
@given(runs=_RUNS, limits=st.sampled_from([DuplicateSettings(), NARROW]))
def test_any_way_ends_the_same(
    runs: list[tuple[set[int], set[int]]], limits: DuplicateSettings
) -> None:
    """Articles come and go, come back, in any order and any batches: as if ingested at once."""
    lake, there = LinkedLake(limits), set[int]()
    for come, go in runs:
        # What comes while it is there is read again, as by other transforms.
        leaving = (go | come) & there
        lake.change([POOL[number] for number in sorted(come)], [POOL[n] for n in sorted(leaving)])
        there = (there - go) | come
    at_once = LinkedLake(limits)
    at_once.change([POOL[number] for number in sorted(there, reverse=True)])
    assert lake.state() == at_once.state()


def _linked(*texts: str, limits: DuplicateSettings | None = None) -> tuple[LinkedLake, list[Made]]:
    made = [Made(f"text-{number}", text) for number, text in enumerate(texts)]
    lake = LinkedLake(limits or DuplicateSettings())
    lake.change(made)
    return lake, made


def _cluster_count(lake: LinkedLake) -> int:
    return len(set(lake.clusters().values()))


def test_versions_are_one_cluster_and_the_pair_is_explained() -> None:
    """The later, longer edition stands for both."""
    lake, (morning, evening, other) = _linked(REPORT, REPORT + ADDITION, OTHER_REPORT)
    clusters = lake.clusters()
    assert clusters[morning.article_id] == clusters[evening.article_id]
    assert clusters[other.article_id] != clusters[morning.article_id]
    canonical = lake.ask("SELECT article_id FROM lake.articles WHERE is_canonical ORDER BY 1")
    assert canonical == sorted([(evening.article_id,), (other.article_id,)])
    ((one, two, relation, similarity, containment, method, is_duplicate),) = lake.ask(
        "FROM lake.duplicates"
    )
    assert {one, two} == {morning.article_id, evening.article_id}
    assert (relation, method, is_duplicate, containment) == ("revision", "comparison", True, 1.0)
    assert 0.7 < float(str(similarity)) < 0.95


def test_what_is_complete_stands_for_what_is_cut_off() -> None:
    """However long the truncated one is."""
    lake = LinkedLake()
    cut = Made("cut", REPORT + ADDITION, completeness="truncated")
    whole = Made("whole", REPORT)
    lake.change([cut, whole])
    assert lake.ask("SELECT DISTINCT canonical_article_id FROM lake.articles") == [
        (whole.article_id,)
    ]


def test_a_template_makes_no_cluster() -> None:
    """Daily counts and episodes are compared, told apart, and stay on their own."""
    texts = [*(counts(day) for day in range(6)), *(episode(number) for number in range(4))]
    lake, made = _linked(*texts)
    assert _cluster_count(lake) == len(made)
    relations = lake.ask("SELECT DISTINCT relation, is_duplicate FROM lake.duplicates")
    assert relations == [("same_template", False)]


def test_the_words_of_a_template_alone_join_nothing() -> None:
    """A page that lost its own text is wholly in all the others."""
    lake, made = _linked(BLURB, *(episode(number) for number in range(4)))
    assert _cluster_count(lake) == len(made)
    carried = lake.ask("SELECT method FROM lake.duplicates WHERE method = 'common_text'")
    assert len(carried) == 4


def test_a_template_that_many_have_costs_no_square() -> None:
    """Each text is compared with the anchors of the passage, not with all who have it."""
    limits = replace(DuplicateSettings(), anchors=4)
    chance = random.Random(3)
    own = [
        " ".join("".join(chance.choices("bdfgklmnprst", k=10)) for _ in range(60))
        for _ in range(60)
    ]
    lake, made = _linked(*(f"{text} {BLURB}" for text in own), limits=limits)
    ((pairs,),) = lake.ask("SELECT count(*) FROM lake.text_pairs")
    assert len(made) <= int(str(pairs)) <= 10 * len(made)


def test_copies_beyond_number_are_one_cluster() -> None:
    """A hundred slightly different copies: no key has so many anchors, yet all are joined."""
    limits = replace(DuplicateSettings(), anchors=4, family_texts=8)
    words = REPORT.split()
    texts = []
    for number in range(100):
        place = number % (len(words) - 1)
        texts.append(" ".join([*words[:place], f"variant{number}", *words[place:]]))
    lake, _ = _linked(*texts, limits=limits)
    assert _cluster_count(lake) == 1


def test_each_of_many_equal_articles_is_beside_the_first() -> None:
    """A few are listed with each other, all others only with the first."""
    made = [Made(f"copy-{number}", REPORT) for number in range(6)]
    lake = LinkedLake(replace(DuplicateSettings(), shown_articles=3))
    lake.change(made[:2])
    lake.change(made[2:])
    identifiers = sorted(one.article_id for one in made)
    expected = {
        *combinations(identifiers[:3], 2),
        *((identifiers[0], one) for one in identifiers[3:]),
    }
    pairs = lake.ask("SELECT article_id, other_article_id FROM lake.duplicates")
    assert set(pairs) == expected
    lake.change(go=[one for one in made if one.article_id == identifiers[0]])
    ((left,),) = lake.ask("SELECT count(DISTINCT cluster_id) FROM lake.articles")
    assert left == 1
    pairs = lake.ask("SELECT article_id, other_article_id FROM lake.duplicates")
    rest = identifiers[1:]
    assert set(pairs) == {*combinations(rest[:3], 2), *((rest[0], one) for one in rest[3:])}


def test_other_settings_link_everything_anew() -> None:
    """The articles that are there are signed and compared as by the new settings alone."""
    lake = LinkedLake()
    lake.change(POOL[:12])
    lake.settings = NARROW
    lake.change(POOL[12:15], POOL[:2])
    fresh = LinkedLake(NARROW)
    fresh.change(POOL[2:15])
    assert lake.state() == fresh.state()


@pytest.mark.parametrize("number", range(3))
def test_retraction_elects_another(number: int) -> None:
    """Whichever of three copies goes, the others stay one cluster with a canonical of its own."""
    lake, made = _linked(REPORT, REPORT + ADDITION, REPORT.replace("veertig", "dertig"))
    lake.change(go=[made[number]])
    rows = lake.ask(
        "SELECT count(*), count(DISTINCT cluster_id), count(*) FILTER (is_canonical), "
        "min(cluster_id) = min(article_id) FROM lake.articles"
    )
    assert rows == [(2, 1, 1, True)]


def test_what_many_others_share_proves_nothing() -> None:
    """Two reports with some numbers in common are versions of one, until others are like both."""
    one = Made("one", counts(1))
    corrected = counts(1).replace("4137", "4311").replace("1983", "1979").replace("493", "499")
    two = Made("two", corrected)
    lake = LinkedLake()
    lake.change([one, two])
    assert _cluster_count(lake) == 1
    others = [Made(f"day-{day}", counts(day)) for day in range(3, 9)]
    lake.change(others)
    assert _cluster_count(lake) == 2 + len(others)
    pairs = "SELECT relation, method FROM lake.duplicates WHERE method <> 'comparison'"
    assert lake.ask(pairs) == [("same_template", "common_text")]
    lake.change(go=others)
    assert _cluster_count(lake) == 1


def test_a_round_up_stands_apart_once_it_is_known_as_one() -> None:
    """With one of its articles it looks like a longer version of that; with three it does not."""
    articles = [Made("a", REPORT), Made("b", OTHER_REPORT), Made("c", episode(0))]
    lake = LinkedLake()
    lake.change([Made("round-up", " ".join(one.text for one in articles)), articles[0]])
    assert _cluster_count(lake) == 1
    lake.change(articles[1:])
    assert _cluster_count(lake) == 4
    methods = lake.ask(
        "SELECT DISTINCT relation, method, is_duplicate FROM lake.duplicates "
        "WHERE relation = 'excerpt'"
    )
    assert methods == [("excerpt", "compilation", False)]
    lake.change(go=articles[1:])
    assert _cluster_count(lake) == 1
