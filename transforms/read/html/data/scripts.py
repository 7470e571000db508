"""The scripts of a page that hold data, and the values of JSON in them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from knipsel.transforms.read.html.data.flight import flight_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

JSON_LD, NEXT_FLIGHT = "json-ld", "__next_f"
_LARGEST = 5_000_000
"""Characters of the scripts of a page that are looked at; parsing takes some 0.1 s a million."""
_FLIGHT = re.compile(r"(?:self|window)\.__next_f\s{0,3}(?:=|\.push\()")
_PUSH = re.compile(r"__next_f\.push\(")
_STATE = re.compile(r"(?:window|self|globalThis)\.([A-Za-z_$][\w$]{0,60})\s{0,3}=\s{0,3}(?=\{)")
"""What programs set for their own start: ``window.__INITIAL_STATE__ = {``."""


class Script(NamedTuple):
    """A script that holds data: what the page calls it, and its text."""

    name: str
    text: str


def data_scripts(root: HtmlElement) -> Iterator[Script]:
    """Yield the scripts of a page that hold data."""
    left = _LARGEST
    for element in root.iter("script"):
        text = element.text or ""
        name = _name(element, text)
        left -= len(text) if name else 0
        if name and left >= 0:
            yield Script(name, text)


def _name(element: HtmlElement, text: str) -> str | None:
    """Return what the data of a script is called, None where there is none."""
    kind = (element.get("type") or "").casefold()
    if "ld+json" in kind:
        return JSON_LD
    if "json" in kind:
        return element.get("id") or kind
    if _FLIGHT.search(text[:200]):
        return NEXT_FLIGHT
    found = _STATE.search(text[:1000])
    return found[1] if found else None


def script_values(scripts: Sequence[Script]) -> Iterator[tuple[str, Any]]:
    """Yield the values that the scripts hold, with what each is called; broken ones have none."""
    for script in scripts:
        if script.name != NEXT_FLIGHT:
            value = parsed(_json_of(script))
            if value is not None:
                yield script.name, value
    pushed = "".join(_pushed(script.text for script in scripts if script.name == NEXT_FLIGHT))
    for value in flight_values(pushed):
        yield NEXT_FLIGHT, value


def _json_of(script: Script) -> str:
    text = script.text.strip()
    found = None if text[:1] in "{[" else _STATE.search(text[:1000])
    return text[found.end() :] if found else text


def parsed(text: str) -> Any:
    """Return the value with which a text begins, None where it is broken or nests too deeply."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _pushed(texts: Iterator[str]) -> Iterator[str]:
    """Yield the pieces of the stream that scripts push one by one: ``push([1, "piece"])``."""
    for text in texts:
        for found in _PUSH.finditer(text):
            value = parsed(text[found.end() :])
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                yield value[1]
