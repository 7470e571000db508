"""How many documents errors of knipsel's own may hold back before a run is given up."""

from __future__ import annotations

from dataclasses import dataclass

DOCUMENTS = 3
"""Single files that nobody thought of: they are held back and told, and no reason to stop."""

SHARE = 0.02
"""What touches more than one document in fifty lies not in them but in the code."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A run is given up where both more ``documents`` and a larger ``share`` are held back so."""

    documents: int = DOCUMENTS
    share: float = SHARE

    def allows(self, held_back: int, read: int) -> bool:
        """Tell whether so many documents of those that were read may be held back."""
        return held_back <= self.documents or held_back <= self.share * read
