"""What readers see of Markdown, and where in the source each part of it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.text.offsets import Piece, cut_pieces, join_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

_BREAKS = frozenset({"softbreak", "hardbreak"})
_SHOWN = frozenset({"text", "text_special", "code_inline"})
_LINK_END = re.compile(
    r"[*_~`]{0,20}\](?:\((?:[^()\\]|\\.|\([^()]{0,500}\)){0,2000}\)|\[[^\[\]]{0,500}\])?", re.DOTALL
)
"""How a link goes on behind what is shown of it: its address, or the name of a definition."""
_WORDS = re.compile(r"\s+|\S+")
_REACH = 4_096
"""Characters of marks and addresses at most between two parts of a text."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of what is shown: verbatim from the source, or put in, as a space for a line's end.

    ``behind`` is set where a link or a picture ends, behind whose address the text goes on.
    """

    text: str
    is_put: bool = False
    behind: bool = False


def shown(inline: Token) -> Iterator[Shown]:
    """Yield what is shown of a text with marks; of a picture, nothing."""
    for one in inline.children or ():
        if one.type in _SHOWN:
            yield Shown(one.content)
        elif one.type in _BREAKS or (one.type == "html_inline" and one.content.startswith("<br")):
            yield Shown(" ", is_put=True)
        elif one.type == "link_close" and one.markup != "autolink":
            yield Shown("", behind=True)
        elif one.type == "image":
            yield Shown(one.content, is_put=True, behind=True)


def pictures(inline: Token) -> Iterator[Shown]:
    """Yield the descriptions of the pictures in a text, divided by spaces."""
    for one in inline.children or ():
        if one.type == "image":
            yield from shown(one)
            yield Shown(" ", is_put=True)


def lines(content: str) -> Iterator[Shown]:
    """Yield the lines of a text that is shown as it is."""
    for line in content.split("\n"):
        yield Shown(line)
        yield Shown(" ", is_put=True)


def placed(
    parts: Iterable[Shown], source: str, start: int, end: int
) -> tuple[str, tuple[Piece, ...]]:
    """Return the text of ``parts`` and where its pieces stand in ``source[start:end]``."""
    text, pieces = join_pieces(_found(parts, source, start, end))
    bare = text.strip()
    begin = len(text) - len(text.lstrip())
    cut = cut_pieces(pieces, begin, begin + len(bare))
    return bare, cut or (Piece(0, start, 0),)


def _found(
    parts: Iterable[Shown], source: str, start: int, end: int
) -> Iterator[tuple[str, int | None]]:
    """Yield each part with its place; one with entities in it word by word."""
    for part in parts:
        if part.is_put and not part.behind:
            yield part.text, None
            continue
        found = _find(part.text, source, start, end)
        texts = [part.text] if found is not None else _WORDS.findall(part.text)
        for text in texts:
            found = _find(text, source, start, end)
            start = start if found is None else found + len(text)
            if not part.is_put:
                yield text, found
        address = _LINK_END.match(source, start, end) if part.behind else None
        start = address.end() if address else start


def _find(text: str, source: str, start: int, end: int) -> int | None:
    found = source.find(text, start, min(end, start + len(text) + _REACH)) if text else -1
    return None if found < 0 else found
