"""The index finds what a scan over the words finds, whatever is asked."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from knipsel.transforms.text.search.evaluate import Reading
from knipsel.transforms.text.search.parse import parse
from knipsel.transforms.text.search.query import (
    DEFAULT_ZONES,
    ZONES,
    And,
    Has,
    Near,
    Not,
    Or,
    Parsed,
    Piece,
    Query,
    Within,
    Words,
)
from knipsel.warehouse.search.ask import Found, Question
from knipsel.warehouse.search.index.rows import ArticleRow
from tests.profiles import examples
from tests.search.made_up import indexed, numbered

WORDS = ("wapen", "wapens", "huis", "huizen", "één", "een", "eend", "foto's", "kat", "战", "争")
"""Few, so that they meet; some are forms of one lemma, some begin alike, some have accents."""

texts = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
pieces = st.builds(Piece, st.sampled_from((*WORDS, "wap", "e")), st.booleans())
bare = st.sampled_from(WORDS).map(lambda word: Words((Piece(word),)))
words = st.one_of(
    bare,
    st.builds(Words, st.tuples(pieces), st.booleans()),
    st.builds(Words, st.tuples(pieces, pieces), st.just(True)),  # noqa: FBT003 - within quotes
    st.builds(lambda first, last: Words((Piece(first), last)), st.sampled_from(WORDS), pieces),
)
nears = st.builds(
    Near,
    st.lists(st.lists(words, min_size=1, max_size=2).map(tuple), min_size=2, max_size=3).map(tuple),
    st.integers(0, 3),
)
names = st.builds(
    Has,
    st.sampled_from(("publisher", "speaker", "language")),
    st.sampled_from(("De Kat", "kat", "nl", "nl-BE", "de")),
    st.booleans(),
)
queries: st.SearchStrategy[Query] = st.recursive(
    st.one_of(words, words, nears, names),
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, inner.filter(lambda one: not isinstance(one, Not))),  # which it undoes
        st.builds(Within, st.sampled_from(ZONES), inner),
    ),
    max_leaves=5,
)
_ARTICLES = st.lists(
    st.builds(
        numbered,
        st.integers(0, 1 << 40),
        texts,
        headline=st.none() | texts,
        alternative_headline=st.none() | texts,
        description=st.none() | texts,
        language=st.sampled_from(("nl", "nl-BE", "de", "zh", None)),
        publisher=st.sampled_from(("De Kat", "Kat en Hond", None)),
        speakers=st.none() | st.lists(st.sampled_from(("Jan de Kat", "Kat")), max_size=2),
        quotations=st.none() | st.lists(texts, max_size=3),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda row: row.article_id,
)


def _scanned(rows: Sequence[ArticleRow], query: Query, zones: tuple[str, ...]) -> list[str]:
    """Return what a look at each word of each article finds."""
    return sorted(row.article_id for row in rows if Reading(row.article).matches(query, zones))


@examples(8, 80)
@given(
    rows=_ARTICLES,
    asked=st.lists(queries, min_size=20, max_size=20),
    zones=st.sampled_from((("headline", "text"), ("quotations",), ("headline",), ("text",))),
)
def test_the_index_finds_what_a_scan_finds(
    rows: list[ArticleRow], asked: list[Query], zones: tuple[str, ...]
) -> None:
    with indexed(rows) as (index, source):
        for query in asked:
            found = Found(index, Question(Parsed(query), zones), source)
            assert found.identifiers() == _scanned(rows, query, zones), str(query)
            assert found.possibly == len(found.identifiers())


@given(queries)
def test_a_query_reads_as_it_is_written(query: Query) -> None:
    written = str(query)
    assert str(parse(written)) == written
    assert parse(written).notes == ()


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                (
                    '"',
                    "(",
                    ")",
                    "AND",
                    "OR",
                    "NOT",
                    "NEAR",
                    "NEAR(",
                    "NEAR/3",
                    "a",
                    "b*",
                    "*",
                    "-",
                    ":",
                    "headline:",
                    "publisher:",
                    ",",
                    "2",
                    "😀",
                    "“",
                    "\x1b[2J",
                    "\u202e",
                )
            )
        ).map(" ".join),
        st.text(alphabet='()"*:-,/ abANDORTE123'),
    )
)
@example("(" * 10_000)
@example('"' * 9_999)
@example("NEAR(" * 2_000)
@example("NOT " * 2_500)
@example("a NEAR b " * 1_100)
def test_nothing_that_people_type_is_an_error(typed: str) -> None:
    parsed = parse(typed)
    again = parse(str(parsed))
    assert again.query == parsed.query
    assert again.notes == ()


@examples(6, 40)
@given(
    before=_ARTICLES,
    after=_ARTICLES,
    kept=st.integers(0, 30),
    asked=st.lists(queries, min_size=5, max_size=5),
)
def test_an_index_that_was_brought_up_to_date_finds_the_same(
    before: list[ArticleRow], after: list[ArticleRow], kept: int, asked: list[Query]
) -> None:
    rows = {row.article_id: row for row in [*before[:kept], *after]}
    with indexed(list(rows.values()), before=before) as (index, source):
        for query in asked:
            found = Found(index, Question(Parsed(query)), source)
            assert found.identifiers() == _scanned(list(rows.values()), query, DEFAULT_ZONES)
