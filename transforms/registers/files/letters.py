"""The register of letters: how likely a letter is in a language, and beside another letter.

Numbers are natural logarithms in `UNIT`, as whole numbers, so that sums are the same everywhere.
A letter's number says how much likelier it is, where some letter beyond ASCII stands, than one of
128 bytes by chance; a pair's, how much likelier its letters stand beside each other than apart.
It is made by ``benchmarks/letters.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

UNIT = 0.05
BOUNDARY = " "
"""Stands for what is before and after a word."""
_ASCII = "abcdefghijklmnopqrstuvwxyz"
_BLOCKS = (
    (0x0370, "Latin"),
    (0x0400, "Greek"),
    (0x0530, "Cyrillic"),
    (0x0590, "other"),
    (0x0600, "Hebrew"),
    (0x0700, "Arabic"),
    (0x0E00, "other"),
    (0x0E80, "Thai"),
    (0x1E00, "other"),
    (0x1F00, "Latin"),
    (0x2000, "Greek"),
    (0x3040, "other"),
    (0x3100, "Kana"),
    (0x3400, "other"),
    (0xA000, "Han"),
    (0xAC00, "other"),
    (0xD7B0, "Hangul"),
)
"""Where each stretch of code points ends, and the script of its letters."""
SCRIPT_OF = {
    **{one: (one,) for one in ("Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Thai")},
    "Han": ("Han",),
    "Japanese": ("Han", "Kana"),
    "Hangul": ("Hangul",),
}
"""The scripts of letters that a language of a script is written with."""
_ALIKE = {"ș": "ş", "ț": "ţ", "ی": "ي"} | {chr(one): "ể" for one in range(0x1EA0, 0x1F00)}
"""Letters that the counts do not tell apart: of Romanian, of Persian, of Vietnamese."""


class LettersError(ValueError):
    """A file that holds no such register."""


@cache
def script_of(letter: str) -> str:
    """Return the script of a letter, ``other`` where none of the languages is written in it."""
    point = ord(letter)
    return next((name for end, name in _BLOCKS if point < end), "other")


@cache
def folded(letter: str) -> str:
    """Return a letter as it is counted: small, unless it becomes two (the Turkish İ)."""
    small = letter.lower()
    small = small if len(small) == 1 else letter
    return _ALIKE.get(small, small)


@dataclass(frozen=True, slots=True)
class LanguageLetters:
    """The letters of a language.

    ``singles`` is by folded letter, ``foreign`` for any other of its scripts; ``usual`` is what a
    letter says on average in texts of the language, its pairs included. ``rows`` has the
    place of each letter among the ``pairs``, which are a square table, row by row, 128 added;
    both are empty for scripts without letters that make up words.
    """

    language: str
    script: str
    singles: dict[str, int]
    foreign: int
    usual: int
    rows: dict[str, int]
    pairs: bytes

    def pair(self, first: str, second: str) -> int | None:
        """Return what two folded letters beside each other say, None where they are unknown."""
        left, right = self.rows.get(first), self.rows.get(second)
        if left is None or right is None:
            return None
        return self.pairs[left * len(self.rows) + right] - 128


Letters = dict[str, LanguageLetters]
"""By BCP 47 tag."""


def parse_letters(arrays: Mapping[str, NDArray[np.generic]]) -> Letters:
    """Parse the register; raise `LettersError` where it is malformed."""
    try:
        heads = [
            arrays[name].tolist()
            for name in ("languages", "scripts", "alphabets", "foreign", "usual")
        ]
        singles = arrays["singles"].tolist()
        pairs = (arrays["pairs"].astype("int16") + 128).astype("uint8").tobytes()
    except (KeyError, ValueError) as error:
        message = f"letters: {error}"
        raise LettersError(message) from error
    found: Letters = {}
    at_single, at_pair = 0, 0
    for language, script, alphabet, others, usual in zip(*heads, strict=True):
        rows = "" if script in {"Han", "Japanese", "Hangul"} else BOUNDARY
        rows += (_ASCII * (script == "Latin") + alphabet) * bool(rows)
        values = singles[at_single : at_single + len(alphabet)]
        found[language] = LanguageLetters(
            language,
            script,
            dict(zip(alphabet, values, strict=True)),
            others,
            usual,
            {letter: number for number, letter in enumerate(rows)},
            pairs[at_pair : at_pair + len(rows) ** 2],
        )
        at_single, at_pair = at_single + len(alphabet), at_pair + len(rows) ** 2
    if (at_single, at_pair) != (len(singles), len(pairs)):
        raise LettersError("letters: the tables do not have the sizes that the alphabets say")
    return found
