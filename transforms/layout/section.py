"""What a reader makes of a file: its text, the sections in it, and what it declares of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.text.decoded import Decoded


@dataclass(frozen=True, slots=True)
class HeadTag:
    """A value of a metadata field that a file declares outside its articles' text.

    ``method`` says where it was declared: ``json-ld``, ``index``. ``start:end`` is where the
    evidence stands in the source text, both None where it is not part of it. ``names`` are the
    people whom an ``author`` names; where it is None, semicolons part them.
    """

    field: str
    value: str
    method: str
    confidence: float
    start: int | None = None
    end: int | None = None
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a source that holds an article, and what the file declares of it.

    ``kept`` says of each unit whether the format itself takes it for the article's body; None
    where the format does not say. ``is_declared`` is set where the format says that here is an
    article, however short: a record of an export, but not a page. ``is_doubtful`` is set where
    it seems to hold several articles: then nothing that is said in it is said of all of it.
    """

    units: tuple[Unit, ...]
    kept: tuple[bool, ...] | None = None
    head: tuple[HeadTag, ...] = ()
    is_declared: bool = False
    is_doubtful: bool = False

    def declared(self, field: str) -> Iterator[str]:
        """Yield the values that the file declares for a field."""
        return (tag.value for tag in self.head if tag.field == field)


@dataclass(frozen=True, slots=True)
class Reading:
    """All text of a file in reading order, divided into sections in that order.

    The units of all sections together hold all of the source text that is not white space.
    ``decoded`` is how the text was decoded, where that is not how the file as a whole was.
    """

    source_text: str
    sections: tuple[Section, ...]
    decoded: Decoded | None = None
