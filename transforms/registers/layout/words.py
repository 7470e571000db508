"""What a text is divided into units with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.layout.headings import HeadingWords
    from knipsel.transforms.registers.layout.hyphens import HyphenWords


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """All lexicons of lines that are made units."""

    hyphens: HyphenWords
    headings: HeadingWords
    page_words: frozenset[str]
    """Words that stand beside the number of a page."""
    date_labels: frozenset[str]
    """Labels of a date that whoever made the file put before the text."""
    bylines: tuple[str, ...] = ()
    """Words that open a byline and hardly anything else, longest first: ``by``."""
