"""Whether what a person states of a document agrees with what the document says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.model import Statement

_CLEAR = 0.65
"""How sure a document must be of something for it to contradict a person."""
_OF_THE_SITE = frozenset(
    {"host", "copyright_line", "masthead", "title", "file_properties", "file_name", "path"}
)
"""What contradicts nobody where nothing says how sure it is: the site may carry the article of
another, and who names a file or makes it may have written anything."""
_ALIKE = 0.5
"""Share of the words of a shorter headline that the other has where both are the same one."""
_ONE_VALUE = frozenset({"publisher", "hostname", "language", "genre", "license", "completeness"})


def contradicting(stated: Statement, others: Iterable[Statement]) -> Iterator[Statement]:
    """Yield which of ``others``, of the same article and field, contradict what is stated."""
    for one in others:
        if _is_clear(one) and _differ(stated.field, stated.value, one.value):
            yield one


def _is_clear(one: Statement) -> bool:
    if one.confidence is None:
        return one.method not in _OF_THE_SITE
    return one.confidence >= _CLEAR


def _differ(field: str, stated: str, found: str) -> bool:
    """Say whether two values of a field exclude each other; a coarser date does not a finer one."""
    if field == "date_published":
        return _are_apart(stated, found)
    if field == "author":
        return not _share_a_name(stated, found)
    if field == "headline":
        return not _are_alike(stated, found)
    if field == "language":
        return stated.partition("-")[0] != found.partition("-")[0]
    return field in _ONE_VALUE and fold(stated) != fold(found)


def _are_apart(one: str, other: str) -> bool:
    """Say whether no day fits both dates."""
    a, b = date_bounds(one), date_bounds(other)
    return bool(
        (a.not_after and b.not_before and a.not_after < b.not_before)
        or (b.not_after and a.not_before and b.not_after < a.not_before)
    )


def _share_a_name(one: str, other: str) -> bool:
    """Say whether two bylines have a word of a name in common."""
    return not set(words(one)).isdisjoint(words(other))


def _are_alike(one: str, other: str) -> bool:
    a, b = set(words(one)), set(words(other))
    return len(a & b) >= _ALIKE * min(len(a), len(b))
