"""The values of JSON as they are walked through: objects with their members in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_NAME = 200
"""Characters of a dotted name; a longer one is told by its last part."""


@dataclass(frozen=True, slots=True)
class Object:
    """An object of JSON with its members in order, also those whose names repeat."""

    members: list[tuple[str, Any]]


def scalars(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the plain values in a value with their dotted names, in order.

    It is a loop, since JSON may nest more deeply than Python's stack.
    """
    stack = [(name, value)]
    while stack:
        name, value = stack.pop()
        if isinstance(value, Object):
            stack.extend((joined(name, key), member) for key, member in reversed(value.members))
        elif isinstance(value, list):
            is_list_of_objects = name and any(isinstance(item, Object) for item in value)
            inner = f"{name}[]" if is_list_of_objects and not name.endswith("[]") else name
            stack.extend((inner, item) for item in reversed(value))
        elif value is not None:
            yield name, plain(value)


def plain(value: Any) -> str:
    """Return a plain value as JSON writes it, strings without their marks."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def joined(name: str, key: str) -> str:
    """Return the dotted name of a member of what is called ``name``."""
    whole = f"{name}.{key}" if name else key
    return whole if len(whole) <= _LONGEST_NAME else key[:_LONGEST_NAME]
