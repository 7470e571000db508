"""Who stands with whom: clusters of texts, none of which holds two that are proven distinct.

A family is what a chain of duplicates joins. Within it pairs join in the order of their score,
the surest first, unless two of the texts that would meet are proven distinct. The outcome
depends on the family alone, not on the order in which its members came.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from transforms.duplicates.comparison import Comparison, Relation
    from transforms.duplicates.settings import DuplicateSettings

    Comparisons = Mapping["Pair", Comparison]

BY_COMPARISON = "comparison"
"""The two were compared, and that decided."""
BY_OTHERS = "chain"
"""The comparison left it open; both are duplicates of the same others."""
BY_CARRIERS = "common_text"
"""One is wholly in the other, but also in texts unlike each other: it is their template."""


class Pair(NamedTuple):
    """Two texts by their identifiers, the smaller one first."""

    one: int
    other: int


def pair_of(one: int, other: int) -> Pair:
    """Return a pair in its order."""
    return Pair(one, other) if one < other else Pair(other, one)


@dataclass(frozen=True, slots=True)
class Decision:
    """What two texts are to each other once the others were asked, and what decided it."""

    relation: Relation
    is_duplicate: bool
    method: str


@dataclass(frozen=True, slots=True)
class Families:
    """The clusters of some texts, each named by its smallest member, and the pairs among them."""

    cluster_of: dict[int, int]
    decisions: dict[Pair, Decision]


def components(texts: Iterable[int], pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the texts that pairs join, in groups: all sorted."""
    sets = _Sets(texts)
    for pair in pairs:
        sets.join(*pair)
    return sets.groups()


def resolve(
    texts: Collection[int],
    lengths: Mapping[int, int],
    comparisons: Comparisons,
    settings: DuplicateSettings,
) -> Families:
    """Return the clusters of texts that were compared, given their lengths in words."""
    duplicates = {pair for pair, found in comparisons.items() if found.verdict == "duplicate"}
    carried = _carried(texts, lengths, comparisons, duplicates, settings)
    proven = sorted(duplicates - carried, key=lambda pair: (-comparisons[pair].score, pair))
    apart = carried | {pair for pair, found in comparisons.items() if found.verdict == "distinct"}
    sets = _Sets(texts, apart)
    for pair in proven:
        sets.join(*pair)
    return Families(
        {text: sets.root(text) for text in texts},
        {
            pair: _decision(found, pair in carried, sets.root(pair.one) == sets.root(pair.other))
            for pair, found in comparisons.items()
        },
    )


def _decision(found: Comparison, is_carried: bool, is_together: bool) -> Decision:  # noqa: FBT001
    """Return what a pair is, given whether a template was seen in it, and where the two ended."""
    if is_carried:
        return Decision("same_template", is_duplicate=False, method=BY_CARRIERS)
    if found.verdict == "open" and is_together:
        return Decision("revision", is_duplicate=True, method=BY_OTHERS)
    return Decision(found.relation, found.verdict == "duplicate", BY_COMPARISON)


def _carried(
    texts: Collection[int],
    lengths: Mapping[int, int],
    comparisons: Comparisons,
    duplicates: Collection[Pair],
    settings: DuplicateSettings,
) -> set[Pair]:
    """Return the pairs of a template and a text that carries it.

    A text is a template where it is wholly in several longer ones that are not each other's
    duplicates. The longest ones come first, so that what is part of a template is one as well.
    """
    joined = defaultdict[int, set[int]](set)
    for one, other in duplicates:
        joined[one].add(other)
        joined[other].add(one)
    carried: set[Pair] = set()
    for text in sorted(texts, key=lambda text: (-lengths[text], text)):
        carriers = [
            other
            for other in sorted(joined[text])
            if lengths[other] > lengths[text]
            and comparisons[pair_of(text, other)].relation == "excerpt"
        ]
        if len(carriers) < settings.template_carriers:
            continue
        among = set(carriers)
        inner = (pair_of(one, other) for one in carriers for other in joined[one] & among)
        if len(components(carriers, inner)) >= settings.template_carriers:
            carried |= {pair_of(text, carrier) for carrier in carriers}
            for carrier in carriers:
                joined[carrier].discard(text)
            joined[text] -= among
    return carried


class _Sets:
    """Disjoint sets that know which of them must not be joined; a set is named by its least."""

    def __init__(self, members: Iterable[int], apart: Iterable[Pair] = ()) -> None:
        self._above = {member: member for member in members}
        self._apart = defaultdict[int, set[int]](set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def root(self, member: int) -> int:
        """Return the name of a member's set."""
        root = member
        while self._above[root] != root:
            root = self._above[root]
        while self._above[member] != root:
            self._above[member], member = root, self._above[member]
        return root

    def join(self, one: int, other: int) -> None:
        """Join the sets of two members, unless the sets must stay apart."""
        least, most = sorted((self.root(one), self.root(other)))
        if least == most or most in self._apart[least]:
            return
        self._above[most] = least
        for foe in self._apart.pop(most, set()):
            self._apart[foe].discard(most)
            self._apart[foe].add(least)
            self._apart[least].add(foe)

    def groups(self) -> list[list[int]]:
        """Return the sets, sorted, each with its members in order."""
        found = defaultdict[int, list[int]](list)
        for member in sorted(self._above):
            found[self.root(member)].append(member)
        return [found[root] for root in sorted(found)]


def missing_pairs(texts: Iterable[int], known: Collection[Pair]) -> Iterator[Pair]:
    """Yield the pairs among sorted texts that were not compared."""
    members = list(texts)
    for place, one in enumerate(members):
        for other in members[place + 1 :]:
            if Pair(one, other) not in known:
                yield Pair(one, other)
