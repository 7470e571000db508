"""First headings that may be no headline: sites put their names there, too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.parse.headlines import SEPARATORS
from knipsel.transforms.text.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.describe.candidate import Candidate

_DOUBTED = 0.7
"""How sure a first heading is that no declared headline resembles: sites put their name there."""
_SITE_NAME = 0.5
"""How sure it is then that the name of the site is the headline."""
_ALIKE = 0.5
_LEAST_WORDS, _PREFIX_WORDS = 3, 6
"""Words of a declared headline that a heading ends with, and most words before it."""


def with_doubts(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, first headings less sure where the page speaks against them.

    It does where it declares other headlines, and where they are the name of the site: an end of
    the title, whose rest is longer.
    """
    headlines = [one for one in candidates if one.field == "headline" and one.start is None]
    declared = [set(words(one.value)) for one in headlines if one.method != "title"]
    names = {name for one in headlines if one.method == "title" for name in _ends(one.value)}
    for one in candidates:
        if one.field != "headline" or one.method != "h1":
            yield one
        elif fold(one.value) in names:
            yield replace(one, confidence=_SITE_NAME)
            yield replace(one, field="site_name", confidence=_SITE_NAME)
        elif declared and not _is_like_any(set(words(one.value)), declared):
            yield replace(one, confidence=_DOUBTED)
        else:
            yield one


def _ends(title: str) -> Iterator[str]:
    """Yield the shorter end of a title at each separator, folded."""
    for separator in SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found:
            yield fold(min(head, tail, key=len))


def _is_like_any(own: set[str], others: Sequence[set[str]]) -> bool:
    return any(len(own & other) >= _ALIKE * max(len(own), len(other), 1) for other in others)


def without_prefixes(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, first headings without the kicker or the day that a page glues to them.

    What the page declares for a headline is the end of such a heading.
    """
    declared = sorted(
        {one.value for one in candidates if one.field == "headline" and one.start is None},
        key=lambda value: (-len(value), value),
    )
    for one in candidates:
        whole = next((d for d in declared if _ends_with(one, d)), None)
        if one.field != "headline" or one.start is None or whole is None:
            yield one
            continue
        yield replace(one, value=whole)
        prefix = one.value[: len(one.value) - len(whole)].strip(" :|-–—·")
        if prefix and not any(map(str.isdigit, prefix)):
            yield replace(one, field="kicker", value=prefix, confidence=_SITE_NAME)


def _ends_with(one: Candidate, declared: str) -> bool:
    """Say whether a heading is a declared headline with a few words before it."""
    before = one.value[: len(one.value) - len(declared)]
    return (
        bool(before.strip())
        and one.value.endswith(declared)
        and len(declared.split()) >= _LEAST_WORDS
        and len(before.split()) <= _PREFIX_WORDS
    )
