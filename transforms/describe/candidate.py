"""A candidate: a value that something gives for a field of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.model import NAME_SEPARATOR, Statement
from knipsel.transforms.registers.articles.facts import CURATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.clean.blocks import Block
    from knipsel.transforms.parse.bylines import Name
    from knipsel.transforms.parse.dates import FoundDate

REJECTED = ":"
"""Stands in a method between how a value was found and why it cannot be."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for a field; ``names`` are the authors that an ``author`` names.

    ``confidence`` ranks the ways of finding a value: an order to choose by. ``probability`` is how
    likely the value is right, None where nothing was at hand to estimate it, and ``basis`` what
    speaks for it and against it. ``start:end`` is where ``original`` stands in the source text, all
    None where the evidence is not part of it.
    ``rejection`` is why the value cannot be, by `knipsel.transforms.describe.choice.REJECTIONS`.
    ``stated_by`` and ``note`` are who states the value, and why.
    """

    field: str
    value: str
    method: str
    confidence: float
    original: str | None = None
    start: int | None = None
    end: int | None = None
    names: tuple[str, ...] = ()
    rejection: str | None = None
    stated_by: str | None = None
    note: str | None = None
    probability: float | None = None
    basis: str | None = None

    def statement(
        self, article_id: str, rank: int | None, *, chosen: bool, names: Sequence[str] = ()
    ) -> Statement:
        """Return the row of ``statements`` for an article.

        A rejected one has confidence 0, what a person states 1, and what is not estimated none.
        ``rank`` is its place in the order of choice, ``names`` the authors that it would give.
        """
        method = f"{self.method}{REJECTED}{self.rejection}" if self.rejection else self.method
        return Statement(
            article_id,
            self.field,
            self.value,
            self.original,
            self.start,
            self.end,
            method,
            self._confidence(),
            chosen,
            self.stated_by,
            self.note,
            self.basis,
            NAME_SEPARATOR.join(names) or None,
            self._confidence(),
            rank,
        )

    def _confidence(self) -> float | None:
        if self.rejection:
            return 0.0
        return self.confidence if self.method in CURATED else self.probability


@dataclass(frozen=True, slots=True)
class Evidence:
    """A block of a source to quote from."""

    block: Block
    source_text: str

    def candidate(
        self,
        field: str,
        value: str,
        method: str,
        confidence: float,
        place: Name | FoundDate | None = None,
        *,
        names: tuple[str, ...] = (),
    ) -> Candidate:
        """Return a candidate that stands at ``place`` of the block, or is all of it.

        Where the block's text is not the source's to the letter, all of it is the evidence.
        """
        start, end = self.block.start, self.block.end
        if place and self.source_text[start:end] == self.block.text:
            start, end = start + place.start, start + place.end
        original = self.source_text[start:end]
        return Candidate(field, value, method, confidence, original, start, end, names)
