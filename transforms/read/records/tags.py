"""What a field of a record tells of its article, by the name of the field."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.field_values import as_written, hostname_of
from knipsel.transforms.read.records.model import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.read.records.model import Names
    from knipsel.transforms.registers.lines.words import LineWords

    RankedTag = tuple[int, HeadTag]

_CERTAIN, _LANGUAGE_CERTAIN, _SERIAL, _RANK_LOSS, _MOST_LOSS = 0.97, 0.8, 0.7, 0.01, 0.1
"""How sure a field is, and by what each further one of the same meaning is less so. Whoever
exports texts seldom mistakes a title; of the language, programs put what they were set to."""
_LENGTH, _WORDS = "length", re.compile(r"\d\s[^\W\d_]")
"""A length is one in words where it says so; without a unit it may count characters."""
_DATES = frozenset({"date_published", "date_modified"})
_SERIAL_DAY = re.compile(r"(\d{5})(?:\.\d{1,15})?$", re.ASCII)
_SERIAL_BEGIN, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 29_221, 73_050
"""Excel counts days from the end of 1899; taken are those of 1980 to 2099. Workbooks of old Macs
count from 1904, so such a day is less sure than one that is written out."""


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
    if meaning is None or meaning[0] == TEXT or value.printed in names.register.nothing:
        return
    known, rank = meaning
    if known == _LENGTH:
        known = "word_count" if _WORDS.search(value.printed) else _LENGTH
    certain = _LANGUAGE_CERTAIN if known == "language" else _CERTAIN
    for told in (known, "hostname") if known in {"url", "publisher"} else (known,):
        written = _declared(told, known, value.printed, words)
        if written:
            yield rank, HeadTag(told, written, method, certain, value.start, value.end)
    day = _serial_day(value.printed) if known in _DATES else None
    if day:
        yield rank, HeadTag(known, day, method, _SERIAL, value.start, value.end)


def _declared(name: str, known: str, printed: str, words: LineWords) -> str | None:
    if name == "hostname" and known == "publisher":
        return hostname_of(printed) if "://" in printed else None
    return as_written(name, printed, words)


def _serial_day(printed: str) -> str | None:
    """Return the day that a number of a spreadsheet stands for."""
    found = _SERIAL_DAY.match(printed)
    if not found or not _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return None
    return (_SERIAL_BEGIN + timedelta(days=int(found[1]))).isoformat()


def ranked(head: Iterable[RankedTag]) -> tuple[HeadTag, ...]:
    """Return the tags, the surest of each field first; each further one is a little less sure."""
    tags: list[HeadTag] = []
    seen: dict[str, int] = {}
    for _, tag in sorted(head, key=lambda row: row[0]):
        loss = min(seen.setdefault(tag.field, 0) * _RANK_LOSS, _MOST_LOSS)
        seen[tag.field] += 1
        tags.append(replace(tag, confidence=round(tag.confidence - loss, 2)) if loss else tag)
    return tuple(tags)
