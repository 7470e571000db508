"""Where the sentences of a block begin and end.

A sentence ends at a full stop, a question or exclamation mark or an ellipsis, with the closing
marks behind it, where white space and then a capital, a digit or an opening mark follow. A full
stop ends none behind an abbreviation, an initial or, where a language writes ordinals so, a
number of a day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.model import Sentence, TextBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.registers.annotations.sentences import SentenceWords

CLOSING = "\"'’”“»«›‹)\\]"
OPENING = "\"'‘’“”„‚«»‹›(\\[–—\\-"
_END = re.compile(
    rf"(?<![.!?…。！？])[.!?…。！？]++[{CLOSING}]*+(\s++)(?=(?:,,|[{OPENING}])*+[^\W_a-zß-öø-ÿ])"
)
"""The look behind keeps a long run of dots from being tried again at each dot."""
_LAST_WORD = re.compile(r"(?<![^\s(\[\"'‘’“„«»–—/])([^\s(\[\"‘“„«»–—/]+)$")
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ]\.){0,4}[^\W\d_a-zß-öø-ÿ]")
"""What stands before the full stop of initials: *J*, and *J.M*."""
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WINDOW = 24
"""Characters before a full stop in which its word is looked for: abbreviations are shorter."""
_LAST_DAY = 31


def find_sentences(
    text: str, blocks: Iterable[TextBlock], words: SentenceWords
) -> tuple[Sentence, ...]:
    """Return the sentences of a text, in order; together they are its blocks, space aside."""
    return tuple(
        Sentence(start, end, number)
        for number, block in enumerate(blocks)
        for start, end in _in_block(text, block, words)
    )


def _in_block(text: str, block: TextBlock, words: SentenceWords) -> Iterator[tuple[int, int]]:
    start = block.start
    for end in _END.finditer(text, block.start, block.end):
        if _is_inside(text, start, end, words):
            continue
        yield start, end.start(1)
        start = end.end(1)
    if start < block.end:
        yield start, block.end


def _are_of_name(
    text: str, start: int, found: re.Match[str], end: int, words: SentenceWords
) -> bool:
    """Tell whether initials begin a name: *in de V.S.* they are an acronym."""
    first = found.start(1)
    before = _LAST_WORD.search(text, max(start, first - _WINDOW), max(start, first - 1))
    if len(found[1]) > 1 and before and before[1].casefold() in words.articles:
        return False
    following = _FIRST_WORD.search(text, end)
    return not following or following[0].casefold() not in words.openers


def _is_inside(text: str, start: int, end: re.Match[str], words: SentenceWords) -> bool:
    """Tell whether the mark where a sentence may end is a full stop of the word before it."""
    stop = end.start()
    if text[stop] != "." or text[stop + 1 : stop + 2] in {".", "!", "?"}:
        return False
    last = _LAST_WORD.search(text, max(start, stop - _WINDOW), stop)
    if not last:
        return False
    word = last[1].lstrip("'‘’")
    if _INITIALS.fullmatch(word):
        return _are_of_name(text, start, last, end.end(), words)
    if words.has_dotted_ordinals and word.isdecimal() and int(word) <= _LAST_DAY:
        return True
    if word.isupper() and word.isalpha():
        return False  # an acronym: *de VS.* is no *vs.*
    return word.casefold() in words.abbreviations
