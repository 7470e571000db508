"""The layout of HTML: all visible text in reading order, a block a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knipsel.transforms.layout.unit import Unit, is_bullet
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.html.asides import is_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object"}
    | {"select", "textarea", "button", "datalist", "rp", "rt", "rtc"}
)
"""Elements whose text is not shown with the text around; a reading of signs stands above them."""
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"}
    | {"em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "rb", "ruby", "s"}
    | {"samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_KINDS = {
    "h1": "headline",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "figcaption": "caption",
}
_HEADLINE_CLASS = re.compile(
    r"(?:^|\s)(?:[a-z]{2}Headline|TitreArticleVisu|titreArticleVisu|titreArticle|rdp__articletitle)(?:\s|$)"
)
"""How Factiva and Europresse mark headlines in pages that hold many articles."""
_TITLES = frozenset({"headline", "heading"})
PULL_QUOTE = "pull_quote"
_CAPTION = re.compile(r"(?<![A-Za-z])(?i:captions?|legende?|bildunterschrift)(?![a-z])")
_PULL_QUOTE = re.compile(r"pull[-_]{0,2}quote|quote[-_]{1,2}pull", re.IGNORECASE)
_CELLS = frozenset({"td", "th"})
_ARTICLE = "article"
_BOX_TAGS = frozenset(
    {"aside", "blockquote", "div", "figure", "h2", "h3", "h4", "h5", "h6", "p", "q", "span"}
)
"""Elements whose classes tell a pull quote or a caption."""
_ARCHIVE_BARS = frozenset(
    {"wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato", "_wb_frame_top_banner", "_wb_plain_banner"}
)
"""The bars of the Wayback Machine and of pywb, which other archives use."""
_CACHE_BAR = "google-cache-hdr"
_ARCHIVE_HEADER = "HEADER"
_OF_ARCHIVE = ".//form[contains(@action, '//archive.')]"
"""The bar of archive.today has an id that other pages have too, and a form of its own."""
_HIDING_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE
)
_MOST_ATTRIBUTES = 200
"""Attributes of one element beyond which all of its are dropped: pages have ten, and libraries
compare each with all before it."""
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)"""
_ATTRIBUTE = rf"""(?>[\s/]++[^\s/>=][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?+)"""
_CROWDED = re.compile(rf"(<[A-Za-z][^\s/>]*+){_ATTRIBUTE}{{{_MOST_ATTRIBUTES + 1},}}+")
"""A tag with more attributes than that; nothing in it is ever tried a second way."""
_NOTE_MARK = re.compile(r"\s*(?:\[\s?\d{1,3}\s?\]|\(\d{1,3}\)|\d{1,3}|[*†‡]{1,3})\s*")
_NOTED = re.compile(r"(?:[^\W\d_]{4}|[^\w\s(\[{/^=+·×-])\s?$")
"""What a raised number is that of a note behind: a word or a sign; behind figures and units it is a
power."""
_SPACE = re.compile(r"\s+")
_BLANK_LINE = re.compile(r"\n[ \t\r]{0,200}\n")
_QUOTATION_MARKS = "\"'“”„‘’«»‹›"

_LONGEST_MARK, _FEW_PIECES = 20, 4
_LONGEST_MARKED = 1_000
"""Characters of a heading, caption or pull quote; what is longer was left open by mistake."""
_MOST_CELLS, _LONGEST_ROW = 30, 400
"""Cells and characters of a row of data; longer rows lay out a page in columns."""
_CELL_SEPARATOR = " | "
_PARENTS_TOO_MANY = "Excessive depth"


