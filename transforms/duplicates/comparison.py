"""The exact comparison of two texts: how much they share, and what each has of its own.

Copies and templates share equally many words. What tells them apart is what they do not
share: two versions of one article have few telling words (long ones) that the other lacks,
two reports from one template have many, and other numbers between the same words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from knipsel.transforms.duplicates.hashing import NUMBER, TELLING, combined, hash_words, windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.duplicates.hashing import Hashes
    from knipsel.transforms.duplicates.settings import DuplicateSettings

Relation = Literal["identical", "revision", "excerpt", "same_template", "distinct"]
Verdict = Literal["duplicate", "open", "distinct"]
"""What a comparison proves; *open* is too much alike to be distinct, too little to be the same."""
SHARE_DIGITS = 6
"""Digits of a share: the last bits of a quotient are of no use to anybody."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What is compared of a text: sets of hashes, each sorted and without repeats.

    ``slots`` are the places of its numbers, known by the words on both sides, and counted where
    these stand there more than once; ``fillings`` are the places with their numbers.
    """

    words: bytes
    word_count: int
    shingles: Hashes
    telling: Hashes
    slots: Hashes
    fillings: Hashes


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the exact comparison of two texts found; all shares from 0 to 1, but the score.

    ``similarity`` is the Jaccard similarity of their shingles, ``containment`` the share of the
    shingles of the one with fewer that the other has too. ``own_share`` is the share of telling
    words that even the text with fewer such words has alone, ``changed_numbers`` the share of
    numbers that differ between the same words. ``score`` is containment less these two, weighted.
    """

    relation: Relation
    verdict: Verdict
    similarity: float
    containment: float
    own_share: float
    changed_numbers: float
    score: float


def features(texts: Sequence[str], settings: DuplicateSettings) -> list[Features]:
    """Return what is compared of each text."""
    words = hash_words(texts, settings.telling_letters)
    shingles = windows(words, settings.shingle_words)
    return [_features(words.of(index), shingles.of(index)) for index in range(len(texts))]


def _features(words: Hashes, shingles: Hashes) -> Features:
    slots, values = _slots(words)
    return Features(
        words=hashlib.blake2b(words.tobytes(), digest_size=16).digest(),
        word_count=len(words),
        shingles=np.unique(shingles),
        telling=np.unique(words[(words & TELLING) > 0]),
        slots=np.unique(slots),
        fillings=np.unique(combined([slots, values])),
    )


def _slots(words: Hashes) -> tuple[Hashes, Hashes]:
    """Return the place of each number in a text, and the number."""
    places = np.flatnonzero(words & NUMBER)
    framed = np.concatenate([[np.uint64(0)], words, [np.uint64(0)]]).astype(np.uint64)
    frames = combined([framed[places], framed[places + 2]])
    return combined([frames, _occurrences(frames)]), words[places]


def _occurrences(values: Hashes) -> Hashes:
    """Return for each value how many equal ones stand before it."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    counts = np.zeros(len(values), dtype=np.uint64)
    lengths = np.diff(np.append(starts, len(values)))
    counts[order] = np.arange(len(values)) - np.repeat(starts, lengths)
    return counts


class Overlap(NamedTuple):
    """How many members two texts have in common of each set, and the set with fewer has."""

    shingles: float
    telling: float
    slots: float
    fillings: float
    fewest_shingles: int
    fewest_telling: int
    fewest_slots: int


class Weighed(NamedTuple):
    """What the overlap of two texts comes to; the names are those of `Comparison`."""

    containment: float
    own_share: float
    changed_numbers: float
    score: float


def weigh(overlap: Overlap, settings: DuplicateSettings) -> Weighed:
    """Return what an overlap comes to; the score of two texts with the same words is 1."""
    containment = overlap.shingles / max(overlap.fewest_shingles, 1)
    own = _own_share(overlap, settings, 1 - containment)
    changed = _changed_numbers(overlap, settings)
    against = settings.own_weight * own + settings.number_weight * changed
    return Weighed(containment, own, changed, round(containment - against, SHARE_DIGITS))


def compare(one: Features, other: Features, settings: DuplicateSettings) -> Comparison:
    """Compare two texts; which comes first makes no difference."""
    overlap = Overlap(
        _shared(one.shingles, other.shingles),
        _shared(one.telling, other.telling),
        _shared(one.slots, other.slots),
        _shared(one.fillings, other.fillings),
        min(len(one.shingles), len(other.shingles)),
        min(len(one.telling), len(other.telling)),
        min(len(one.slots), len(other.slots)),
    )
    all_shingles = len(one.shingles) + len(other.shingles) - overlap.shingles
    weighed = weigh(overlap, settings)
    is_same = one.words == other.words
    score = 1.0 if is_same else weighed.score
    return Comparison(
        relation=(
            "identical" if is_same else _relation(one, other, weighed.containment, score, settings)
        ),
        verdict=_verdict(score, settings),
        similarity=round(overlap.shingles / all_shingles, SHARE_DIGITS),
        containment=round(weighed.containment, SHARE_DIGITS),
        own_share=round(weighed.own_share, SHARE_DIGITS),
        changed_numbers=round(weighed.changed_numbers, SHARE_DIGITS),
        score=score,
    )


def _own_share(overlap: Overlap, settings: DuplicateSettings, otherwise: float) -> float:
    """Return the share of telling words that each has alone, at the least.

    ``otherwise`` is that share where a text has too few telling words to be judged by them.
    """
    fewest = overlap.fewest_telling
    return otherwise if fewest < settings.least_telling else (fewest - overlap.telling) / fewest


def _changed_numbers(overlap: Overlap, settings: DuplicateSettings) -> float:
    """Return the share of numbers that differ though the words around them are the same."""
    if not overlap.fewest_slots:
        return 0.0
    changed = overlap.slots - overlap.fillings
    return changed / max(overlap.fewest_slots, settings.least_slots)


def _verdict(score: float, settings: DuplicateSettings) -> Verdict:
    if score >= settings.duplicate_score:
        return "duplicate"
    return "distinct" if score < settings.distinct_score else "open"


def _relation(
    one: Features, other: Features, containment: float, score: float, settings: DuplicateSettings
) -> Relation:
    """Return what two texts of different words are to each other."""
    if score < settings.duplicate_score:
        is_alike = containment >= settings.template_containment
        return "same_template" if is_alike else "distinct"
    shorter, longer = sorted((one.word_count, other.word_count))
    is_part = containment >= settings.excerpt_containment
    return "excerpt" if is_part and shorter <= settings.excerpt_length * longer else "revision"


def _shared(one: Hashes, other: Hashes) -> int:
    """Return how many members two sorted sets have in common."""
    both = np.concatenate([one, other])
    both.sort(kind="stable")
    return int(np.count_nonzero(both[1:] == both[:-1]))
