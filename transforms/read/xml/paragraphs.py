"""Paragraphs out of XML: which elements are blocks, headings or notes is a format's vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from knipsel.transforms.read.layout import Paragraph, bullet
from knipsel.transforms.read.xml.parse import local

if TYPE_CHECKING:
    from collections.abc import Mapping

_BREAK, _TAB = "\v", "\x1f"
"""Stand for a line end and a tab that are meant, while the white space of the file is not."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the elements of a format are, by their names without namespace.

    ``blocks`` begin and end a paragraph, ``kinds`` are blocks of a kind, as in
    `knipsel.transforms.layout.unit.Unit`; ``asides`` stand beside the text, for a reason;
    ``signs`` stand for characters; ``hidden`` hold no text of the document.
    """

    blocks: frozenset[str]
    kinds: Mapping[str, str]
    asides: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()


LINE_END = _BREAK


def paragraphs(root: etree._Element, vocabulary: Vocabulary) -> list[Paragraph]:
    """Return the paragraphs in an element in reading order, what stands beside them at the end.

    It is a loop, and depth is bounded by the parser.
    """
    gathered = _Gathered(vocabulary)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            gathered.open(element)
        else:
            gathered.close(element, is_root=element is root)
    gathered.flush()
    return [*gathered.done, *gathered.beside]


@dataclass(slots=True)
class _Open:
    """What is gathered of one flow of text: that of the document, or of a note in it."""

    reason: str | None = None
    pieces: list[str] = field(default_factory=list)
    kinds: list[tuple[str | None, bool]] = field(default_factory=lambda: [(None, False)])


@dataclass(slots=True)
class _Gathered:
    vocabulary: Vocabulary
    done: list[Paragraph] = field(default_factory=list)
    beside: list[Paragraph] = field(default_factory=list)
    flows: list[_Open] = field(default_factory=lambda: [_Open()])
    hidden: int = 0

    def open(self, element: etree._Element) -> None:
        """Go into an element."""
        name, words = local(element), self.vocabulary
        self.hidden += name in words.hidden
        if name in words.asides:
            self.flows.append(_Open(words.asides[name]))
        elif name in words.kinds or name in words.blocks or name in words.items:
            self.flush()
            kind, is_item = self.flows[-1].kinds[-1]
            is_item = is_item or name in words.items
            self.flows[-1].kinds.append((words.kinds.get(name, kind), is_item))
        self._add(words.signs.get(name, "") + (element.text or ""))

    def close(self, element: etree._Element, *, is_root: bool) -> None:
        """Go out of an element, to the text after it."""
        name, words = local(element), self.vocabulary
        if name in words.asides:
            self.flush()
            self.flows.pop()
        elif name in words.kinds or name in words.blocks or name in words.items:
            self.flush()
            self.flows[-1].kinds.pop()
        elif name in words.cells and element.getnext() is not None:
            self._add(_TAB)
        self.hidden -= name in words.hidden
        if not is_root:
            self._add(element.tail or "")

    def _add(self, text: str) -> None:
        if text and not self.hidden:
            self.flows[-1].pieces.append(text)

    def flush(self) -> None:
        """End the paragraph that is open."""
        flow = self.flows[-1]
        text, flow.pieces = _tidy("".join(flow.pieces)), []
        if not text:
            return
        kind, is_item = flow.kinds[-1]
        if is_item and kind is None:
            text = bullet("") + text
        if flow.reason:
            self.beside.append(Paragraph(text, reason=flow.reason))
        else:
            self.done.append(Paragraph(text, kind))


def _tidy(text: str) -> str:
    """Return a text without the white space of its file, but with the line ends that are meant."""
    lines = (
        "\t".join(" ".join(cell.split()) for cell in _cells(line)).strip()
        for line in text.split(_BREAK)
    )
    return "\n".join(line for line in lines if line)


def _cells(line: str) -> list[str]:
    return line.split(_TAB)
