"""Sketches: enough of a text to compare it with others when it is gone, and nothing to read.

Of each set that the exact comparison holds against another (see
`knipsel.transforms.duplicates.comparison`) a sketch keeps how many members it has, and of each
MinHash value the last eight bits (Li and König 2010, *b-bit minwise hashing*). How much two sets
share follows from how many of these are equal; a word does not, since every 256th word there is
would leave the same eight bits.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rensa import RMinHash

from knipsel.transforms.duplicates.comparison import Overlap, features, weigh
from knipsel.transforms.duplicates.settings import METHOD_VERSION, DuplicateSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from knipsel.transforms.duplicates.hashing import Hashes

    Minima = NDArray[np.uint8]

PERMUTATIONS = 512
"""MinHash values of a set. The share of two sets is then known to 0.02, once in three times, and
what is 0.02 off in each of three shares moves a score by less than 0.1."""

SETTINGS = DuplicateSettings()
"""What is compared, whatever a warehouse sets: what is gone cannot be sketched in another way."""

_SEED = 1
_SAME_BY_CHANCE = 1 / 256
_SETS = 4


class _Set(NamedTuple):
    """A set by its number of members, and the last bits of its MinHash values."""

    size: int
    minima: Minima


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text, of each set that is compared, in the order of `Overlap`."""

    sets: tuple[_Set, ...]

    def as_text(self) -> str:
        """Return the sketch as ASCII: the sizes, a colon, the bits in base64."""
        sizes = ",".join(str(one.size) for one in self.sets)
        bits = b"".join(one.minima.tobytes() for one in self.sets)
        return f"{sizes}:{base64.b64encode(bits).decode()}"

    @classmethod
    def of_text(cls, text: str) -> Sketch:
        """Return the sketch that `as_text` wrote."""
        sizes, bits = text.split(":")
        rows = np.frombuffer(base64.b64decode(bits), np.uint8).reshape(_SETS, PERMUTATIONS)
        return cls(tuple(map(_Set, map(int, sizes.split(",")), rows)))


def sketch_version() -> str:
    """Return what sketches are made by: those of another version do not fit together."""
    return f"{METHOD_VERSION}.{RMinHash.ALGORITHM_VERSION}.{PERMUTATIONS}"


def sketch(texts: Sequence[str]) -> list[Sketch]:
    """Return the sketch of each text."""
    made = features(texts, SETTINGS)
    columns = [
        _minima([one.shingles for one in made]),
        _minima([one.telling for one in made]),
        _minima([one.slots for one in made]),
        _minima([one.fillings for one in made]),
    ]
    return [Sketch(sets) for sets in zip(*columns, strict=True)]


def _minima(sets: Sequence[Hashes]) -> list[_Set]:
    bounds = np.concatenate([[0], np.cumsum([len(one) for one in sets])]).astype(np.uint64)
    values = np.concatenate([np.zeros(0, np.uint64), *sets])
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(values, bounds, PERMUTATIONS, _SEED)
    rows = np.array(matrix.to_rows(), dtype=np.uint64).reshape(len(sets), PERMUTATIONS)
    return [_Set(len(one), row.astype(np.uint8)) for one, row in zip(sets, rows, strict=True)]


class SketchIndex:
    """Sketches of texts that are gone, against which others are held."""

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        """Take the sketches."""
        self._sizes = np.array([[one.size for one in each.sets] for each in sketches], np.float64)
        self._minima = [
            np.array([each.sets[place].minima for each in sketches]) for place in range(_SETS)
        ]

    def like(self, one: Sketch) -> tuple[int, float] | None:
        """Return which of the sketches a text is most like and its score; None if it is like none.

        It is like one from the score on from which two texts are duplicates. The score is that of
        the exact comparison, as well as the sketches tell it.
        """
        shared = [self._shared(one, place) for place in range(_SETS)]
        sizes = np.array([each.size for each in one.sets], np.float64)
        fewest = np.minimum(sizes, self._sizes)
        # No score is above the containment, so that few texts have to be weighed.
        near = np.flatnonzero(shared[0] >= SETTINGS.duplicate_score * fewest[:, 0])
        scored = [(_score([part[row] for part in shared], fewest[row]), -int(row)) for row in near]
        score, place = max(scored, default=(0.0, 0))
        return (-place, score) if score >= SETTINGS.duplicate_score else None

    def _shared(self, one: Sketch, place: int) -> NDArray[np.float64]:
        """Return how many members a set of the text has in common with that of each sketch."""
        mine, theirs = one.sets[place], self._sizes[:, place]
        equal = (self._minima[place] == mine.minima).mean(axis=1)
        share = np.clip((equal - _SAME_BY_CHANCE) / (1 - _SAME_BY_CHANCE), 0, 1)
        both = share * (mine.size + theirs) / (1 + share)
        common: NDArray[np.float64] = np.minimum(both, np.minimum(mine.size, theirs))
        return common


def _score(shared: Sequence[float], fewest: NDArray[np.float64]) -> float:
    shingles, telling, slots, fillings = map(float, shared)
    overlap = Overlap(shingles, telling, slots, fillings, *map(int, fewest[:3]))
    return weigh(overlap, SETTINGS).score
