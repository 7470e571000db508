"""How well a sign that is no letter stands where a text has it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.registers.files.letters import UNIT, script_of

if TYPE_CHECKING:
    from knipsel.transforms.registers.files.encodings import Encodings

_SCALE = 1 / UNIT
_STRANGE, _IMPOSSIBLE = round(-10 * _SCALE), round(-13 * _SCALE)
"""What speaks for a sign that no register lists (frames, mathematics), and for what no text has:
control characters, places without a character."""
_DEGREE = "°"
"""Stands before the C of a temperature, too."""
_MISFIT = -3.0
_UNSPACED = frozenset({"Han", "Kana", "Thai", "Hangul"})
"""Scripts in which signs stand between letters without a space."""


class PlacedSign(NamedTuple):
    """A sign with the characters before and behind it, a space where there are none."""

    sign: str
    before: str
    behind: str


def sign_score(placed: PlacedSign, encodings: Encodings) -> int:
    """Return what a sign says for a text, as a logarithm in `UNIT`."""
    known = encodings.signs.get(placed.sign)
    if known is None:
        free = round(_free(placed) * _SCALE)
        return _IMPOSSIBLE if _is_impossible(placed.sign) else _STRANGE + free
    return known.common + round(_fit(known.place, placed) * _SCALE)


def is_misplaced(placed: PlacedSign, encodings: Encodings) -> bool:
    """Say whether a sign stands where few texts have it: a quotation mark within a word."""
    known = encodings.signs.get(placed.sign)
    is_bound = known is not None and known.place != "free"
    return bool(known and is_bound and _fit(known.place, placed) <= _MISFIT)


def is_strange(placed: PlacedSign, encodings: Encodings) -> bool:
    """Say whether no printed text has a sign, or not where it stands: a frame at a letter."""
    if placed.sign in encodings.signs:
        return False
    return _is_impossible(placed.sign) or placed.before.isalpha() or placed.behind.isalpha()


def _is_impossible(sign: str) -> bool:
    return sign == "\ufffd" or unicodedata.category(sign) in {"Cc", "Co", "Cn"}


def _fit(place: str, placed: PlacedSign) -> float:
    """Return how well a sign stands in its place, as a natural logarithm: 0 where it says nothing.

    The numbers are guesses: up to 2 where few places of a text are so (a dash between spaces), -3
    or -4 where next to no text has the sign.
    """
    before, behind = _is_letter(placed.before), _is_letter(placed.behind)
    within, beside = before and behind, before or behind
    fits = {
        "apostrophe": 1.0 if before else -0.5 if behind or placed.behind.isdigit() else -2.5,
        "quote": -4.0 if within else 1.4 if beside else 0.0,
        "dash": -1.5 if within else 2.0 if placed.before == placed.behind == " " else -0.3,
        "opens": 1.0 if behind and not before else -3.0,
        "currency": _beside_number(placed, before=before, behind=behind),
        "number": _behind_number(placed, before=before, behind=behind),
        "free": _free(placed),
    }
    return fits.get(place, 0.0)


def _beside_number(placed: PlacedSign, *, before: bool, behind: bool) -> float:
    if placed.before.isdigit() or placed.behind.isdigit():
        return -3.0 if before or behind else 2.0
    return -4.0 if behind else -1.0


def _behind_number(placed: PlacedSign, *, before: bool, behind: bool) -> float:
    if placed.before.isdigit():
        return 2.0
    if placed.sign == _DEGREE and placed.behind.isupper():
        return 0.0
    return -4.0 if behind or placed.behind.isdigit() else 0.0 if before else -1.0


def _free(placed: PlacedSign) -> float:
    before, behind = _is_letter(placed.before), _is_letter(placed.behind)
    apart = 1.0 if placed.before == placed.behind == " " else 0.0
    return -4.0 if before and behind else -0.5 if before or behind else apart


def _is_letter(character: str) -> bool:
    return character.isalpha() and script_of(character) not in _UNSPACED
