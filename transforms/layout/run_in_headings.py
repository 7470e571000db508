"""Headings that lost the line's end behind them and run into the sentence that they head.

``Een westers veiligheidspact En dus kwam hij met een plan.`` is a heading and a sentence: the
word that opens the sentence has a capital that it does not have within one. A split that is
wrong invents a heading, so whatever else the words may be, a name, a title, a dateline, a
quotation, stays whole.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.text.offsets import cut_pieces
from knipsel.transforms.text.words import ends_sentence, weight

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.layout.headings import HeadingWords, SentenceOpeners

_WORD = re.compile(r"\S+")
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d{1,4}")
"""A word of a heading: no punctuation, quotation marks or signs beside it."""
_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)]*(?:\s|$)")
_HEADING_WORDS = 8
"""Words of a heading at most: longer ones are as likely to be a sentence."""
_LEAST = 40
_SENTENCE_WORDS, _BODY_WORDS = 5, 12
"""Words of the sentence behind a heading, and of all that is behind it, at least."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides: the document's words in lower case, its language's, and all languages'."""

    common: frozenset[str]
    opening: SentenceOpeners
    words: HeadingWords


def split_run_in_headings(units: Sequence[Unit], words: HeadingWords) -> list[Unit]:
    """Split the units that begin with a heading in two: the heading, and the rest."""
    candidates = {index for index, unit in enumerate(units) if _may_split(unit, words.capitals)}
    if not candidates:
        return list(units)
    counts = Counter(
        word for unit in units for word in _PLAIN_WORD.findall(unit.text) if word.islower()
    )
    opening = _opening(counts, words)
    if opening is None:
        return list(units)
    known = _Known(frozenset(counts), opening, words)
    return [
        part
        for index, unit in enumerate(units)
        for part in (_split(unit, known) if index in candidates else (unit,))
    ]


def _may_split(unit: Unit, openers: Container[str]) -> bool:
    """Say, and quickly, whether a word that opens sentences stands behind plain words alone."""
    if unit.kind or unit.reason or unit.is_bullet or len(unit.text) < _LEAST:
        return False
    words = unit.text.split(maxsplit=_BODY_WORDS + 1)
    if len(words) <= _BODY_WORDS:
        return False
    for above, word in pairwise(words[: _HEADING_WORDS + 1]):
        if not (above.isalpha() or _PLAIN_WORD.fullmatch(above)):
            return False
        if word in openers:
            return True
    return False


def _opening(counts: Counter[str], words: HeadingWords) -> SentenceOpeners | None:
    """Return the words of the language of whose words that open sentences there are most."""
    sums = {
        language: sum(counts[word] for word in own.openers | own.articles)
        for language, own in words.by_language.items()
    }
    best = max(sums, key=lambda language: sums[language])
    return words.by_language[best] if sums[best] else None


def _split(unit: Unit, known: _Known) -> Iterator[Unit]:
    at = _sentence_start(unit.text, known)
    if at is None:
        yield unit
        return
    heading, rest = unit.text[:at].rstrip(), unit.text[at:]
    for begin, text, kind in ((0, heading, "heading"), (at, rest, None)):
        start, end = unit.stretch(begin, begin + len(text))
        pieces = cut_pieces(unit.pieces, begin, begin + len(text))
        after_blank = unit.after_blank if begin == 0 else False
        yield unit._replace(
            start=start, end=end, text=text, kind=kind, pieces=pieces, after_blank=after_blank
        )


def _sentence_start(text: str, known: _Known) -> int | None:
    """Return where in ``text`` the sentence behind a heading begins, or None without one."""
    words = list(_WORD.finditer(text[: 40 * _HEADING_WORDS]))[: _HEADING_WORDS + 2]
    for index in range(1, len(words) - 1):
        before = [word[0] for word in words[:index]]
        if _PLAIN_WORD.fullmatch(before[-1]) is None:
            return None
        opener, *following = (word[0] for word in words[index : index + 4])
        if not _opens_sentence(opener, following, before, known):
            continue
        rest = text[words[index].start() :]
        return words[index].start() if _is_heading(before, known) and _is_body(rest) else None
    return None


def _opens_sentence(
    word: str, following: Sequence[str], before: Sequence[str], known: _Known
) -> bool:
    """Say whether a word opens a sentence: it has a capital, and it or its neighbours no other."""
    folded = word.casefold()
    if not (word[0].isupper() and (word[1:].islower() or len(word) == 1)):
        return False
    if before[-1].casefold().endswith(known.words.title_nouns):
        return False
    if folded in known.opening.articles:
        return len(before) > 1 and len(word) > 1 and following[0][0].islower()
    if folded not in known.opening.openers or _is_surname(folded, following, known.words):
        return False
    return following[0][0].islower() or before[-1].islower()


def _is_surname(word: str, following: Sequence[str], words: HeadingWords) -> bool:
    """Say whether a word and those behind it can be a surname: ``Van den Bos``."""
    after = next((other for other in following if other not in words.name_particles), "")
    return word in words.name_particles and after[:1].isupper()


def _is_heading(before: Sequence[str], known: _Known) -> bool:
    """Say whether words look like a heading: no name, no sentence, not broken off."""
    function_words = known.words.function_words
    folded = [word.casefold() for word in before]
    if not before[0][0].isupper() or folded[0] in known.opening.openers:
        return False
    if folded[-1] in function_words or not known.opening.verbs.isdisjoint(folded):
        return False
    content = [word for word in before if word.casefold() not in function_words]
    if any(map(str.islower, content[1:] if len(before) > 1 else content)):
        return True
    return bool(content) and all(word.casefold() in known.common for word in content)


def _is_body(text: str) -> bool:
    """Say whether a text begins with a whole sentence and is long enough for a paragraph."""
    end = _SENTENCE_END.search(text)
    first = text[: end.end()] if end else ""
    return weight(first) >= _SENTENCE_WORDS and weight(text) >= _BODY_WORDS and ends_sentence(first)
