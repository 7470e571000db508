"""What decides which texts are compared, and which of them count as duplicates.

The defaults were measured; ``docs/duplicates.md`` has the figures and how to take them again.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import ClassVar

METHOD_VERSION = "1"
"""Raised whenever the same settings would give other signatures or verdicts than before."""


@dataclass(frozen=True, slots=True)
class DuplicateSettings:
    """How duplicates are looked for and told from what only looks like them.

    Raises `ValueError` where a value makes no sense.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    shingle_words: int = 3
    """Words in a shingle, the unit in which texts are compared and MinHash signatures made."""
    bands: int = 24
    """Bands of a MinHash signature; two texts that share one are compared."""
    band_rows: int = 3
    """MinHash values in a band; more make fewer and surer candidates."""
    passage_words: int = 8
    """Words in a passage, the unit that finds a short text within a long one."""
    passage_window: int = 16
    """One passage at least is kept of as many in a row: any stretch that two texts share is
    found from ``passage_words + passage_window - 1`` words on (winnowing)."""
    passage_share: float = 0.1
    """Share of the passages of the shorter text that the longer one must have."""
    anchors: int = 8
    """A band or passage that many texts have leads each of them to so many, not to all."""
    telling_letters: int = 9
    """Letters from which on a word is rare enough to tell what a text is about."""
    least_telling: int = 6
    """Telling words that the shorter text must have to be judged by them; else shingles are."""
    own_weight: float = 1.5
    """What the share of telling words that each has alone takes from the score."""
    number_weight: float = 1.0
    """What the share of changed numbers takes from it."""
    least_slots: int = 3
    """Numbers in a text up to which each one weighs as if there were as many."""
    duplicate_score: float = 0.35
    """From this score on two texts are duplicates."""
    sure_score: float = 0.6
    """Below this score two duplicates are one template where several other texts share it too."""
    distinct_score: float = 0.0
    """Below this score two texts are proven distinct; between the two, others may decide."""
    excerpt_containment: float = 0.9
    """Share of its shingles from which a text is wholly in the other one."""
    excerpt_length: float = 0.7
    """Share of the other one's words up to which such a text is an excerpt, not a revision."""
    template_containment: float = 0.2
    """Share of its shingles from which a text that is no duplicate shares a template."""
    template_carriers: int = 3
    """A text that is wholly in so many texts, each unlike the others, is their template; so is
    what two texts share with so many of which neither is a duplicate. A text that holds so many
    is a round-up."""
    majority: int = 3
    """How many pairs of two clusters must be proven duplicates for each that is proven distinct,
    before the two become one; one more than are left open, too."""
    family_texts: int = 64
    """Texts up to which all those joined by a chain are compared with each other."""
    shown_articles: int = 32
    """Articles with one and the same text up to which each is listed beside each other one."""

    def __post_init__(self) -> None:
        """Refuse values that would find nothing, or everything."""
        counts = {name: value for name, value in asdict(self).items() if isinstance(value, int)}
        for name, value in counts.items():
            _require(value >= 1, f"{name} must be at least 1, not {value}")
        for name in ("passage_share", "excerpt_containment", "excerpt_length"):
            value = getattr(self, name)
            _require(0 < value <= 1, f"{name} must be above 0 and at most 1, not {value}")
        is_ordered = self.distinct_score <= self.duplicate_score <= self.sure_score
        _require(is_ordered, "distinct_score, duplicate_score and sure_score must be in this order")
        _require(self.anchors > 1, "anchors must be at least 2")

    @property
    def permutations(self) -> int:
        """The number of MinHash values in a signature."""
        return self.bands * self.band_rows

    @property
    def version(self) -> str:
        """What names these settings: signatures and verdicts of another one are made anew."""
        # The settings are read by every command, and only linking needs rensa.
        from rensa import RMinHash

        values = sorted(asdict(self).items())
        stated = f"{METHOD_VERSION} {RMinHash.ALGORITHM_VERSION} {values}"
        return hashlib.sha256(stated.encode()).hexdigest()[:16]


def _require(is_met: bool, message: str) -> None:  # noqa: FBT001 - a condition, not an option
    if not is_met:
        raise ValueError(message)
