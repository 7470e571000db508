"""RTF to paragraphs: one pass over the tokens of a file, in time and memory in proportion to it.

The tables (character sets, destinations, special characters) are striprtf's. Its function
``rtf_to_text`` is not used: it leaves out footnotes, headers and text boxes, raises on
numbers that are missing or too large, and takes a minute and a half for 64 kB of links that
are not closed.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from striprtf.striprtf import charset_map, destinations, specialchars

from knipsel.transforms.read.layout import (
    Paragraph,
    bullet,
    join_surrogates,
    note_reason,
    table_row,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]{1,4096})"
)
_DEEPEST = 500
"""Groups within groups: word processors nest a few dozen deep."""
_LARGEST_SKIP = 16
"""Characters that can stand for one of Unicode; one or two in practice."""

_ASIDES = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "running_head"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "running_head"),
    "footnote": "footnote",
    "annotation": "annotation",
}
"""The reason for which the text of a destination is no part of the article."""
_BOXES = frozenset({"shptxt", "dptxbxtext"})
_TWICE, _AS_UNICODE = "upr", "ud"
"""A text that is there twice: in the document's encoding, then in Unicode."""
_SHOWN = frozenset({"fldrslt", "result", "object", _TWICE, _AS_UNICODE})
"""Destinations whose text is shown where they stand."""
_MARKERS = frozenset({"listtext", "pntext"})
_PROPERTIES = frozenset({"title", "author"})
_DESTINATIONS = destinations | _BOXES | _SHOWN | _MARKERS
_LINE_ENDS = frozenset({"par", "line", "softline", "column", "\n", "\r"})
_PAGE_ENDS = frozenset({"sect", "page", "softpage"})
_CHARACTERS = {
    **{name: text for name, text in specialchars.items() if text.strip("\n|")},
    "zwj": "\u200d",
    "zwnj": "\u200c",
}
_NEW_LINE = ord("\n")
_MAC, _DOS = "mac_roman", "cp437"
_DECLARED_SETS = {"ansi": "cp1252", "mac": _MAC, "pc": _DOS, "pca": "cp850"}
_OWN_CHARSETS = frozenset({0, 1, 2})
"""Character sets of fonts that leave the encoding to the document: ANSI, default, symbols."""
_NEXT_FILE = re.compile(r"[\s\0]{0,64}\{\\rtf")
"""Files that were put one behind the other."""
_SYMBOL_BULLETS = dict.fromkeys(map(ord, "\uf0b7\uf0a7\uf0d8\uf0fc\uf076"), "•")
"""Signs of lists in the fonts Symbol and Wingdings, as word processors write them."""


class RtfError(ValueError):
    """A file that is no whole RTF; the message says what is wrong, as part of a sentence."""


