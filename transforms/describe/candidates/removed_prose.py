"""Whether text of an article may have been left out with what surrounds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.clean.blocks import Block, Cleaned

PROSE_REMOVED, MOSTLY_REMOVED = "prose_removed", "mostly_removed"
REMOVALS = {
    PROSE_REMOVED: "running text was left out that may be of the article",
    MOSTLY_REMOVED: "more running text was left out than was kept, and no line says what it is",
}
"""What makes it doubtful that an article is all there, with its meaning."""
_LOST_WORDS = 5.0
"""Words of the article that are likely to be left out, from which on that is said. On 851 pages of
four kinds that warns of 164, and of 26 of the 33 that lack 40 words of prose of the gold text; from
10 on it would be 77 and 19."""
_STRETCH_WORDS = 200
"""Words of one stretch of prose of which nothing says what else it is: some 3 in 100 pages have one
that long, and a third of these lack text of the article, whatever the line model makes of it."""
_PASSED_OVER = 1
"""Removed blocks between two paragraphs of one stretch, at most: a heading, a caption."""
_DOUBT = 0.6
"""More than that the text ends well, less than what says that it is a teaser or breaks off."""
_FIELD = "completeness"


def removed_prose(cleaned: Cleaned, kept_words: int) -> Iterator[Candidate]:
    """Yield why it is not known whether an article is all there, by what was left out.

    ``kept_words`` are the words of its text.
    """
    removed = [block for block in cleaned.published if block.role is None]
    stretch = _longest(_stretches(cleaned.published))
    likely = sum(block.lost for block in removed) >= _LOST_WORDS
    if likely or _words(stretch) >= _STRETCH_WORDS:
        first = max(removed, key=lambda block: block.lost) if likely else stretch[0]
        yield _doubt(cleaned, first, PROSE_REMOVED)
    if stretch and _words(removed) > kept_words:
        yield _doubt(cleaned, stretch[0], MOSTLY_REMOVED)


def _doubt(cleaned: Cleaned, block: Block, method: str) -> Candidate:
    return Evidence(block, cleaned.source_text).candidate(_FIELD, "unknown", method, _DOUBT)


def _stretches(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the removed prose that nothing explains, what stands together together."""
    stretch: list[Block] = []
    passed = 0
    for block in blocks:
        passed = 0 if block.prose else passed + 1
        if stretch and (block.role or passed > _PASSED_OVER):
            yield stretch
            stretch = []
        if block.prose:
            stretch.append(block)
    yield stretch


def _longest(stretches: Iterator[list[Block]]) -> list[Block]:
    return max(stretches, key=_words)


def _words(blocks: Sequence[Block]) -> int:
    return sum(block.prose for block in blocks)
