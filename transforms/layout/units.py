"""Units: what is judged as one, a paragraph, a heading, an item of a list.

In most texts a line is a unit; in hard-wrapped text (out of PDF files, mail, text browsers)
lines are joined to units again.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.layout.hyphens import Hyphens
from knipsel.transforms.layout.page_breaks import take_pages
from knipsel.transforms.layout.run_in_headings import split_run_in_headings
from knipsel.transforms.layout.unit import Unit, is_bullet, without_bullet
from knipsel.transforms.layout.wrapping import close_up, find_wrapping, paragraph_runs
from knipsel.transforms.text.offsets import join_pieces
from knipsel.transforms.text.words import Line, begins_upper, fold, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.bylines import BylineWords
    from knipsel.transforms.registers.lines.dates import DateWords

_HEADER = re.compile(r"([^\W\d_]{3,20})\s?:?\s(\d{4}-\d{2}(?:-\d{2})?)(?=\s|$)", re.ASCII)

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LABELLED, _LABELLED_WORDS = 60, 8
"""Characters and words of what a label on a line of its own can introduce: names, a date."""
_NAME_WORDS = 6
"""Words of the names on a line of their own behind an *and*."""

METADATA_HEADER = "metadata_header"


class TextUnits(NamedTuple):
    """The units of a text, in order, that together hold all that is not white space.

    ``title`` is what a browser printed over the text as its title, empty where it did not;
    ``shows_title`` says whether the text has it, too.
    """

    units: list[Unit]
    title: str = ""
    shows_title: bool = False


def build_units(source: str, words: LayoutWords) -> list[Unit]:
    """Divide ``source`` into units, in order, that together hold all that is not white space."""
    return text_units(source, words).units


def text_units(source: str, words: LayoutWords) -> TextUnits:
    """Divide ``source`` into units, and say what title a browser printed over it."""
    header, lines = _split_header(list(split_lines(source)), words.date_labels)
    paged = take_pages(source, close_up(source, lines), words.page_words)
    hyphens = Hyphens(source, words.hyphens)
    wrapping = find_wrapping(paged.lines, is_wrapped=paged.is_print)
    runs = paragraph_runs(paged.lines, wrapping, paged.continued, words.bylines)
    made = (_unit(run, hyphens) for run in runs)
    marked = [
        unit._replace(kind="headline") if unit.start == paged.headline else unit for unit in made
    ]
    units = split_run_in_headings(marked, words.headings)
    if paged.furniture:
        units = [*_with_furniture(units, paged.furniture)]
    return TextUnits([*header, *units], paged.title, paged.shows_title)


def join_labels(
    units: Sequence[Unit], dates: DateWords, bylines: BylineWords, joiners: frozenset[str]
) -> list[Unit]:
    """Join a label on a line of its own (``Door``, ``Published:``) to the line under it.

    So are the lines of a byline that names several authors: *By Anna Boer*, *and*, *Karl Vestby*.
    """
    joined: list[Unit] = []
    for unit in units:
        above = joined[-1] if joined else None
        if (
            above
            and above.kind is None
            and above.reason is None
            and (
                _is_labelled(above, unit, dates, bylines)
                or _continues(above, unit, bylines, joiners)
            )
        ):
            text = f"{without_bullet(above.text)} {without_bullet(unit.text)}"
            joined[-1] = Unit(
                above.start, unit.end, text, above.is_bullet, above.after_blank, unit.kind
            )
        else:
            joined.append(unit)
    return joined


def _is_labelled(above: Unit, unit: Unit, dates: DateWords, bylines: BylineWords) -> bool:
    if unit.reason or len(above.text) > _LABELLED or len(unit.text) > _LABELLED:
        return False
    label = fold(above.text)
    if label in dates.labels or label in dates.update_labels:
        return _YEAR.search(unit.text) is not None
    is_name = label in bylines.words and begins_upper(unit.text)
    return is_name and len(unit.text.split()) <= _LABELLED_WORDS


def _continues(above: Unit, unit: Unit, bylines: BylineWords, joiners: frozenset[str]) -> bool:
    """Say whether a line goes on with the names of a byline above it, behind an *and*."""
    if unit.reason or len(above.text) > 2 * _LABELLED or len(unit.text) > _LABELLED:
        return False
    words, last = without_bullet(unit.text).split(), above.text.split()[-1:]
    if not words or not {words[0].casefold(), *map(str.casefold, last)} & joiners:
        return False
    head, *rest = words
    label = fold(without_bullet(above.text))
    if not any(label.startswith(f"{one} ") for one in bylines.words):
        return False
    if head.casefold() in joiners:
        return not rest or (begins_upper(rest[0]) and len(rest) <= _NAME_WORDS)
    return begins_upper(head) and len(rest) < _NAME_WORDS


def _split_header(lines: list[Line], labels: frozenset[str]) -> tuple[list[Unit], list[Line]]:
    """Split a date that was put before the first words, such as ``date 2022-12``, from them."""
    found = _HEADER.match(lines[0].text) if lines else None
    if not found or found[1].casefold() not in labels:
        return [], lines
    first = lines[0]
    header = Unit(first.start, first.start + found.end(), found[0], reason=METADATA_HEADER)
    rest = first.text[found.end() :].lstrip()
    body = [Line(first.end - len(rest), first.end, rest, 0, after_blank=True)] if rest else []
    return [header], [*body, *lines[1:]]


def _unit(run: Sequence[Line], hyphens: Hyphens) -> Unit:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return Unit(first.start, first.end, first.text, is_bullet(first.text), first.after_blank)
    text, pieces = join_pieces(_parts(run, hyphens))
    return Unit(first.start, last.end, text, is_bullet(text), first.after_blank, pieces=pieces)


def _parts(run: Sequence[Line], hyphens: Hyphens) -> Iterator[tuple[str, int | None]]:
    for above, below in pairwise(run):
        cut, between = hyphens.seam(above.text, below.text)
        yield above.text[: len(above.text) - cut], above.start
        yield between, None
    yield run[-1].text, run[-1].start


def _with_furniture(units: list[Unit], furniture: list[tuple[Line, str]]) -> Iterator[Unit]:
    """Yield the units with the furniture between them; in the midst of a unit it is part of it."""
    rest = deque(furniture)
    for unit in units:
        while rest and rest[0][0].start < unit.start:
            yield _furniture_unit(*rest.popleft())
        while rest and rest[0][0].start < unit.end:
            rest.popleft()
        yield unit
    yield from (_furniture_unit(line, reason) for line, reason in rest)


def _furniture_unit(line: Line, reason: str) -> Unit:
    return Unit(line.start, line.end, line.text, reason=reason)