@dataclass(slots=True)
class _Sink:
    """Where text goes: the finished paragraphs, and the line that is being written."""

    reason: str | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)

    def _paragraph(self, text: str) -> Paragraph:
        return Paragraph(text, reason=self.reason and note_reason(text, self.reason))

    def end_line(self) -> None:
        """End a paragraph; the boxes that are anchored in it follow."""
        self.paragraphs.append(self._paragraph(_whole("".join(self.line))))
        self.line.clear()
        self.paragraphs += self.boxes
        self.boxes.clear()

    def end_cell(self) -> None:
        self.cells.append(_whole("".join(self.line)))
        self.line.clear()

    def end_row(self) -> None:
        self.paragraphs += table_row([[self._paragraph(cell)] for cell in self.cells])
        self.cells.clear()

    def close(self) -> list[Paragraph]:
        """Return all paragraphs; what was not ended ends here."""
        if self.cells:
            self.end_row()
        if self.line or self.boxes:
            self.end_line()
        return self.paragraphs


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within a pair of braces; inner groups begin with it."""

    sink: _Sink
    destination: str = ""
    is_skipped: bool = False
    is_hidden: bool = False
    skip: int = 1
    font: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedRtf:
    """The text of an RTF file: the body in order, what stands beside it, and its properties.

    ``created`` is the EDTF day on which the file says that it was made. ``raw`` are the bytes of
    its text, by the codec that the file says they are in.
    """

    body: tuple[Paragraph, ...]
    asides: tuple[Paragraph, ...]
    title: str
    author: str
    created: str | None
    raw: Mapping[str, bytes]


def parse_rtf(content: bytes, read_as: Mapping[str, str] | None = None) -> ParsedRtf:
    """Parse a file; raise `RtfError` where it is cut off or nested beyond sense.

    ``read_as`` are codecs to be used instead of those that the file says.
    """
    parser = _Parser(content.decode("latin-1"), read_as or {})
    parser.run()
    return parser.result()


class _Parser:
    """One pass over the tokens."""

    def __init__(self, source: str, read_as: Mapping[str, str]) -> None:
        self.source = source
        self.read_as = read_as
        self.raw: defaultdict[str, bytearray] = defaultdict(bytearray)
        self.body = _Sink()
        self.group = _Group(self.body)
        self.stack: list[_Group] = []
        self.asides: list[Paragraph] = []
        self.properties = {name: _Sink() for name in _PROPERTIES}
        self.created: dict[str, int] = {}
        self.encoding = "cp1252"
        self.codecs: dict[int, str] = {}
        self.default_font: int | None = None
        self.to_skip = 0
        self.is_starred = False
        self.handlers: dict[str, Callable[[int | None], None]] = {
            **dict.fromkeys(_LINE_ENDS, self._end_line),
            **dict.fromkeys(_PAGE_ENDS, self._end_page),
            **dict.fromkeys(("cell", "nestcell"), self._end_cell),
            **dict.fromkeys(("row", "nestrow"), self._end_row),
            **dict.fromkeys(("v", "deleted"), self._hide),
            "plain": self._plain,
            "u": self._unicode,
            "uc": self._set_skip,
            "f": self._set_font,
            "deff": self._set_default_font,
            "fcharset": self._set_charset,
            "ansicpg": self._set_codepage,
        }

    def run(self) -> None:
        """Read all tokens up to the end of the outermost group."""
        for token in self._tokens():
            kind, value = token.lastgroup, token[0]
            if kind == "brace":
                self._open() if value == "{" else self._close()
                if not self.stack and not _NEXT_FILE.match(self.source, token.end()):
                    break
            elif kind == "text":
                self._text(value)
            elif kind == "hex":
                self._bytes(bytes.fromhex(token["hex"]))
            elif kind == "symbol":
                self._symbol(token["symbol"])
            else:
                self._word(token["word"], token["number"])
        if self.stack:
            raise RtfError("ends in the middle")

    def _tokens(self) -> Iterator[re.Match[str]]:
        """Yield the tokens, without the binary data of pictures and objects."""
        place: int | None = 0
        while place is not None:
            start, place = place, None
            for token in _TOKEN.finditer(self.source, start):
                if token["word"] == "bin":
                    place = token.end() + max(int(token["number"] or 0), 0)
                    break
                yield token

    def result(self) -> ParsedRtf:
        """Return what was read."""
        created = [self.created.get(name, 0) for name in ("yr", "mo", "dy")]
        title, author = (
            " ".join(one.text for one in self.properties[name].close())
            for name in ("title", "author")
        )
        return ParsedRtf(
            tuple(self.body.close()),
            tuple(self.asides),
            title,
            author,
            "{:04}-{:02}-{:02}".format(*created) if all(created) else None,
            {codec: bytes(content) for codec, content in self.raw.items()},
        )

    def _open(self) -> None:
        if len(self.stack) >= _DEEPEST:
            raise RtfError("is nested deeper than any document")
        self._flush()
        self.to_skip = 0
        self.stack.append(self.group)
        is_skipped = self.group.is_skipped or self.group.destination == _TWICE
        self.group = replace(self.group, destination="", is_skipped=is_skipped)

    def _close(self) -> None:
        self._flush()
        self.to_skip = 0
        self.is_starred = False
        inner, self.group = self.group, self.stack.pop() if self.stack else self.group
        if inner.sink is self.group.sink or not inner.destination:
            return
        if inner.destination in _MARKERS and self._is_shown():
            marker = "".join(one.text for one in inner.sink.close())
            self.group.sink.line.append(bullet(marker))
        elif inner.destination in _BOXES:
            self.group.sink.boxes += inner.sink.close()
        elif inner.destination in _ASIDES:
            self.asides += inner.sink.close()

    def _word(self, word: str, number: str | None) -> None:
        if self.to_skip and word in _CHARACTERS:
            self.to_skip -= 1
            return
        self.to_skip = 0
        starred, self.is_starred = self.is_starred, False
        value = None if number is None else int(number)
        if self.group.destination == "creatim":
            self.created.setdefault(word, value or 0)
        elif self._is_destination(word, starred=starred):
            self._enter(word)
        elif word in _DECLARED_SETS:
            self.encoding = _DECLARED_SETS[word]
        elif word in self.handlers:
            self.handlers[word](value)
        elif word in _CHARACTERS:
            self._write(_CHARACTERS[word])

    def _is_destination(self, word: str, *, starred: bool) -> bool:
        return starred or word in _DESTINATIONS

    def _enter(self, word: str) -> None:
        """Let the rest of the group go where its destination says."""
        self._flush()
        outer, group = self.stack[-1] if self.stack else self.group, self.group
        if word in _PROPERTIES:
            self.group = replace(group, destination=word, sink=self.properties[word])
            self.group = replace(self.group, is_skipped=outer.destination != "info")
        elif word in _BOXES | _MARKERS:
            self.group = replace(group, destination=word, sink=_Sink(), is_skipped=False)
        elif word in _ASIDES:
            self.group = replace(group, destination=word, sink=_Sink(_ASIDES[word]))
        elif word in _SHOWN:
            self.group = replace(group, destination=word, is_skipped=outer.is_skipped)
        else:
            self.group = replace(group, destination=word, is_skipped=True)

    def _symbol(self, symbol: str) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif symbol == "*":
            self.is_starred = True
        elif symbol in "\r\n":
            self._end_line(None)
        elif symbol in _CHARACTERS:
            self._write(_CHARACTERS[symbol])

    def _text(self, text: str) -> None:
        skipped, self.to_skip = min(self.to_skip, len(text)), max(self.to_skip - len(text), 0)
        if text[skipped:] and self._is_shown():
            self.group.sink.raw.append(text[skipped:].encode("latin-1"))

    def _bytes(self, content: bytes) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif self._is_shown():
            self.group.sink.raw.append(content)

    def _is_shown(self) -> bool:
        return not (self.group.is_skipped or self.group.is_hidden)

    def _write(self, text: str) -> None:
        self._flush()
        if self._is_shown():
            self.group.sink.line.append(text)

    def _flush(self) -> None:
        """Decode the bytes that were gathered, which are of one font."""
        sink = self.group.sink
        if sink.raw:
            font = self.default_font if self.group.font is None else self.group.font
            encoding = self.codecs.get(font, self.encoding) if font is not None else self.encoding
            content = b"".join(sink.raw)
            self.raw[encoding] += content
            text = content.decode(self.read_as.get(encoding, encoding), "replace")
            sink.line.append(text.replace("\0", ""))
            sink.raw.clear()

    def _unicode(self, number: int | None) -> None:
        if number is not None:
            code = number + 0x10000 if number < 0 else number
            self._write(chr(code) if 0 < code <= 0x10FFFF else "\ufffd")  # noqa: PLR2004 - Unicode's last
        self.to_skip = self.group.skip

    def _end_line(self, _: int | None) -> None:
        self._flush()
        for raw in self.raw.values():
            raw.append(_NEW_LINE)
        if self._is_shown():
            self.group.sink.end_line()

    def _end_page(self, _: int | None) -> None:
        self._end_line(None)
        self._end_line(None)

    def _end_cell(self, _: int | None) -> None:
        self._flush()
        if self._is_shown():
            self.group.sink.end_cell()

    def _end_row(self, _: int | None) -> None:
        self._flush()
        if self._is_shown():
            self.group.sink.end_row()

    def _hide(self, number: int | None) -> None:
        self._flush()
        self.group = replace(self.group, is_hidden=number != 0)

    def _plain(self, _: int | None) -> None:
        self._flush()
        self.group = replace(self.group, is_hidden=False, font=None)

    def _set_skip(self, number: int | None) -> None:
        skip = 1 if number is None else min(max(number, 0), _LARGEST_SKIP)
        self.group = replace(self.group, skip=skip)

    def _set_font(self, number: int | None) -> None:
        self._flush()
        self.group = replace(self.group, font=number)

    def _set_default_font(self, number: int | None) -> None:
        self.default_font = number

    def _set_charset(self, number: int | None) -> None:
        if self.group.font is not None and number is not None and number not in _OWN_CHARSETS:
            name = _known_codec(charset_map.get(number, ""))
            if name:
                self.codecs[self.group.font] = name

    def _set_codepage(self, number: int | None) -> None:
        self.encoding = _known_codec(f"cp{number}") or self.encoding


def _known_codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _whole(text: str) -> str:
    """Return the text of a line, its characters whole and the signs of its lists readable."""
    return join_surrogates(text).translate(_SYMBOL_BULLETS)
