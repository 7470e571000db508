"""Markdown: the source text is the text itself; the published text is without its marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.identify.text_shapes import front_matter_end
from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.layout.unit import Unit, is_bullet
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.html.layout import lay_out, parse_html
from knipsel.transforms.read.markdown.front_matter import read_front_matter
from knipsel.transforms.read.markdown.text import Shown, lines, pictures, placed, shown
from knipsel.transforms.read.records.model import Names
from knipsel.transforms.read.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from knipsel.transforms.registers.model import Registers

MARKUP = "markup"
_LINE_END = re.compile(r"\r\n|\r|\n")
_CELL_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of Markdown on the lines ``first:last``, and what is shown of it."""

    first: int
    last: int
    parts: tuple[Shown, ...]
    kind: str | None = None


def read(source: Source, registers: Registers) -> Reading:
    """Read Markdown as CommonMark has it, with tables and fields between dashes at the top.

    Addresses of links, rules and fences are in no published text; what stands for them in the
    source belongs to the paragraph in which it stands, or is removed as ``markup``.
    """
    text = source.text
    plain = _LINE_END.sub("\n", text)
    front = plain.count("\n", 0, front_matter_end(plain))
    page = _Lines(text)
    names = Names(registers.record_fields)
    header, head = read_front_matter(text, page.spans[:front], names, registers.lines)
    body = text[page.spans[front][0] :] if front < len(page.spans) else ""
    blocks = [*_blocks(_parse(body), front)] if body else []
    units = [*header, *page.units(blocks, front)]
    return Reading(text, (Section(tuple(units), None, tuple(head)),))


def _parse(text: str) -> list[Token]:
    from markdown_it import MarkdownIt  # slow to load

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _blocks(tokens: Sequence[Token], above: int) -> Iterator[_Block]:
    """Yield the blocks in order; ``above`` is how many lines stand above the first one."""
    state = _State()
    for index, token in enumerate(tokens):
        block = state.block(token, tokens, index)
        if block is not None and token.map:
            first, last = token.map
            yield _Block(first + above, last + above, *block)


@dataclass(slots=True)
class _State:
    """What stands before a block: the sign of the item that it begins, and headlines."""

    marker: str = ""
    headlines: int = 0

    def block(
        self, token: Token, tokens: Sequence[Token], index: int
    ) -> tuple[tuple[Shown, ...], str | None] | None:
        """Return what is shown of the block that ``token`` begins, and its kind; or None."""
        if token.type == "list_item_open":
            self.marker = f"{token.info}{token.markup} " if token.info else "• "
        elif token.type == "heading_open":
            return self._marked(shown(tokens[index + 1])), self._heading(token.tag)
        elif token.type == "paragraph_open":
            return self._paragraph(tokens[index + 1])
        elif token.type in {"fence", "code_block"}:
            return self._marked(lines(token.content)), None
        elif token.type == "html_block":
            return self._marked(lines(_shown_html(token.content))), None
        elif token.type == "tr_open":
            return _row(tokens, index), None
        return None

    def _heading(self, tag: str) -> str:
        self.headlines += tag == "h1"
        return "headline" if tag == "h1" and self.headlines == 1 else "heading"

    def _paragraph(self, inline: Token) -> tuple[tuple[Shown, ...], str | None]:
        parts = tuple(shown(inline))
        if _says_something(parts):
            return self._marked(parts), None
        return self._marked(pictures(inline)), "caption"

    def _marked(self, parts: Iterable[Shown]) -> tuple[Shown, ...]:
        """Return ``parts`` with the sign of the item that they begin, if any."""
        marker, self.marker = self.marker, ""
        found = tuple(parts)
        if not _says_something(found):
            return ()
        return (Shown(marker, is_put=marker.startswith("•")), *found) if marker else found


def _says_something(parts: Iterable[Shown]) -> bool:
    return any(part.text.strip() for part in parts if not part.is_put)


def _shown_html(text: str) -> str:
    root = parse_html(text)
    return "" if root is None or isinstance(root, Rejection) else lay_out(root)[0]


def _row(tokens: Sequence[Token], index: int) -> tuple[Shown, ...]:
    parts: list[Shown] = []
    while tokens[index].type != "tr_close":
        if tokens[index].type == "inline":
            parts += [Shown(_CELL_SEPARATOR, is_put=True)] if parts else []
            parts += shown(tokens[index])
        index += 1
    return tuple(parts) if _says_something(parts) else ()


class _Lines:
    """The lines of a text as Markdown counts them, each with its place."""

    def __init__(self, text: str) -> None:
        """Find the lines of ``text``."""
        ends = [(found.start(), found.end()) for found in _LINE_END.finditer(text)]
        starts = [0, *(end for _, end in ends)]
        self.text = text
        self.spans = [*zip(starts, [*(start for start, _ in ends), len(text)], strict=True)]

    def units(self, blocks: Sequence[_Block], front: int) -> Iterator[Unit]:
        """Yield the units of the blocks and, for each line between them, one of markup."""
        reached = front
        bound = _Block(len(self.spans), len(self.spans), ())
        for block, following in pairwise([*blocks, bound]):
            yield from self._markup(reached, block.first)
            reached = max(reached, block.first)
            last = min(block.last, max(following.first, reached))
            yield from self._unit(block, reached, last)
            reached = max(reached, last)
        yield from self._markup(reached, len(self.spans))

    def _markup(self, first: int, last: int) -> Iterator[Unit]:
        for line in range(first, last):
            stretch = self._stripped(line, line + 1)
            if stretch:
                yield Unit(*stretch, self.text[slice(*stretch)], reason=MARKUP)

    def _unit(self, block: _Block, first: int, last: int) -> Iterator[Unit]:
        stretch = self._stripped(first, last)
        text, pieces = placed(block.parts, self.text, *stretch) if stretch else ("", ())
        if not stretch or not text:
            yield from self._markup(first, last)
            return
        after_blank = first == 0 or self._stripped(first - 1, first) is None
        yield Unit(*stretch, text, is_bullet(text), after_blank, block.kind, pieces=pieces)

    def _stripped(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the stretch of some lines without white space around it."""
        if first >= last:
            return None
        start, end = self.spans[first][0], self.spans[last - 1][1]
        text = self.text[start:end]
        bare = text.strip()
        start += len(text) - len(text.lstrip())
        return (start, start + len(bare)) if bare else None
