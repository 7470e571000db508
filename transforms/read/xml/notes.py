"""Notes of Evernote (ENEX), as clippers keep articles in them: each note is one.

Who made a note and when is nobody's byline and no day of publication.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.model import Rejection
from knipsel.transforms.parse.field_values import hostname_of
from knipsel.transforms.read.html.layout import lay_out, parse_html
from knipsel.transforms.read.xml.parse import child, descendants, parse_xml, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

METHOD = "note_field"
_SURE = 0.9
_FIELDS = ("created", "updated", "author", "source", "source-url")
_MOST_NOTES = 20_000


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read the notes of a file; broken XML is rejected (``broken_xml``)."""
    del registers
    root = parse_xml(source.text)
    if isinstance(root, Rejection):
        return root
    notes = list(descendants(root, "note"))[:_MOST_NOTES]
    addresses = Counter(map(_address, notes))
    layout = _Layout()
    for note in notes:
        layout.add(note, is_own_address=addresses[_address(note)] == 1)
    return Reading("".join(layout.pieces), tuple(layout.sections))


def _address(note: _Element) -> str:
    return text_of(next(descendants(note, "source-url"), None))


@dataclass(slots=True)
class _Layout:
    """The text while it is written."""

    pieces: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    offset: int = 0

    def add(self, note: _Element, *, is_own_address: bool) -> None:
        """Write a note: its title, what is said of it, its text.

        An address that another note has as well is that of no article.
        """
        title = text_of(child(note, "title"))
        units = [self._line(title, kind="headline")] if title else []
        head = list(self._tags(units))
        for name in _FIELDS:
            value = text_of(next(descendants(note, name), None))
            if not value:
                continue
            unit = self._line(f"{name}: {value}", reason="record_field")
            units.append(unit)
            if name == "source-url" and is_own_address:
                start = unit.end - len(value)
                said = (("url", value), ("hostname", hostname_of(value) or ""))
                head += [
                    HeadTag(key, one, METHOD, _SURE, start, unit.end) for key, one in said if one
                ]
        body = self._body(note)
        kept = (*(unit.reason is None for unit in units), *(True for _ in body))
        self._write("\n")
        self.sections.append(
            Section((*units, *body), kept if body else None, tuple(head), is_declared=bool(body))
        )

    def _tags(self, units: list[Unit]) -> Iterator[HeadTag]:
        for unit in units:
            yield HeadTag("headline", unit.text, METHOD, _SURE, unit.start, unit.end)

    def _body(self, note: _Element) -> tuple[Unit, ...]:
        content = child(note, "content")
        written = "".join(map(str, content.itertext())) if content is not None else ""
        root = parse_html(written) if written.strip() else None
        if root is None or isinstance(root, Rejection):
            return ()
        text, units = lay_out(root, self.offset)
        self._write(f"{text}\n")
        return units

    def _line(self, text: str, kind: str | None = None, reason: str | None = None) -> Unit:
        start = self._write(f"{text}\n")
        return Unit(start, start + len(text), text, kind=kind, reason=reason)

    def _write(self, text: str) -> int:
        start = self.offset
        self.pieces.append(text)
        self.offset += len(text)
        return start
