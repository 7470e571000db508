"""What the pieces of one text tell about each other: one name means one thing in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.names.boundaries import ARTICLES, is_calendar, is_given
from knipsel.transforms.annotate.names.evidence import (
    KINDS,
    LISTED,
    ORGANISATION,
    PERSON,
    PLACE,
    shape,
)
from knipsel.transforms.annotate.names.known import OTHER
from knipsel.transforms.annotate.names.pieces import is_compounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from knipsel.transforms.annotate.names.boundaries import Context
    from knipsel.transforms.annotate.names.known import Known
    from knipsel.transforms.annotate.names.pieces import Piece
    from knipsel.transforms.model import Entity, Kind

_MOST = 5.0
"""What the sentences of a text together may say for a kind: a name's own shape still counts."""
_LEAST = 1.0
_LEAST_AMONG_NOUNS = 2.5
"""The evidence for an unknown name; more where any noun has a capital, or nothing is known."""
_LEAST_AT_BEGINNING = 1.8
"""The evidence for a name that only begins sentences."""
_AGAIN = 0.5
"""What it says for a name that a text has it again."""
_DEPARTMENT = 0.7
_NEIGHBOUR = 0.5
_TITLE = 2.0
"""The evidence of a title: *prins Charles* is another than *Charles Spencer*."""
_BETWEEN = frozenset({", ", " en ", " of ", " and ", " or ", " und ", " oder ", " & "})
_SHORTEST_NAME = 3
"""Letters up to which a small word is no first name, where nouns have a capital: *Es*, *Er*."""
_LOWER = -1.5
"""What it says of a name of one word that the text has it without a capital too."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means in a text."""

    kind: Kind
    name: str
    entity: Entity | None
    method: str
    confidence: float


def vote(pieces: Sequence[Piece], context: Context) -> dict[str, Named]:
    """Return what each name means, by its text; a name that means nothing is left out."""
    by_text: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_text[piece.text].append(piece)
    named: dict[str, Named] = {}
    for text, same in by_text.items():
        if found := _weigh(text, same, context):
            named[text] = found
    _share_names_of_people(named, by_text, context)
    _share_with_capitals(named, by_text)
    for text in by_text:
        stem = text.removesuffix("s")
        if stem != text and stem in named and (text not in named or named[text].method == "rule"):
            named[text] = named[stem]
    return named


def _weigh(text: str, same: Sequence[Piece], context: Context) -> Named | None:
    known = next((one.known for one in same if one.known and one.known.kind != OTHER), None)
    if known and known.entity and not _is_a_body(text, known, same):
        return Named(known.entity.kind, known.entity.name, known.entity, "register", 0.98)
    if text in context.words.department_names:
        return _department(text, same)
    if _is_no_name(text, known, same, context):
        return None
    scores = _scores(text, same, context)
    if known is None and " " not in text and is_compounded(text, context):
        scores[PERSON] -= 1.0
        scores[1] -= 1.0
    if known and known.kind != OTHER:
        scores[KINDS.index(known.kind)] += _listed(text, known.kind, context)
    best = max(range(len(KINDS)), key=scores.__getitem__)
    if scores[best] < _needed(text, same, context):
        return None
    kind: Kind = KINDS[best]
    confidence = round(min(0.95, 0.4 + 0.1 * scores[best]), 2)
    if known and known.kind == kind:
        return Named(kind, known.name, None, "list", confidence)
    return Named(kind, text, None, "rule", confidence)


def _is_no_name(text: str, known: Known | None, same: Sequence[Piece], context: Context) -> bool:
    """Tell whether a word is a common one, or a month or weekday without a title before it."""
    if known is None and _is_of_common_words(text, context):
        return True
    has_title = any(one.evidence[PERSON] >= _TITLE for one in same)
    return is_calendar(text, context.words) and not has_title


def _is_a_body(text: str, known: Known, same: Sequence[Piece]) -> bool:
    """Tell whether a family name that a register knows is a firm's: *fabrikant Veldkamp*."""
    if known.kind != KINDS[PERSON] or " " in text:
        return False
    said = [sum(piece.evidence[kind] for piece in same) for kind in range(len(KINDS))]
    return said[ORGANISATION] >= _TITLE and said[PERSON] <= 0


def _is_of_common_words(text: str, context: Context) -> bool:
    """Tell whether a name is a word with which sentences begin, or a shout of such: *READ MORE*."""
    openers, words = context.words.openers, text.split()
    if text.lower() in openers:
        return not is_given(text, context)
    if len(words) > 1 and context.words.capital_nouns:
        ends = {words[0], words[-1]} - ARTICLES
        return any(
            word.lower() in openers and word.lower() not in context.words.particles
            for word in ends
            if not is_given(word, context) or len(word) <= _SHORTEST_NAME
        )
    return " " in text and text.isupper() and openers.issuperset(text.lower().split())


def _listed(text: str, kind: Kind, context: Context) -> float:
    """Return what a list says of a name; less of a family name that may be a noun: *Koch*.

    Bodies speak as people do, so that speaking says little against the list.
    """
    if " " in text or kind == "organisation":
        return 2 * LISTED
    return LISTED / 2 if kind == KINDS[PERSON] and context.words.capital_nouns else LISTED


def _department(text: str, same: Sequence[Piece]) -> Named | None:
    """Return the ministry that a department stands for; none behind a title: *hoofd Wonen*."""
    if all(piece.is_first for piece in same) or any(piece.evidence[PERSON] > 1 for piece in same):
        return None
    return Named("organisation", text, None, "list", _DEPARTMENT)


