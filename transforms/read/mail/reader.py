"""Mail, such as newsletters: the header above, then the text, then what came with it.

Browsers save pages in the same form (MHTML): such a page is read as HTML is, and what stands in
the header is of the moment when it was saved.

Of a text in several forms HTML is read, as mail programs show it. Attachments are named and
not read; messages within the message are sections of their own.
"""

from __future__ import annotations

import email
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.layout.units import build_units
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.html.page import Page, read_page
from knipsel.transforms.read.mail.fields import (
    MailField,
    field_tags,
    forwarded_fields,
    header_lines,
    is_from_list,
    is_saved_page,
    page_tags,
)
from knipsel.transforms.read.mail.parts import (
    describe_attachment,
    first_text_alone,
    parts_of,
    text_of,
)
from knipsel.transforms.read.source import Source
from knipsel.transforms.text.decoded import most_telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from email.message import Message

    from knipsel.transforms.layout.section import HeadTag
    from knipsel.transforms.read.mail.parts import Part
    from knipsel.transforms.registers.files.encodings import Encodings
    from knipsel.transforms.registers.files.mail import MailWords
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.words import LineWords
    from knipsel.transforms.registers.model import Registers
    from knipsel.transforms.text.decoded import Decoded

_MOST_BOUNDARIES, _MOST_LINES = 50, 2_000_000
"""Parts that have parts, and lines: the library's time grows with the product of both."""
_MOST_PARTS = 1_000
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_TYPE = re.compile(
    rb"^Content-Type:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,20}", re.IGNORECASE | re.MULTILINE
)
_BOUNDARY = re.compile(rb"boundary\s{0,9}=\s{0,9}\"?([^\";\r\n]{1,200})", re.IGNORECASE)
_DEEPEST = 3
"""Messages within messages that are read; what lies deeper is named as an attachment."""
RECORD_FIELD, ATTACHMENT = "record_field", "attachment"


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a message of RFC 5322; one with far too many parts is rejected (``broken_mail``)."""
    content = source.content.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if content.lower().count(b"boundary=") > _MOST_BOUNDARIES or content.count(b"\n") > _MOST_LINES:
        return _too_many()
    try:
        message = email.message_from_bytes(_with_one_type(content))
        return read_message(message, registers, source.stated_encoding)
    except RecursionError:
        return _too_many()


def _with_one_type(content: bytes) -> bytes:
    """Return a message without the types of content whose boundaries do not stand in it.

    A program that adds a second ``Content-Type`` leaves the first one to its parser.
    """
    end = _HEADER_END.search(content)
    head = content[: end.end()] if end else content
    types = [*_TYPE.finditer(head)] if head.lower().count(b"content-type:") > 1 else []
    if len(types) <= 1:
        return content
    body = content[len(head) :]
    idle = [one for one in types if (mark := _BOUNDARY.search(one[0])) and _no_part(mark[1], body)]
    for one in reversed(idle if len(idle) < len(types) else []):
        head = head[: one.start()] + head[one.end() :]
    return head + body


def _no_part(boundary: bytes, body: bytes) -> bool:
    return b"--" + boundary not in body


def read_message(
    message: Message, registers: Registers, stated_encoding: str | None = None
) -> Reading | Rejection:
    """Read a message that was parsed; one with far too many parts is rejected.

    ``stated_encoding`` is what a person says that its text is in.
    """
    layout = _Layout(
        registers.mail, registers.lines, registers.layout, registers.encodings, stated_encoding
    )
    layout.add_message(message, 0)
    if layout.parts > _MOST_PARTS:
        return _too_many()
    return Reading("".join(layout.pieces), tuple(layout.sections), most_telling(layout.decoded))


def _too_many() -> Rejection:
    return Rejection(
        "broken_mail",
        "The message has more parts within each other than a message can have; save the article "
        "in it as a file of its own.",
    )


@dataclass(slots=True)
class _Layout:
    """The text while it is written."""

    words: MailWords
    lines: LineWords
    layout: LayoutWords
    encodings: Encodings
    stated: str | None
    """The encoding that a person says the message is in."""
    decoded: list[Decoded] = field(default_factory=list)
    """How its texts were decoded."""
    texts: dict[int, Decoded] = field(default_factory=dict)
    """The forms of texts that were decoded, by the identity of their messages."""
    pieces: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    offset: int = 0
    parts: int = 0

    def add_message(self, message: Message, depth: int) -> None:
        """Write a message with what it holds, and after it the messages in it."""
        parts = [*parts_of(message)]
        is_page = is_saved_page(message)
        if is_page:
            parts = first_text_alone(parts)
        self.parts += len(parts)
        if self.parts > _MOST_PARTS:
            return
        texts = [part for part in parts if part.kind == "text"]
        fields = self._add_header(message, texts[0] if texts else None)
        inner = [part.forms[0] for part in parts if part.kind == "message" and depth < _DEEPEST]
        attached = [
            part.forms[0]
            for part in parts
            if part.kind == "attachment" or (part.kind == "message" and depth >= _DEEPEST)
        ]
        body = self._add_texts(texts)
        self._add_section(fields, body, attached, is_list=is_from_list(message), is_page=is_page)
        for one in inner:
            self.add_message(one, depth + 1)

    def _write(self, text: str) -> int:
        start = self.offset
        self.pieces.append(text)
        self.offset += len(text)
        return start

    def _add_line(self, line: str, reason: str) -> Unit:
        start = self._write(f"{line}\n")
        return Unit(start, start + len(line), line, reason=reason)

    def _text_of(self, form: Message) -> Decoded:
        """Return a form of a text, decoded once."""
        if id(form) not in self.texts:
            self.texts[id(form)] = text_of(form, self.encodings, self.stated)
        return self.texts[id(form)]

    def _add_header(self, message: Message, text: Part | None) -> list[tuple[Unit, MailField]]:
        rows: list[tuple[Unit, MailField]] = []
        likely = self._text_of(text.forms[0]).encoding if text else None
        for name, value in header_lines(message, self.encodings, likely):
            unit = self._add_line(f"{name}: {value}", RECORD_FIELD)
            start = unit.end - len(value)
            rows.append((unit, MailField(name.casefold(), value, start, unit.end)))
        self._write("\n")
        return rows

    def _add_texts(self, parts: Iterable[Part]) -> list[Page]:
        pages: list[Page] = []
        for part in parts:
            page = self._lay_out(part)
            self._write(f"{page.text}\n\n")
            pages.append(page)
        return pages

    def _lay_out(self, part: Part) -> Page:
        """Lay out the first form of a text that shows something."""
        page = Page("", (), None, ())
        for form in part.forms:
            is_page = form.get_content_type() == "text/html"
            lay_out = self._lay_out_page if is_page else self._lay_out_plain
            decoded = self._text_of(form)
            page = lay_out(decoded.text)
            if page.units:
                self.decoded.append(decoded)
                break
        return page

    def _lay_out_page(self, text: str) -> Page:
        page = read_page(text, self.lines, self.offset)
        return Page("", (), None, ()) if isinstance(page, Rejection) else page

    def _lay_out_plain(self, text: str) -> Page:
        units = (unit.shifted(self.offset) for unit in build_units(text, self.layout))
        return Page(text, tuple(units), None, ())

    def _add_section(
        self,
        header: list[tuple[Unit, MailField]],
        pages: list[Page],
        attached: Iterable[Message],
        *,
        is_list: bool,
        is_page: bool,
    ) -> None:
        """Add the section of a message, with what its header and a forwarded one tell."""
        body = [unit for page in pages for unit in page.units]
        span, forwarded = (range(0), ()) if is_page else forwarded_fields(body, self.words)
        for index in span:
            body[index] = body[index]._replace(reason=RECORD_FIELD)
        below = [self._add_line(describe_attachment(one), ATTACHMENT) for one in attached]
        units = (*(unit for unit, _ in header), *body, *below)
        self._write("\n")
        told = [one for _, one in header]
        tags = [
            *(page_tags(told) if is_page else self._tags(told, is_list=is_list)),
            *self._tags(forwarded, is_list=is_list, is_forwarded=True),
            *(tag for page in pages for tag in page.head),
        ]
        kept = _kept(len(header), pages, span, len(below))
        self.sections.append(Section(units, kept, tuple(tags)))

    def _tags(
        self, fields: Sequence[MailField], *, is_list: bool, is_forwarded: bool = False
    ) -> Iterator[HeadTag]:
        return field_tags(
            fields, self.words, self.lines, is_list=is_list, is_forwarded=is_forwarded
        )


def _kept(above: int, pages: Iterable[Page], span: range, below: int) -> tuple[bool, ...] | None:
    """Return which units are the body; None where no page of the message says so."""
    if all(page.kept is None for page in pages):
        return None
    flags = [flag for page in pages for flag in page.kept or (False,) * len(page.units)]
    for index in span:
        flags[index] = False
    return (*(False,) * above, *flags, *(False,) * below) if any(flags) else None
