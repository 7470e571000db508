"""The time that stands beside a date in a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from knipsel.transforms.parse.dates import FoundDate

_OFFSETS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "SAST": 2, "EEST": 3, "MSK": 3, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
"""Hours from UTC of abbreviations that are one offset."""
_SEVERAL = ("ET", "CT", "MT", "PT", "AET", "BST", "CST", "IST", "AST")
"""Abbreviations of zones that move with the summer, and of zones of several countries."""
_HOURS, _MOST_OFFSET = 12, 14
_SHORT_WORD = 4
"""Letters of a word that ties a time to its date in any language: *at*, *om*, *kl*, *alle*."""
_MOST_WORDS = 3
_WINDOW = 48
"""Characters before a date in which its time begins."""

_ABBREVIATION = "|".join(sorted([*_OFFSETS, *_SEVERAL], key=len, reverse=True))
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:(?P<sign>[:.]|\s?[hHuU]\s?)(?P<minute>[0-5]\d)"
    r"(?:[:.](?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?)?(?!\d)"
    r"(?:\s{0,2}(?P<half>[AaPp])(?:\.\s?[Mm]\.|\.?[Mm](?!\w))"
    r"|\s{0,2}(?P<unit>(?i:uur|uhr|hrs|h|u))(?!\w))?"
    rf"(?:\s{{0,2}}\(?(?P<zone>(?:UTC|GMT)\s?[+-]\d{{1,2}}(?::?[0-5]\d)?(?!\d)"
    rf"|[+-]\d\d:?[0-5]\d(?!\d)|(?<!\s)[+-]\d\d(?!\d)|(?:{_ABBREVIATION})(?![^\W_])))?"
)
_TIME = re.compile(_CLOCK)
_FREE_TIME = re.compile(rf"(?<![\w:.,])(?<!\d{{4}}\s)(?<!\d{{4}},\s){_CLOCK}")
"""A time that is not glued to what stands before it, and not the time of the date before it."""
_UNTIL = re.compile(r"[:.]\d|\s?[-–—]\s?\d{1,2}[:.hu]\d\d")
"""What follows a number that is no time, or the beginning of a span."""
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?\Z")
_SIGNS = re.compile(r"[\s,|•·@(\[)\]–—/:-]{0,4}")
_WORD = re.compile(r"([^\W\d_]{1,14})\.?(?![^\W\d_])[\s,|•·@(–—:-]{0,3}")


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time at ``start:end`` of a text, as ISO 8601: ``10:42``, ``18``, ``10:42+01:00``.

    It is as fine as it is printed. ``zone`` is the zone as written; an offset is in ``value``
    only where that zone is one.
    """

    value: str
    zone: str | None
    start: int
    end: int


def find_time(
    text: str, found: FoundDate, *, between: Collection[str] = frozenset()
) -> FoundTime | None:
    """Return the time that stands directly behind a date, else directly before it.

    Signs and short words such as *at* may stand between them, and the folded words in
    ``between``, such as weekdays. A span of times has no single one: None.
    """
    place, is_tied = _skip(text, found.end, between)
    behind = _read(text, _TIME.match(text, place), is_tied=is_tied)
    if behind:
        return behind
    first = max(0, found.start - _WINDOW)
    for match in _FREE_TIME.finditer(text, first, found.start):
        time = _read(text, match, is_tied=False)
        if time and _skip(text[: found.start], _close(text, time), between)[0] == found.start:
            return time
    return None


def _close(text: str, time: FoundTime) -> int:
    return time.end + (text[time.end : time.end + 1] == ")")


def _skip(text: str, start: int, between: Collection[str]) -> tuple[int, bool]:
    """Return where the signs and words that may stand beside a date end; whether words did."""
    signs = _SIGNS.match(text, start)
    place = begin = signs.end() if signs else start
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, place)
        if not word or not _may_stand_between(word[1], between):
            break
        place = word.end()
    return place, place > begin


def _may_stand_between(word: str, between: Collection[str]) -> bool:
    is_short = len(word) <= _SHORT_WORD and word.islower()
    return is_short or word == "T" or word.casefold() in between


def _read(text: str, match: re.Match[str] | None, *, is_tied: bool) -> FoundTime | None:
    """Read a time; ``is_tied`` says that a word such as *at* stands before it."""
    if match is None or _UNTIL.match(text, match.end()) or not _is_time(match, is_tied=is_tied):
        return None
    zone = match["zone"]
    if zone and zone[0] == "-" and not match["second"] and not text.endswith("T", 0, match.start()):
        return None  # a span: ``10:42-11:30``
    parts = [_hour(match), *(int(part) for part in match.group("minute", "second") if part)]
    value = ":".join(f"{part:02d}" for part in parts)
    return FoundTime(value + _offset(zone), zone, match.start(), match.end())


def _is_time(match: re.Match[str], *, is_tied: bool) -> bool:
    """Say whether a number is a time, by its sign, its unit and the word before it."""
    if match["half"] or (match["sign"] or ".") != ".":
        return True
    if match["sign"]:
        return bool(match["unit"]) or is_tied
    return bool(match["unit"]) and is_tied


def _hour(match: re.Match[str]) -> int:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and hour <= _HOURS:
        hour = hour % _HOURS + _HOURS * (half == "p")
    return hour


def _offset(zone: str | None) -> str:
    """Return the offset that a zone is, as ISO 8601 has it; nothing where it is not one."""
    hours = _OFFSETS.get(zone or "")
    if hours is not None:
        return f"{hours:+03d}:00" if hours else "Z"
    offset = _OFFSET.search(zone or "")
    if not offset or int(offset[2]) > _MOST_OFFSET:
        return ""
    return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
