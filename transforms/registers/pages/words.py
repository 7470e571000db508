"""What tells the article of a page from the rest of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.pages.line_model import LineModels
    from knipsel.transforms.registers.pages.phrases import Phrases


@dataclass(frozen=True, slots=True)
class PageWords:
    """All that pages are cleaned with; words are folded, and of all languages together."""

    phrases: Phrases
    function_words: frozenset[str]
    furniture: frozenset[str]
    """Lines that are no article's, by `knipsel.transforms.registers.pages.furniture`."""
    models: LineModels
