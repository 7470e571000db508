"""The words that tell a heading from the sentence that it runs into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.registers.tables import LanguageTables


class SentenceOpeners(NamedTuple):
    """Folded words of a language with which sentences begin."""

    articles: frozenset[str]
    openers: frozenset[str]
    """Words that open a sentence, and seldom a name or a title, as articles do."""
    verbs: frozenset[str]
    """Finite verbs. Where one stands is a sentence, or something said."""


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """The words of each language, by its code, and those of all together."""

    by_language: Mapping[str, SentenceOpeners]
    capitals: frozenset[str]
    """The words that open a sentence and the articles of all languages, each with its capital."""
    title_nouns: tuple[str, ...]
    """Nouns that a title stands behind, and that compounds end in: ``film``."""
    name_particles: frozenset[str]
    function_words: frozenset[str]


def parse_heading_words(languages: LanguageTables) -> HeadingWords:
    """Parse the words of headings."""
    listed = languages.by_language("articles", "sentence_openers", "sentence_verbs")
    by_language = {code: SentenceOpeners(*words) for code, words in listed.items()}
    return HeadingWords(
        by_language=by_language,
        capitals=frozenset(
            word.capitalize()
            for words in by_language.values()
            for word in (*words.articles, *words.openers)
        ),
        title_nouns=languages.longest_first("title_nouns"),
        name_particles=languages.set("name_particles"),
        function_words=languages.listed("function_words"),
    )
