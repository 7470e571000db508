"""A page laid out: its visible text in reading order; trafilatura says which of it is the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.html.data.scripts import Script, data_scripts
from knipsel.transforms.read.html.head import head_tags
from knipsel.transforms.read.html.layout import drop_archive_bars, lay_out, parse_html
from knipsel.transforms.read.html.metadata import found_tags
from knipsel.transforms.text.words import ends_sentence, fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from knipsel.transforms.layout.section import HeadTag
    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.lines.words import LineWords

_EXTRACT_CEILING = 5_000_000
"""Characters of a page beyond which the extractor, which takes seconds a million, is not asked."""
_DEEPEST = 500
"""Elements within each other beyond which the extractor, which then takes seconds, is not asked."""
_LONG_ATTRIBUTE = 2_000
"""Characters of an attribute that holds a picture or a script, and tells nothing of the text."""
_EXACT_WORDS = 4
"""Blocks of fewer words count as extracted only where they are a whole extracted line."""
_MOST_LINES = 40
"""Short lines that may follow a text: as many as a long poem has."""
_CONTAINED = 0.8
"""Share of a block's runs of three words that the extracted text must have."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page laid out: its text, the units of it, which of them are the body, and its head.

    ``kept`` is None where the extractor found no body; the offsets of the units count from
    where the caller wanted the page to begin. ``scripts`` are those that hold data.
    """

    text: str
    units: tuple[Unit, ...]
    kept: tuple[bool, ...] | None
    head: tuple[HeadTag, ...]
    scripts: tuple[Script, ...] = ()


def read_page(text: str, words: LineWords, offset: int = 0) -> Page | Rejection:
    """Lay out a page whose text is to begin at ``offset``, and find its body."""
    root = parse_html(text)
    if isinstance(root, Rejection):
        return root
    if root is None:
        return Page("", (), None, ())
    drop_archive_bars(root)
    head = tuple(head_tags(root, words))
    scripts = tuple(data_scripts(root))
    laid_out, units = lay_out(root, offset)
    can_extract = bool(units) and _can_extract(root, len(text))
    if can_extract:
        head += tuple(found_tags(root, text, head, words.dates))
    extracted = _extract(root) if can_extract else None
    kept = _align(units, extracted) if extracted else None
    return Page(laid_out, units, kept if kept and any(kept) else None, head, scripts)


def _can_extract(root: HtmlElement, size: int) -> bool:
    """Say whether a page is small and flat enough for the extractor, without long attributes."""
    return size - _drop_long_attributes(root) <= _EXTRACT_CEILING and not _is_deep(root)


def _extract(root: HtmlElement) -> str | None:
    """Ask the extractor for the body; it is given the tree, so that the page is parsed once."""
    import trafilatura  # slow to load

    try:
        extracted = trafilatura.extract(
            root,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            with_metadata=False,
        )
    except Exception:  # noqa: BLE001 - hostile pages raise what no list foresees; the text alone decides then
        return None
    return extracted if isinstance(extracted, str) else None


def _drop_long_attributes(root: HtmlElement) -> int:
    """Take pictures and scripts out of the attributes; return how many characters that is."""
    dropped = 0
    for element in root.iter():
        for name, value in element.items():
            if len(value) > _LONG_ATTRIBUTE:
                dropped += len(value)
                del element.attrib[name]
    return dropped


def _is_deep(root: HtmlElement) -> bool:
    """Say whether elements lie too deep; the path to such a one is sought without a step back."""
    return bool(root.xpath(f"boolean(.{'/*' * _DEEPEST})"))


def _align(units: Sequence[Unit], extracted: str) -> tuple[bool, ...]:
    """Say of each unit whether the extractor took it."""
    lines = {fold(line) for line in extracted.splitlines()}
    have = set(runs_of(words(extracted)))
    found = [_is_extracted(unit, lines, have) for unit in units]
    long = [
        i for i, unit in enumerate(units) if found[i] and len(unit.text.split()) > 2 * _EXACT_WORDS
    ]
    if not long:
        return tuple(found)
    first, last = _with_headings(units, found, long[0]), _with_lines(units, found, long[-1])
    return tuple(flag and first <= i <= last for i, flag in enumerate(found))


def _with_headings(units: Sequence[Unit], found: Sequence[bool], first: int) -> int:
    while first > 0 and found[first - 1] and units[first - 1].kind is not None:
        first -= 1
    return first


def _with_lines(units: Sequence[Unit], found: Sequence[bool], last: int) -> int:
    """Return the last of the lines that follow the text at once: of a poem, of an address.

    One alone that is no sentence is a label.
    """
    end = last + 1
    while end < len(found) and found[end] and end <= last + _MOST_LINES:
        end += 1
    is_label = end == last + 2 and not ends_sentence(units[last + 1].text)
    return last if is_label else end - 1


def runs_of(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the runs of three words."""
    return zip(row, row[1:], row[2:], strict=False)


def _is_extracted(unit: Unit, lines: set[str], have: set[tuple[str, ...]]) -> bool:
    if fold(unit.text) in lines:
        return True
    runs = list(runs_of(words(unit.text)))
    return len(runs) > _EXACT_WORDS and sum(run in have for run in runs) >= _CONTAINED * len(runs)
