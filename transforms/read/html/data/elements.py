"""The elements of a page that a program in React sends as data: ``["$", tag, key, properties]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knipsel.transforms.read.layout import Paragraph, bullet

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS, _PROPERTIES = 4, 3
_DEEPEST = 300
_KINDS = {
    "p": None,
    "li": None,
    "blockquote": None,
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "figcaption": "caption",
}
_BODY = ("article", "main")
"""Elements that hold what a page is about, the surest first."""


def tree_paragraphs(value: Any) -> tuple[str | None, list[Paragraph]]:
    """Return the headline and the paragraphs of the article that a tree of elements holds.

    Only what stands in an ``article``, or else in a ``main``, is taken for it.
    """
    for tag in _BODY:
        for element in _elements(value, 0):
            if element[1] == tag:
                found = [*_paragraphs(element, 0)]
                headline = next((one.text for one in found if one.kind == "headline"), None)
                return headline, [one for one in found if one.kind != "headline"]
    return None, []


def _is_element(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) >= _PARTS
        and value[0] == "$"
        and isinstance(value[1], str)
        and isinstance(value[_PROPERTIES], dict)
    )


def _elements(value: Any, depth: int) -> Iterator[list[Any]]:
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    if isinstance(value, list) and _is_element(value):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        yield from _elements(inner, depth + 1)


def _paragraphs(value: Any, depth: int) -> Iterator[Paragraph]:
    """Yield the paragraphs in a value, in order; one within another is a part of it."""
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    tag = value[1] if _is_element(value) else None
    if tag in _KINDS or tag == "h1":
        text = " ".join(_text(value[_PROPERTIES].get("children"), 0).split())
        if text:
            sign = bullet("") if tag == "li" else ""
            yield Paragraph(sign + text, "headline" if tag == "h1" else _KINDS[tag])
        return
    for inner in value.values() if isinstance(value, dict) else value:
        yield from _paragraphs(inner, depth + 1)


def _text(value: Any, depth: int) -> str:
    """Return the text of an element's children."""
    if isinstance(value, str):
        return "" if value.startswith("$") else value
    if depth > _DEEPEST or not isinstance(value, list):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
    if _is_element(value):
        return "\n" if value[1] == "br" else _text(value[_PROPERTIES].get("children"), depth + 1)
    return "".join(_text(inner, depth + 1) for inner in value)
