"""A unified diff of two texts, a sentence to a line, for a person to see what changed."""

from __future__ import annotations

import re
from difflib import unified_diff
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LINES = 20_000
"""Lines of a text that are compared: beyond, comparing takes longer than anyone waits."""
_CONTEXT = 1
"""Lines around a change: enough to find the place."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+")


def sentence_lines(text: str) -> list[str]:
    """Return a text as lines: a sentence in each, and a blank one between paragraphs."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines.extend(["", *_sentences(paragraph)] if lines else _sentences(paragraph))
    return lines


def _sentences(paragraph: str) -> list[str]:
    ends = [match.end() for match in _SENTENCE_END.finditer(paragraph)]
    starts = [0, *ends]
    parts = (paragraph[a:b].strip() for a, b in zip(starts, [*ends, None], strict=True))
    return [part for part in parts if part]


def line_diff(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return a unified diff of two lists of lines, without file names; empty where they agree."""
    old, new = list(islice(before, MOST_LINES)), list(islice(after, MOST_LINES))
    return list(unified_diff(old, new, lineterm="", n=_CONTEXT))[2:]
