"""Declared authors that a byline on the page speaks against: outlets, uploaders, names cut short.

Sites declare who an account belongs to, and print who wrote. Where they differ, the printed byline
is right more often in these cases; the declared author stays as a statement, with the reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidates.declared_days import DECLARED
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.transforms.describe.candidate import Candidate
    from knipsel.transforms.registers.lines.persons import PersonWords

NOT_IN_BYLINE, NAMES_FEWER = "not_in_byline", "names_fewer"
_PRINTED = frozenset({"byline", "signature"})
_NAME_LINE = "name_line"


def weigh_authors(
    candidates: Sequence[Candidate], source_text: str, persons: PersonWords
) -> list[Candidate]:
    """Return the candidates, declared authors that others speak against rejected.

    ``source_text`` is what the page shows: a declared person whom it names nowhere is not believed
    against a byline.
    """
    authors = [one for one in candidates if one.field == "author" and one.rejection is None]
    if not any(one.method in DECLARED for one in authors):
        return list(candidates)
    shown = _Page(source_text)
    return [
        replace(one, rejection=_against(one, authors, shown, persons))
        if one.field == "author" and one.method in DECLARED and one.rejection is None
        else one
        for one in candidates
    ]


class _Page:
    """What a page shows, folded when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = ""

    def names(self, name: str) -> bool:
        self._folded = self._folded or fold(self._text)
        return fold(name) in self._folded


def _against(
    one: Candidate, authors: Iterable[Candidate], page: _Page, persons: PersonWords
) -> str | None:
    """Return what speaks against a declared author, or None."""
    own = _names(one)
    for other in authors:
        named = _names(other)
        if not named or other is one or named == own:
            continue
        if other.method in DECLARED | _PRINTED and own and own < named:
            return NAMES_FEWER
        if other.method in DECLARED or not own.isdisjoint(named):
            continue
        if _is_printed_instead(one, other, page, persons) or _is_cut(own, named):
            return NOT_IN_BYLINE
    return None


def _is_printed_instead(
    one: Candidate, other: Candidate, page: _Page, persons: PersonWords
) -> bool:
    """Say whether a page prints another author than the one it declares."""
    is_person = _people(one, persons)
    if other.method == _NAME_LINE:
        return not is_person and _people(other, persons)
    if other.method not in _PRINTED:
        return False
    return not is_person or (_people(other, persons) and not any(map(page.names, one.names)))


def _is_cut(own: frozenset[str], named: frozenset[str]) -> bool:
    """Say whether a declared name is a printed one with a word more, or with a word less."""
    return any(
        mine.startswith(f"{name} ") or name.startswith(f"{mine} ") for mine in own for name in named
    )


def _names(one: Candidate) -> frozenset[str]:
    return frozenset(map(fold, one.names))


def _people(one: Candidate, persons: PersonWords) -> bool:
    """Say whether all whom a candidate names have the first names of persons."""
    return bool(one.names) and all(is_person(name, persons) for name in one.names)
