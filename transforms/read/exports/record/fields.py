"""What stands under a label of an export, as metadata of the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.dates import FoundDate, dates_in, is_day
from knipsel.transforms.read.exports.record.bylines import METHOD, author_tags
from knipsel.transforms.read.exports.record.value import Value
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.text.words import Line

INDEX_METHOD = "export_index"
SURE = 0.97
"""What a database prints in a field of its own is surer than what any line of the text says."""
LIKELY = 0.9
LEAD = 0.6
"""The lead in an index may be cut, and may be the beginning of the text."""

_LONGEST_VALUE = 2000
_LONGEST_URL_PART = 40
"""Characters within which an address has no blank: lines are wrapped at 80."""
_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{3}){1,2}|\d{1,7}")
_PAGE = re.compile(r"[\s,.:]{0,3}([A-Z]{0,2}\d{1,4}[A-Za-z]?(?:[-,/]\d{1,4})?)(?![\w%])")
LABEL = r"([^\W\d_][\w .()/&'’-]{0,30}?)[ \u00a0]?:(?!//)"
"""A label and its colon, as lists of labelled values have them; the group is the label."""
_LABEL = re.compile(rf"{LABEL}\s*")
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_SEASON = re.compile(r"([^\W\d_]{3,12}),?\s{1,3}((?:1[6-9]|20)\d{2})(?!\d|\s?/)")


def label_of(line: Line, labels: ExportLabels) -> tuple[str, int] | None:
    """Return the field that a label before a line names in a list, and where its value begins."""
    found = _LABEL.match(line.text)
    field = labels.records.get(fold(found[1])) if found else None
    return (field, line.start + found.end()) if found and field else None


def state(
    field: str, text: str, value: Value, method: str = METHOD, confidence: float = LIKELY
) -> HeadTag:
    """Return ``text`` as the value of a field that ``value`` is the evidence for."""
    return HeadTag(field, text, method, confidence, value.start, value.end)


def field_tags(field: str, value: Value, words: ExportWords) -> Iterator[HeadTag]:
    """Yield what ``value``, which stands under a label, says of the article."""
    if value.text and len(value.text) <= _LONGEST_VALUE:
        yield from _READERS.get(field, _as_printed(field))(value, words)


def _as_printed(field: str) -> Callable[[Value, ExportWords], Iterator[HeadTag]]:
    def read(value: Value, _: ExportWords) -> Iterator[HeadTag]:
        yield state(field, value.text, value)

    return read


def find_date(value: Value, words: ExportWords) -> tuple[str, int, int] | None:
    """Return the date that stands in a value as EDTF, with its place: a day, a month, a season."""
    compact = _COMPACT.fullmatch(value.text)
    if compact:
        return "-".join(compact.groups()), value.start, value.end
    dates = dates_in(value.text, words.lines.dates)
    best: FoundDate | None = next(
        (one for one in dates if is_day(one)), dates[0] if dates else None
    )
    if best is None:
        season = _SEASON.search(value.text)
        number = words.labels.seasons.get(fold(season[1])) if season else None
        if season is None or number is None:
            return None
        best = FoundDate(f"{season[2]}-{number}", season.start(), season.end())
    return best.edtf, value.start + best.start, value.start + best.end


def date_tags(field: str, value: Value, words: ExportWords) -> Iterator[HeadTag]:
    """Yield the date in a value; its evidence is the date alone where the value is one line."""
    found = find_date(value, words)
    if found and value.end - value.start == len(value.text):
        yield HeadTag(field, found[0], METHOD, SURE, found[1], found[2])
    elif found:
        yield state(field, found[0], value, confidence=SURE)


def _word_count(value: Value, _: ExportWords) -> Iterator[HeadTag]:
    found = _COUNT.search(value.text)
    if found:
        yield state("word_count", re.sub(r"\D", "", found[0]), value)


def _section(value: Value, words: ExportWords) -> Iterator[HeadTag]:
    """Divide ``ECONOMIE; Blz. 9`` into the section and the page."""
    names: list[str] = []
    for part in value.text.split(";"):
        text = part.strip()
        page = _page(text, words.labels)
        if page is None and text:
            names.append(text)
        elif page:
            yield state("pagination", page[0], value)
            if page[1]:
                is_edition = words.labels.begins(page[1], "edition")
                yield state("print_edition" if is_edition else "article_section", page[1], value)
    if names:
        yield state("article_section", "; ".join(names), value)


def _page(text: str, labels: ExportLabels) -> tuple[str, str] | None:
    """Return the page that ``text`` begins with, and what follows it; None where it has none."""
    folded = text.casefold()
    for label in labels.phrases.get("page", ()):
        found = _PAGE.match(text, len(label)) if folded.startswith(label) else None
        if found:
            return found[1], text[found.end() :].strip(" ,.")
    return None


def _language(value: Value, words: ExportWords) -> Iterator[HeadTag]:
    for name in re.split(r"[;,/\s]+", value.text):
        tag = words.labels.languages.get(fold(name))
        if tag:
            yield state("language", tag, value, confidence=SURE)
            return


def _date(field: str) -> Callable[[Value, ExportWords], Iterator[HeadTag]]:
    def read(value: Value, words: ExportWords) -> Iterator[HeadTag]:
        yield from date_tags(field, value, words)

    return read


def _url(value: Value, _: ExportWords) -> Iterator[HeadTag]:
    if "." in value.text and " " not in value.text[:_LONGEST_URL_PART]:
        yield state("url", value.text.replace(" ", ""), value)


def _no_tags(_: Value, __: ExportWords) -> Iterator[HeadTag]:
    """Say nothing of what becomes a paragraph."""
    yield from ()


def _standfirst(value: Value, _: ExportWords) -> Iterator[HeadTag]:
    yield state("description", value.text, value)


_READERS: dict[str, Callable[[Value, ExportWords], Iterator[HeadTag]]] = {
    "author": author_tags,
    "word_count": _word_count,
    "article_section": _section,
    "language": _language,
    "standfirst": _standfirst,
    "caption": _no_tags,
    "body": _no_tags,
    "headline": _no_tags,
    "url": _url,
    "date_published": _date("date_published"),
    "load_date": _date("load_date"),
}
