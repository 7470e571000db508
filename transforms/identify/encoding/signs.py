"""How well a sign that is no letter stands where a text has it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.registers.files.letters import BOUNDARY, UNIT, script_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.registers.files.encodings import Encodings

_SCALE = 1 / UNIT
_STRANGE, _IMPOSSIBLE = round(-10 * _SCALE), round(-13 * _SCALE)
"""What speaks for a sign that no register lists (frames, mathematics), and for what no text has:
control characters, places without a character."""
_DEGREE = "°"
"""Stands before the C of a temperature, too."""
_MISFIT = -3.0
_NO_BREAK = "\u00a0"
_BOUND = frozenset({"apostrophe", "quote", "dash", "currency"})
"""Places that tell whether it is a sign: a mark that closes stands behind a word."""
_UNSPACED = frozenset({"Han", "Kana", "Thai", "Hangul"})
"""Scripts in which signs stand between letters without a space."""


_APOSTROPHE_FIRST = -4.0
"""An apostrophe before a word that is not in Latin letters: hardly ever."""
_UNOPENED = round(-5 * _SCALE)
"""A text that closes quotations and opens none: its quotation marks are letters."""


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


def stands_well(placed: PlacedSign, encodings: Encodings) -> bool:
    """Say whether a sign stands where only signs do: a mark that closes behind a word.

    A space that keeps words together stands between them, and beside no other space.
    """
    if placed.sign == _NO_BREAK:
        return BOUNDARY not in {placed.before, placed.behind}
    known = encodings.signs.get(placed.sign)
    return known is not None and known.place in _BOUND and _fit(known.place, placed) > 0


def is_strange(placed: PlacedSign, encodings: Encodings) -> bool:
    """Say whether no printed text has a sign, or not where it stands: a frame at a letter."""
    if placed.sign in encodings.signs:
        return False
    return _is_impossible(placed.sign) or placed.before.isalpha() or placed.behind.isalpha()


def unopened(signs: Mapping[PlacedSign, int], encodings: Encodings) -> tuple[int, int]:
    """Return how many signs close what nothing in a text opens, and what each says for the text."""
    there = {one.sign for one in signs}
    number = sum(
        count
        for one, count in signs.items()
        if (known := encodings.signs.get(one.sign)) and known.opened_by
        if _is_letter(one.before) and not _is_letter(one.behind)
        if there.isdisjoint(known.opened_by)
    )
    return number, _UNOPENED


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
        "apostrophe": 1.0 if before else _before_word(placed.behind),
        "quote": -4.0 if within else 1.4 if beside else 0.0,
        "dash": -1.5 if within else 2.0 if placed.before == placed.behind == " " else -0.3,
        "opens": _opening(placed, before=before, behind=behind),
        "currency": _beside_number(placed, before=before, behind=behind),
        "number": _behind_number(placed, before=before, behind=behind),
        "free": _free(placed),
    }
    return fits.get(place, 0.0)


def _opening(placed: PlacedSign, *, before: bool, behind: bool) -> float:
    if before:
        return -7.0 if behind else -4.0
    return 1.0 if behind else -3.0 if placed.behind == BOUNDARY else 0.0


def _before_word(character: str) -> float:
    if _is_letter(character) and script_of(character) != "Latin":
        return _APOSTROPHE_FIRST
    return -0.5 if character.isalnum() else -2.5


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
