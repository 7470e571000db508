"""What a view is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, what one row is, and its query on the contract's tables."""

    name: str
    description: str
    query: str
