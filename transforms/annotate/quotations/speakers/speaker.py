"""Who says something."""

from __future__ import annotations

from typing import NamedTuple


class Speaker(NamedTuple):
    """Who says something, the number of the mention, and in which paragraph."""

    name: str | None
    mention: int | None
    block: int
    is_person: bool
