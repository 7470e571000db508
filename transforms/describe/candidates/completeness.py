"""Whether a source holds a whole article, or a teaser, or one that is cut off."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.clean.reasons import OTHER_PROSE
from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.describe.candidates.removed_prose import removed_prose
from knipsel.transforms.model import TEXT_ROLES
from knipsel.transforms.registers.articles.completeness import CutSigns
from knipsel.transforms.registers.articles.facts import CURATED
from knipsel.transforms.registers.pages.phrases import line_key
from knipsel.transforms.text.words import ends_sentence, fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.clean.blocks import Block, Cleaned
    from knipsel.transforms.model import Completeness

_TEASER_WORDS = 150
"""Words of a text up to which its beginning is a teaser; the stubs of paywalls have 50 to 130."""
_WHOLE_WORDS = 100
"""Words from which a text that ends as a sentence does is taken for a whole article."""
_SURELY_WHOLE_WORDS = 300
"""Words from which a text that ends as a sentence does is not cut by *read more* under it."""
_BELOW = 4
"""Blocks under the text among which a line tells that it goes on elsewhere."""
_SENTENCE_WORDS = 15
"""Words of a last paragraph that should end as a sentence does; shorter ones may be labels."""
_BULLETS = "•-*–·"
_COUNT_TOLERANCE = 0.85
"""Share of the words that the source says an article has, from which on it is all there:
headline, byline and captions are counted by some and not by others."""
_SURE_COUNT = 0.97
"""Share of these words from which on nothing long can be missing, whatever was removed."""
_CUT_LINE, _ENDING, _ELLIPSIS, _MIDST, _COUNTED, _NOT_FREE, _ENDS_WELL = (
    0.9, 0.9, 0.8, 0.7, 0.85, 0.5, 0.55,
)  # fmt: skip
_CUT_OFF = re.compile(r"(?:\[(?:…|\.{3})\]|\((?:…|\.{3})\)|…|\.{3,4})[\s\"'’”»]{0,3}$")
_UNDER_TEXT = frozenset(
    {"paywall", "inline_link", "navigation", "boilerplate", "related_links", OTHER_PROSE}
)
_OWN_COUNT = "counted"
"""The method of a count that is this project's own, beside that of an index."""
_FIELD = "completeness"
_TEXT_SOURCE = "text_source"
"""Says that the text is that of a page's data: what the page says of its own is of a part of it."""


def completeness(
    cleaned: Cleaned, declared: Sequence[Candidate], signs: CutSigns
) -> Iterator[Candidate]:
    """Yield what shows that a text is whole, or is not; ``declared`` is what its file says."""
    blocks = cleaned.published
    in_text = [
        at
        for at, block in enumerate(blocks)
        if block.role in TEXT_ROLES and any(map(str.isalpha, block.text))
    ]
    if not in_text:
        return
    size = sum(weight(blocks[at].text) for at in in_text)
    part: Completeness = "teaser" if size < _TEASER_WORDS else "truncated"
    last = Evidence(blocks[in_text[-1]], cleaned.source_text)
    is_whole = size >= _SURELY_WHOLE_WORDS and ends_sentence(last.block.text)
    sure = replace(signs, more=frozenset()) if is_whole else signs
    of_data = any(one.field == _TEXT_SOURCE for one in declared)
    cut = [
        *(
            []
            if of_data
            else _cut_lines(blocks[in_text[-1] + 1 :], cleaned.source_text, part, sure)
        ),
        *_cut_endings(last, part, signs),
        *_said(declared, size, part),
    ]
    doubts = [] if _is_settled(declared, size) else [*removed_prose(cleaned, size)]
    yield from (_doubted(one) for one in cut) if doubts else cut
    yield from doubts
    if size >= _WHOLE_WORDS and ends_sentence(last.block.text) and not _is_cut_off(last.block):
        yield last.candidate(_FIELD, "complete", "ends_well", _ENDS_WELL)


def _is_settled(declared: Iterable[Candidate], size: int) -> bool:
    """Say whether all words are there that the source counts, or a person says that all are."""
    return any(
        (one.field == _FIELD and one.value == "complete" and one.method in CURATED)
        or (_is_count(one) and size >= _SURE_COUNT * int(one.value))
        for one in declared
    )


def _is_count(one: Candidate) -> bool:
    return one.field == "word_count" and one.method != _OWN_COUNT and int(one.value or 0) > 0


def _doubted(one: Candidate) -> Candidate:
    """Return a candidate; a mark under the text does not show that nothing is missing above it."""
    return replace(one, confidence=_ENDS_WELL) if one.value == "complete" else one


def _cut_lines(
    below: Sequence[Block], source_text: str, part: str, signs: CutSigns
) -> Iterator[Candidate]:
    """Yield the first lines under a text that say that it goes on elsewhere, or that it ends."""
    for block in below[:_BELOW]:
        key = line_key(fold(block.text))
        evidence = Evidence(block, source_text)
        if block.text.strip().casefold() in signs.declared:
            yield evidence.candidate(_FIELD, "complete", "end_mark", _CUT_LINE)
            return
        if block.reason not in _UNDER_TEXT and block.reason is not None:
            return
        if key in signs.lines or key in signs.more or block.reason == "paywall":
            yield evidence.candidate(_FIELD, part, "cut_line", _CUT_LINE)
            return


def _is_cut_off(block: Block) -> bool:
    return bool(_CUT_OFF.search(block.text[-20:]))


def _cut_endings(last: Evidence, part: str, signs: CutSigns) -> Iterator[Candidate]:
    """Yield how the last paragraph shows that more should follow it."""
    key = line_key(fold(last.block.text[-200:]))
    if key in signs.lines or any(key.endswith(ending) for ending in signs.endings):
        yield last.candidate(_FIELD, part, "cut_ending", _ENDING)
    elif _is_cut_off(last.block):
        yield last.candidate(_FIELD, part, "ellipsis", _ELLIPSIS)
    elif last.block.role == "body" and _stops_in_midst(last):
        yield last.candidate(_FIELD, part, "mid_sentence", _MIDST)


def _stops_in_midst(last: Evidence) -> bool:
    """Say whether a paragraph of prose ends with a comma or in lower case, and no end mark."""
    text = last.block.text.rstrip()
    is_item = last.source_text[last.block.start : last.block.end].lstrip()[:1] in _BULLETS
    if is_item or weight(text) < _SENTENCE_WORDS or ends_sentence(text):
        return False
    return text.endswith((",", ";", "-", "–")) or text.split()[-1][:1].islower()


def _said(declared: Iterable[Candidate], size: int, part: str) -> Iterator[Candidate]:
    """Yield what follows from the number of words, or the price, that the file declares."""
    for one in declared:
        if _is_count(one):
            whole = size >= _COUNT_TOLERANCE * int(one.value)
            value, confidence = "complete" if whole else part, _COUNTED
        elif one.field == "is_accessible_for_free" and one.value == "false":
            if size >= _TEASER_WORDS:
                continue
            value, confidence = part, _NOT_FREE
        else:
            continue
        yield Candidate(_FIELD, value, one.field, confidence, one.original, one.start, one.end)
