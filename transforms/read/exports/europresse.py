"""Europresse, Eureka: the press database of libraries in France and Canada, as pages or as text.

A record is the outlet, a line with section, day and page, the title, perhaps lines above and
below it, the text, the notice of rights, and the document's number. Below it stands a
certificate with the day of the download, which is no day of an article.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.parse.bylines import starts_with_listed
from knipsel.transforms.parse.people import people_in
from knipsel.transforms.read.exports.record.draft import Draft
from knipsel.transforms.read.exports.record.fields import SURE, find_date, state
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    CAPTION,
    FIELD,
    INDEX,
    STANDFIRST,
    Record,
    export_lines,
    piece_of,
    to_reading,
)
from knipsel.transforms.read.exports.record.titles import end_of_title, marked_titles
from knipsel.transforms.read.exports.record.value import Value
from knipsel.transforms.text.words import ends_sentence, fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.text.words import Line

_NUMBER = re.compile(r"\b(?:news|web|biblio)[·•∙](\d{8})[·•∙]\w{1,12}[·•∙][\w×-]{3,60}")
_SIGNS = ("news·", "web·", "biblio·", "news•", "web•", "biblio•", "news∙", "web∙", "biblio∙")
_ISSUE = re.compile(r",?\s*(?:no|nº|n°|nr)\.?\s?(\d[\w -]{0,12})$", re.IGNORECASE)
_PAGE = re.compile(r"(?<!\w)(?:pp?|page)\.?\s?([\w+*,;& -]{1,30})$", re.IGNORECASE)
_LABEL = re.compile(r"([^\W\d_][\w -]{1,24})(?:\(s\))?\s?:(?=\s|$)")
_HEAD = 12
"""Lines from the beginning of a record within which the one with the day stands."""
_DATE_WORDS, _BYLINE_WORDS = 18, 14
_COUNT = re.compile(r"\d{1,3}(?:[ .,\u00a0]\d{3})* (?:mots|words)")


def split(reading: Reading, words: ExportWords) -> Reading | None:
    """Divide an export of Europresse into its records; None where the text is none."""
    source = reading.source_text
    if not any(sign in source for sign in _SIGNS) or not _NUMBER.search(source):
        return None
    words = words.ordered(reading)
    lines = export_lines(reading, words.labels)
    parts = list(_parts(lines, words))
    titles = marked_titles(reading)
    records: list[Record] = []
    for part, tail in parts:
        records += _records(Draft(source, words), part, tail, titles)
    return to_reading(reading, records, words) if any(one.is_article for one in records) else None


def _parts(
    lines: Sequence[Line], words: ExportWords
) -> Iterator[tuple[Sequence[Line], Sequence[Line]]]:
    """Yield the lines of each record, and those from its number on."""
    numbered = [i for i, line in enumerate(lines) if _NUMBER.search(line.text)]
    begin = 0
    for number, following in pairwise([*numbered, len(lines)]):
        end = number + 1
        while end < len(lines) and end <= following and _is_certificate(lines[end], words):
            end += 1
        if end <= following and number >= begin:
            yield lines[begin:number], lines[number:end]
            begin = end
    if begin < len(lines):
        yield lines[begin:], ()


def _is_certificate(line: Line, words: ExportWords) -> bool:
    return _NUMBER.search(line.text) is not None or words.labels.begins(line.text, "certificate")


def _records(
    draft: Draft, lines: Sequence[Line], tail: Sequence[Line], titles: Mapping[int, int]
) -> Iterator[Record]:
    dated = next((i for i, line in enumerate(lines[:_HEAD]) if _is_date_line(line, draft)), None)
    if dated is None or not tail:
        rest = (*lines, *tail)
        yield Record((piece_of(rest, INDEX),), is_article=False)
        return
    outlet = max(0, dated - 1)
    if outlet:
        yield Record((piece_of(lines[:outlet], INDEX),), is_article=False)
    if dated:
        _add_outlet(draft, lines[outlet])
    _add_date(draft, lines[dated], is_alone=not dated)
    body = _add_title(draft, lines, dated + 1, titles)
    _add_text(draft, lines[body:])
    _add_number(draft, tail)
    yield draft.record()


def _is_date_line(line: Line, draft: Draft) -> bool:
    return (
        weight(line.text) <= _DATE_WORDS and draft.is_dated(line) and not ends_sentence(line.text)
    )


def _add_outlet(draft: Draft, line: Line) -> None:
    issue = _ISSUE.search(line.text)
    name = line.text[: issue.start()] if issue else line.text
    place = Value(name, line.start, line.start + len(name))
    draft.tags.append(state("publisher", name, place, confidence=SURE))
    if issue:
        value = Value(issue[1], line.start + issue.start(1), line.start + issue.end(1))
        draft.tags.append(state("print_edition", issue[1], value))
    draft.add([line], FIELD)


def _add_date(draft: Draft, line: Line, *, is_alone: bool) -> None:
    """Add the line with the section, the day and the page: ``Éditorial, jeudi 4 octobre, p. 3``."""
    found = find_date(draft.value([line]), draft.words)
    draft.date(line)
    if found is None or is_alone:
        return
    before = line.text[: found[1] - line.start].rstrip(" ,")
    weekdays = draft.words.lines.dates.weekdays
    section = (
        before if fold(before.rpartition(" ")[2]) not in weekdays else before.rpartition(" ")[0]
    )
    section = section.rstrip(" ,")
    if section:
        value = Value(section, line.start, line.start + len(section))
        draft.tags.append(state("article_section", section, value))
    page = _PAGE.search(line.text, found[2] - line.start)
    if page:
        value = Value(page[1], line.start + page.start(1), line.start + page.end(1))
        draft.tags.append(state("pagination", page[1].strip(), value))


def _add_title(draft: Draft, lines: Sequence[Line], begin: int, titles: Mapping[int, int]) -> int:
    """Add what stands from the day to the text; return the index of the first line of the text."""
    if begin < len(lines) and _COUNT.search(lines[begin].text):
        draft.add([lines[begin]], FIELD)
        begin += 1
    near = range(begin, min(len(lines), begin + _HEAD))
    title = next((i for i in near if lines[i].start in titles), begin)
    draft.add(lines[begin:title], STANDFIRST)
    stop = end_of_title(lines, title, titles) if title < len(lines) else title
    draft.headline(lines[title:stop])
    while stop < len(lines) - 1 and _is_byline(lines[stop], draft.words):
        draft.byline(lines[stop])
        stop += 1
    return stop


def _is_byline(line: Line, words: ExportWords) -> bool:
    if weight(line.text) > _BYLINE_WORDS or ends_sentence(line.text):
        return False
    listed = starts_with_listed(line.text, words.lines.bylines.words)
    return bool(people_in(line.text, words.lines)) and (listed or not line.text.endswith(":"))


def _add_text(draft: Draft, lines: Sequence[Line]) -> None:
    """Add the text, the rights and the labels below it."""
    end = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if draft.has_rights(lines[index]) or _label(lines[index], draft.words):
            end = index
        elif end - index > 1:
            break
    draft.add(lines[:end], BODY)
    for line in lines[end:]:
        label = _label(line, draft.words)
        if draft.has_rights(line):
            draft.rights([line])
        elif label == CAPTION:
            draft.add([line], CAPTION)
        else:
            draft.add([line], FIELD)


def _label(line: Line, words: ExportWords) -> str | None:
    found = _LABEL.match(line.text)
    return words.labels.labels.get(fold(found[1])) if found else None


def _add_number(draft: Draft, lines: Sequence[Line]) -> None:
    for line in lines[:1]:
        found = _NUMBER.search(line.text)
        if found:
            value = Value(found[0], line.start + found.start(), line.start + found.end())
            draft.tags.append(state("identifier", found[0], value, confidence=SURE))
    draft.add(lines, FIELD)
