"""What exports of press databases are divided with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.parse.date_order import find_date_order

if TYPE_CHECKING:
    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.regions import Regions
    from knipsel.transforms.registers.lines.words import LineWords
    from knipsel.transforms.registers.pages.words import PageWords


@dataclass(frozen=True, slots=True)
class ExportWords:
    """The labels of exports, and the lexicons for what stands under them."""

    labels: ExportLabels
    lines: LineWords
    layout: LayoutWords
    pages: PageWords
    regions: Regions

    def ordered(self, reading: Reading) -> ExportWords:
        """Return the words with the order of day and month that the dates of a file have."""
        order = find_date_order(reading.source_text.splitlines(), (), (), self.regions)
        dates = replace(self.lines.dates, order=order)
        return replace(self, lines=replace(self.lines, dates=dates)) if order else self
