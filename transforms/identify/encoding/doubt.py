"""What is told to a person of a text whose encoding is not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.identify.encoding.ranking import sample_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.identify.encoding.verdict import Problem, Verdict

_SHOWN = 3
"""Encodings of which a line is shown."""
_BEFORE, _LONGEST = 20, 60
"""Characters of a line before the first that differs, and in all."""
_SENTENCES: dict[Problem, str] = {
    "unclear": "The encoding is not sure: several give a text",
    "senseless": "No encoding makes sense of the bytes",
    "reversed": "The Hebrew is in visual order, its letters from left to right",
}


def sentence_of(verdict: Verdict) -> str:
    """Return the doubt of a verdict in a sentence, with a line as several encodings show it."""
    codecs = [one.page.codec for one in verdict.rivals[:_SHOWN]]
    names = [one.page.name for one in verdict.rivals[:_SHOWN]]
    lines = _differing(verdict.sample, codecs)
    shown = ", ".join(f"{name} “{line}”" for name, line in zip(names, lines, strict=True))
    return f"{_SENTENCES[verdict.problem]}; a line as {shown}."


def _differing(sample: bytes, codecs: Sequence[str]) -> list[str]:
    """Return the first line of a sample that differs, around the place, in each encoding."""
    read = [sample_text(line, codecs[0]) for line in sample.split(b"\n")]
    for number, line in enumerate(sample.split(b"\n")):
        texts = [read[number], *(sample_text(line, codec) for codec in codecs[1:])]
        if len(set(texts)) > 1 or number + 1 == len(read):
            break
    place = next(
        (at for at, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1), 0
    )
    start = max(0, place - _BEFORE)
    return [" ".join(text[start : start + _LONGEST].split()) for text in texts]
