"""How a person writes which lines are meant: the line, ``#`` for a number, ``*`` for the rest.

There is nothing in it that a text could make run on and on: parts are sought one after the other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

LONGEST_PATTERN, LONGEST_LINE = 200, 400
"""Characters of a pattern, and of a line that is compared with one; longer lines are text."""
NUMBER, REST = "#", "*"
_FIGURES = re.compile(r"\d+")
_SIGN_RUN = re.compile(r"([^\w\s])(?:[ \t]{0,3}\1){2,}")


@dataclass(frozen=True, slots=True)
class LinePattern:
    """The parts of a line in order; where there are several, anything may stand between them."""

    printed: str
    parts: tuple[str, ...]

    @property
    def has_rest(self) -> bool:
        """Whether the lines hold more than what was written: they may be headlines."""
        return len(self.parts) > 1

    def matches(self, line: str) -> bool:
        """Say whether a line is one of those that are meant."""
        if len(line) > LONGEST_LINE:
            return False
        text = _folded(line)
        first, *others = self.parts
        if not others:
            return text == first
        *between, last = others
        if not text.startswith(first) or not text.endswith(last):
            return False
        place, end = len(first), len(text) - len(last)
        for part in between:
            found = text.find(part, place, end)
            if found < 0:
                return False
            place = found + len(part)
        return place <= end


SplitBefore = LinePattern | Literal[False] | None
"""Which lines begin an article, as a person says; False for none, None where nobody says."""


def parse_line_pattern(printed: str) -> LinePattern:
    """Parse a pattern; raise ``ValueError`` where it says nothing or too much.

    A line of signs alone, such as ``* * *`` or ``-----``, is meant to the letter, but for its
    length.
    """
    if len(printed) > LONGEST_PATTERN or "\n" in printed.strip():
        message = f"it is one line of at most {LONGEST_PATTERN} characters"
        raise ValueError(message)
    folded = _folded(printed)
    if not folded.strip(" *") and not _SIGN_RUN.fullmatch(printed.strip()):
        raise ValueError("it must say more than that there is a line")
    is_rule = not any(map(str.isalnum, printed)) and (
        NUMBER not in printed or _SIGN_RUN.fullmatch(printed.strip()) is not None
    )
    parts = (folded,) if is_rule else tuple(_FIGURES.sub(NUMBER, _plain(printed)).split(REST))
    return LinePattern(printed.strip(), parts)


def _folded(text: str) -> str:
    """Return a line in lower case, with single spaces, numbers as ``#``, rules of one length."""
    plain = _plain(text)
    if not any(map(str.isalnum, plain)):
        return _SIGN_RUN.sub(lambda found: _rule(found[0]), plain)
    return _FIGURES.sub(NUMBER, plain)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _rule(signs: str) -> str:
    return " ".join(signs[0] * 3) if " " in signs else signs[0] * 3
