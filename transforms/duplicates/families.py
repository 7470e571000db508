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
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from transforms.duplicates.comparison import Comparison, Relation
    from transforms.duplicates.settings import DuplicateSettings

    Comparisons = Mapping["Pair", Comparison]

BY_COMPARISON = "comparison"
"""The two were compared, and that decided."""
BY_OTHERS = "chain"
"""The comparison left it open; both are duplicates of the same others."""
BY_CARRIERS = "common_text"
"""What the two share is in several texts unlike each other: it is their template."""


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
    common: Collection[Pair] = (),
) -> Families:
    """Return the clusters of texts that were compared, given their lengths.

    ``common`` are pairs that share no more than many others share with both: a template.
    """
    proven = {pair for pair, found in comparisons.items() if found.verdict == "duplicate"}
    duplicates = proven - set(common)
    carried = _carried(texts, lengths, comparisons, duplicates, settings)
    carried |= proven & set(common)
    ranked = sorted(proven - carried, key=lambda pair: (-comparisons[pair].score, pair))
    sets = _join(texts, ranked, _objections(comparisons, carried, settings))
    return Families(
        {text: sets.root(text) for text in texts},
        {
            pair: _decision(found, pair in carried, sets.root(pair.one) == sets.root(pair.other))
            for pair, found in comparisons.items()
        },
    )


def _join(
    texts: Iterable[int],
    proven: Sequence[Pair],
    objections: Iterable[tuple[Pair, int]],
) -> _Sets:
    """Return the clusters that duplicates join, the surest first, as far as others agree."""
    sets, votes = _Sets(texts), _Votes([*((pair, 1) for pair in proven), *objections])
    is_changed = True
    while is_changed:
        is_changed = False
        for pair in proven:
            one, other = sets.root(pair.one), sets.root(pair.other)
            if one != other and votes.agree(one, other):
                votes.merge(*sets.join(one, other))
                is_changed = True
    return sets


def _objections(
    comparisons: Comparisons, carried: Collection[Pair], settings: DuplicateSettings
) -> Iterator[tuple[Pair, int]]:
    """Yield what speaks against joining two texts: less than nothing, more where it is proven."""
    for pair, found in comparisons.items():
        if found.verdict == "distinct" or pair in carried:
            yield pair, -settings.majority
        elif found.verdict == "open":
            yield pair, -1


def _decision(found: Comparison, is_carried: bool, is_together: bool) -> Decision:  # noqa: FBT001
    """Return what a pair is, given whether a template was seen in it, and where the two ended."""
    if is_together and (is_carried or found.verdict != "duplicate"):
        return Decision("revision", is_duplicate=True, method=BY_OTHERS)
    if is_carried:
        return Decision("same_template", is_duplicate=False, method=BY_CARRIERS)
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
    duplicates. The longest come first, so that what is part of a template is one as well;
    two templates may be duplicates.
    """
    joined = defaultdict[int, set[int]](set)
    for one, other in duplicates:
        joined[one].add(other)
        joined[other].add(one)
    carried: set[Pair] = set()
    templates: set[int] = set()
    for text in sorted(texts, key=lambda text: (-lengths[text], text)):
        longer = {other for other in joined[text] - templates if lengths[other] > lengths[text]}
        carriers = {
            other
            for other in longer
            if comparisons[pair_of(text, other)].containment >= settings.excerpt_containment
        }
        inner = (pair_of(one, other) for one in carriers for other in joined[one] & carriers)
        if len(components(carriers, inner)) >= settings.template_carriers:
            templates.add(text)
            carried |= {pair_of(text, other) for other in longer}
    return {pair for pair in carried if not templates.issuperset(pair)}


class _Sets:
    """Disjoint sets, each named by its least member."""

    def __init__(self, members: Iterable[int]) -> None:
        self._above = {member: member for member in members}

    def root(self, member: int) -> int:
        """Return the name of a member's set."""
        root = member
        while self._above[root] != root:
            root = self._above[root]
        while self._above[member] != root:
            self._above[member], member = root, self._above[member]
        return root

    def join(self, one: int, other: int) -> tuple[int, int]:
        """Join the sets of two members; return the names that were: the one kept, the one gone."""
        kept, gone = sorted((self.root(one), self.root(other)))
        self._above[gone] = kept
        return kept, gone

    def groups(self) -> list[list[int]]:
        """Return the sets, sorted, each with its members in order."""
        found = defaultdict[int, list[int]](list)
        for member in sorted(self._above):
            found[self.root(member)].append(member)
        return [found[root] for root in sorted(found)]


class _Votes:
    """What the pairs between two clusters say in sum: above zero they are the same article."""

    def __init__(self, votes: Iterable[tuple[Pair, int]]) -> None:
        self._between = defaultdict[int, defaultdict[int, int]](lambda: defaultdict(int))
        for (one, other), vote in votes:
            self._between[one][other] += vote
            self._between[other][one] += vote

    def agree(self, one: int, other: int) -> bool:
        """Tell whether the pairs of two clusters say that they are one."""
        return self._between[one][other] > 0

    def merge(self, kept: int, gone: int) -> None:
        """Count the pairs of a cluster as those of another, which it became part of."""
        for other, votes in self._between.pop(gone, {}).items():
            del self._between[other][gone]
            if other != kept:
                self._between[kept][other] += votes
                self._between[other][kept] += votes


def missing_pairs(texts: Iterable[int], known: Collection[Pair]) -> Iterator[Pair]:
    """Yield the pairs among sorted texts that were not compared."""
    members = list(texts)
    for place, one in enumerate(members):
        for other in members[place + 1 :]:
            if Pair(one, other) not in known:
                yield Pair(one, other)
