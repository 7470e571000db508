"""The phrases that give a line of a page away: parsed, and the keys to look them up by.

They are listed in ``corpus/registers/boilerplate_*.toml``, a file for each language, and used
all together, since a page tells no language until its article is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from knipsel.transforms.text.words import END_MARKS, UNSPACED_CLASS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

KINDS = ("line", "prefix", "contains")
"""Where a phrase stands: it is the line, begins it, or is somewhere in it."""

_NUMBER = re.compile(r"\d+")
_BETWEEN = " | "
_SPACE = "_"
"""Stands for a space at the end of a prefix, which editors would remove."""
_FIRST_TOKEN = re.compile(rf"[^\W\d_{UNSPACED_CLASS}]+|.", re.DOTALL)


class Listed(NamedTuple):
    """Folded phrases of a register, where they stand in a line, and what the line then is."""

    kind: str
    reason: str
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Folded phrases that give a line away, each with the reason for removing the line."""

    lines: dict[str, str]
    """By `line_key`."""
    prefixes: dict[str, tuple[tuple[str, str], ...]]
    """By `first_token`, longest first."""
    parts: tuple[tuple[str, str], ...]


def parse_phrases(table: Mapping[str, Any], reasons: Collection[str]) -> list[Listed]:
    """Return the phrases of one register; raise `ValueError` (``key: problem``) on a malformed one.

    ``table`` holds, by each of ``reasons`` that the language's sites have, a text for those of
    `KINDS` that it has phrases of, with ``|`` between the phrases.
    """
    listed: list[Listed] = []
    for reason, rows in table.items():
        if reason == "language":
            continue
        if reason not in reasons or not isinstance(rows, dict):
            message = f"{reason}: is not a reason with line, prefix and contains"
            raise ValueError(message)
        listed.extend(
            Listed(kind, reason, _texts(f"{reason}.{kind}", rows.get(kind, ""))) for kind in KINDS
        )
    return listed


def gather_phrases(listed: Iterable[Listed]) -> Phrases:
    """Return the phrases of all registers as they are looked up."""
    lines: dict[str, str] = {}
    prefixes: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    parts: dict[str, str] = {}
    for kind, reason, texts in listed:
        if kind == "line":
            lines.update((line_key(text.strip(END_MARKS)), reason) for text in texts)
        elif kind == "prefix":
            for text in texts:
                prefixes[first_token(text)].add((text, reason))
        else:
            parts.update((text, reason) for text in texts)
    by_token = {
        token: tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))
        for token, rows in prefixes.items()
    }
    return Phrases(lines, by_token, tuple(sorted(parts.items())))


def line_key(folded: str) -> str:
    """Return ``folded`` as phrases for whole lines are looked up: ``#`` stands for any number."""
    return _NUMBER.sub("#", folded)


def first_token(folded: str) -> str:
    """Return the letters that ``folded`` begins with, or its first character where it has none.

    Of a script that is written without spaces, that is the first letter alone.
    """
    found = _FIRST_TOKEN.match(folded)
    return found[0] if found else folded


def _texts(key: str, value: object) -> list[str]:
    """Return the phrases of a text, those with an apostrophe with the curly one too.

    They are one text, and folded as one, because there are so many: as a list of strings they
    take three times as long.
    """
    if not isinstance(value, str):
        message = f"{key}: must be a text of phrases with | between them"
        raise ValueError(message)  # noqa: TRY004 - a register's mistake, not the program's
    text = " ".join(unicodedata.normalize("NFC", value).casefold().split())
    texts = [
        phrase[:-1] + " " if phrase.endswith(_SPACE) else phrase
        for phrase in text.split(_BETWEEN)
        if phrase
    ]
    return texts + [phrase.replace("'", "’") for phrase in texts if "'" in phrase]
