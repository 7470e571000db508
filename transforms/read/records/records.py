"""Records of a database, as JSON and CSV hold them, laid out as a text with an article each."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.layout.units import build_units
from knipsel.transforms.model import Rejection
from knipsel.transforms.parse.field_values import as_written, hostname_of
from knipsel.transforms.read.html.layout import lay_out, parse_html
from knipsel.transforms.read.html.reader import Page, read_page
from knipsel.transforms.registers.files.record_fields import field_key
from knipsel.transforms.text.words import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.registers.files.record_fields import RecordFields
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.words import LineWords

    RankedTag = tuple[int, HeadTag]

MOST_RECORDS = 100_000
"""Records of a file: forty times as many as a file of the greatest size holds of usual articles."""
_MOST_NAMES = 2_000
"""Names of fields in a record; whoever has more has laid data out as names."""
_NAMES_TOLD = 20
_CERTAIN, _LANGUAGE_CERTAIN, _RANK_LOSS, _MOST_LOSS = 0.97, 0.8, 0.01, 0.1
"""How sure a field is, and by what each further one of the same meaning is less so. Whoever
exports texts seldom mistakes a title; of the language, programs put what they were set to."""

TEXT, HEADLINE = "text", "headline"
RECORD_FIELD, ALTERNATIVE_TEXT, NO_ARTICLE = "record_field", "alternative_text", "no_article"
VALUE_SEPARATOR, _PARAGRAPH_SEPARATOR = "; ", "\n\n"
_ITEMS = "[]"
"""Ends the name of a list of objects; only the name for people goes without it."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(
    r"<(?:br|hr|img)\b[^<>]{0,4000}>|</(?:p|div|span|strong|em|b|i|u|a|ul|ol|li|h[1-6]|figure|"
    r"blockquote|table|section|article|html|body)\s{0,9}>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"<(?:p|br|div|li|h[1-6]|article|section|table|body)\b", re.IGNORECASE)
