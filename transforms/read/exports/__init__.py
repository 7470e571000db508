"""Exports of press databases: many articles in one text, each kind known by its shape.

An export comes as plain text, RTF, DOCX or HTML; its shape is the same, so a module here works on
the text that a reader drew from the file. To add a kind, write its module with a function
``split`` from a `Reading` and `ExportWords` to a `Reading` with a section for each article,
or None where the text is no such export, and name it in `EXPORTS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from knipsel.transforms.read.exports.record.words import ExportWords

if TYPE_CHECKING:
    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.registers.model import Registers

EXPORTS: tuple[tuple[str, str], ...] = (
    ("lexisnexis", "lexisnexis.classic"),
    ("nexis", "lexisnexis.newer"),
    ("mediargus", "mediargus"),
    ("factiva", "factiva.coded"),
    ("factiva", "factiva.bare"),
    ("europresse", "europresse"),
    ("labelled", "labelled"),
    ("cuttings", "sourced.records"),
)
"""The kinds of exports with the modules that know them, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Export:
    """A text that is an export: the name of its kind, and its articles as sections."""

    name: str
    reading: Reading


def split_export(reading: Reading, registers: Registers) -> Export | None:
    """Return ``reading`` divided into the articles of an export, or None where it is none.

    A file whose format itself says where its articles are is divided already.
    """
    if any(section.is_declared for section in reading.sections):
        return None
    words = ExportWords(
        registers.exports,
        registers.lines,
        registers.layout,
        registers.pages,
        registers.regions,
    )
    for name, module in EXPORTS:
        found: Reading | None = import_module(f"{__name__}.{module}").split(reading, words)
        if found is not None:
            return Export(name, found)
    return None
