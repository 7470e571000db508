"""Made-up Dutch articles: words of a word list, frequent and rare as in any language."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from knipsel.warehouse.search.index.rows import ArticleRow

WORDS_IN_ARTICLE = 400
_WORDS = 200_000
_SPREAD = 8
"""Letters that a word may be longer than a rarer one."""
_BLOCK = 1_000
"""Articles of one block of chance; so the same numbers give the same articles."""
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 3_650
_OUTLETS = tuple(f"De Krant van {place}" for place in ("Noord", "Zuid", "Oost", "West", "Midden"))
EMPTY = ArticleRow(
    *("", None, None, None, "", "nl", None, None, None, "complete", None, None, None, True, "", 1),
    *(None, None, None, None, None),
)


def word_list() -> list[str]:
    """Return Dutch words, the most frequent first: by chance, but short ones before long ones."""
    known = DefaultDictionaryFactory().get_dictionary("nl")
    words = sorted(map(str, known))
    plain = [word for word in words if word.isalpha() and word.islower()]
    rng = random.Random(1)
    return sorted(plain, key=lambda word: len(word) + rng.random() * _SPREAD)[:_WORDS]


def made_articles(count: int, words: list[str]) -> Iterator[ArticleRow]:
    """Yield articles; the same arguments give the same ones."""
    weights = [1 / (rank + 3) for rank in range(len(words))]
    total = 0.0
    cumulated = [total := total + weight for weight in weights]
    for start in range(0, count, _BLOCK):
        rng = random.Random(start)
        for number in range(start, min(start + _BLOCK, count)):
            yield _article(number, rng, words, cumulated)


def _article(
    number: int, rng: random.Random, words: list[str], cumulated: list[float]
) -> ArticleRow:
    drawn = rng.choices(words, cum_weights=cumulated, k=WORDS_IN_ARTICLE + 8)
    identifier = f"{number:016x}-1"
    day = _FIRST_DAY + timedelta(days=rng.randrange(_DAYS))
    return replace(
        EMPTY,
        article_id=identifier,
        canonical_article_id=identifier,
        headline=" ".join(drawn[:8]).capitalize(),
        text=f"{' '.join(drawn[8:])}.",
        publisher=rng.choice(_OUTLETS),
        date_published=day.isoformat(),
        not_before=day,
        not_after=day,
    )
