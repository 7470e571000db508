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
