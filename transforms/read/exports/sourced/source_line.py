"""A line that names where an article stood: ``De Kade / 21-06-2013 / pagina 3``.

Databases and press offices put such a line above or below each headline, each in a form of its
own: ``"De Kade" Nr. 14/2013 vom 02.04.2013 Seite: 23 Ressort: Lokales``. All have an outlet and
a day, some a page, an issue, a section, a time, a count of words; besides these, nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knipsel.transforms.parse.bylines import find_outlet
from knipsel.transforms.parse.dates import dates_in, is_day
from knipsel.transforms.text.words import ends_sentence, fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.read.exports.record.words import ExportWords

LONGEST_SOURCE, _LONGEST_WORDS = 200, 30
"""Characters and words of a source line."""
_OUTLET_WORDS, _SECTION_WORDS = 7, 5
"""Words of the name of an outlet, and of a section or an edition."""
_MOST_SECTIONS = 2
_QUOTED = re.compile(r"[\"“„«»'‘]([^\"“”„«»]{2,80})[\"”“»«'’]")
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?(?:Uhr|uur|h|am|pm))?\b", re.IGNORECASE)
_COUNT = re.compile(r"\b\d{1,3}(?:[.,]\d{3})*\s?(?:w\b|[^\W\d_]{2,8}\b)")
_CUT = re.compile(r"\s*(?:[|/•·;()\[\]<>]|,(?=\s|$)|\s[-–—]\s|\s{3,}|\t)\s*")
"""What parts the values in a source line."""
_AROUND = " \t\u00a0.,:;|/•·-–—\"'“”„«»()[]"
_PAGE_NUMBER = r"[A-Z]{0,3}[-. ]?\d{1,4}[A-Za-z]?(?:(?:\s?[-–/&+]\s?|,)[A-Z]?\d{1,4}){0,4}"


@dataclass(frozen=True, slots=True)
class Part:
    """A value in a line, with its place in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What a source line says; ``signs`` are those by which it can hardly be anything else.

    They are a page or an issue under a label, an outlet in quotation marks, and one that
    the register lists.
    """

    outlet: Part
    date: FoundDate
    page: Part | None
    issue: Part | None
    section: Part | None
    signs: frozenset[str]


def parse_source(text: str, words: ExportWords) -> SourceLine | None:
    """Parse a line of at most thirty words; None where it is no source line."""
    if (
        len(text) > LONGEST_SOURCE
        or weight(text) > _LONGEST_WORDS
        or not any(map(str.isdigit, text))
    ):
        return None
    page = _labelled(text, _pages(words.labels.phrases.get("page", ())))
    issue = _labelled(text, _issues(words.labels.phrases.get("edition", ())))
    section = _labelled(text, _sections(words.labels.sections))
    if ends_sentence(text) and not (page or issue or section):
        return None
    day = next(filter(is_day, dates_in(text, words.lines.dates)), None)
    if day is None:
        return None
    quoted = _quoted(text)
    listed = None if quoted else _listed(text, words)
    known = quoted or listed
    taken = [part for part in (known, page, issue, section) if part]
    spans = [(day.start, day.end), *((part.start, part.end) for part in taken)]
    rest = list(_rest(text, spans, words))
    outlet = known or _first_outlet(rest, words)
    if outlet is None or not (known or _can_be_outlet(outlet.text)) or not _is_little(rest):
        return None
    section = section or next(iter(rest), None)
    signs = {"quoted": quoted, "listed": listed, "page": page, "issue": issue}
    return SourceLine(
        outlet,
        day,
        _number(text, page),
        _number(text, issue),
        _stripped(text, section),
        frozenset(name for name, part in signs.items() if part),
    )


def _first_outlet(rest: list[Part], words: ExportWords) -> Part | None:
    """Take the first of the stretches, which is the outlet if it names no section."""
    sections = words.labels.phrases.get("section_words", ())
    if not rest or fold(rest[0].text) in sections:
        return None
    return rest.pop(0)


def _number(text: str, part: Part | None) -> Part | None:
    """Return a number without the label before it."""
    if part is None:
        return None
    found = re.compile(rf"{_PAGE_NUMBER}$").search(text, part.start, part.end)
    if not found:
        return None
    number = found[0].strip()
    begin = found.end() - len(found[0].lstrip())
    return Part(number, begin, found.end())


def _stripped(text: str, section: Part | None) -> Part | None:
    if section is None:
        return None
    raw = text[section.start : section.end]
    _, colon, value = raw.partition(":")
    kept = value if colon and value.strip() else raw
    begin = section.end - len(kept) + len(kept) - len(kept.lstrip(_AROUND))
    return Part(kept.strip(_AROUND), begin, begin + len(kept.strip(_AROUND)))


def _labelled(text: str, pattern: re.Pattern[str] | None) -> Part | None:
    found = pattern.search(text) if pattern else None
    return Part(found[0], found.start(), found.end()) if found else None


@lru_cache(maxsize=8)
def _pages(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    return _after(labels, _PAGE_NUMBER)


@lru_cache(maxsize=8)
def _issues(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    return _after(labels, r"\d{1,6}(?:/\d{1,4})?")


@lru_cache(maxsize=8)
def _sections(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    return _after(labels, r"[^\W\d_][^|/•·;()\d]{1,40}", ":")


def _after(labels: tuple[str, ...], value: str, colon: str = "[.:]?") -> re.Pattern[str] | None:
    if not labels:
        return None
    either = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?i:{either})\s?{colon}\s{{0,3}}{value}(?!\w)")


def _quoted(text: str) -> Part | None:
    """Return the outlet in quotation marks that a line begins with."""
    found = _QUOTED.match(text)
    return Part(found[1], found.start(1), found.end(1)) if found else None


def _listed(text: str, words: ExportWords) -> Part | None:
    found = find_outlet(text, 0, words.lines.outlets)
    if found is None:
        return None
    return Part(found.text.strip(), found.start, found.start + len(found.text.rstrip()))


def _rest(text: str, spans: list[tuple[int, int]], words: ExportWords) -> Iterator[Part]:
    """Yield the stretches of a line beside ``spans`` that say something."""
    spans = sorted([*spans, *(one.span() for one in _TIME.finditer(text))])
    offset = 0
    for start, end in [*spans, (len(text), len(text))]:
        if start > offset:
            yield from _stretches(text, offset, start, words)
        offset = max(offset, end)


def _stretches(text: str, begin: int, end: int, words: ExportWords) -> Iterator[Part]:
    at = begin
    for cut in [*_CUT.finditer(text, begin, end), None]:
        stop = cut.start() if cut else end
        part = _trimmed(text, at, stop, words)
        if part and text[max(0, part.start - 1) : part.start] != "(":
            yield part
        at = cut.end() if cut else end


def _trimmed(text: str, start: int, end: int, words: ExportWords) -> Part | None:
    """Return a stretch without the words around it that only join: *vom*, a weekday, *found on*."""
    known, small = words.lines.dates, words.labels.phrases.get("source_words", ())
    tokens = [(one.start(), one.end()) for one in re.finditer(r"\S+", text[start:end])]
    kept = [
        (start + first, start + last)
        for first, last in tokens
        if any(map(str.isalnum, text[start + first : start + last]))
    ]
    says = [text[first:last].strip(_AROUND).casefold() for first, last in kept]
    idle = [
        one in small
        or one in known.weekdays
        or (text[first].islower() and (one in known.beside or one in known.label_words))
        for one, (first, _) in zip(says, kept, strict=True)
    ]
    while idle and idle[-1]:
        idle.pop()
        kept.pop()
    while idle and idle[0]:
        idle.pop(0)
        kept.pop(0)
    if not kept or _COUNT.fullmatch(text[kept[0][0] : kept[-1][1]].strip(_AROUND)):
        return None
    raw = text[kept[0][0] : kept[-1][1]]
    first = kept[0][0] + len(raw) - len(raw.lstrip(_AROUND))
    plain = raw.strip(_AROUND)
    return Part(plain, first, first + len(plain)) if plain else None


def _can_be_outlet(text: str) -> bool:
    """Say whether a text can be the name of an outlet: a few words, the first with a capital."""
    first = next((sign for sign in text if sign.isalpha()), "")
    is_named = bool(first) and (first.isupper() or "." in text or not first.islower())
    return is_named and weight(text) <= _OUTLET_WORDS and not text.endswith(("?", "!"))


def _is_little(rest: list[Part]) -> bool:
    return len(rest) <= _MOST_SECTIONS and all(
        weight(part.text) <= _SECTION_WORDS and fold(part.text) for part in rest
    )
