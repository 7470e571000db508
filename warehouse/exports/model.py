"""What an export is made of: what is asked for, the tables that it has, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypedDict, get_args

from knipsel.warehouse.contract import Column

Tier = Literal["metadata", "snippet", "full"]
"""What of a text is passed on: nothing, its first words, all of it. The strictest comes first."""
TIERS: tuple[Tier, ...] = get_args(Tier)
SNIPPET, FULL = TIERS.index("snippet"), TIERS.index("full")
"""Tiers as the tables of an export rank them."""

SNIPPET_WORDS = 25
"""The words of a snippet where nobody says how many: what a search engine shows of a page."""
MOST_SNIPPET_WORDS = 200


class ExportError(ValueError):
    """What is asked for cannot be exported, in a sentence that says what can."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: which rows of which tables, in which form, and how much of the texts.

    ``tables`` are names of the contract; ``query`` is SQL that is exported instead of them, and
    ``words`` a search that chooses the articles. Where ``copies`` are not asked for, each text is
    there once. ``policy`` is the file that says what may be passed on; None where there is none.
    ``delimiter`` is of CSV, ``compression`` of Parquet.
    """

    target: Path
    format: str | None = None
    tables: tuple[str, ...] = ()
    query: str | None = None
    words: str | None = None
    copies: bool = False
    tier: Tier = "full"
    snippet_words: int | None = None
    policy: Path | None = None
    release: str | None = None
    delimiter: str | None = None
    compression: str = "snappy"
    overwrite: bool = False


class ExportOptions(TypedDict, total=False):
    """What may be said of an export besides where it goes, as `Wanted` explains it.

    The policy is that of the warehouse where no other is named; with ``no_policy`` there is none.
    """

    format: str | None
    tables: Sequence[str]
    query: str | None
    search: str | None
    copies: bool
    tier: Tier
    snippet_words: int | None
    policy: str | os.PathLike[str] | None
    no_policy: bool
    release: str | None
    delimiter: str | None
    compression: str
    overwrite: bool


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table as it is exported: what its rows are, its columns, and the query that gives them.

    ``columns`` that hold lists are named in ``lists``.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    query: str
    rows: int = 0
    lists: frozenset[str] = frozenset()
    primary_key: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    """Columns that name a row of another table of the export, by its only key."""

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of an export: its files, the rows of each table, what was done with the texts.

    ``tiers`` counts the articles of each tier; ``notes`` are sentences on what a format could not
    hold; ``citation`` is the text to cite.
    """

    files: tuple[Path, ...]
    format: str
    release: str
    rows: Mapping[str, int]
    tiers: Mapping[str, int]
    notes: tuple[str, ...]
    citation: str
