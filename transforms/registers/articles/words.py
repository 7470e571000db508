"""What an article is described with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.registers.articles.completeness import CutSigns
    from knipsel.transforms.registers.articles.genres import Genres
    from knipsel.transforms.registers.articles.probabilities import Probabilities
    from knipsel.transforms.registers.articles.tenses import TenseWords


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """All lexicons of what an article says of itself."""

    genres: Genres
    cut_signs: CutSigns
    tenses: Mapping[str, TenseWords]
    """By language."""
    probabilities: Probabilities
    story_labels: frozenset[str]
    """Words in capitals that a text begins with and that are no place: ``UPDATE``."""
