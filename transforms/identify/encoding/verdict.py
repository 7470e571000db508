"""Which of the encodings that a text may be in it is, or that it cannot be told."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knipsel.transforms.identify.encoding.ranking import rank, readings_of, sample_text
from knipsel.transforms.identify.encoding.sample import sample_of
from knipsel.transforms.registers.files.letters import UNIT, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.transforms.identify.encoding.ranking import Candidate, PageReading
    from knipsel.transforms.registers.files.encodings import CodePage, Encodings

Problem = Literal["none", "unclear", "senseless", "reversed"]
"""Why a text is not sure: several encodings give sense, none does, or letters run backwards."""

_SCALE = 1 / UNIT
_DECLARED = round(6 * _SCALE)
"""What a declaration is worth: as much as a word or two. Declarations are wrong often enough that
a text speaks against them in a sentence, and right so often that a name does not."""
_CLEAR = round(3 * _SCALE)
"""By how much the best has to be likelier than the next one that gives other letters: by twenty
times."""
_LEAST = {"Latin": (0.3, 6.0), "Han": (0.6, 3.0), "Japanese": (0.6, 3.0)}
_LEAST_ELSEWHERE = (0.8, 2.0)
"""What the letters of a text must say at least: a share of what is usual in the language, less some
deviations, which grow as the root of their number. In Latin scripts most letters beyond ASCII may
stand in foreign names; elsewhere nearly all are the language's own, and texts in encodings that
Python does not have reach up to two thirds of the usual (Tajik in KOI8-T; Chinese in EUC-TW, less
than half). The counts of Chinese characters are rough."""
_STRANGE_SHARE = 0.01
"""Of letters and signs: above it a text has signs that no text has."""
_MISPLACED_SHARE = 0.25
"""Of signs: above it they are letters of an encoding that is not known. Where a space is missing,
a quotation mark stands within a word."""
_FINALS, _MEDIALS = "ךםןףץ", "כמנפצ"
_FINAL_FIRST = re.compile(rf"(?<!\w)[{_FINALS}]\w")
_FINAL_LAST = re.compile(rf"\w[{_FINALS}](?!\w)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest page, whether the file declares it, what is wrong with that, and the others.

    ``rivals`` are the candidates with the best, each with other letters; ``sample`` is what they
    were tried on.
    """

    page: CodePage
    is_declared: bool
    problem: Problem
    rivals: tuple[Candidate, ...]
    sample: bytes


def judge(content: bytes, encodings: Encodings, declared: CodePage | None = None) -> Verdict:
    """Tell the encoding of bytes that are in none that tells itself."""
    sample = sample_of(content)
    readings = readings_of(sample, encodings, {declared.codec} if declared else ())
    ranked = rank(readings, encodings)
    sensible = [one for one in ranked if makes_sense(one, encodings)]
    said = declared and _reading_of(sample, declared, sensible)
    is_declared = bool(said and said.score + _DECLARED >= sensible[0].score)
    best = said if said and is_declared else (sensible or ranked)[0]
    rivals = _with_other_letters(best, sensible or ranked)
    problem = _problem(best, rivals, has_sense=bool(sensible), is_declared=is_declared)
    page = declared if declared and is_declared else best.page
    return Verdict(page, is_declared, problem, (best, *rivals), sample)


def judge_readings(readings: Iterable[PageReading], encodings: Encodings) -> CodePage | None:
    """Return the page whose reading is clearly the likeliest, None where none is."""
    sensible = [one for one in rank(readings, encodings) if makes_sense(one, encodings)]
    if not sensible or sensible[0].evidence.strange:
        return None
    rivals = _with_other_letters(sensible[0], sensible)
    is_clear = _problem(sensible[0], rivals, has_sense=True, is_declared=False) == "none"
    return sensible[0].page if is_clear else None


def _reading_of(sample: bytes, page: CodePage, ranked: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate with the text that a page gives, which another page may stand for."""
    text = sample_text(sample, page.codec)
    return next((one for one in ranked if one.text == text), None)


def _with_other_letters(best: Candidate, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates whose letters differ from the best's and from each other's."""
    seen, found = {_letters(best.text)}, []
    for one in ranked:
        letters = _letters(one.text)
        if letters not in seen:
            seen.add(letters)
            found.append(one)
    return tuple(found)


def _letters(text: str) -> str:
    """Return the letters of a text; what only spelling tells apart (ș and ş) is the same."""
    return "".join(
        folded(one).upper() if one.isupper() else folded(one) for one in text if one.isalpha()
    )


def _problem(
    best: Candidate, rivals: Sequence[Candidate], *, has_sense: bool, is_declared: bool
) -> Problem:
    if best.evidence.language == "he" and _runs_backwards(best.text):
        return "reversed"
    if not has_sense:
        return "senseless"
    is_clear = is_declared or not rivals or best.score - rivals[0].score >= _CLEAR
    return "none" if is_clear else "unclear"


def makes_sense(one: Candidate, encodings: Encodings) -> bool:
    """Say whether a text is as its language has it, and not merely less odd than the others.

    Letters of another script that stand alone, in a text of ASCII, are signs of another page.
    """
    evidence = one.evidence
    beyond = sum(1 for character in one.text if character > "\x7f")
    if evidence.strange > _STRANGE_SHARE * beyond and evidence.strange > 1:
        return False
    if evidence.misplaced > _MISPLACED_SHARE * evidence.signs and evidence.misplaced > 1:
        return False
    language = encodings.letters[evidence.language]
    if language.script != "Latin" and evidence.alone * 2 > evidence.letters:
        return False
    usual = language.usual + round((one.page.width - 1) * math.log(128) * _SCALE)
    share, spread = _LEAST.get(language.script, _LEAST_ELSEWHERE)
    number = evidence.letters
    return evidence.of_words >= share * usual * number - spread * _SCALE * math.sqrt(number)


def _runs_backwards(text: str) -> bool:
    """Say whether Hebrew is in visual order: its final letters then stand first in words."""
    return len(_FINAL_FIRST.findall(text)) > len(_FINAL_LAST.findall(text))
