"""What a format is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knipsel.warehouse.exports.model import ExportTable
from knipsel.warehouse.exports.source import Source

Notes = list[str]
"""Sentences on what a format could not hold."""


@dataclass(frozen=True, slots=True)
class Format:
    """A form that exports are written in.

    ``endings`` are those of files that have it, the usual one first. A format is written as a file
    for each table (``write_table``), or as a whole (``write``): into one file, or into a folder
    where it ``is_folder`` always or ``may_be_folder`` where one is named.
    ``texts`` reads all text back out of a file, by other means than it was written by where there
    are any: it proves that nothing is in it that may not be.
    """

    name: str
    meaning: str
    endings: tuple[str, ...]
    texts: Callable[[Path], Iterator[str]]
    write_table: Callable[[Source, ExportTable, Path], Notes] | None = None
    write: Callable[[Source, Path], Notes] | None = None
    is_folder: bool = False
    may_be_folder: bool = False
    of_articles: bool = False
    """Whether it has a form for articles alone."""
    tells_itself: bool = False
    """Whether a file says of which release it is, so that no page beside it has to."""

    @property
    def ending(self) -> str:
        """The usual ending of its files; none where it is a folder."""
        return self.endings[0] if self.endings else ""
