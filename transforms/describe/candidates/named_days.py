"""What the days that a text names say of the day on which it was published.

A text that tells of the 28th of August 2025 as past was not published before: that is no date
of publication, but a bound of one. A page that says when it was changed was published by then.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.parse.dates import FoundDate
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from knipsel.transforms.clean.blocks import Block, Cleaned
    from knipsel.transforms.parse.parsed_line import LineReader
    from knipsel.transforms.registers.articles.tenses import TenseWords

NOT_BEFORE, NOT_AFTER = "date_published_not_before", "date_published_not_after"
"""The fields of the bounds, which are columns of ``articles``."""
_NAMED, _CHANGED = 0.3, 0.6
_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)]{0,2}\s+(?=[^a-z\d\s])")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d{2}(?![\d%]|[.,/:-]\d)")
_WORDS_BEFORE, _BEFORE_CHARACTERS = 2, 40
_LONGEST_PARAGRAPH = 20_000
_TEXT_ROLES = frozenset({"body", "standfirst"})


class _Named(NamedTuple):
    """A day, month or year that a text names as past, its first day, and where it stands."""

    first: date
    found: FoundDate
    block: Block


def bounds_of_publication(
    cleaned: Cleaned,
    declared: Iterable[Candidate],
    tense: TenseWords | None,
    seen_on: date | None,
) -> Iterator[Candidate]:
    """Yield the latest day that a text names as past, and the first on which it was changed.

    ``tense`` are the words of its language; without them nothing that it names is past.
    ``declared`` are the other candidates; what lies after ``seen_on``, the day on which the file
    was read, is no past.
    """
    named = [
        one
        for block in cleaned.published
        if tense and block.role in _TEXT_ROLES
        for one in _past_days(block, cleaned.lines, tense)
        if seen_on is None or one.first <= seen_on
    ]
    if named:
        latest = max(named, key=lambda one: one.first)
        evidence = Evidence(latest.block, cleaned.source_text)
        yield evidence.candidate(
            NOT_BEFORE, latest.first.isoformat(), "named_as_past", _NAMED, latest.found
        )
    for one in declared:
        last = date_bounds(one.value).not_after if one.field == "date_modified" else None
        if last and not one.rejection:
            yield Candidate(
                NOT_AFTER, last.isoformat(), "changed_by_then", _CHANGED,
                one.original, one.start, one.end,
            )  # fmt: skip


def _past_days(block: Block, lines: LineReader, tense: TenseWords) -> Iterator[_Named]:
    text = block.text[:_LONGEST_PARAGRAPH]
    found = list(lines(text).dates)
    found += _years(text, found, tense)
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)] if found else []
    for one in found:
        begin = max(end for end in ends if end <= one.start)
        end = min(end for end in ends if end >= one.end)
        first = date_bounds(one.edtf).not_before
        before = _words_before(text[begin : one.start])
        if first and _is_past(before, text[begin:end], tense):
            yield _Named(first, one, block)


def _years(text: str, found: Sequence[FoundDate], tense: TenseWords) -> list[FoundDate]:
    """Return the years that stand alone behind a word that shows that they are no numbers."""
    cues = tense.year_cues | tense.since
    return [
        FoundDate(year[0], year.start(), year.end())
        for year in _YEAR.finditer(text)
        if not cues.isdisjoint(_words_before(text[: year.start()])[-1:])
        and all(year.end() <= one.start or year.start() >= one.end for one in found)
    ]


def _words_before(text: str) -> list[str]:
    """Return the last words of a text, at most two, folded."""
    return words(text[-_BEFORE_CHARACTERS:])[-_WORDS_BEFORE:]


def _is_past(before: Sequence[str], sentence: str, tense: TenseWords) -> bool:
    """Say whether a day is past, by the words before it or those of its sentence."""
    if not tense.since.isdisjoint(before):
        return True
    if not tense.ahead.isdisjoint(before):
        return False
    found = frozenset(words(sentence))
    return not found.isdisjoint(tense.past) and found.isdisjoint(tense.future)
