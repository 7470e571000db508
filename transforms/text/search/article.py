"""An article as search sees it: its zones, each of one or several texts, cut into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from knipsel.transforms.text.search.lemmas import lemma_group, lemmas
from knipsel.transforms.text.search.tokens import Tokens, tokens_of


@dataclass(frozen=True)
class SearchedText:
    """One text of an article and its words; ``lemmas`` has as many as ``tokens.exact``."""

    tokens: Tokens
    lemmas: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """All that it has, exact words and lemmas: most that is asked for is not among them."""
        return frozenset(self.tokens.exact).union(self.lemmas)

    @classmethod
    def of(cls, text: str, group: str) -> SearchedText:
        """Return a text with the lemmas of a group of languages."""
        tokens, known = tokens_of(text), lemmas(group)
        return cls(tokens, tuple(known[word] for word in tokens.exact))


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
