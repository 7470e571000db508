"""A record of an export while it is made: its pieces in order, and what it says of its article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knipsel.transforms.read.exports.record.bylines import author_tags
from knipsel.transforms.read.exports.record.fields import (
    SURE,
    date_tags,
    field_tags,
    find_date,
    state,
)
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    FIELD,
    HEADLINE,
    LEGAL,
    Piece,
    Record,
)
from knipsel.transforms.read.exports.record.value import Value, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.layout.section import HeadTag
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.text.words import Line


@dataclass(slots=True)
class Draft:
    """What is known of a record so far. Lines are added in the order in which they stand."""

    source: str
    words: ExportWords
    pieces: list[Piece] = field(default_factory=list)
    tags: list[HeadTag] = field(default_factory=list)

    def add(self, lines: Sequence[Line], use: str) -> None:
        """Add the piece that some lines make, if there are any."""
        if lines:
            self.pieces.append(Piece(lines[0].start, lines[-1].end, use))

    def value(self, lines: Sequence[Line]) -> Value:
        """Return what stands in some lines, which are not none."""
        return value_of(self.source, lines[0].start, lines[-1].end)

    def headline(self, lines: Sequence[Line]) -> None:
        """Take lines for the headline, if there are any."""
        if lines:
            value = self.value(lines)
            self.tags.append(state("headline", value.text, value, confidence=SURE))
            self.add(lines, HEADLINE)

    def outlet(self, line: Line) -> None:
        """Take a line for the name of the outlet."""
        value = self.value([line])
        self.tags.append(state("publisher", value.text, value, confidence=SURE))
        self.add([line], FIELD)

    def byline(self, line: Line) -> None:
        """Take a line for the byline."""
        self.tags.extend(author_tags(self.value([line]), self.words))
        self.add([line], FIELD)

    def date(self, line: Line) -> None:
        """Take a line for the one with the date of publication."""
        self.tags.extend(date_tags("date_published", self.value([line]), self.words))
        self.add([line], FIELD)

    def rights(self, lines: Sequence[Line]) -> None:
        """Take lines for the notice of who has the rights, if there are any."""
        if lines:
            value = self.value(lines)
            self.tags.append(state("copyright_notice", value.text, value))
            self.add(lines, LEGAL)

    def labelled(self, name: str, line: Line) -> None:
        """Take a line for the value of a field."""
        self.tags.extend(field_tags(name, self.value([line]), self.words))
        self.add([line], FIELD)

    def is_dated(self, line: Line) -> bool:
        """Say whether a line has a date."""
        return find_date(self.value([line]), self.words) is not None

    def has_rights(self, line: Line) -> bool:
        """Say whether a line begins as a notice of rights does."""
        return self.words.labels.begins(line.text, "rights")

    @property
    def has_body(self) -> bool:
        """Whether a text was added."""
        return any(piece.use == BODY for piece in self.pieces)

    def record(self) -> Record:
        """Return the record."""
        return Record(tuple(self.pieces), tuple(self.tags), is_article=self.has_body)
