"""What is a word, in which scripts, and what is found by it."""

from __future__ import annotations

import pytest

from knipsel.transforms.text.search.article import SearchedArticle
from knipsel.transforms.text.search.evaluate import Reading
from knipsel.transforms.text.search.parse import parse
from knipsel.transforms.text.search.tokens import plain, tokens_of, words_of


def _hits(text: str, query: str, language: str | None = "nl") -> list[str]:
    """Return what of a text a query hits."""
    article = SearchedArticle("1", language, {"text": (text,)})
    parsed = parse(query)
    return [text[one.start : one.end] for one in Reading(article).hits(parsed.query)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De Oekraïne-oorlog, 24.02.2022!", ["de", "oekraïne", "oorlog", "24", "02", "2022"]),
        ("foto’s van Trump's auto's, l'eau", ["foto's", "van", "trump's", "auto's", "l", "eau"]),
        ("naam_van @iemand 😀 #dag", ["naam", "van", "iemand", "dag"]),
        ("北京市 および", ["北", "京", "市", "お", "よ", "び"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
        ("cafe\u0301 ﬁets ＡＢＣ", ["café", "fiets", "abc"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("서울 시민", ["서울", "시민"]),
        ("", []),
    ],
)
def test_texts_are_cut_into_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words
    found = tokens_of(text)
    assert list(found.exact) == words
    assert all(text[start:end].strip() for start, end in found.spans)


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("coöperatie", "cooperatie"),
        ("één", "een"),
        ("søster", "soster"),
        ("йод", "йод"),
        ("λόγος", "λογος"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_accents_go_where_they_tell_few_words_apart(word: str, bare: str) -> None:
    assert plain(word) == bare


@pytest.mark.parametrize(
    ("text", "query", "hit"),
    [
        ("De wapens zwegen.", "wapen", ["wapens"]),
        ("Het geweld, het wel en wee.", "wel", ["wel"]),
        ("De wapens zwegen.", '"wapen"', []),
        ("Oekraïense en Oekraïne.", "oekraine", ["Oekraïne"]),
        ("Oekraïense en Oekraïne.", "oekrai*", ["Oekraïense", "Oekraïne"]),
        ("Eén man, een vrouw.", '"een"', ["een"]),
        ("De minister van Staat", '"minister* van"', ["minister van"]),
        ("wapens, en dan levering", "levering NEAR/2 wapens", ["wapens, en dan levering"]),
        ("wapens, en nu dan levering", "levering NEAR/2 wapens", []),
        ("wapen", "NEAR(wapen wapens, 5)", []),
        ("covid-19 en covid 20", "covid-19", ["covid-19"]),
        ("foto's", "foto", ["foto's"]),
        ("a b c", "a NOT b", ["a"]),
    ],
)
def test_queries_hit_what_they_mean(text: str, query: str, hit: list[str]) -> None:
    assert _hits(text, query) == hit


@pytest.mark.parametrize(
    ("text", "query", "language"),
    [
        ("北京市民", "京市", "zh"),
        ("إلى السلام", "السلام", "ar"),
        ("הַשָּׁלוֹם", "השלום", "he"),
        ("𝄞 nog", "nog", None),
    ],
)
def test_places_count_in_code_points(text: str, query: str, language: str | None) -> None:
    (hit,) = _hits(text, query, language)
    assert hit in text


def test_a_language_has_its_own_lemmas() -> None:
    assert _hits("He was here.", "be", "en") == ["was"]
    assert _hits("He was here.", "be", None) == []


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("wapens en munitie", "wapens AND en AND munitie"),
        ("a OR b c", "a OR (b AND c)"),
        ('publisher: "De Morgen" x', 'publisher:"De Morgen" AND x'),
        ("a -b", "a AND NOT b"),
        ("a NEAR b", "NEAR(a b, 10)"),
        ("NEAR(a (b OR c),3)", "NEAR(a (b OR c), 3)"),
        ("headline:(a OR b)", "headline:(a OR b)"),
    ],
)
def test_what_is_typed_is_understood(typed: str, understood: str) -> None:
    parsed = parse(typed)
    assert (str(parsed), parsed.notes) == (understood, ())


@pytest.mark.parametrize(
    "typed",
    ['"a', "(a", "a)", "AND", "a OR", ":", "*", "😀", "()", "foo:bar", "NEAR", "a*b", "NOT"],
)
def test_what_is_not_understood_is_said(typed: str) -> None:
    assert parse(typed).notes
