"""Records of a database, as JSON, tables, feeds and bibliographies hold them: names and values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.registers.files.record_fields import field_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knipsel.transforms.read.layout import Paragraph
    from knipsel.transforms.registers.files.record_fields import RecordFields

MOST_RECORDS = 100_000
"""Records of a file: forty times as many as a file of the greatest size holds of usual articles."""
_MOST_NAMES = 2_000
"""Names of fields in a record; whoever has more has laid data out as names."""
_NAMES_TOLD = 20

TEXT, HEADLINE, DESCRIPTION = "text", "headline", "description"
_ITEMS = "[]"
"""Ends the name of a list of objects; only the name for people goes without it."""
_TYPED = "$"
"""Begins the name with which MongoDB says of what type a value is: ``published.$date``."""
_PROGRAMS_OWN = "_"
"""Begins the names that a program, and no person, gave to what only wraps: ``_source``."""

SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """Fields of a file in order, each a name and its values, white space and all.

    ``is_article`` is unset for fields that stand outside the records, such as a count of them.
    ``body`` is the text where the format gives it in paragraphs of several kinds; else one of
    the fields has it. ``is_whole`` says whether a description that stands for the text may be
    all of it, None where its length is to tell.
    """

    fields: tuple[tuple[str, tuple[str, ...]], ...]
    is_article: bool = True
    body: tuple[Paragraph, ...] = ()
    is_whole: bool | None = None


@dataclass(slots=True)
class Names:
    """The names of fields, looked up in what a format calls them and in the register."""

    register: RecordFields
    own: Mapping[str, str] = field(default_factory=dict)
    """The fields of the article by the names of a format, which go before the register's."""
    _known: dict[str, tuple[str, int] | None] = field(default_factory=dict)
    _alternatives: dict[str, bool] = field(default_factory=dict)

    def meaning(self, name: str) -> tuple[str, int] | None:
        """Return the field of the article that ``name`` stands for, and its rank; or None."""
        if name in self.own:
            return self.own[name], list(self.own).index(name)
        if name not in self._known:
            if len(self._known) > _MOST_NAMES:
                self._known.clear()
            parts = [part for part in name.split(".") if not part.startswith(_TYPED)]
            self._known[name] = self._look_up(parts)
        return self._known[name]

    def says(self, field_name: str, name: str) -> bool:
        """Say whether a field of the name ``name`` is the article's ``field_name``."""
        meaning = self.meaning(name)
        return meaning is not None and meaning[0] == field_name

    def is_text(self, name: str) -> bool:
        """Say whether a field of this name holds the text of an article."""
        return self.says(TEXT, name)

    def is_alternatives(self, name: str) -> bool:
        """Say whether the values of a field of this name are forms of one and the same thing."""
        if name not in self._alternatives:
            if len(self._alternatives) > _MOST_NAMES:
                self._alternatives.clear()
            self._alternatives[name] = field_key(name) in self.register.alternatives
        return self._alternatives[name]

    def _look_up(self, parts: Sequence[str]) -> tuple[str, int] | None:
        while parts:
            is_wrapped = parts[0].casefold() in self.register.wrappers
            is_programs = is_wrapped and parts[0].startswith(_PROGRAMS_OWN)
            found = None if is_programs else self.register.fields.get(field_key(".".join(parts)))
            if found or not is_wrapped:
                return found
            parts = parts[1:]
        return None


def collect(values: Iterable[tuple[str, str]], *, is_article: bool = True) -> Record | None:
    """Make a record of names and values, those of one name together; None of too many names."""
    fields: dict[str, list[str]] = {}
    for name, value in values:
        if value.strip():
            fields.setdefault(name, []).append(SURROGATE.sub("\ufffd", value))
        if len(fields) > _MOST_NAMES:
            return None
    rows = ((SURROGATE.sub("\ufffd", name), tuple(row)) for name, row in fields.items())
    return Record(tuple(rows), is_article)


def shown_name(name: str) -> str:
    """Return the name of a field as people read it."""
    return " ".join(name.replace(_ITEMS, "").split())


def wrong_shape(rule: str, line: int, names: Iterable[str]) -> Rejection:
    """Reject a file in which no record has a text; the first one is on ``line`` (from 1)."""
    told = [name for name in dict.fromkeys(map(shown_name, names)) if name][:_NAMES_TOLD]
    found = ", ".join(told) or "bare values"
    return Rejection(
        rule,
        f"No record has a field for the text of an article, such as text, body or content; on "
        f"line {line} there are: {found}. Name the field so and try again; where the file has "
        f"addresses alone, get the texts first.",
        f"line {line}: {found}",
    )


def too_large(rule: str, line: int) -> Rejection:
    """Reject a file that has more records, or a record with more fields, than is sensible."""
    return Rejection(
        rule,
        f"From line {line} on there are more than {MOST_RECORDS:,} records or {_MOST_NAMES:,} "
        f"fields in one; divide the file.",
        f"line {line}",
    )
