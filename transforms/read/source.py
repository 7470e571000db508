"""What a reader is given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A file for a reader: its bytes, and the text that they decode to.

    ``text`` and ``encoding`` are empty and None where the format is not one of text.
    """

    content: bytes
    text: str = ""
    encoding: str | None = None
