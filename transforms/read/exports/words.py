"""What exports of press databases are divided with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.words import LineWords
    from knipsel.transforms.registers.pages.words import PageWords


@dataclass(frozen=True, slots=True)
class ExportWords:
    """The labels of exports, and the lexicons for what stands under them."""

    labels: ExportLabels
    lines: LineWords
    layout: LayoutWords
    pages: PageWords
