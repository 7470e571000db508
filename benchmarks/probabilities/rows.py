"""What is known of each value that a page gives, and whether it is right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.probabilities.gold import Gold, are_authors, fold, is_author, is_day, is_title
from benchmarks.probabilities.without_own import without_own
from knipsel.transforms.describe import describe
from knipsel.transforms.describe.candidate import Candidate
from knipsel.transforms.describe.probability.page import ArticlePage
from knipsel.transforms.describe.probability.values import key_of
from knipsel.transforms.describe.probability.weigh import (
    names_known,
    weighed,
    with_probabilities,
)
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.model import Registers

FOLDS = 5
DAY = date(2026, 11, 30)
"""On which the pages are read: after the last of them was made."""
_HALVES = "drawn"
"""By a hash of this and the name; so the models of fronts were trained that did not see a half."""
_MARKUP = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a field on a page: what is known of it, and whether it is right.

    ``page`` is the same for the values that exclude each other, ``fold`` for all forms of a page.
    ``is_own`` says that the page still has the lines that give its own value.
    """

    field: str
    page: str
    fold: int
    known: Mapping[str, float]
    is_right: bool
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Body:
    """The score that an article's text was expected to have, and the one that it has."""

    fold: int
    expected: float
    score: float


@dataclass(frozen=True, slots=True)
class _Described:
    page: ArticlePage
    found: list[Candidate]


def half_of(name: str) -> int:
    """Return in which half of all pages the forms of a page are, 0 or 1."""
    return int(hashlib.sha256(f"{_HALVES}{Path(name).stem}".encode()).hexdigest(), 16) % 2


def rows_of(folder: Path, by_half: Sequence[Registers]) -> Iterator[Row | Body]:
    """Yield what the pages of a folder (``files/``, ``gold.jsonl``) give.

    ``by_half`` are the registers with which the pages of each half are read. A page that is text
    gives its values once more for each field without its own lines.
    """
    lines = (folder / "gold.jsonl").read_text("utf-8").split("\n")
    for record in map(json.loads, filter(None, lines)):
        file = folder / "files" / Path(record["file"]).name
        gold = replace(Gold.of(record), key=f"{folder.name}/{file.name}")
        if not file.exists():
            continue
        content, registers = file.read_bytes(), by_half[half_of(file.name)]
        yield from _rows(file.name, content, gold, registers)
        if file.suffix == ".txt":
            text = content.decode("utf-8", "replace")
            for field, rest in without_own(text, gold, registers.lines.dates):
                other = _rows(file.name, rest.encode(), gold, registers, without=field)
                yield from (one for one in other if isinstance(one, Row))


def _rows(
    name: str, content: bytes, gold: Gold, registers: Registers, without: str | None = None
) -> Iterator[Row | Body]:
    """Yield the rows of one page, only those of a field where it is ``without`` its own."""
    described, text, source = _described(name, content, registers)
    if described is None:
        return
    number = int(hashlib.sha256(Path(name).stem.encode()).hexdigest(), 16) % FOLDS
    page = f"{gold.key}{'-' if without else ''}"
    must_show = without is None and not name.endswith(_MARKUP)
    judged = _judged(described, gold, registers, source if must_show else None)
    for field, known, is_right in judged:
        if without is None or field.startswith(without):
            yield Row(field, page, number, known, is_right, without is None)
    expected = described.page.cleaned.cut.expected_score
    if without is None and gold.text and expected is not None:
        yield Body(number, expected, shingle_score(text, gold.text))


def _described(
    name: str, content: bytes, registers: Registers
) -> tuple[_Described | None, str, str]:
    """Return what was found on a page of one article, with its text and source."""
    seen: list[_Described] = []

    def watched(found: Sequence[Candidate], page: ArticlePage, known: Any) -> list[Candidate]:
        seen.append(_Described(page, list(found)))
        return with_probabilities(found, page, known)

    document = RawDocument(hashlib.sha256(content).hexdigest(), name, content, DAY)
    with patch.object(describe, "with_probabilities", watched):
        made = process(document, registers)
    if len(seen) != 1 or len(made.articles) != 1:
        return None, "", ""
    return seen[0], made.articles[0].text, made.source_text


def _judged(
    described: _Described, gold: Gold, registers: Registers, source: str | None
) -> Iterator[tuple[str, Mapping[str, float], bool]]:
    """Yield the values whose rightness gold can tell: field, what is known, whether it is right.

    ``source`` is where gold's day must stand, None where it need not.
    """
    for field, known in weighed(described.found, described.page):
        given = {key_of(one): one for one in described.found if one.field == field}
        for key, one in known.items():
            is_right = _is_right(given[key], gold, registers, source)
            if is_right is not None:
                yield field, one, is_right
    if gold.authors:
        seen: set[str] = set()
        for author in described.found:
            if author.field != "author" or author.rejection:
                continue
            for name, one in names_known(author, described.found, described.page):
                if name not in seen:
                    seen.add(name)
                    yield "author_name", one, is_author(name, gold.authors)


def _is_right(one: Candidate, gold: Gold, registers: Registers, source: str | None) -> bool | None:
    """Say whether a value is right, None where gold does not tell."""
    if one.field == "headline":
        return is_title(one.value, gold.titles) if gold.titles else None
    if one.field == "author":
        persons = registers.lines.persons
        return are_authors(one.names, gold.authors, persons) if gold.authors else None
    dates = registers.lines.dates
    return is_day(one.value, gold.day, source, dates) if gold.day else None


def shingle_score(text: str, gold: str, size: int = 4) -> float:
    """Return the F1 of the runs of four words of a text and the right one."""
    own, right = (_shingles(one, size) for one in (text, gold))
    common = sum(min(count, right[run]) for run, count in own.items() if run in right)
    return 2 * common / max(1, sum(own.values()) + sum(right.values()))


def _shingles(text: str, size: int) -> dict[tuple[str, ...], int]:
    words = fold(text).split()
    found: dict[tuple[str, ...], int] = {}
    for at in range(max(1, len(words) - size + 1)):
        run = tuple(words[at : at + size])
        found[run] = found.get(run, 0) + 1
    return found
