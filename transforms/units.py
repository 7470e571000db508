"""Units: what is judged as one, a paragraph, a heading, an item of a list.

In most texts a line is a unit; in hard-wrapped text (out of PDF files, mail, text browsers)
lines are joined to units again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.text import Line, begins_upper, fold, split_lines, words
from transforms.wrapping import BULLET, find_wrapping, paragraph_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.registers import Registers

_HEADER = re.compile(r"([^\W\d_]{3,20})\s?:?\s(\d{4}-\d{2}(?:-\d{2})?)(?=\s|$)", re.ASCII)
_LAST_TOKEN = re.compile(r"(\w[\w’'-]{0,60})[-\u00ad]$")

_LABELLED, _LABELLED_WORDS = 60, 8
"""Characters and words of what a label on a line of its own can introduce: names, a date."""

METADATA_HEADER = "metadata_header"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the source, ``start:end``, that is one paragraph, heading or item.

    ``text`` is the source with its line ends undone. ``kind`` is what the format says it is
    (``heading``, ``caption``, ``headline``), None where it says nothing. ``reason`` is set where
    the reader knows that the unit is no part of an article, and says why.
    """

    start: int
    end: int
    text: str
    is_bullet: bool = False
    after_blank: bool = True
    kind: str | None = None
    reason: str | None = None


def is_bullet(text: str) -> bool:
    """Say whether ``text`` begins with the sign of a list item."""
    return BULLET.match(text) is not None


def without_bullet(text: str) -> str:
    """Return ``text`` without the signs of a list item before it; numbers stay."""
    found = BULLET.match(text)
    return text if not found or found[0][0].isdigit() else text[found.end() :].lstrip()


def build_units(source: str, registers: Registers) -> list[Unit]:
    """Divide ``source`` into units, in order, that together hold all that is not white space."""
    header, lines = _split_header(list(split_lines(source)), registers.date_labels)
    wrapping = find_wrapping(lines)
    if wrapping is None:
        return [*header, *(_unit([line], line.text) for line in lines)]
    vocabulary = _vocabulary(source)
    followers = registers.suspended_hyphen_followers
    return [
        *header,
        *(_unit(run, _join(run, vocabulary, followers)) for run in paragraph_runs(lines, wrapping)),
    ]


def join_labels(units: Sequence[Unit], registers: Registers) -> list[Unit]:
    """Join a label on a line of its own (``Door``, ``Published:``) to the line under it."""
    joined: list[Unit] = []
    for unit in units:
        above = joined[-1] if joined else None
        if (
            above
            and above.kind is None
            and above.reason is None
            and _is_labelled(above, unit, registers)
        ):
            text = f"{without_bullet(above.text)} {without_bullet(unit.text)}"
            joined[-1] = Unit(
                above.start, unit.end, text, above.is_bullet, above.after_blank, unit.kind
            )
        else:
            joined.append(unit)
    return joined


def _is_labelled(above: Unit, unit: Unit, registers: Registers) -> bool:
    if unit.reason or max(len(above.text), len(unit.text)) > _LABELLED:
        return False
    label = fold(above.text)
    if label in registers.byline_words:
        return begins_upper(unit.text) and len(unit.text.split()) <= _LABELLED_WORDS
    has_year = any(len(digits) == len("2022") for digits in re.findall(r"\d+", unit.text))
    return has_year and (label in registers.date_labels or label in registers.update_labels)


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


def _unit(run: Sequence[Line], text: str) -> Unit:
    return Unit(run[0].start, run[-1].end, text, is_bullet(text), run[0].after_blank)


def _vocabulary(source: str) -> frozenset[str]:
    """Return the words of the document, and the beginnings of its compounds up to a hyphen."""
    found: set[str] = set()
    for word in words(source):
        found.add(word)
        parts = word.split("-", 3)
        found.update("-".join(parts[:count]) for count in range(2, len(parts)))
    return frozenset(found)


def _join(run: Sequence[Line], vocabulary: frozenset[str], followers: frozenset[str]) -> str:
    pieces = [run[0].text]
    for upper, lower in pairwise(run):
        hyphen = _LAST_TOKEN.search(upper.text[-64:])
        if hyphen is None:
            pieces.append(" ")
        else:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(_seam(hyphen[1], upper.text[-1], lower.text, vocabulary, followers))
        pieces.append(lower.text)
    return "".join(pieces)


def _seam(
    stem: str, hyphen: str, rest: str, vocabulary: frozenset[str], followers: frozenset[str]
) -> str:
    """Return what stands in the text for the hyphen at a line's end and the line's end itself.

    The document's own words decide. Without them a hyphen before a conjunction is suspended
    (``haven- en industriesteden``); it stays before a capital and after an abbreviation or a
    digit, and goes between lower-case letters, where it was put to break a word.
    """
    if hyphen == "\u00ad":
        return ""
    following = next(iter(words(rest[:80])), "")
    first = following.split("-", maxsplit=1)[0]
    folded = stem.casefold()
    if not vocabulary.isdisjoint({f"{folded}-{first}", f"{folded}-{following}"}):
        return "-"
    if following in followers:
        return "" if folded + following in vocabulary else "- "
    is_abbreviation = len(stem) > 1 and stem.isupper()
    breaks = following and rest[0].islower() and not stem[-1].isdigit() and not is_abbreviation
    return "" if breaks else "-"
