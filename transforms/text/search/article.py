"""An article as search sees it: its zones, each of one or several texts, cut into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from knipsel.transforms.text.search.lemmas import lemma_group, lemmas
from knipsel.transforms.text.search.tokens import Tokens, tokens_of


@dataclass(frozen=True)
class SearchedText:
    """One text of an article and its words, with lemmas of a ``group`` of languages.

    Lemmas are looked up where they are asked for: their word lists take a second to load, and who
    asks for exact words needs none.
    """

    tokens: Tokens
    group: str

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """The lemma of each of ``tokens.exact``."""
        known = lemmas(self.group)
        return tuple(known[word] for word in self.tokens.exact)

    @cached_property
    def known(self) -> frozenset[str]:
        """The exact words that it has: most that is asked for is not among them."""
        return frozenset(self.tokens.exact)

    @cached_property
    def known_lemmas(self) -> frozenset[str]:
        """The same of the lemmas."""
        return frozenset(self.lemmas)

    @classmethod
    def of(cls, text: str, group: str) -> SearchedText:
        """Return a text, cut into words."""
        return cls(tokens_of(text), group)


@dataclass(frozen=True, slots=True)
class SearchedArticle:
    """An article: the texts of each zone, and the names that it has of each facet."""

    article_id: str
    language: str | None
    zones: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """The group of languages that its lemmas are of."""
        return lemma_group(self.language)

    def texts(self, zone: str) -> tuple[SearchedText, ...]:
        """Return the texts of a zone, cut into words."""
        return tuple(SearchedText.of(text, self.group) for text in self.zones.get(zone, ()))
