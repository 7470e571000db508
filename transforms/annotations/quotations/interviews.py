"""Interviews without marks: answers behind a name and a colon, and lines behind a dash."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transforms.annotations.quotations.people import Named
    from transforms.annotations.quotations.reading import Reading

_LABELLED = re.compile(
    r"^([^\W\d_][^\n:.,;!?‘’“”„\"«»]{0,40}):[ \t]+(?=[^\s‘“„\"«'])", re.MULTILINE
)
_DASHED = re.compile(r"^[–—-][ \t\xa0]+(?=\w)", re.MULTILINE)
_LEAST = 2
"""Lines that make an interview."""
_MOST_WORDS = 5
"""Words of a name before a colon."""


class Answer(NamedTuple):
    """What somebody says in an interview: its place, and the name that stands before it."""

    start: int
    end: int
    label: str | None


def answers_in(reading: Reading, *, has_marks: bool) -> Iterator[Answer]:
    """Yield the answers, and the questions of somebody who is named, in order.

    Where a text has speech in marks, a dash is no sign of it.
    """
    lines = list(_labelled(reading))
    counted = Counter(one.label for one in lines)
    for one in lines:
        label = one.label or ""
        if counted[label] >= _LEAST and label.lower() not in reading.words.sets.questioners:
            yield one
    if not has_marks:
        yield from _dashed(reading)


def interviewee(reading: Reading) -> Named | None:
    """Return whom an interview is with: the person named most often outside what is said.

    None where two are named as often.
    """
    named = [
        one for one in reading.people.persons if not reading.is_quoted(reading.starts[one.first])
    ]
    (first, most), *others = Counter(one.name for one in named).most_common(2) or [("", 0)]
    if not most or (others and others[0][1] == most):
        return None
    return next(one for one in named if one.name == first)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return start + len(text[start:end].rstrip())


def _labelled(reading: Reading) -> Iterator[Answer]:
    for one in _LABELLED.finditer(reading.text):
        if _is_label(reading, one[1]):
            yield Answer(one.end(), _line_end(reading.text, one.end()), one[1].strip())


def _is_label(reading: Reading, label: str) -> bool:
    words = label.split()
    particles = reading.words.sets.name_particles
    if len(words) > _MOST_WORDS:
        return False
    return all(word[0].isupper() or word in particles or not word[0].isalpha() for word in words)


def _dashed(reading: Reading) -> Iterator[Answer]:
    """Yield the lines behind a dash, where they ask and answer: lists have dashes too."""
    lines = [
        Answer(one.end(), _line_end(reading.text, one.end()), None)
        for one in _DASHED.finditer(reading.text)
    ]
    asking = [one for one in lines if reading.text[one.end - 1] == "?"]
    if len(lines) >= _LEAST and asking and len(asking) < len(lines):
        yield from lines
