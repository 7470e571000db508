"""What a contract is made of: columns with rules, tables of columns.

Everything else (Arrow schemas, lake tables with comments, suites, the data package, the
data dictionary) is derived from these values, so that a name or a meaning stands in one
place only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal

Severity = Literal["critical", "warning"]
"""*critical* holds the document back, *warning* is recorded and lets it pass."""

PREFIXES = {
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "ninjs": "https://iptc.org/std/ninjs/ninjs-schema_3.1.json#",
    "ftm": "https://schema.followthemoney.tech/#",
    "tei": "https://www.tei-c.org/ns/1.0#",
}
"""Vocabularies whose terms the columns carry, by the prefix that a term is written with."""


class ColumnType(Enum):
    """The types a column may have: those that every reader of Parquet understands."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of ``values``."""

    values: tuple[str, ...]
    severity: Severity = "critical"


@dataclass(frozen=True, slots=True)
class Matches:
    """The value matches the regular expression ``pattern`` from its start to its end."""

    pattern: str
    severity: Severity = "critical"


@dataclass(frozen=True, slots=True)
class Between:
    """The number lies between ``minimum`` and ``maximum``, both included; None is open."""

    minimum: float | None = None
    maximum: float | None = None
    severity: Severity = "critical"


Rule = OneOf | Matches | Between

Holds = Literal["fact", "name", "headline", "text"]
"""What of an article's words a free text holds: no more than a word or a phrase, a name that the
text gives (which may be long), its headline, running text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its meaning in a sentence, its type, and what every value must satisfy.

    ``term`` is the standard's name for it as ``prefix:name`` (see `PREFIXES`), None where
    no standard has one. ``holds`` is said of every text that no rule keeps from being one of an
    article: what is shared without texts goes by it.
    """

    name: str
    type: ColumnType
    description: str
    term: str | None = None
    nullable: bool = False
    rules: tuple[Rule, ...] = ()
    # No release tells it, and a column that was read back from one is the same column.
    holds: Holds | None = field(default=None, compare=False)

    def optional(self, description: str | None = None) -> Column:
        """Return the same column where it may be null."""
        return replace(self, nullable=True, description=description or self.description)

    def named(self, name: str, description: str) -> Column:
        """Return a column of the same kind under another name, as for a second reference."""
        return replace(self, name=name, description=description)

    @property
    def is_free_text(self) -> bool:
        """Whether it is text that no rule bounds, so that it could be anything."""
        bounded = any(isinstance(rule, (OneOf, Matches)) for rule in self.rules)
        return self.type is ColumnType.STRING and not bounded

    @property
    def holds_text(self) -> bool:
        """Whether it has, or may have, running text of an article: so where nothing is said."""
        return self.is_free_text and self.holds in {None, "text"}

    @property
    def term_uri(self) -> str | None:
        """The address of the standard's term."""
        if self.term is None:
            return None
        prefix, name = self.term.split(":", 1)
        return PREFIXES[prefix] + name


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """``columns`` of this table name a row of ``table`` by its primary key."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row stands for, its columns, its keys and its order.

    ``primary_key`` is empty where no set of columns without nulls tells rows apart.
    ``sort_by`` is the order of rows in a release: what people filter on first; the other
    columns break ties, so that the bytes follow from the content.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    sort_by: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = field(default=())

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column called ``name``; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        message = f"table {self.name} has no column {name}"
        raise KeyError(message)
