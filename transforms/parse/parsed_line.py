"""The lines of a document, each parsed once: who wrote an article, when, and for whom."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from knipsel.transforms.parse.author_lines import find_agency, find_author
from knipsel.transforms.parse.bylines import parse_byline, parse_name_line, parse_signature
from knipsel.transforms.parse.date_lines import parse_date_line, read_date_line
from knipsel.transforms.parse.dated_line import DatedLine
from knipsel.transforms.parse.names import tidy_names

if TYPE_CHECKING:
    from knipsel.transforms.parse.bylines import Byline, Name
    from knipsel.transforms.parse.date_lines import DateLine
    from knipsel.transforms.registers.lines.words import LineWords


class ParsedLine(DatedLine):
    """A line with all that it may say; each is parsed when it is first asked for."""

    @cached_property
    def byline(self) -> Byline | None:
        """The line as a byline."""
        return parse_byline(self)

    @cached_property
    def signature(self) -> Byline | None:
        """The line as a signature."""
        return parse_signature(self)

    @cached_property
    def name_line(self) -> Byline | None:
        """The line as a name and nothing else, but perhaps a date."""
        return parse_name_line(self)

    @cached_property
    def date_line(self) -> DateLine | None:
        """The line as one that holds a date and little else."""
        return parse_date_line(self)

    @cached_property
    def told_date(self) -> DateLine | None:
        """The dates of a line that is known to hold the date."""
        return read_date_line(self)

    @cached_property
    def author(self) -> tuple[str, Byline] | None:
        """The names in a line that is known to be a byline, and what kind of one it is."""
        return find_author(self)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names of the author or authors, without titles and roles."""
        return tidy_names(self.author[1].names, self.words.persons) if self.author else ()

    @cached_property
    def agency(self) -> Name | None:
        """The news agency that the line names instead of an author."""
        return find_agency(self)


class LineReader:
    """Parses the lines of one document, and remembers them: many stand in it more than once."""

    def __init__(self, words: LineWords) -> None:
        """Take the words of lines, with the order of dates that the document has."""
        self.words = words
        self._lines: dict[str, ParsedLine] = {}

    def __call__(self, text: str) -> ParsedLine:
        """Return a line, parsed as far as somebody asked."""
        line = self._lines.get(text)
        if line is None:
            line = self._lines[text] = ParsedLine(text, self.words)
        return line
