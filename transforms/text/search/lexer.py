"""What a person typed, cut into quotations, brackets and runs of characters. It never fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["phrase", "open", "close", "run"]
_OPENERS = '"“”„«»'
"""Quotation marks of any kind: what one begins, any other ends."""
_PARTS = re.compile(
    rf"[{_OPENERS}](?P<phrase>[^{_OPENERS}]*)(?P<end>[{_OPENERS}]?)"
    rf"|(?P<open>\()|(?P<close>\))|(?P<run>[^\s(){_OPENERS}]+)"
)


class Lexeme(NamedTuple):
    """A part of a query: ``text`` without marks; whether nothing stands before it, or behind."""

    kind: Kind
    text: str
    is_ended: bool
    is_glued: bool
    """Whether it follows what stands before it without a blank."""


def lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the parts of a query in order."""
    end = -1
    for found in _PARTS.finditer(text):
        kind: Kind = "phrase"
        for name in ("open", "close", "run"):
            if found[name] is not None:
                kind = name
        part = found[kind]
        yield Lexeme(kind, part, found["end"] != "", found.start() == end)
        end = found.end()