@dataclass(slots=True)
class HtmlBlock:
    """A block of a page while it is gathered: a paragraph, heading, item or row.

    ``article`` is the number of the outermost ``<article>`` that it is in; ``is_aside`` says
    whether it is in an element that stands beside the text, ``linked`` how many characters of it
    are links.
    """

    kind: str | None = None
    is_item: bool = False
    article: int | None = None
    is_aside: bool = False
    linked: int = 0
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the block, with single spaces."""
        return _SPACE.sub(" ", "".join(self.pieces)).strip()


def parse_html(text: str) -> HtmlElement | Rejection | None:
    """Parse a page or a fragment, however malformed; None where there is nothing in it.

    The parser stops where elements nest 2,048 deep, and what follows would be lost without a
    word: such a file is rejected. Attributes may be long, since saved pages hold their pictures,
    but not very many in one element.
    """
    from lxml import etree, html  # slow to load

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    content = _CROWDED.sub(r"\1", text.replace("\0", "")).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if any(_PARENTS_TOO_MANY in entry.message for entry in parser.error_log):
        return Rejection(
            "broken_html",
            "The page nests its elements too deeply to be read; save it anew from a browser.",
        )
    return root


def drop_archive_bars(root: HtmlElement) -> None:
    """Take out what web archives and caches put over their copies: addresses and days of copies."""
    for element in root.xpath("//*[@id]"):
        name = element.get("id")
        is_bar = name in _ARCHIVE_BARS or name.endswith(_CACHE_BAR)
        if is_bar or (name == _ARCHIVE_HEADER and element.xpath(_OF_ARCHIVE)):
            element.drop_tree()


def lay_out(root: HtmlElement, offset: int = 0) -> tuple[str, tuple[Unit, ...]]:
    """Write the blocks one a line, items with a bullet; return that text and its units.

    The offsets of the units count from ``offset``. The numbers of notes, which stand raised behind
    words, are taken out of the tree, so that whoever reads it afterwards sees the same text.
    """
    return _write(_blocks(root), offset)


def _write(blocks: Iterable[HtmlBlock], offset: int) -> tuple[str, tuple[Unit, ...]]:
    lines: list[str] = []
    units: list[Unit] = []
    for block in blocks:
        text = block.text
        if not text:
            continue
        line = f"• {text}" if block.is_item and not is_bullet(text) else text
        end = offset + len(line)
        units.append(
            Unit(
                offset,
                end,
                line,
                is_bullet(line),
                kind=block.kind,
                element=block.article,
                is_aside=block.is_aside,
                linked=min(1.0, block.linked / len(text)),
            )
        )
        lines.append(line)
        offset = end + 1
    return "\n".join(lines), tuple(units)


def _blocks(root: HtmlElement) -> list[HtmlBlock]:
    """Return the blocks of visible text in reading order.

    It is a loop, since pages nest deeper than Python's stack.
    """
    from lxml import etree  # slow to load

    state = _State()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if isinstance(tag, str):
            (state.open if event == "start" else state.close)(element, tag)
    for mark in state.note_marks:
        mark.drop_tree()
    return [*state.done, state.block]


@dataclass(slots=True)
class _State:
    """What is known on the way through a page: the block that is open, and what it stands in."""

    done: list[HtmlBlock] = field(default_factory=list)
    block: HtmlBlock = field(default_factory=HtmlBlock)
    hidden: int = 0
    preformatted: int = 0
    asides: int = 0
    links: int = 0
    opened: list[tuple[bool, bool, bool]] = field(default_factory=list)
    """Of each open element: whether it is hidden, whether blocks begin and end with it, and
    whether it stands beside the text."""
    kinds: list[tuple[str | None, bool]] = field(default_factory=lambda: [(None, False)])
    """The kind of each open block element, and whether it is an item of a list."""
    note_marks: list[HtmlElement] = field(default_factory=list)
    row: HtmlElement | None = None
    """The row of data that is open, whose cells stand in one line."""
    articles: int = 0
    """How many ``<article>`` there were that are in no other."""
    article: HtmlElement | None = None
    """The outermost one that is open."""

    def open(self, element: HtmlElement, tag: str) -> None:
        """Go into an element."""
        is_mark = tag == "sup" and self._is_note_mark(element)
        if is_mark:
            self.note_marks.append(element)
        is_hidden = is_mark or _is_hidden(element, tag)
        is_marked = _is_headline(element)
        breaks = self._breaks(tag, is_hidden=is_hidden, is_marked=is_marked)
        beside = breaks and not self.asides and is_aside(element, tag)
        self.opened.append((is_hidden, breaks, beside))
        self.hidden += is_hidden
        self.asides += beside
        self.links += tag == "a"
        self.preformatted += tag == "pre"
        if tag == _ARTICLE and self.article is None and not self.hidden:
            self.articles += 1
            self.article = element
        if breaks:
            self.kinds.append(_kind(element, tag, self.kinds[-1]))
            self._break()
        if tag == "tr" and self.row is None and _is_data_row(element):
            self.row = element
        text = element.text or ""
        self._add(f"“{text}" if tag == "q" and _wants_marks(element) else text)

    def close(self, element: HtmlElement, tag: str) -> None:
        """Go out of an element, to the text after it."""
        if tag == "q" and _wants_marks(element):
            self._add("”")
        is_hidden, breaks, beside = self.opened.pop()
        self.hidden -= is_hidden
        self.asides -= beside
        self.links -= tag == "a"
        self.preformatted -= tag == "pre"
        if element is self.article:
            self.article = None
        if breaks:
            self.kinds.pop()
            self._break()
        elif tag == "span" and self.kinds[-1][0] in _TITLES and _touches_next(element):
            self._add(" ")
        elif self.row is not None and tag in _CELLS:
            if element.getnext() is not None:
                self._add(_CELL_SEPARATOR)
            return
        if element is self.row:
            self.row = None
        self._add(element.tail or "")

    def _breaks(self, tag: str, *, is_hidden: bool, is_marked: bool) -> bool:
        """Say whether a block begins and ends with an element; no script divides a text."""
        if tag in _HIDDEN or (self.hidden and not is_hidden):
            return False
        if tag in _INLINE:
            return self.row is None and is_marked
        return self.row is None or tag not in _CELLS

    def _is_note_mark(self, element: HtmlElement) -> bool:
        """Say whether a raised number points to a note: it is a link, or stands behind a word."""
        if not _NOTE_MARK.fullmatch("".join(element.itertext())[:_LONGEST_MARK]):
            return False
        before = "".join(self.block.pieces[-_FEW_PIECES:]).rstrip()
        links = [*element.iterdescendants("a"), *element.iterancestors("a")]
        is_link = any("#" in (link.get("href") or "") for link in links[:_FEW_PIECES])
        return bool(before) and (is_link or _NOTED.search(before) is not None)

    def _break(self) -> None:
        if self.block.pieces:
            self.done.append(self.block)
        number = None if self.article is None else self.articles
        self.block = HtmlBlock(*self.kinds[-1], article=number, is_aside=self.asides > 0)

    def _add(self, text: str) -> None:
        if not text or self.hidden:
            return
        first, *others = _BLANK_LINE.split(text) if self.preformatted else [text]
        self._append(first)
        for part in others:
            self._break()
            self._append(part)

    def _append(self, text: str) -> None:
        self.block.pieces.append(text)
        self.block.linked += len(text.strip()) if self.links else 0


def _touches_next(element: HtmlElement) -> bool:
    """Say whether another part follows at once: a kicker and a headline, which styles set apart."""
    following = element.getnext()
    return following is not None and following.tag == "span" and not element.tail


def _is_hidden(element: HtmlElement, tag: str) -> bool:
    if tag in _HIDDEN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDING_STYLE.search(style) is not None


def _kind(
    element: HtmlElement, tag: str, around: tuple[str | None, bool]
) -> tuple[str | None, bool]:
    """Return the kind of a block element, its own or that of the element around it."""
    own = "caption" if _is_named(element, tag, _CAPTION) else _KINDS.get(tag)
    own = own or (PULL_QUOTE if _is_named(element, tag, _PULL_QUOTE) else None)
    own = "headline" if _is_headline(element) else own
    if own and _is_brief(element):
        return own, False
    kind, is_item = around
    if tag in {"p", "div", "td"}:
        return kind, False
    return kind, is_item or (tag == "li" and kind is None)


def _is_headline(element: HtmlElement) -> bool:
    """Say whether a press database marks an element as the headline of an article."""
    names = element.get("class")
    return names is not None and _HEADLINE_CLASS.search(names[:500]) is not None


def _is_named(element: HtmlElement, tag: str, name: re.Pattern[str]) -> bool:
    names = element.get("class") if tag in _BOX_TAGS else None
    return names is not None and name.search(names[:500]) is not None


def _is_brief(element: HtmlElement) -> bool:
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > _LONGEST_MARKED:
            return False
    return True


def _is_data_row(row: HtmlElement) -> bool:
    """Say whether a row holds short values side by side, and not the columns of a page."""
    cells = [cell for cell in row[: _MOST_CELLS + 1] if cell.tag in _CELLS]
    if not 1 < len(cells) <= _MOST_CELLS or len(cells) != len(row):
        return False
    size = 0
    for part in row.iterdescendants():
        if part.tag not in _INLINE and part.tag not in _CELLS:
            return False
        size += len(part.text or "") + len(part.tail or "")
        if size > _LONGEST_ROW:
            return False
    return True


def _wants_marks(quotation: HtmlElement) -> bool:
    """Say whether a ``q`` element has no quotation marks of its own: browsers then show some."""
    return (quotation.text or "").lstrip()[:1] not in _QUOTATION_MARKS or not quotation.text
