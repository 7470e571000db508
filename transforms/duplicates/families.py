"""Who stands with whom: clusters of texts, none of which holds two that are proven distinct.

A family is what a chain of duplicates joins. Within it pairs join in the order of their score,
the surest first, unless two of the texts that would meet are proven distinct. The outcome
depends on the family alone, not on the order in which its members came.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from knipsel.transforms.duplicates.comparison import Comparison, Relation
    from knipsel.transforms.duplicates.settings import DuplicateSettings

    Comparisons = Mapping["Pair", Comparison]

BY_COMPARISON = "comparison"
"""The two were compared, and that decided."""
BY_OTHERS = "chain"
"""The comparison left it open; both are duplicates of the same others."""
BY_CARRIERS = "common_text"
"""What the two share is in several texts unlike each other: it is their template."""

BY_COMPILATION = "compilation"
"""One is wholly in the other, which holds several unlike articles: a round-up of them."""


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
    known = _Known(lengths, comparisons, proven - set(common), settings)
    template = Decision("same_template", is_duplicate=False, method=BY_CARRIERS)
    compiled = Decision("excerpt", is_duplicate=False, method=BY_COMPILATION)
    refused = dict.fromkeys(_compiled(texts, known), compiled)
    refused |= dict.fromkeys(_carried(texts, known) | proven & set(common), template)
    ranked = sorted(proven - refused.keys(), key=lambda pair: (-comparisons[pair].score, pair))
    sets = _join(texts, ranked, _objections(comparisons, refused, settings))
    return Families(
        {text: sets.root(text) for text in texts},
        {
            pair: _decision(found, refused.get(pair), sets.root(pair.one) == sets.root(pair.other))
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
    comparisons: Comparisons, refused: Collection[Pair], settings: DuplicateSettings
) -> Iterator[tuple[Pair, int]]:
    """Yield what speaks against joining two texts: less than nothing, more where it is proven."""
    for pair, found in comparisons.items():
        if found.verdict == "distinct" or pair in refused:
            yield pair, -settings.majority
        elif found.verdict == "open":
            yield pair, -1


def _decision(found: Comparison, refused: Decision | None, is_together: bool) -> Decision:  # noqa: FBT001
    """Return what a pair is, given why it was refused, and whether one cluster has both."""
    if is_together and (refused or found.verdict != "duplicate"):
        return Decision("revision", is_duplicate=True, method=BY_OTHERS)
    return refused or Decision(found.relation, found.verdict == "duplicate", BY_COMPARISON)


class _Known:
    """What is known of the duplicates among some texts."""

    def __init__(
        self,
        lengths: Mapping[int, int],
        comparisons: Comparisons,
        duplicates: Iterable[Pair],
        settings: DuplicateSettings,
    ) -> None:
        self.lengths = lengths
        self.joined = defaultdict[int, set[int]](set)
        for one, other in duplicates:
            self.joined[one].add(other)
            self.joined[other].add(one)
        self._comparisons = comparisons
        self._settings = settings

    def is_within(self, one: int, other: int) -> bool:
        """Tell whether the shorter of two texts is wholly in the other."""
        found = self._comparisons[pair_of(one, other)]
        return found.containment >= self._settings.excerpt_containment

    def is_much_shorter(self, one: int, other: int) -> bool:
        """Tell whether a text is too short to be a version of another."""
        return self.lengths[one] <= self._settings.excerpt_length * self.lengths[other]

    def are_unlike(self, texts: Collection[int]) -> bool:
        """Tell whether several of some texts are not each other's duplicates."""
        inner = (pair_of(one, other) for one in texts for other in self.joined[one] & set(texts))
        return len(components(texts, inner)) >= self._settings.template_carriers

    def share_nothing(self, texts: Collection[int]) -> bool:
        """Tell whether several of some texts have nothing to do with each other."""
        inner = (
            pair
            for pair in map(Pair._make, combinations(sorted(texts), 2))
            if pair in self._comparisons and self._comparisons[pair].relation != "distinct"
        )
        return len(components(texts, inner)) >= self._settings.template_carriers


def _carried(texts: Collection[int], known: _Known) -> set[Pair]:
    """Return the pairs of a template and a text that carries it.

    A text is a template where it is wholly in several longer ones that are not each other's
    duplicates. The longest come first, so that what is part of a template is one as well;
    two templates may be duplicates.
    """
    lengths = known.lengths
    carried: set[Pair] = set()
    templates: set[int] = set()
    for text in sorted(texts, key=lambda text: (-lengths[text], text)):
        others = known.joined[text] - templates
        longer = {other for other in others if lengths[other] > lengths[text]}
        if known.are_unlike({other for other in longer if known.is_within(text, other)}):
            templates.add(text)
            carried |= {pair_of(text, other) for other in longer}
    return {pair for pair in carried if not templates.issuperset(pair)}


def _compiled(texts: Iterable[int], known: _Known) -> Iterator[Pair]:
    """Yield the pairs of a round-up and an article in it.

    A text is a round-up where several much shorter ones that have nothing to do with each other
    are wholly in it; parts of one article mostly have something in common.
    """
    for text in texts:
        parts = {
            other
            for other in known.joined[text]
            if known.is_much_shorter(other, text) and known.is_within(other, text)
        }
        if known.share_nothing(parts):
            yield from (pair_of(text, part) for part in parts)


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
