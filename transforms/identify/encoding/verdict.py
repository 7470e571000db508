"""Which of the encodings that a text may be in it is, or that it cannot be told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knipsel.transforms.identify.encoding.pages import WINDOWS_1252
from knipsel.transforms.identify.encoding.ranking import rank, readings_of, sample_text
from knipsel.transforms.identify.encoding.sample import sample_of
from knipsel.transforms.identify.encoding.sense import makes_sense
from knipsel.transforms.registers.files.letters import UNIT, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.transforms.identify.encoding.ranking import Candidate, PageReading
    from knipsel.transforms.registers.files.encodings import CodePage, Encodings

Problem = Literal["none", "unclear", "senseless", "reversed"]
"""Why a text is not sure: several encodings give sense, none does, or letters run backwards."""

_SCALE = 1 / UNIT
_DECLARED = round(4 * _SCALE)
"""What a declaration is worth: as much as a word. Two in a hundred are wrong, so that a sentence
speaks against them, and a name does not."""
_CONTRADICTED = round(1 * _SCALE)
"""By how much another text has to be likelier than the declared one for neither to be sure: of 650
that were declared rightly, two were so, names of another language in both."""
_BY_NAMES = round(3 * _SCALE)
"""By how much a text has to be clearer where its language is not one of the page's: only the names
in it speak for the page, and a French name in Dutch may look Latvian."""
_FEW_LETTERS = 3
"""Letters that are one or two names, which may be of any language."""
_LIKELIEST = 10
"""Texts that are looked at more closely; those behind them are no rivals."""
_CLEAR = round(3 * _SCALE)
"""By how much the best has to be likelier than the next one that gives other letters: by twenty
times."""
_FINALS = "ךםןףץ"
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
    sensible = [one for one in ranked[:_LIKELIEST] if makes_sense(one, encodings)]
    said = declared and _reading_of(sample, declared, sensible)
    is_declared = bool(said and said.score + _DECLARED >= sensible[0].score)
    best = said if said and is_declared else (sensible or ranked)[0]
    rivals = _with_other_letters(best, sensible or ranked)
    problem = _problem(best, rivals, has_sense=bool(sensible), is_declared=is_declared)
    if said and not is_declared and problem == "none" and _is_weak(best, said):
        problem = "unclear"
    page = declared if declared and is_declared else best.page
    return Verdict(page, is_declared, problem, (best, *rivals), sample)


def judge_strays(readings: Iterable[PageReading], encodings: Encodings) -> CodePage | None:
    """Return the page of stray bytes in a text of another encoding, None where none is sure.

    Most are of Windows-1252: where no page is clearly the likeliest, it is taken if it is among the
    first two and gives no sign that no text has.
    """
    ranked = rank(readings, encodings)
    sensible = [one for one in ranked[:_LIKELIEST] if makes_sense(one, encodings)]
    rivals = _with_other_letters(sensible[0], sensible) if sensible else ()
    is_clear = (
        sensible and _problem(sensible[0], rivals, has_sense=True, is_declared=False) == "none"
    )
    usual = [one for one in ranked[:2] if one.page.codec == WINDOWS_1252]
    likely = sensible[:1] if is_clear else usual
    return next((one.page for one in likely if not one.evidence.strange), None)


def _is_weak(best: Candidate, said: Candidate) -> bool:
    """Say whether too few letters contradict a declaration whose text has all signs in place."""
    return best.evidence.letters <= _FEW_LETTERS and not said.evidence.misplaced


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
    if is_declared:
        is_clear = all(best.score + _CONTRADICTED >= _assured(one) for one in rivals)
    else:
        is_clear = all(_assured(best) - one.score >= _CLEAR for one in rivals)
    return "none" if is_clear else "unclear"


def _assured(one: Candidate) -> int:
    """Return what speaks for a text, less what names alone say for a page of other languages."""
    is_foreign = one.evidence.language not in one.page.languages
    return one.score - (_BY_NAMES if is_foreign else 0)


def _runs_backwards(text: str) -> bool:
    """Say whether Hebrew is in visual order: its final letters then stand first in words."""
    return len(_FINAL_FIRST.findall(text)) > len(_FINAL_LAST.findall(text))
