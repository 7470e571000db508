"""The fields of a message: its header, and those of a message that it forwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses, parsedate_tz
from typing import TYPE_CHECKING

from knipsel.transforms.identify.decoding import decode_declared
from knipsel.transforms.identify.encoding.pages import decode_page
from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.field_values import edtf_of, hostname_of
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import Message

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.files.encodings import Encodings
    from knipsel.transforms.registers.files.mail import MailWords
    from knipsel.transforms.registers.lines.outlets import OutletRegister
    from knipsel.transforms.registers.lines.words import LineWords

_SHOWN = (
    *("from", "sender", "reply-to", "to", "cc", "date", "sent", "subject"),
    *("organization", "list-id", "message-id", "snapshot-content-location", "content-location"),
)
"""Fields that tell people of a message; the others are for programs."""
_LISTS = frozenset({"list-id", "list-unsubscribe", "list-post"})
_LONGEST = 10_000
_PREFIX = re.compile(r"\s{0,9}([^\W\d_]{1,10})(?:\[\d{1,3}\])?\s{0,2}:\s{0,9}")
_MOST_PREFIXES = 10

# The date line of an article and the mark of a headline are surer than what was sent when, and
# a message that is forwarded tells more of the article than the one around it.
_SUBJECT, _DATE, _OUTLET, _SENDER, _ADDRESS = 0.85, 0.75, 0.9, 0.6, 0.9
_ADDRESSES = ("snapshot-content-location", "content-location")
_FORWARDED_GAIN = 0.04

_LABEL = re.compile(r"[*_]{0,2}([^\W\d_][^:*_]{0,20}?)\s{0,2}:[*_]{0,2}\s{1,9}(?=\S)")
_WITHIN, _FEWEST_LABELS = 60, 3
"""Units among which the fields of a forwarded message stand, and how many kinds they must be of."""


@dataclass(frozen=True, slots=True)
class MailField:
    """A field of a message, by the name that RFC 5322 gives it, with the place of its value."""

    name: str
    value: str
    start: int
    end: int


def header_lines(
    message: Message, encodings: Encodings, likely: str | None
) -> Iterator[tuple[str, str]]:
    """Yield the fields that are shown, each with its name as printed and its decoded value.

    ``likely`` is the encoding of the message's text: bytes of a header that name none are in it.
    """
    for name, raw in message.raw_items():
        if name.casefold() in _SHOWN:
            value = " ".join(_decoded(str(raw)[:_LONGEST], encodings, likely).split())
            if value:
                yield name, value


def is_from_list(message: Message) -> bool:
    """Say whether a message went to the subscribers of a list, as newsletters do."""
    return any(name.casefold() in _LISTS for name in message.keys())  # noqa: SIM118 - a Message is no dict


def is_saved_page(message: Message) -> bool:
    """Say whether a message is a page that a browser saved (MHTML, RFC 2557)."""
    if message.get_content_type() not in {"multipart/related", "text/html"}:
        return False
    sender = str(message.get("From", ""))
    return "Snapshot-Content-Location" in message or sender.startswith("<Saved by ")


def page_tags(fields: Sequence[MailField]) -> Iterator[HeadTag]:
    """Yield the address of a saved page; nothing else in its header is of the page."""
    for one in fields:
        host = hostname_of(one.value) if one.name in _ADDRESSES and "://" in one.value else None
        if host:
            for name, value in (("url", one.value), ("hostname", host)):
                yield HeadTag(name, value, "web_archive", _ADDRESS, one.start, one.end)
            return


def _decoded(value: str, encodings: Encodings, likely: str | None) -> str:
    raw = value.encode("utf-8", "surrogateescape")
    text = value if value.isascii() else _of_header(raw, likely, encodings)
    try:
        chunks = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(
        chunk if isinstance(chunk, str) else _of_header(chunk, charset or likely, encodings)
        for chunk, charset in chunks
    ).replace("\0", "")


def _of_header(content: bytes, charset: str | None, encodings: Encodings) -> str:
    """Decode words of a header: too few to speak against the charset that a program wrote."""
    codec = encodings.codec_of(charset) if charset else None
    decoded = decode_declared(content, codec, encodings)
    if decoded.method in {"detected", "guessed"} and codec and encodings.page(codec):
        text = decode_page(content, codec)
        return decoded.text if "\ufffd" in text else text
    return decoded.text


def forwarded_fields(
    units: Sequence[Unit], words: MailWords
) -> tuple[range, tuple[MailField, ...]]:
    """Find the header of a message forwarded in a text: its units, and the fields in them."""
    for begin in range(min(len(units), _WITHIN)):
        fields = [*_labelled(units[begin:], words)]
        if len({one.name for one in fields}) >= _FEWEST_LABELS:
            above = fold(units[begin - 1].text) if begin else ""
            is_announced = any(above.startswith(line) for line in words.forward_lines)
            return range(begin - is_announced, begin + len(fields)), tuple(fields)
    return range(0), ()


def _labelled(units: Sequence[Unit], words: MailWords) -> Iterator[MailField]:
    for unit in units[:_WITHIN]:
        found = _LABEL.match(unit.text)
        name = words.labels.get(fold(found[1])) if found else None
        if not found or not name:
            return
        start, end = unit.stretch(found.end(), len(unit.text))
        yield MailField(name, unit.text[found.end() :], start, end)


def field_tags(
    fields: Sequence[MailField],
    words: MailWords,
    lines: LineWords,
    *,
    is_list: bool,
    is_forwarded: bool = False,
) -> Iterator[HeadTag]:
    """Yield what the fields of a message tell of the article in it.

    Who passes a message on, and when, is neither its author nor its date.
    """
    gain = _FORWARDED_GAIN if is_forwarded else 0.0
    is_passed_on = not is_list and any(
        one.name == "subject" and without_prefixes(one.value, words) != one.value for one in fields
    )
    for one in fields:
        if is_passed_on and one.name != "subject":
            continue
        for name, value, certain in _statements(one, words, lines, is_list=is_list):
            yield HeadTag(name, value, "mail_field", round(certain + gain, 2), one.start, one.end)


def _statements(
    one: MailField, words: MailWords, lines: LineWords, *, is_list: bool
) -> Iterator[tuple[str, str, float]]:
    if one.name == "subject":
        yield "headline", without_prefixes(one.value, words), _SUBJECT
    elif one.name in {"date", "sent"}:
        day = sent_on(one.value) or edtf_of(one.value[:200], lines.dates.months)
        if day:
            yield "date_published", day, _DATE
    elif one.name == "from":
        yield from _sender(one.value, words, lines.outlets, is_list=is_list)


def _sender(
    value: str, words: MailWords, outlets: OutletRegister, *, is_list: bool
) -> Iterator[tuple[str, str, float]]:
    """Yield who sent a message: an outlet where one is known or a list was used, else a person."""
    name, address = getaddresses([value[:1_000]])[0]
    host = hostname_of(address.rpartition("@")[2])
    of_host = outlets.of_host(host) if host else None
    outlet = outlets.name_of(name) or (of_host and of_host.name)
    if outlet:
        yield "publisher", outlet, _OUTLET
    is_office = is_list or address.partition("@")[0].casefold() in words.offices
    if name and not outlet:
        yield ("publisher" if is_office else "author"), name, _SENDER
    if host and (outlet or is_office):
        yield "hostname", host, _SENDER


def sent_on(value: str) -> str | None:
    """Return the day of a date of RFC 5322, in the zone in which it was written."""
    try:
        parsed = parsedate_tz(value[:200])
    except (IndexError, TypeError, ValueError):  # what it raises on malformed dates
        return None
    if not parsed:
        return None
    day = f"{parsed[0]:04d}-{parsed[1]:02d}-{parsed[2]:02d}"
    return day if date_bounds(day).not_before else None


def without_prefixes(subject: str, words: MailWords) -> str:
    """Return a subject without the marks of answers and forwards before it."""
    for _ in range(_MOST_PREFIXES):
        found = _PREFIX.match(subject)
        if not found or fold(found[1]) not in words.subject_prefixes:
            break
        if found.end() == len(subject):
            break
        subject = subject[found.end() :]
    return subject
