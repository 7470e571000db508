"""Pull quotes: sentences that the layout repeats, and so must not be in the text twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.text.words import begins_upper, ends_sentence, weight, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_LONGEST_WORDS, _SHORTEST_WORDS = 45, 5
_REPEATED_WORDS, _REPEATED_RUNS = 0.85, 0.35
"""Share of a pull quote's words, and of its runs of three words, that the paragraph which it
repeats has. Editors shorten and move words: of five true ones seen, the least has .94 and .47."""
_REPEATED_RUNS_OPEN = 0.6
"""The same where no end mark tells a sentence from a heading."""
_CEILING = 1_000_000
"""Characters of a text in which pull quotes are sought; no article is as long."""

_QUOTES = "\"'‘“„«”’»"
_NAME = r"[^\W\d_][\w’'.-]{0,30}"
_ATTRIBUTION = re.compile(
    rf"[.!?…]['\"’”»]?\s[—–-]?\s?({_NAME}(?:\s{_NAME}){{1,4}}),\s(.{{3,80}})$"
)


def find_pull_quotes(
    paragraphs: Sequence[str],
    function_words: frozenset[str],
    alike: Mapping[int, Collection[int]],
) -> set[int]:
    """Return the indexes of the pull quotes among ``paragraphs``; the first is never one.

    A pull quote is short and repeats a longer paragraph, nearly so, with or without a name
    behind it; or it is a sentence, a name and a function, where the text has that name too.
    Several in a row are a table or a list that repeats itself, and no layout. ``alike`` gives,
    for each that may repeat others, those others, by a test that costs less than this one.
    """
    if sum(map(len, paragraphs)) > _CEILING:
        return set()
    sizes = [weight(paragraph) for paragraph in paragraphs]
    short = [i for i, size in enumerate(sizes) if i and _SHORTEST_WORDS <= size <= _LONGEST_WORDS]
    repeated = {
        i
        for i in short
        if any(
            sizes[other] > sizes[i] and _repeats(paragraphs[i], words(paragraphs[other]))
            for other in alike.get(i, ())
        )
    }
    alone = {i for i in repeated if repeated.isdisjoint((i - 1, i + 1))}
    names = {i: name for i in short if (name := _attribution(paragraphs[i], function_words))}
    return alone | {i for i, name in names.items() if _is_named(name, paragraphs)}


def _runs(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(row, row[1:], row[2:], strict=False)


def _variants(paragraph: str) -> Iterator[Sequence[str]]:
    """Yield the words of a paragraph that can be said: all, or those before a name at its end.

    Without an end mark or quotation marks a line is a heading or of a list, which repeat words
    of the text, too; so are questions.
    """
    if paragraph[0] in _QUOTES or (ends_sentence(paragraph) and "?" not in paragraph[-2:]):
        yield words(paragraph)
    if ends_sentence(paragraph):
        return
    tokens = paragraph.split()
    for cut in range(_SHORTEST_WORDS, len(tokens) - 1):
        is_name = begins_upper(tokens[cut]) and begins_upper(tokens[cut + 1])
        if is_name and sum(map(str.islower, tokens[:cut])) * 2 > cut:
            yield words(" ".join(tokens[:cut]))


def _repeats(paragraph: str, other: Sequence[str]) -> bool:
    """Say whether a longer paragraph, given by its words, has those of this one, a name aside."""
    least = _REPEATED_RUNS if ends_sentence(paragraph) else _REPEATED_RUNS_OPEN
    have, runs = set(other), set(_runs(other))
    return any(
        sum(run in runs for run in _runs(row)) >= max(least * (len(row) - 2), 1)
        and sum(word in have for word in row) >= _REPEATED_WORDS * len(row)
        for row in _variants(paragraph)
    )


def _is_named(surname: str, paragraphs: Sequence[str]) -> bool:
    """Say whether the text has a name more than once: a quotation's own line is one."""
    return sum(words(paragraph).count(surname) for paragraph in paragraphs) > 1


def _attribution(paragraph: str, function_words: frozenset[str]) -> str | None:
    """Return the surname where a paragraph ends in a name and a function, else None."""
    if ends_sentence(paragraph):
        return None
    found = _ATTRIBUTION.search(paragraph)
    if not found:
        return None
    name = found[1].split()
    few = sum(word in function_words for word in words(found[2])) * 2 <= weight(found[2])
    is_name = begins_upper(name[0]) and begins_upper(name[-1])
    return (words(name[-1]) or [""])[0] if few and is_name else None
