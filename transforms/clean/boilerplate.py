"""Lines that give themselves away: the phrases of menus, buttons, banners and footers."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from knipsel.transforms.layout.print_marks import SOURCE_ADDRESS
from knipsel.transforms.registers.pages.phrases import first_token, line_key
from knipsel.transforms.registers.pages.reasons import RUNNING_HEAD
from knipsel.transforms.text.words import fold_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.registers.pages.phrases import Phrases

_LONGEST_LINE = 80
_LONGEST_PREFIX = 300
_LONGEST_PART = 700
"""Characters of a unit in which a phrase counts: a paragraph of an article may well contain
"terms of use", and a cookie notice is seldom longer."""

ADDRESS_LINE = re.compile(r"(?:[^\W\d_]{2,20}:\s{0,3})?(https?://[^\s<>\"]{4,500})$")
"""A line that is an address, perhaps with a label before it; the group is the address."""
_PRINTED_ADDRESS = re.compile(r"(?<!\S)(https?://[^\s<>\"]{4,500})(?!\S)")
_SEPARATOR = re.compile("[|·•»]")


def address_in(text: str, reason: str | None) -> str | None:
    """Return the address that is a line, or that a browser printed in a line of each page.

    ``reason`` is that for which the line is in no article, if it is in none.
    """
    is_printed = reason == RUNNING_HEAD
    found = _PRINTED_ADDRESS.search(text) if is_printed else ADDRESS_LINE.match(text)
    return found[1] if found else None


def boilerplate_reasons(texts: Sequence[str], phrases: Phrases) -> list[str | None]:
    """Return for each line the reason for which it is removed, None where no phrase tells.

    All lines are folded at once, and searched at once for the phrases that can stand anywhere.
    """
    folded = fold_lines(text if len(text) <= _LONGEST_PART else "" for text in texts)
    parts = _parts(folded, phrases)
    short = [index for index, text in enumerate(folded) if 0 < len(text) <= _LONGEST_LINE]
    keys = line_key("\n".join(folded[index] for index in short)).split("\n")
    by_line = {
        index: phrases.lines.get(key) or _row_of_labels(folded[index], phrases)
        for index, key in zip(short, keys, strict=bool(short))
    }
    return [
        (SOURCE_ADDRESS if ADDRESS_LINE.match(text) else None)
        or by_line.get(index)
        or (_beginning(text, phrases) if 0 < len(text) <= _LONGEST_PREFIX else None)
        or parts.get(index)
        for index, text in enumerate(folded)
    ]


@lru_cache(maxsize=4)
def _finder(parts: tuple[tuple[str, str], ...]) -> AhoCorasick:
    """Return what finds all of ``parts``, by their numbers, in one pass over a text."""
    return AhoCorasick([part for part, _ in parts], matchkind=MatchKind.Standard)


def _beginning(folded: str, phrases: Phrases) -> str | None:
    """Return the reason that the beginning of a line gives."""
    for prefix, reason in phrases.prefixes.get(first_token(folded), ()):
        if folded.startswith(prefix):
            return reason
    return None


def _row_of_labels(folded: str, phrases: Phrases) -> str | None:
    """Return the reason of a row such as ``home | news | sport``, where most of it is known."""
    if not _SEPARATOR.search(folded):
        return None
    labels = _SEPARATOR.split(folded)
    known = [phrases.lines.get(line_key(label.strip())) for label in labels]
    found = [reason for reason in known if reason]
    return found[0] if len(labels) > 1 and len(found) * 2 > len(labels) else None


def _parts(folded: Sequence[str], phrases: Phrases) -> dict[int, str]:
    """Return the reason of each line that holds a phrase, of the first phrase where it has many."""
    ends = list(accumulate(len(text) + 1 for text in folded))
    found: dict[int, int] = {}
    for phrase, start, _ in _finder(phrases.parts).find_matches_as_indexes(
        "\n".join(folded), overlapping=True
    ):
        line = bisect_right(ends, start)
        found[line] = min(found.get(line, phrase), phrase)
    return {line: phrases.parts[phrase][1] for line, phrase in found.items()}
