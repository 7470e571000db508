"""Factiva as it is saved most often: a header of bare lines, the text, the article's number.

Above the text stand the section, the headline, the byline, the number of words, the date and
perhaps the time, the outlet and its code, the edition, the page, the language and the notice of
rights. Which of them do depends on the outlet, and in what language on the interface. The number
of the article, as in ``Document KADEB00020210514eh5e0005x``, ends a record; it begins with the
code of the outlet, and this is what tells the lines of the header apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.parse.bylines import parse_name_line, starts_with_listed
from knipsel.transforms.parse.dated_line import DatedLine
from knipsel.transforms.read.exports.record.draft import Draft
from knipsel.transforms.read.exports.record.fields import SURE, state
from knipsel.transforms.read.exports.record.pieces import (
    BODY,
    FIELD,
    INDEX,
    LEGAL,
    NO_ARTICLE,
    Record,
    export_lines,
    piece_of,
    to_reading,
)
from knipsel.transforms.read.exports.record.titles import (
    end_of_title,
    is_wrapped,
    marked_titles,
    start_of_title,
)
from knipsel.transforms.text.words import ends_sentence, fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.text.words import Line

_NUMBER = r"((?=\w{24,27}(?!\w))[A-Za-z][A-Za-z0-9]{3,9}(?:19|20)\d{6}[a-z0-9]{8,11})"
"""The outlet's code, filled up with zeros, the day on which the article was taken up, a count."""
_END = re.compile(rf"(?:[^\W\d_]{{2,12}}[ \t:]{{0,3}})?{_NUMBER}\.?")
_SIGN = re.compile(r"[12][09]\d{6}[a-z][a-z0-9]{7}")
"""The end of a number: a day and a count that begins with a letter."""
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,9}")
_CODE_LENGTH = 7
"""Characters of a code from which it need not be filled up."""
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[A-Z]{2,4})?")
_PAGE = re.compile(r"(?:[A-Z]{1,3}[-. ]?)?\d{1,4}(?:[-,/; ]{1,2}[A-Z]{0,3}\d{1,4}){0,3}")
_HEADER = 24
"""Lines from the beginning of a record in which its header ends."""
_UNDER_CODE = 8
"""Lines under the outlet's code that are of the header: edition, page, volume, language, rights."""
_COVER = 6
"""Lines above a first record's headline from which they are a cover, not a section and a column."""
_SECTION_LINES = 2
"""Lines above the headline: the section and the column."""
_IMPRINT_WORDS = 10
"""Words of a line between the text and the number that names who publishes."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a record; ``code`` is the index of the line with the outlet's code."""

    lines: tuple[Line, ...]
    number: str
    code: int | None


def split(reading: Reading, words: ExportWords) -> Reading | None:
    """Divide a Factiva export without codes into its records; None where the text is none."""
    source = reading.source_text
    if not _SIGN.search(source):
        return None
    words = words.ordered(reading)
    lines = export_lines(reading, words.labels)
    parts, rest = _parts(lines)
    if not any(part.code is not None for part in parts):
        return None
    marked = marked_titles(reading)
    records: list[Record] = []
    for part in parts:
        records += _records(part, Draft(source, words), marked, is_first=not records)
    if rest:
        records.append(Record((piece_of(rest, INDEX),), is_article=False))
    return to_reading(reading, records, words)


def _parts(lines: Sequence[Line]) -> tuple[list[_Part], Sequence[Line]]:
    """Divide the lines below each number; return the parts, and the lines below the last one."""
    parts, begin = [], 0
    for index, line in enumerate(lines):
        found = _END.fullmatch(line.text)
        if found:
            part = tuple(lines[begin : index + 1])
            parts.append(_Part(part, found[1], _code_at(part, found[1])))
            begin = index + 1
    return parts, lines[begin:]


def _code_at(lines: Sequence[Line], number: str) -> int | None:
    """Return the index of the line that is the code with which the number begins."""
    for index, line in enumerate(lines[1 : len(lines) - 1], 1):
        if _CODE.fullmatch(line.text) and _begins_with(number, line.text):
            return index
        if index > _HEADER and line.after_blank:
            return None
    return None


def _begins_with(number: str, code: str) -> bool:
    rest = number[len(code) :]
    return number.upper().startswith(code) and (rest[:1] == "0" or len(code) >= _CODE_LENGTH)


def _records(
    part: _Part, draft: Draft, marked: Mapping[int, int], *, is_first: bool
) -> Iterator[Record]:
    if part.code is None:
        yield Record((piece_of(part.lines, NO_ARTICLE),), is_article=False)
        return
    top = _top(part.lines, part.code, draft)
    above = part.lines[:top]
    title = _title(part.lines, top, marked, draft)
    first = _first(above, title.start, draft, is_first=is_first)
    if first:
        yield Record((piece_of(above[:first], INDEX),), is_article=False)
    _add_head(draft, above[first:], range(title.start - first, title.stop - first))
    _add_source(draft, part.lines[top : part.code + 1])
    body = _add_imprint(draft, part.lines, part.code + 1)
    _add_text(draft, part.lines[body:])
    yield draft.record()


def _top(lines: Sequence[Line], code: int, draft: Draft) -> int:
    """Return the index of the first line under the headline and the byline: words, or the date."""
    top = code
    for index in range(code - 1, max(-1, code - 1 - _UNDER_CODE), -1):
        if draft.words.labels.line(lines[index].text) == "word_count":
            return index
        is_field = _TIME.fullmatch(lines[index].text) or _is_day(lines[index], draft)
        top = index if is_field else top
    return top if top < code else max(0, code - 1)


