"""The passages by which a retracted text is looked for, byte by byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import AnyStr

PASSAGE_CHARACTERS = 48
"""Characters of a passage: too many for two texts to share by chance, few enough that a page
of a database, or a line that was wrapped anew, holds some passage of each paragraph whole."""

APART = 160
"""Characters between the starts of two passages of a paragraph, about."""

SHORTEST_LINE = 24
"""Characters of a line that is looked for as a whole; shorter ones are said by others too."""

MOST_PASSAGES = 100_000
"""Passages looked for at once. A search of 50,000 takes 120 MB and 5 s to prepare, one of 200,000
440 MB and 21 s."""

SAMENESS = 5
"""A passage with no more different bytes than this is a rule of dashes or dots, and no text."""


def passages_of(text: AnyStr) -> Iterator[AnyStr]:
    """Yield the passages of a text: of each line its start, its end, and what lies between.

    Bytes are a source as it lay on disk, whatever its encoding.
    """
    for line in text.splitlines():
        stripped = line.strip()
        if SHORTEST_LINE <= len(stripped) <= PASSAGE_CHARACTERS:
            yield stripped
        elif len(stripped) > PASSAGE_CHARACTERS:
            for start in _starts(len(stripped)):
                yield stripped[start : start + PASSAGE_CHARACTERS]


def _starts(length: int) -> Iterator[int]:
    """Yield where the passages of a line of some length start."""
    yield from range(0, length - PASSAGE_CHARACTERS, APART)
    yield length - PASSAGE_CHARACTERS


SHORTEST_NAME = 12
"""Characters from which on the name of a file is looked for: shorter ones are words as well."""

_OWN_FILES = ("README.md", "index.json", "datapackage.json", "validation.html", "report.html",
    "versions.json", "knipsel.duckdb", "part-0.parquet", "corrections.csv", "warehouse.sqlite",
    "catalog.sqlite",
)  # fmt: skip
"""What files of a warehouse and of a release are called, whatever was retracted."""


def name_needles(names: Iterable[str]) -> list[bytes]:
    """Return the names of files that can be looked for as bytes, also as JSON writes them."""
    telling = [name for name in names if len(name) >= SHORTEST_NAME and name not in _OWN_FILES]
    written = {form for name in telling for form in (name, json.dumps(name)[1:-1])}
    return sorted(form.encode("utf-8", "surrogatepass") for form in written)


def needles(texts: Iterable[str], sources: Iterable[bytes]) -> list[bytes]:
    """Return the passages of texts and of raw sources as bytes, sorted, each once.

    Where there are more than `MOST_PASSAGES`, every second, third or so of them.
    """
    found = {part.encode("utf-8", "surrogatepass") for text in texts for part in passages_of(text)}
    found.update(part for source in sources for part in passages_of(source))
    ranked = sorted(part for part in found if len(set(part)) > SAMENESS)
    step = -(-len(ranked) // MOST_PASSAGES) or 1
    return ranked[::step]
