"""What somebody is said to have said, without marks: *volgens de bode is het schip weg*."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.annotate.quotations.marks.speech import is_trailing
from knipsel.transforms.annotate.quotations.speakers.phrases import (
    head_of,
    is_speaking,
    opens_phrase,
    read_phrase,
    skip_adverbs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.annotate.quotations.cues import Frame
    from knipsel.transforms.annotate.quotations.numbered_words import SentenceUnit
    from knipsel.transforms.annotate.quotations.reading import TextReading

_WEAK = {"weak"}
_LEAST = 3
"""Words that are reported, at least."""
_REACH = 8
"""Words between a cue and the conjunction that what is reported begins with."""
_SPLIT_REACH = 3
"""The same behind a cue of two words, which mean other things elsewhere: *gaat verder*."""
_CLAUSE = 40
"""Words of a clause in which its verb shows the mood."""
_FIRST = 2
"""Words before a source with which a sentence begins."""
_INSERTED = 10
"""Words between two commas that say who somebody is."""
_LONGEST_PLACE = 9
"""Words that say when or where something was said; more may have a verb that no list has."""
_FINAL = ".!?…,;: \n"


class Reported(NamedTuple):
    """The words that a cue reports, and the cue."""

    start: int
    end: int
    frame: Frame


def may_report(reading: TextReading, unit: SentenceUnit, cues: Sequence[int]) -> bool:
    """Tell whether the cues of a unit may report anything: a look before all is read."""
    words = reading.words
    kinds = {kind for at in cues for kind in words.cues[reading.folded[at]]}
    if not kinds or kinds == _WEAK:
        return False
    if "source" in kinds or not words.is_verb_second or words.sets.subjunctives:
        return True
    if any("," in reading.gaps[at] for at in cues):
        return True
    inside = reading.folded[unit.first : unit.last]
    sets = words.sets
    return not (sets.conjunctions.isdisjoint(inside) and sets.infinitive_markers.isdisjoint(inside))


def reported_in(
    reading: TextReading, unit: SentenceUnit, frames: Sequence[Frame]
) -> Iterator[Reported]:
    """Yield what the cues of a unit report; the caller leaves out those of direct speech."""
    for frame in frames:
        words = _words_of(reading, unit, frame)
        if words is None or words[1] - words[0] < _LEAST:
            continue
        start, end = reading.starts[words[0]], reading.ends[words[1] - 1]
        if words[1] == unit.last:
            end = _without_final(reading, end, unit.end)
        yield Reported(start, end, frame)
        return


def _without_final(reading: TextReading, end: int, unit_end: int) -> int:
    """Return the end of the words of a unit, with a bracket or mark behind the last one."""
    while unit_end > end and reading.text[unit_end - 1] in _FINAL:
        unit_end -= 1
    return unit_end


def _words_of(reading: TextReading, unit: SentenceUnit, frame: Frame) -> tuple[int, int] | None:
    """Return the first word that a cue reports and the one behind the last."""
    subject = frame.subject
    if frame.kind == "weak" or subject is None or is_speaking(reading, subject):
        return None
    if frame.kind == "source":
        return _of_source(reading, unit, frame)
    if not _reports(reading, frame):
        return None
    first = _behind_inserted(reading, frame.end, unit.last)
    if _is_announced(reading, unit, first) or not is_trailing(reading, unit, frame):
        return _behind_cue(reading, unit, frame, first)
    if _is_circumstance(reading, unit.first, frame.start):
        return _behind_cue(reading, unit, frame, first)
    return unit.first, frame.start


def _behind_inserted(reading: TextReading, first: int, last: int) -> int:
    """Skip what says between commas who somebody is: *zei Jan Vos, de inspecteur, dat …*."""
    if first >= last or reading.gaps[first] != ", " or not opens_phrase(reading, first, last):
        return first
    commas = (
        at for at in range(first + 1, min(last, first + _INSERTED)) if "," in reading.gaps[at]
    )
    behind, sets = next(commas, first), reading.words.sets
    inside = reading.folded[first:behind]
    if not (sets.finite.isdisjoint(inside) and sets.verbs.isdisjoint(inside)):
        return first
    inserted = read_phrase(reading, first, last)
    is_person = inserted is not None and head_of(reading, inserted) is not None
    goes_on = reading.folded[behind] in sets.conjunctions or reading.folded[behind] in sets.finite
    return behind if is_person or goes_on else first


def _is_announced(reading: TextReading, unit: SentenceUnit, first: int) -> bool:
    """Tell whether a conjunction or an infinitive right behind a cue begins what is reported."""
    if first >= unit.last or reading.gaps[first].strip() not in {"", ","}:
        return False
    if reading.folded[first] in reading.words.sets.conjunctions:
        return True
    return reading.gaps[first] == " " and _is_infinitive(reading, unit, first)


def _is_circumstance(reading: TextReading, first: int, last: int) -> bool:
    """Tell whether words before a cue only say when and where: *maandag, na de vergadering, zei*.

    None of their parts has a verb, and each begins with a preposition or an adverb.
    """
    sets = reading.words.sets
    if not reading.words.is_verb_second:
        return False
    starts = [first, *(at for at in range(first + 1, last) if "," in reading.gaps[at])]
    if reading.folded[first] in sets.subordinators:
        # "Omdat Karel, die ziek is, niet kwam, zei Els niets", but "…, blijft hij thuis, zei Els"
        return not any(reading.folded[at] in sets.finite for at in starts[1:])
    for start, end in zip(starts, [*starts[1:], last], strict=True):
        inside = reading.folded[start:end]
        is_clause = inside[0] in sets.subordinators
        begins = is_clause or inside[0] in sets.prepositions or inside[0] in sets.adverbs
        if not begins or len(inside) > _LONGEST_PLACE:
            return False
        if not is_clause and not (sets.finite.isdisjoint(inside) and sets.verbs.isdisjoint(inside)):
            return False
    return True


def _reports(reading: TextReading, frame: Frame) -> bool:
    sets = reading.words.sets
    return frame.kind != "naming" or reading.folded[frame.first] in sets.verbs


def _of_source(reading: TextReading, unit: SentenceUnit, frame: Frame) -> tuple[int, int]:
    if frame.start - unit.first <= _FIRST:
        behind = _behind_inserted(reading, frame.end, unit.last)
        return _behind_source(reading, unit, behind), unit.last
    if (
        frame.end == unit.last
        or is_trailing(reading, unit, frame)
        or _is_described(reading, frame.end)
    ):
        return unit.first, frame.start
    return unit.first, unit.last


def _is_described(reading: TextReading, behind: int) -> bool:
    """Tell whether a clause about the source follows it: *volgens wie het weten, die het zag*."""
    sets = reading.words.sets
    is_beside = reading.gaps[behind] == " " or (
        reading.gaps[behind] == ", " and not reading.words.has_capital_nouns
    )
    return is_beside and reading.folded[behind] in sets.relatives


def _behind_source(reading: TextReading, unit: SentenceUnit, first: int) -> int:
    """Skip what belongs to a source without naming it: *volgens een bericht in de krant is …*."""
    sets = reading.words.sets
    if first < unit.last and _is_described(reading, first):
        commas = (at for at in range(first + 1, unit.last) if "," in reading.gaps[at])
        return next(commas, unit.last)
    if first < unit.last and reading.folded[first] in sets.prepositions:
        for at in range(first, min(unit.last, first + _REACH)):
            if reading.folded[at] in sets.finite:
                return at
    return first


def _behind_cue(
    reading: TextReading, unit: SentenceUnit, frame: Frame, first: int
) -> tuple[int, int] | None:
    sets = reading.words.sets
    if _is_infinitive(reading, unit, first):
        return first, unit.last
    reach = _REACH if frame.part is None else _SPLIT_REACH
    for at in range(first, min(unit.last, first + reach)):
        if ":" in reading.gaps[at] or ";" in reading.gaps[at]:
            return None
        if reading.folded[at] in sets.conjunctions:
            return at, _main_clause(reading, unit, at)
        if "," in reading.gaps[at]:
            clause = reading.folded[at : min(unit.last, at + _CLAUSE)]
            return None if sets.subjunctives.isdisjoint(clause) else (at, unit.last)
    return _without_conjunction(reading, unit, frame, first)


def _main_clause(reading: TextReading, unit: SentenceUnit, first: int) -> int:
    """Return where a sentence goes on that began with a clause: *Als zij zegt dat …, blijft …*."""
    sets = reading.words.sets
    if reading.folded[unit.first] not in sets.subordinators:
        return unit.last
    verbs = (
        at
        for at in range(first + 1, unit.last)
        if "," in reading.gaps[at] and reading.folded[at] in sets.finite
    )
    return next(verbs, unit.last)


def _is_infinitive(reading: TextReading, unit: SentenceUnit, first: int) -> bool:
    """Tell whether what is reported follows as an infinitive: *zegt niet te weten …*."""
    begin = skip_adverbs(reading, first, unit.last)
    markers = reading.words.sets.infinitive_markers
    return begin < unit.last and reading.folded[begin] in markers


def _without_conjunction(
    reading: TextReading, unit: SentenceUnit, frame: Frame, first: int
) -> tuple[int, int] | None:
    """Return what follows a cue without a conjunction, where the language has that."""
    if reading.words.is_verb_second or frame.kind != "verb":
        return None
    if first >= unit.last or not reading.is_joined(first):
        return None
    return (first, unit.last) if opens_phrase(reading, first, unit.last) else None
