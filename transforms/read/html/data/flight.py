"""The stream in which a program in React sends its page: rows of JSON, and of text.

A row is ``number:value`` up to the end of the line, or ``number:Tlength,text`` with the length in
bytes, in hexadecimal digits. Elements are ``["$", tag, key, properties]``; a string ``$number``
stands for another row.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROW = re.compile(rb"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,6}),|([A-Z]{0,2}(?=[\[{\"])))")
_REFERENCE = re.compile(r"\$([0-9a-f]{1,6})$")
_MOST_ROWS = 20_000


def flight_values(stream: str) -> Iterator[Any]:
    """Yield the values of the rows of a stream, texts that others refer to in their place."""
    content = stream.encode("utf-8", "replace")
    texts: dict[str, str] = {}
    values: list[Any] = []
    at = 0
    while at < len(content) and len(values) + len(texts) < _MOST_ROWS:
        row = _ROW.match(content, at)
        end = content.find(b"\n", at)
        end = len(content) if end < 0 else end
        if row and row[2]:
            begin = row.end()
            end = begin + int(row[2], 16)
            texts[row[1].decode()] = content[begin:end].decode("utf-8", "replace")
            at = end
            continue
        if row:
            values.append(_value(content[row.end() : end].decode("utf-8", "replace")))
        at = end + 1
    for value in values:
        if isinstance(value, dict | list):
            yield _resolved(value, texts)


def _value(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _resolved(value: Any, texts: dict[str, str]) -> Any:
    """Put the texts in the place of what refers to them; it is a loop, since values nest deeply."""
    stack = [value]
    while stack:
        inner = stack.pop()
        members = inner.items() if isinstance(inner, dict) else enumerate(inner)
        for key, member in list(members):
            if isinstance(member, dict | list):
                stack.append(member)
            elif isinstance(member, str) and (found := _REFERENCE.match(member)):
                inner[key] = texts.get(found[1], member)
    return value