_PAGE = re.compile(r"\s{0,99}<(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|nbsp|quot|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|euro|"
    r"[a-z](?:acute|grave|uml|circ|tilde|cedil|ring));",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Record:
    """Fields of a file in order, each a name and its values, white space and all.

    ``is_article`` is unset for fields that stand outside the records, such as a count of them.
    """

    fields: tuple[tuple[str, tuple[str, ...]], ...]
    is_article: bool = True


@dataclass(slots=True)
class Names:
    """The names of fields, looked up in the register."""

    register: RecordFields
    _known: dict[str, tuple[str, int] | None] = field(default_factory=dict)

    def meaning(self, name: str) -> tuple[str, int] | None:
        """Return the field of the article that ``name`` stands for, and its rank; or None."""
        if name not in self._known:
            if len(self._known) > _MOST_NAMES:
                self._known.clear()
            self._known[name] = self._look_up(name.split("."))
        return self._known[name]

    def is_text(self, name: str) -> bool:
        """Say whether a field of this name holds the text of an article."""
        meaning = self.meaning(name)
        return meaning is not None and meaning[0] == TEXT

    def _look_up(self, parts: Sequence[str]) -> tuple[str, int] | None:
        while parts:
            found = self.register.fields.get(field_key(".".join(parts)))
            if found or parts[0].casefold() not in self.register.wrappers:
                return found
            parts = parts[1:]
        return None


def collect(values: Iterable[tuple[str, str]], *, is_article: bool = True) -> Record | None:
    """Make a record of names and values, those of one name together; None of too many names."""
    fields: dict[str, list[str]] = {}
    for name, value in values:
        if value.strip():
            fields.setdefault(name, []).append(_SURROGATE.sub("\ufffd", value))
        if len(fields) > _MOST_NAMES:
            return None
    rows = ((_SURROGATE.sub("\ufffd", name), tuple(row)) for name, row in fields.items())
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
        f"line {line} there are: {found}. Name the field so and try again.",
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


def lay_out_records(
    records: Iterable[Record], method: str, names: Names, lines: LineWords, layout: LayoutWords
) -> Reading:
    """Write all records one under the other, the fields of each above its text.

    ``method`` is what the statements name as the way in which a value was found.
    """
    written = _Layout(method, names, lines, layout)
    return written.reading(tuple(map(written.add, records)))


@dataclass(slots=True)
class _Layout:
    """The text while it is written."""

    method: str
    names: Names
    lines: LineWords
    layout: LayoutWords
    pieces: list[str] = field(default_factory=list)
    offset: int = 0

    def reading(self, sections: tuple[Section, ...]) -> Reading:
        """Return what was written."""
        return Reading("".join(self.pieces), sections)

    def add(self, record: Record) -> Section:
        """Write a record and return its section."""
        best = _best(record, self.names)
        text, headline = best.get(TEXT), best.get(HEADLINE)
        reason = RECORD_FIELD if text is not None or not record.is_article else NO_ARTICLE
        units: list[Unit] = []
        head: list[RankedTag] = []
        for index, (name, values) in enumerate(record.fields):
            if index in {text, headline}:
                continue
            if text is not None and self.names.is_text(name):
                units += self._add_text(values, ALTERNATIVE_TEXT).units
            else:
                units.append(self._add_field(name, values, reason))
                head += self._tags(name, units[-1])
        if headline is not None:
            units += self._add_headline(*record.fields[headline], reason)
            head += self._tags(record.fields[headline][0], units[-1])
        return self._finish(units, head, record.fields[text][1] if text is not None else None)

    def _finish(
        self, units: list[Unit], head: list[RankedTag], text: tuple[str, ...] | None
    ) -> Section:
        self._write("\n" if text else "")
        body = self._add_text(text, None) if text else Page("", (), (), ())
        flags = None if body.kept is None else (*(False for _ in units), *body.kept)
        tags = (*ranked(head), *body.head)
        self._write("\n")
        return Section((*units, *body.units), flags, tags, is_declared=text is not None)

    def _write(self, text: str) -> int:
        """Write ``text`` and return where it begins."""
        start = self.offset
        self.pieces.append(text)
        self.offset += len(text)
        return start

    def _add_field(self, name: str, values: Sequence[str], reason: str) -> Unit:
        """Write a field on a line of its own; the unit's text is its value."""
        label = f"{shown_name(name)}: "
        value = VALUE_SEPARATOR.join(map(_one_line, values))
        start = self._write(f"{label}{value}\n")
        return Unit(start, start + len(label) + len(value), f"{label}{value}", reason=reason)

    def _add_headline(self, name: str, values: Sequence[str], reason: str) -> Iterator[Unit]:
        """Write a headline, its name apart from it so that it can be a paragraph."""
        unit = self._add_field(name, values, reason)
        if reason == NO_ARTICLE:
            yield unit
            return
        label = f"{shown_name(name)}:"
        begin = unit.start + len(label) + 1
        yield Unit(unit.start, unit.start + len(label), label, reason=reason)
        yield Unit(begin, unit.end, unit.text[len(label) + 1 :], kind=HEADLINE)

    def _add_text(self, values: Sequence[str], reason: str | None) -> Page:
        """Write a text; its units have ``reason`` unless they have one of their own."""
        page = self._lay_out(_PARAGRAPH_SEPARATOR.join(values))
        self._write(f"{page.text}\n")
        units = (unit._replace(reason=unit.reason or reason) for unit in page.units)
        return replace(page, units=tuple(units))

    def _lay_out(self, text: str) -> Page:
        """Lay out a record's text: all of it is the body, save in a whole page."""
        if _PAGE.match(text):
            page = read_page(text, self.lines, self.offset)
            if not isinstance(page, Rejection) and page.units:
                return page
        elif "<" in text and _TAG.search(text):
            lines = text if _BLOCK_TAG.search(text) else text.replace("\n", "<br>\n")
            root = parse_html(f"<div>{lines}</div>")
            if root is not None and not isinstance(root, Rejection):
                return _all_kept(*lay_out(root, self.offset))
        elif _ENTITY.search(text):
            text = _SURROGATE.sub("\ufffd", html.unescape(text))
        units = [unit.shifted(self.offset) for unit in build_units(text, self.layout)]
        return _all_kept(text, units)

    def _tags(self, name: str, unit: Unit) -> Iterator[RankedTag]:
        prefix = 0 if unit.kind == HEADLINE else len(shown_name(name)) + 2
        value = Value(unit.text[prefix:], unit.start + prefix, unit.end)
        return declared_tags(name, value, self.method, self.names, self.lines)


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is printed at ``start:end`` of the source text."""

    printed: str
    start: int
    end: int


def declared_tags(
    name: str, value: Value, method: str, names: Names, words: LineWords
) -> Iterator[RankedTag]:
    """Yield what a field of this name tells of the article, with the rank of the name."""
    meaning = names.meaning(name)
    if meaning is None or meaning[0] == TEXT:
        return
    known, rank = meaning
    certain = _LANGUAGE_CERTAIN if known == "language" else _CERTAIN
    for told in (known, "hostname") if known in {"url", "publisher"} else (known,):
        written = _declared(told, known, value.printed, words)
        if written:
            yield rank, HeadTag(told, written, method, certain, value.start, value.end)


def _declared(name: str, known: str, printed: str, words: LineWords) -> str | None:
    if name == "hostname" and known == "publisher":
        return hostname_of(printed) if "://" in printed else None
    return as_written(name, printed, words)


def ranked(head: Iterable[RankedTag]) -> tuple[HeadTag, ...]:
    """Return the tags, the surest of each field first; each further one is a little less sure."""
    tags: list[HeadTag] = []
    seen: dict[str, int] = {}
    for _, tag in sorted(head, key=lambda row: row[0]):
        loss = min(seen.setdefault(tag.field, 0) * _RANK_LOSS, _MOST_LOSS)
        seen[tag.field] += 1
        tags.append(replace(tag, confidence=round(tag.confidence - loss, 2)))
    return tuple(tags)


def _best(record: Record, names: Names) -> dict[str, int]:
    """Return the index of the surest field for the text and for the headline, where it has one."""
    ranks: dict[str, tuple[int, int]] = {}
    for index, (name, values) in enumerate(record.fields if record.is_article else ()):
        meaning = names.meaning(name)
        if meaning and (meaning[0] != TEXT or any(map(_is_prose, values))):
            known, rank = meaning
            ranks[known] = min(ranks.get(known, (rank, index)), (rank, index))
    return {known: ranks[known][1] for known in (TEXT, HEADLINE) if known in ranks}


def _is_prose(value: str) -> bool:
    """Say whether a value can be a text: it is no checksum, address, number or sign."""
    return weight(value) > 1


def _one_line(value: str) -> str:
    """Return a value on one line, its markup undone."""
    if "<" in value and _TAG.search(value):
        root = parse_html(value)
        if root is not None and not isinstance(root, Rejection):
            value = lay_out(root)[0]
    elif _ENTITY.search(value):
        value = html.unescape(value)
    return " ".join(_SURROGATE.sub("\ufffd", value).split())


def _all_kept(text: str, units: Sequence[Unit]) -> Page:
    return Page(text, tuple(units), (True,) * len(units), ())
