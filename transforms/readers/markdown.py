"""Markdown: the source text is the text itself; the published text is without its marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.model import Rejection
from transforms.readers.front_matter import read_front_matter
from transforms.readers.html_layout import lay_out, parse_html
from transforms.readers.reading import Reading, Section, Source
from transforms.text_shapes import front_matter_end
from transforms.units import Unit, is_bullet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from transforms.registers import Registers

MARKUP = "markup"
_LINE_END = re.compile(r"\r\n|\r|\n")
_BREAKS = frozenset({"softbreak", "hardbreak"})
_SHOWN = frozenset({"text", "text_special", "code_inline"})
_CELL_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of Markdown on the lines ``first:last``, its text without marks."""

    first: int
    last: int
    text: str
    kind: str | None = None


def read(source: Source, registers: Registers) -> Reading:
    """Read Markdown as CommonMark has it, with tables and fields between dashes at the top.

    Addresses of links, rules and fences are in no published text; what stands for them in the
    source belongs to the paragraph in which it stands, or is removed as ``markup``.
    """
    text = source.text
    plain = _LINE_END.sub("\n", text)
    front = plain.count("\n", 0, front_matter_end(plain))
    lines = _Lines(text)
    header, head = read_front_matter(text, lines.spans[:front], registers)
    body = text[lines.spans[front][0] :] if front < len(lines.spans) else ""
    blocks = [*_blocks(_parse(body), front)] if body else []
    units = [*header, *lines.units(blocks, front)]
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
    cells: list[str] = field(default_factory=list)

    def block(
        self, token: Token, tokens: Sequence[Token], index: int
    ) -> tuple[str, str | None] | None:
        """Return the text and the kind of the block that ``token`` begins, or None."""
        if token.type == "list_item_open":
            self.marker = f"{token.info}{token.markup} " if token.info else "• "
        elif token.type == "heading_open":
            return self._marked(_shown(tokens[index + 1])), self._heading(token.tag)
        elif token.type == "paragraph_open":
            return self._paragraph(tokens[index + 1])
        elif token.type in {"fence", "code_block"}:
            return self._marked(token.content), None
        elif token.type == "html_block":
            return self._marked(_shown_html(token.content)), None
        elif token.type == "tr_open":
            return _row(tokens, index), None
        return None

    def _heading(self, tag: str) -> str:
        self.headlines += tag == "h1"
        return "headline" if tag == "h1" and self.headlines == 1 else "heading"

    def _paragraph(self, inline: Token) -> tuple[str, str | None]:
        text = _shown(inline)
        if text.strip():
            return self._marked(text), None
        pictures = [_shown(one) for one in inline.children or () if one.type == "image"]
        return self._marked(" ".join(filter(None, pictures))), "caption"

    def _marked(self, text: str) -> str:
        """Return ``text`` with the sign of the item that it begins, if any."""
        marker, self.marker = self.marker, ""
        return f"{marker}{text}" if text.strip() else ""


def _shown(inline: Token) -> str:
    """Return what readers see of a text with marks."""
    pieces: list[str] = []
    for one in inline.children or ():
        if one.type in _SHOWN:
            pieces.append(one.content)
        elif one.type in _BREAKS or (one.type == "html_inline" and one.content.startswith("<br")):
            pieces.append(" ")
    return "".join(pieces)


def _shown_html(text: str) -> str:
    root = parse_html(text)
    return "" if root is None or isinstance(root, Rejection) else lay_out(root)[0]


def _row(tokens: Sequence[Token], index: int) -> str:
    cells: list[str] = []
    while tokens[index].type != "tr_close":
        token = tokens[index]
        if token.type == "inline":
            cells.append(_shown(token))
        index += 1
    return _CELL_SEPARATOR.join(cells) if any(cell.strip() for cell in cells) else ""


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
        bound = _Block(len(self.spans), len(self.spans), "")
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
        text = block.text.strip()
        stretch = self._stripped(first, last)
        if not text:
            yield from self._markup(first, last)
        elif stretch:
            after_blank = first == 0 or self._stripped(first - 1, first) is None
            yield Unit(*stretch, text, is_bullet(text), after_blank, block.kind)

    def _stripped(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the stretch of some lines without white space around it."""
        if first >= last:
            return None
        start, end = self.spans[first][0], self.spans[last - 1][1]
        text = self.text[start:end]
        bare = text.strip()
        start += len(text) - len(text.lstrip())
        return (start, start + len(bare)) if bare else None
