"""Plain text: the source text is the decoded text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.readers.reading import Reading, Section, Source
from transforms.units import build_units

if TYPE_CHECKING:
    from transforms.registers import Registers


def read(source: Source, registers: Registers) -> Reading:
    """Read a plain text."""
    return Reading(source.text, (Section(tuple(build_units(source.text, registers))),))