def _is_day(line: Line, draft: Draft) -> bool:
    return weight(line.text) <= len(("3", "de", "mayo", "de", "2021")) and draft.is_dated(line)


def _title(lines: Sequence[Line], top: int, marked: Mapping[int, int], draft: Draft) -> range:
    """Return where the headline stands: what the format marks, or what is above a byline."""
    found = [index for index in range(top) if lines[index].start in marked]
    if found:
        return range(found[-1], min(top, end_of_title(lines, found[-1], marked)))
    last = _last_of_title(lines[:top], draft)
    return range(start_of_title(lines, last), min(top, last + 1))


def _last_of_title(lines: Sequence[Line], draft: Draft) -> int:
    """Return the index of the last line of the headline: it stands above the byline, if any."""
    near = range(max(1, len(lines) - _SECTION_LINES), len(lines))
    listed = [i for i in near if starts_with_listed(lines[i].text, draft.words.lines.bylines.words)]
    named = [i for i in near if parse_name_line(DatedLine(lines[i].text, draft.words.lines))]
    below = next(iter(listed), None) or next(
        (i for i in named if weight(lines[i].text) < weight(lines[i - 1].text)), len(lines)
    )
    if below < len(lines):
        return below - 1
    longest = max(range(len(lines)), key=lambda i: (weight(lines[i].text), i), default=0)
    wrapped = longest + 1 < len(lines) and is_wrapped(lines, longest + 1)
    return longest + wrapped


def _first(lines: Sequence[Line], title: int, draft: Draft, *, is_first: bool) -> int:
    """Return the index of the first line of the record: above it is a cover or a page's foot."""
    labels = draft.words.labels
    outside = [i for i in range(title) if _is_outside(lines[i], labels)]
    first = outside[-1] + 1 if outside else 0
    if is_first and title - first > _SECTION_LINES:
        return title
    return first if title - first <= _COVER else title - _SECTION_LINES


def _is_outside(line: Line, labels: ExportLabels) -> bool:
    is_cover = labels.begins(line.text, "cover") or labels.begins(line.text, "rights")
    return is_cover or labels.line(line.text) == "page"


def _add_head(draft: Draft, lines: Sequence[Line], title: range) -> None:
    """Add section, headline, byline and what stands under it: *Special to* an outlet."""
    for index, line in enumerate(lines[: title.start]):
        draft.labelled("column" if index else "article_section", line)
    draft.headline(lines[title.start : title.stop])
    below = lines[title.stop :]
    if below:
        draft.byline(below[0])
    for line in below[1:]:
        draft.labelled("contact", line)


def _add_source(draft: Draft, lines: Sequence[Line]) -> None:
    """Add the number of words, the date, the time, the outlet and its code."""
    for line in lines[:-2]:
        if draft.words.labels.line(line.text) == "word_count":
            draft.labelled("word_count", line)
        elif _TIME.fullmatch(line.text):
            draft.labelled("time_published", line)
        else:
            draft.date(line)
    for line in lines[-2:-1]:
        draft.outlet(line)
    draft.labelled("publication_code", lines[-1])


def _add_imprint(draft: Draft, lines: Sequence[Line], start: int) -> int:
    """Add edition, page, language and rights; return the index of the first line of the text."""
    labels = draft.words.labels
    stop = min(start + _UNDER_CODE, len(lines) - 1)
    language = next((i for i in range(start, stop) if _is_language(lines[i], labels)), None)
    rights = next((i for i in range(start, stop) if draft.has_rights(lines[i])), None)
    ends = [index for index in (language, rights) if index is not None]
    end = max(ends) + 1 if ends else start
    for index in range(start, end):
        line = lines[index]
        if index == language:
            draft.labelled("language", line)
        elif draft.has_rights(line):
            draft.rights([line])
        elif _PAGE.fullmatch(line.text):
            draft.labelled("pagination", line)
        else:
            draft.labelled("print_edition", line)
    return end


def _is_language(line: Line, labels: ExportLabels) -> bool:
    return fold(line.text.partition(" ")[0].rstrip(",")) in labels.languages and (
        weight(line.text) <= len(("Chinese", "-", "Simplified"))
    )


def _add_text(draft: Draft, lines: Sequence[Line]) -> None:
    """Add the text, who publishes it, and the number."""
    last = len(lines) - 1
    imprint = last
    if last > 1 and _is_imprint(lines[last - 1], draft):
        imprint -= 1
    for start, run in _runs(lines[:imprint], draft.words.labels):
        draft.add(run, BODY if start else LEGAL)
    for line in lines[imprint:last]:
        draft.labelled("imprint", line)
    found = _END.fullmatch(lines[last].text)
    value = draft.value(lines[last:])
    if found:
        draft.tags.append(state("identifier", found[1], value, confidence=SURE))
    draft.add(lines[last:], FIELD)


def _is_imprint(line: Line, draft: Draft) -> bool:
    text = line.text
    return weight(text) <= _IMPRINT_WORDS and (not ends_sentence(text) or draft.has_rights(line))


def _runs(lines: Sequence[Line], labels: ExportLabels) -> Iterator[tuple[bool, list[Line]]]:
    """Part the text from the feet of pages; of each run say whether it is text."""
    run: list[Line] = []
    is_text = True
    for line in lines:
        kind = labels.line(line.text) != "page"
        if run and kind != is_text:
            yield is_text, run
            run = []
        is_text = kind
        run.append(line)
    if run:
        yield is_text, run
