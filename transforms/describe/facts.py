"""Facts that a person states of a document, as candidates: they win over whatever is found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate
from knipsel.transforms.registers.articles.facts import (
    CORRECTION,
    FILE_NAMES,
    NOTHING,
    OF_ONE_ARTICLE,
    SIDECAR,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.registers.articles.facts import Facts

_STATED = 1.0
"""How sure a person is held to be: whatever else is found is not preferred to it."""
_OF_FILES = frozenset({CORRECTION, FILE_NAMES})
"""Methods by which a file is meant where no article is named: of several in it none alone."""
NO_VALUE, MISNAMED = "no_value", "misnamed"
"""Why candidates cannot be: a person says that the article has none; the name of the file has not
the form that it should have."""


def stated(
    facts: Iterable[tuple[str, Facts]], article: int, count: int, language: str | None = None
) -> Iterator[Candidate]:
    """Yield what a person states of the article at a place (from 1) of its document, of ``count``.

    What counts first comes first.
    ``language`` is stated of every article, before all else.
    """
    if language is not None:
        yield Candidate("language", language, SIDECAR, _STATED)
    for method, one in facts:
        if not one.is_of(article, count):
            continue
        if one.misnamed is not None:
            name = Candidate(FILE_NAMES, one.misnamed, method, 0.0, rejection=MISNAMED)
            yield replace(name, note=one.note)
        is_shared = count > 1 and one.article is None and method in _OF_FILES
        for field, value in one.values:
            if not (is_shared and field in OF_ONE_ARTICLE):
                yield _candidate(method, one, field, value)


def _candidate(method: str, facts: Facts, field: str, value: str) -> Candidate:
    is_none = method == CORRECTION and value == NOTHING
    return Candidate(
        field,
        value,
        method,
        _STATED,
        names=facts.authors if field == "author" else (),
        rejection=NO_VALUE if is_none else None,
        stated_by=facts.stated_by,
        note=facts.note,
    )


def without_denied(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, rejected where a person says that the article has no such value.

    Of two corrections of one field the first counts.
    """
    first: dict[str, Candidate] = {}
    for one in found:
        if one.method == CORRECTION:
            first.setdefault(one.field, one)
    denied = {field for field, one in first.items() if one.rejection == NO_VALUE}
    return [
        replace(one, rejection=NO_VALUE) if one.field in denied and not one.rejection else one
        for one in found
    ]
