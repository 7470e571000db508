"""Words of a list with which a text begins."""

from __future__ import annotations

from functools import lru_cache


def after_word(text: str, listed: tuple[str, ...], start: int = 0) -> int | None:
    """Return the index after the listed word at ``start`` of ``text``, and after its colon."""
    for word in beginning_as(text[start : start + 3], listed):
        end = start + len(word)
        if text[end : end + 1] in {" ", ":", "\u00a0"} and text[start:end].casefold() == word:
            return len(text) - len(text[end:].lstrip(": \u00a0"))
    return None


def beginning_as(text: str, listed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the listed words that begin with the first two letters of a text: for most, none."""
    return _by_beginning(listed).get(text[:3].casefold()[:2], ())


@lru_cache(maxsize=16)
def _by_beginning(listed: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in listed:
        found.setdefault(word[:2], []).append(word)
    return {letters: tuple(words) for letters, words in found.items()}
