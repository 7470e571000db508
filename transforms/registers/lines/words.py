"""What a line is parsed with that may say who wrote an article, when, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.lines.authors import AuthorWords
    from knipsel.transforms.registers.lines.bylines import BylineWords
    from knipsel.transforms.registers.lines.dates import DateWords
    from knipsel.transforms.registers.lines.outlets import OutletRegister
    from knipsel.transforms.registers.lines.persons import PersonWords


@dataclass(frozen=True, slots=True)
class LineWords:
    """All lexicons of the lines at the front and the end of an article."""

    dates: DateWords
    bylines: BylineWords
    persons: PersonWords
    outlets: OutletRegister
    authors: AuthorWords
    function_words: frozenset[str]
