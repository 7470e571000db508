"""The passages by which a retracted text is looked for, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

PASSAGE_CHARACTERS = 48
"""Characters of a passage: too many for two texts to share by chance, few enough that a page
of a database, or a line that was wrapped anew, holds some passage of each paragraph whole."""

APART = 160
"""Characters between the starts of two passages of a paragraph, about."""

SHORTEST_LINE = 24
"""Characters of a line that is looked for as a whole; shorter ones are said by others too."""

MOST_PASSAGES = 400_000
"""Passages looked for at once: the table of a search takes some hundreds of bytes for each."""


def passages_of(text: str) -> Iterator[str]:
    """Yield the passages of a text: of each line its start, its end, and what lies between."""
    for line in text.splitlines():
        stripped = line.strip()
        if SHORTEST_LINE <= len(stripped) <= PASSAGE_CHARACTERS:
            yield stripped
        elif len(stripped) > PASSAGE_CHARACTERS:
            last = len(stripped) - PASSAGE_CHARACTERS
            for start in (*range(0, last, APART), last):
                yield stripped[start : start + PASSAGE_CHARACTERS]


def byte_passages(raw: bytes) -> Iterator[bytes]:
    """Yield the passages of a source as it lay on disk, whatever its encoding."""
    for line in raw.splitlines():
        stripped = line.strip()
        if SHORTEST_LINE <= len(stripped) <= PASSAGE_CHARACTERS:
            yield stripped
        elif len(stripped) > PASSAGE_CHARACTERS:
            last = len(stripped) - PASSAGE_CHARACTERS
            for start in (*range(0, last, APART), last):
                yield stripped[start : start + PASSAGE_CHARACTERS]


def needles(texts: Iterable[str], sources: Iterable[bytes]) -> list[bytes]:
    """Return the passages of texts and of raw sources as bytes, sorted, each once.

    Where there are more than `MOST_PASSAGES`, evenly chosen ones: each text keeps some.
    """
    found = {part.encode("utf-8", "surrogatepass") for text in texts for part in passages_of(text)}
    found.update(part for source in sources for part in byte_passages(source))
    ranked = sorted(part for part in found if len(set(part)) > _SAMENESS)
    step = -(-len(ranked) // MOST_PASSAGES) or 1
    return ranked[::step]


_SAMENESS = 5
"""A passage with no more different bytes than this is a rule of dashes or dots, and no text."""
