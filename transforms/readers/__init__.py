"""Readers: one module for each format, with one function from decoded text to a `Reading`.

To add a format, write its module and name it in `READERS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from transforms.readers.reading import HeadTag, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.registers import Registers

    Reader = Callable[[str, Registers], Reading]

__all__ = ["READERS", "HeadTag", "Reading", "load_reader"]

READERS = {
    "text/plain": "plain",
    "text/html": "html",
}
"""The module that reads a media type; it is imported when first needed."""


def load_reader(media_type: str) -> Reader | None:
    """Return the function that reads ``media_type``, or None where there is none."""
    name = READERS.get(media_type)
    if name is None:
        return None
    reader: Reader = import_module(f"transforms.readers.{name}").read
    return reader
