"""The kind of a piece, as its labels say it: a column, an interview, an analysis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.registers.articles.facts import CURATED
from knipsel.transforms.registers.articles.genres import Genres
from knipsel.transforms.text.words import fold, repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.clean.blocks import Cleaned

_ABOVE = {"kicker": 3, "site_label": 3, "navigation": 1, "related_links": 1}
"""Blocks above a headline among which a label is its own; what is farther is of a menu."""
_KICKER, _LABEL, _SECTION, _ADDRESS = 0.85, 0.7, 0.6, 0.55
_ANY = "news"
"""The kind that the address of anything may have: ``/news/`` is where sites put all they have."""
_SEPARATORS = "|/>»·•"


def genre_of(label: str, genres: Genres) -> str | None:
    """Return the kind that a label or a type of schema.org says, None where none is listed."""
    folded = fold(label)
    return genres.labels.get(folded) or genres.types.get(folded)


def label_genres(cleaned: Cleaned, genres: Genres) -> Iterator[Candidate]:
    """Yield the kinds that a label at the headline says: before it, or on a line above it."""
    blocks = cleaned.blocks
    top = next((at for at, block in enumerate(blocks) if block.role == "headline"), None)
    if top is None:
        top = next((at for at, block in enumerate(blocks) if block.role), 0)
    for distance, block in enumerate(reversed(blocks[:top][-max(_ABOVE.values()) :]), 1):
        kind = _last_kind(block.text, genres)
        if kind and distance <= _ABOVE.get(block.reason or "", 0):
            confidence = _KICKER if block.reason == "kicker" else _LABEL
            method = "kicker" if block.reason == "kicker" else "label"
            yield Evidence(block, cleaned.source_text).candidate("genre", kind, method, confidence)


def _last_kind(text: str, genres: Genres) -> str | None:
    """Return the kind that a line says, or the last part of one: ``Home > Opinie``."""
    for sign in _SEPARATORS:
        text = text.rpartition(sign)[2] or text
    return genre_of(repair(text), genres)


def kinds_only(candidates: Iterable[Candidate], genres: Genres) -> Iterator[Candidate]:
    """Yield the candidates, genres as the register has them; others are labels, as printed."""
    for one in candidates:
        if one.field != "genre" or one.method in CURATED:
            yield one
            continue
        kind = genre_of(one.value, genres)
        yield replace(one, field="genre" if kind else "genre_label", value=kind or one.value)


def declared_genres(candidates: Iterable[Candidate], genres: Genres) -> Iterator[Candidate]:
    """Yield the kinds that the section or the address of an article says."""
    for one in candidates:
        if one.field in {"article_section", "schema_type"}:
            found = genre_of(one.value, genres)
            confidence = _SECTION if one.field == "article_section" else one.confidence
        elif one.field == "url":
            parts = one.value.split("/")[3:-1]
            kinds = (genre_of(part, genres) for part in parts)
            found = next((kind for kind in kinds if kind not in {None, _ANY}), None)
            confidence = _ADDRESS
        else:
            continue
        if found:
            yield Candidate("genre", found, one.field, confidence, one.original, one.start, one.end)
