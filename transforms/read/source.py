"""What a reader is given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A file for a reader: its bytes, and the text that they decode to.

    ``text`` is empty and ``encoding`` None where the format is not one of text.
    ``stated_encoding`` is what a person says that it is, for formats whose parts have their own.
    """

    content: bytes
    text: str = ""
    encoding: str | None = None
    stated_encoding: str | None = None
