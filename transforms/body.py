"""Which units of a page are its article, and what each looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from transforms.boilerplate import boilerplate_reasons
from transforms.line_features import line_features
from transforms.line_model import choose_lines
from transforms.text import begins_upper, ends_sentence, weight, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from transforms.registers import Registers
    from transforms.units import Unit

INLINE_LINK = "inline_link"
_PLACEHOLDER = re.compile(r"\[[^\[\]]{0,200}\]|_{5,}|\(BUTTON\)")
"""What text browsers write for pictures, fields and buttons."""
_SEPARATORS = ("|", " / ", "»", " · ", " • ")
_SAMPLE_WORDS = 150

_PROSE_WORDS, _SENTENCE_WORDS, _BULLET_WORDS = 14, 5, 10
"""Words from which a unit can be prose: without an end mark, with one, as a list item."""
_FUNCTION_SHARE = 0.12
"""Function words of running text in the registers' languages: a third to a half of all words,
of a list of titles or places less than one in eight."""
_UNKNOWN_SHARE = 0.02
"""Below this share over the document, its language is none of the registers'."""

_HEADING_CHARACTERS, _HEADING_WORDS = 120, 16

_LABEL_WORDS = 3
_PAGE_LINES = 20_000
"""Lines that are judged together: more are no page, and would take a gigabyte of features."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit, its look, and the reason that a phrase in it gives."""

    unit: Unit
    look: str
    reason: str | None

    @property
    def is_prose(self) -> bool:
        """Whether the unit reads as running text and no phrase speaks against it."""
        return self.look == "prose" and self.reason is None


def judge(units: Sequence[Unit], registers: Registers) -> list[Judged]:
    """Judge each unit by itself."""
    knows_language = _knows_language(units, registers.function_words)
    judged: list[Judged] = []
    phrased = boilerplate_reasons([unit.text for unit in units], registers.phrases)
    for unit, phrase in zip(units, phrased, strict=True):
        reason = unit.reason or phrase
        look = _look(unit, registers.function_words if knows_language else frozenset())
        if judged and look in {"short", "bullet"} and _is_link_label(judged[-1]):
            reason = reason or INLINE_LINK
        judged.append(Judged(unit, look, reason))
    return judged


def _is_link_label(item: Judged) -> bool:
    """Say whether a line only announces a link, which then stands on the next one."""
    return item.reason == INLINE_LINK and weight(item.unit.text) <= _LABEL_WORDS


def article_lines(judged: Sequence[Judged], registers: Registers) -> tuple[bool, ...]:
    """Say of each unit of a page whether it is of the article, as the line model has it.

    What the reader knows to be no part of it, page numbers and the like, the model never sees.
    """
    seen = [index for index, item in enumerate(judged) if item.unit.reason is None]
    if not seen:
        return (False,) * len(judged)
    parts = [seen[begin : begin + _PAGE_LINES] for begin in range(0, len(seen), _PAGE_LINES)]
    likely = np.concatenate([_likely([judged[i] for i in part], registers) for part in parts])
    sizes = np.array([weight(judged[index].unit.text) for index in seen], float)
    chosen = choose_lines(likely, sizes)
    kept = {index for index, one in zip(seen, chosen, strict=True) if one}
    return tuple(index in kept for index in range(len(judged)))


def _likely(page: Sequence[Judged], registers: Registers) -> NDArray[np.float64]:
    """Return for each unit of a page how likely it is of the article."""
    units, reasons = [item.unit for item in page], [item.reason for item in page]
    columns = line_features(units, reasons, registers.function_words)
    return registers.line_model.probabilities(columns)


def _knows_language(units: Sequence[Unit], function_words: frozenset[str]) -> bool:
    longest = sorted(units, key=lambda unit: -len(unit.text))[:20]
    sample = [word for unit in longest for word in words(unit.text[:1000])]
    return _share(sample, function_words) > _UNKNOWN_SHARE


def _share(sample: Sequence[str], function_words: frozenset[str]) -> float:
    return sum(word in function_words for word in sample) / len(sample) if sample else 0.0


def _look(unit: Unit, function_words: frozenset[str]) -> str:
    """Return ``prose``, ``bullet``, ``short``, ``placeholder`` or ``invisible``."""
    text = unit.text
    if not any(map(str.isprintable, text[:200].replace(" ", ""))):
        return "invisible"
    if _PLACEHOLDER.match(text) and not _PLACEHOLDER.sub("", text[:1000]).strip():
        return "placeholder"
    if _is_prose(unit, function_words):
        return "prose"
    return "bullet" if unit.is_bullet else "short"


def _is_prose(unit: Unit, function_words: frozenset[str]) -> bool:
    text = unit.text
    size, ended = weight(text), ends_sentence(text)
    least = _BULLET_WORDS if unit.is_bullet else _SENTENCE_WORDS if ended else _PROSE_WORDS
    if size < least or (unit.is_bullet and not ended):
        return False
    if sum(text.count(separator) for separator in _SEPARATORS) * 12 > size:
        return False
    if not function_words:
        return ended
    share = _share(words(text[:2000])[:_SAMPLE_WORDS], function_words)
    return share >= _FUNCTION_SHARE and (
        ended or share >= 2 * _FUNCTION_SHARE or size >= 2 * _PROSE_WORDS
    )


def is_heading(item: Judged, following: Judged | None) -> bool:
    """Say whether a short unit heads what follows it."""
    text = item.unit.text
    if item.reason is not None or item.look != "short" or following is None:
        return False
    fits = len(text) <= _HEADING_CHARACTERS and weight(text) <= _HEADING_WORDS
    ended = text.endswith((".", ",", ";", "…", "...", "-"))
    return fits and not ended and begins_upper(text) and any(map(str.isalpha, text))
