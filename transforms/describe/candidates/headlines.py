"""Headlines without what the layout puts beside them: the name of the site."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.text.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from knipsel.transforms.describe.candidate import Candidate
    from knipsel.transforms.registers.model import Registers

_SIGNS = ("|", "-", "–", "—", "•", "·", "::", "»")
"""What stands between a headline and the name of the site, with spaces around it."""
_SEPARATORS = tuple(f" {sign} " for sign in _SIGNS)
AROUND_HEADLINE = " \u00a0«" + "".join(_SIGNS)
"""Characters that are left at the ends of a headline where the site's name was taken off."""
_DOUBTED = 0.7
"""How sure a first heading is that no declared headline resembles: sites put their name there."""
_SITE_NAME = 0.5
"""How sure it is then that the name of the site is the headline."""
_ALIKE = 0.5
_LEAST_WORDS = 2
"""Words of a headline that must be left: ``Trouw - Nieuws`` is none."""


def without_site(text: str, sites: Collection[str], registers: Registers) -> tuple[str, str | None]:
    """Return a headline without the site's name at its end or beginning, and that name.

    ``sites`` are folded names that the page gives for its site; outlets of the register count
    too. Without one the headline is as it was, and the name None.
    """
    for separator in _SEPARATORS:
        for head, tail, rest in (text.rpartition(separator), text.partition(separator)[::-1]):
            name = fold(rest)
            known = name in sites or name in registers.outlets_by_name
            if tail and known and len(head.split()) >= _LEAST_WORDS:
                return head.strip(), rest.strip()
    return text, None


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
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found:
            yield fold(min(head, tail, key=len))


def _is_like_any(own: set[str], others: Sequence[set[str]]) -> bool:
    return any(len(own & other) >= _ALIKE * max(len(own), len(other), 1) for other in others)
