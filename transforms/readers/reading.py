"""What a reader makes of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.units import Unit


@dataclass(frozen=True, slots=True)
class HeadTag:
    """A value of a metadata field that a file declares outside its text, and where: ``json-ld``."""

    field: str
    value: str
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All text of a file in reading order, its units, and what the file declares of itself.

    ``kept`` says of each unit whether the format's own extractor takes it for the body; None
    where there is no such extractor, or it found nothing.
    """

    source_text: str
    units: tuple[Unit, ...]
    kept: tuple[bool, ...] | None = None
    head: tuple[HeadTag, ...] = ()