def _scores(text: str, same: Sequence[Piece], context: Context) -> list[float]:
    scores = shape(text, context)
    for kind in range(len(KINDS)):
        said = sum(piece.evidence[kind] for piece in same)
        scores[kind] += max(-_MOST, min(_MOST, said))
    if len(same) > 1:
        scores = [score + _AGAIN for score in scores]
    if " " not in text and text.lower() in context.lower:
        scores = [score + _LOWER for score in scores]
    return scores


def _needed(text: str, same: Iterable[Piece], context: Context) -> float:
    if context.words.capital_nouns or not context.words.openers:
        return _LEAST_AMONG_NOUNS
    is_first = " " not in text and all(piece.is_first for piece in same)
    return _LEAST_AT_BEGINNING if is_first else _LEAST


def _share_names_of_people(
    named: dict[str, Named], by_text: dict[str, list[Piece]], context: Context
) -> None:
    """Let a family name mean the person whom the text names in full."""
    full = {
        text: one
        for text, one in named.items()
        if one.kind == "person" and " " in text and not _is_family_only(text, context)
    }
    in_full = {one.name for one in full.values()}
    families: dict[str, tuple[str, Named]] = {}
    known_first = sorted(full.items(), key=lambda item: not is_given(item[0].split()[0], context))
    for text, one in known_first:
        for family in family_names(text):
            families.setdefault(family, (text, one))
    givens = _given_names(full)
    for text, same in by_text.items():
        if text in full:
            continue
        found = families.get(text) or families.get(text.removesuffix("s"))
        if not found and not any(piece.evidence[PERSON] >= _TITLE for piece in same):
            found = givens.get(text)
        if not found:
            continue
        full_name, one = found
        start = by_text[full_name][0].start
        if _may_mean(named.get(text), one, start, in_full, same):
            method = "register" if one.entity else "vote"
            named[text] = Named("person", one.name, one.entity, method, 0.9)


def _share_with_capitals(named: dict[str, Named], by_text: Iterable[str]) -> None:
    """Let a name in capitals mean what the text has in small letters: *JAN BROOD* above a piece."""
    shouted = {text.upper(): one for text, one in named.items() if not text.isupper()}
    for text in by_text:
        if " " in text and text.isupper() and text in shouted:
            named[text] = shouted[text]


def _given_names(full: dict[str, Named]) -> dict[str, tuple[str, Named]]:
    """Return the first names that only one person of a text has, with that person."""
    by_given: dict[str, dict[str, tuple[str, Named]]] = defaultdict(dict)
    for text, one in full.items():
        by_given[text.partition(" ")[0]].setdefault(one.name, (text, one))
    return {
        given: next(iter(people.values())) for given, people in by_given.items() if len(people) == 1
    }


def add_neighbours(
    text: str, pieces: Sequence[Piece], named: dict[str, Named], context: Context
) -> None:
    """Let an unknown name be of the kind of what it is listed with: *Smit, Bakker en Vos*.

    First names that stand next to each other are those of people: *met Hans en Anita*.
    """
    for left, right in pairwise(pieces):
        if text[left.end : right.start] not in _BETWEEN:
            continue
        for one, other in ((left, right), (right, left)):
            kind = named[other.text].kind if other.text in named else None
            if kind is None and {one.text, other.text} <= context.registers.given_names:
                kind = KINDS[PERSON]
            if kind and one.text not in named and one.known is None and not one.is_first:
                named[one.text] = Named(kind, one.text, None, "rule", _NEIGHBOUR)


def join_acronyms(text: str, pieces: Sequence[Piece], named: dict[str, Named]) -> None:
    """Give an acronym in brackets the name before it: *Bond voor Boeren (BB)*."""
    for left, right in pairwise(pieces):
        full, short = named.get(left.text), named.get(right.text)
        if not full or text[left.end : right.start].strip() != "(" or not right.text.isupper():
            continue
        is_known = short is not None and short.entity is not None
        if full.kind == "organisation" and left.text[0] == right.text[0] and not is_known:
            named[right.text] = replace(full, method="vote")


def _is_family_only(name: str, context: Context) -> bool:
    """Tell whether a name of several words is a family name alone: *De Wijk*."""
    return name.partition(" ")[0].lower() in context.words.particles


def family_names(name: str) -> list[str]:
    """Return how the person is named by the family name alone: *De Wijk*, *de Wijk*, *Wijk*."""
    words = name.split()
    found = []
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        found += [rest, rest[0].upper() + rest[1:]] if words[at].islower() else [rest]
    return found


def _may_mean(
    now: Named | None, person: Named, full_start: int, in_full: AbstractSet[str], same: list[Piece]
) -> bool:
    """Tell whether a name alone may be that person's, as it means something else by itself.

    Somebody whom a register knows by this name is meant unless another was named before.
    """
    text = same[0].text
    if now is None or now.entity is None:
        stays = now is not None and now.method == "list" and now.kind != KINDS[PERSON]
        return not stays or sum(piece.evidence[PERSON] for piece in same) > 0
    if now.entity.kind == "place" and full_start < same[0].start:
        return all(piece.evidence[PLACE] <= 0 for piece in same)
    if now.entity.kind != "person" or now.entity == person.entity:
        return False
    return now.name not in in_full and text != now.name and full_start < same[0].start
