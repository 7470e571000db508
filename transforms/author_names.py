"""Names of authors as they are counted: without titles, roles and what the layout repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.bylines import Name
from transforms.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.registers import Registers

_LONGEST_LETTERS = 6
"""Letters of a degree behind a name: CFP, MBA; a name in capitals alone has more, or two words."""


def tidy_names(names: Iterable[Name], registers: Registers) -> tuple[Name, ...]:
    """Return the names of a byline without roles, degrees and repeats, each once.

    A name ends before a word for a role; what begins with one is none, nor is a degree behind
    a name. Where nothing is left the names stay as they are.
    """
    before = tuple(names)
    kept: dict[str, Name] = {}
    for name in before:
        bare = _without_repeat(_without_role(name, registers))
        if bare.text and not (kept and _is_degree(bare.text)):
            kept.setdefault(fold(bare.text), bare)
    return tuple(kept.values()) or before


def _without_role(name: Name, registers: Registers) -> Name:
    """Return the part of a name before the first word for a role, nothing where that is first."""
    at = 0
    for word in name.text.split(" "):
        if fold(word) in registers.role_words:
            return _cut(name, at)
        at += len(word) + 1
    return name


def _without_repeat(name: Name) -> Name:
    """Return a name once that stands there twice: a picture's text and a link are the same."""
    words = name.text.split(" ")
    half = len(words) // 2
    if half and words[:half] == words[-half:]:
        return _cut(name, len(" ".join(words[:half])))
    return name


def _cut(name: Name, length: int) -> Name:
    text = name.text[:length].rstrip()
    return Name(text, name.start, name.start + len(text))


def _is_degree(text: str) -> bool:
    return text.isupper() and " " not in text and len(text) <= _LONGEST_LETTERS
