"""A stretch of an export, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at ``start:end`` of the source text, its line ends undone."""

    text: str
    start: int
    end: int


def value_of(source: str, start: int, end: int) -> Value:
    """Return what stands at ``start:end``, outer white space left out."""
    raw = source[start:end]
    begin = start + len(raw) - len(raw.lstrip())
    return Value(" ".join(raw.split()), begin, max(begin, start + len(raw.rstrip())))
