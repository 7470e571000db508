"""Interviews: answers in marks below questions, behind a name and a colon, behind a dash."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.annotate.model import Quotation
    from knipsel.transforms.annotate.quotations.reading import TextReading
    from knipsel.transforms.annotate.quotations.speakers.people import Named

_LABELLED = re.compile(
    r"^([^\W\d_][^\n:.,;!?‘’“”„\"«»]{0,40}):[ \t]+(?=[^\s‘“„\"«'])", re.MULTILINE
)
_DASHED = re.compile(r"^[–—-][ \t\xa0]+(?=\w)", re.MULTILINE)
_LEAST = 2
"""Lines that make an interview."""
_ANSWERS = 3
"""Paragraphs in marks that make an interview, below questions or without a speaker."""
_IN_LEAD = 3
"""What a name above the first answer counts: there stands whom an interview is with."""
_SHORT = 40
"""Words of a paragraph outside marks between answers that is the interviewer's."""
_EDGE = 24
"""Characters of a paragraph outside the marks of an answer: *(lacht)*."""
_MOST_WORDS = 5
"""Words of a name before a colon."""


class Answer(NamedTuple):
    """What somebody says in an interview: its place, and the name that stands before it."""

    start: int
    end: int
    label: str | None


def answers_in(reading: TextReading, *, has_marks: bool) -> Iterator[Answer]:
    """Yield the answers, and the questions of somebody who is named, in order.

    Lists of facts have labels too (*Prijs: tien euro*): whoever is no person speaks only where
    something is asked, and whoever asks every other time is the interviewer. Where a text has
    speech in marks, a dash is no sign of it.
    """
    lines = list(_labelled(reading))
    counted = Counter(one.label for one in lines)
    lines = [one for one in lines if counted[one.label] >= _LEAST]
    asking = Counter(one.label for one in lines if reading.text[one.end - 1] == "?")
    is_asked = bool(asking)
    for one in lines:
        label = one.label or ""
        asks = 2 * asking[label] >= counted[label] and not reading.people.is_named(label)
        if asks or label.lower() in reading.words.sets.questioners:
            continue
        if is_asked or reading.people.is_named(label):
            yield one
    if not has_marks:
        yield from _dashed(reading)


def with_answers(
    reading: TextReading, found: Sequence[Quotation], unsure: Sequence[int]
) -> list[Quotation]:
    """Give the answers of an interview, among the quotations at ``unsure``, to whom it is with."""
    given, blocks = list(found), reading.article.blocks
    numbers = [reading.block_at(found[at].char_start) for at in unsure]
    answers = _answers(reading, found, set(numbers))
    begins = [
        at
        for at, number in zip(unsure, numbers, strict=True)
        if found[at].speaker is None and found[at].char_start - 1 == blocks[number].start
    ]
    asked = [at for at, number in zip(unsure, numbers, strict=True) if number in answers]
    places = {*asked, *(begins if asked or len(begins) >= _ANSWERS else ())}
    first = min((found[at].char_start for at in asked), default=None)
    known = _interviewee(reading, first) if places else None
    if known is None:
        return given
    for at in sorted(places):
        given[at] = replace(found[at], speaker=known.name, speaker_mention=known.mention)
    return given


def _answers(reading: TextReading, found: Sequence[Quotation], unsure: set[int]) -> set[int]:
    """Return the numbers of the paragraphs that answer questions, where enough do.

    An answer fills its paragraph, and stands below a question, below another answer, or below a
    few words that are not marked and follow an answer.
    """
    edges: dict[int, tuple[int, int]] = {}
    for one in found:
        if one.is_direct:
            number = reading.block_at(one.char_start)
            first, last = edges.get(number, (one.char_start, one.char_end))
            edges[number] = min(first, one.char_start), max(last, one.char_end)
    answers: set[int] = set()
    count = 0
    for number, (first, last) in sorted(edges.items()):
        start, end, *_ = reading.article.blocks[number]
        if first - start > _EDGE or end - last > _EDGE:
            continue
        is_asked = number - 1 not in answers and _asks(reading, number - 1)
        is_told = number - 2 in answers and _is_short(reading, number - 1)
        count += is_asked
        if is_asked or is_told or number - 1 in answers:
            answers.add(number)
    return answers & unsure if count >= _ANSWERS else set()


def _asks(reading: TextReading, number: int) -> bool:
    if number < 0:
        return False
    block = reading.article.blocks[number]
    return "?" in reading.text[block.start : block.end]


def _is_short(reading: TextReading, number: int) -> bool:
    block = reading.article.blocks[number]
    return len(reading.text[block.start : block.end].split()) <= _SHORT


def _interviewee(reading: TextReading, first: int | None) -> Named | None:
    """Return whom an interview is with: the person named most often outside what is said.

    Who is named before the ``first`` answer to a question counts more, and is meant where two are
    named as often; where nothing is asked, nobody is then.
    """
    named = [
        one for one in reading.people.persons if not reading.is_quoted(reading.starts[one.first])
    ]
    counted: Counter[str] = Counter()
    for one in named:
        is_in_lead = first is not None and reading.starts[one.first] < first
        counted[one.name] += _IN_LEAD if is_in_lead else 1
    (name, most), *others = counted.most_common(2) or [("", 0)]
    if not most or (first is None and others and others[0][1] == most):
        return None
    return next(one for one in named if one.name == name)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return start + len(text[start:end].rstrip())


def _labelled(reading: TextReading) -> Iterator[Answer]:
    for one in _LABELLED.finditer(reading.text):
        if _is_label(reading, one[1]):
            yield Answer(one.end(), _line_end(reading.text, one.end()), one[1].strip())


def _is_label(reading: TextReading, label: str) -> bool:
    words = label.split()
    particles = reading.words.sets.name_particles
    if len(words) > _MOST_WORDS:
        return False
    return all(word[0].isupper() or word in particles or not word[0].isalpha() for word in words)


def _dashed(reading: TextReading) -> Iterator[Answer]:
    """Yield the lines behind a dash, where they ask and answer: lists have dashes too."""
    lines = [
        Answer(one.end(), _line_end(reading.text, one.end()), None)
        for one in _DASHED.finditer(reading.text)
    ]
    asking = [one for one in lines if reading.text[one.end - 1] == "?"]
    if len(lines) >= _LEAST and asking and len(asking) < len(lines):
        yield from lines
