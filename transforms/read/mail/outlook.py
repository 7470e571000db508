"""Messages of Outlook (``.msg``), made into messages of RFC 5322 and read as those are."""

from __future__ import annotations

import base64
from email.errors import MessageError
from email.message import Message
from email.parser import HeaderParser
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.mail.reader import read_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from oxmsg import Message as OutlookMessage

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_TO, _CC, _HTML, _CODEPAGE, _RICH_TEXT = 0x0E04, 0x0E03, 0x1013, 0x3FDE, 0x1009
"""Properties of MAPI: who received it, the HTML and its code page, Outlook's own rich text."""
_KEPT = frozenset(
    {"from", "sender", "reply-to", "to", "cc", "date", "subject", "organization", "message-id"}
    | {"list-id", "list-unsubscribe", "list-post"}
)
_SURE_HOURS = range(2, 22)
"""Hours in UTC at which it is the same day in all of Europe; the file does not say in which zone
a message was written, unless it came over the network."""
_UTF_8 = 65_001
_BROKEN = Rejection(
    "broken_mail",
    "The message of Outlook is damaged or cut off; open it in Outlook and save it again, as "
    "Outlook message or as text.",
)
_RICH_TEXT_ALONE = Rejection(
    "no_article",
    "The message has its text only in Outlook's own rich text, which is not read; open it in "
    "Outlook and save it as HTML or text.",
)


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a message of Outlook; messages attached to it are named and not read.

    Rejected are damaged files (``broken_mail``) and those with a text in rich text alone
    (``no_article``).
    """
    from oxmsg import Message as OutlookMessage

    try:
        message = OutlookMessage.load(source.content)
        made = _as_mail(message)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - the library has no errors of its own; the file is to blame
        return _BROKEN
    return (
        _RICH_TEXT_ALONE if made is None else read_message(made, registers, source.stated_encoding)
    )


def _as_mail(message: OutlookMessage) -> Message | None:
    """Return the message as mail programs send it; None where it has its text in no known form."""
    texts: list[Message | str] = list(_texts(message))
    if not texts and message.properties.binary_prop_value(_RICH_TEXT):
        return None
    mail = Message()
    for name, value in _headers(message):
        mail[name] = value
    mail["Content-Type"] = "multipart/mixed"
    body = Message()
    body["Content-Type"] = "multipart/alternative"
    body.set_payload(texts)
    mail.set_payload([body, *_attachments(message)])
    return mail


def _headers(message: OutlookMessage) -> Iterator[tuple[str, str]]:
    """Yield the header with which a message came, and what Outlook knows beside it."""
    try:
        came_with = HeaderParser().parsestr(_text(message, 0x007D))
    except MessageError:
        came_with = Message()
    kept = [(name, str(value)) for name, value in came_with.items() if name.casefold() in _KEPT]
    yield from kept
    have = {name.casefold() for name, _ in kept}
    sent = message.sent_date
    known = {
        "From": message.sender,
        "To": _text(message, _TO),
        "Cc": _text(message, _CC),
        "Subject": message.subject,
        "Date": format_datetime(sent) if sent and _is_sure(sent) else None,
    }
    for name, value in known.items():
        line = " ".join((value or "").replace("\0", " ").split())
        if line and name.casefold() not in have:
            yield name, line


def _is_sure(sent: datetime) -> bool:
    return sent.hour in _SURE_HOURS


def _text(message: OutlookMessage, number: int) -> str:
    return message.properties.str_prop_value(number) or ""


def _texts(message: OutlookMessage) -> Iterator[Message]:
    """Yield the text and the HTML of a message, as far as it has them."""
    plain = message.body
    if plain and plain.strip("\0 \r\n\t"):
        yield _part("text/plain", plain.replace("\0", "").encode("utf-8", "replace"), "utf-8")
    page = message.properties.binary_prop_value(_HTML)
    if page:
        code = message.properties.int_prop_value(_CODEPAGE)
        charset = "utf-8" if code in {None, _UTF_8} else f"cp{code}"
        yield _part("text/html", page, charset)
    elif _text(message, _HTML):
        yield _part("text/html", _text(message, _HTML).encode("utf-8", "replace"), "utf-8")


def _attachments(message: OutlookMessage) -> Iterator[Message]:
    for attachment in message.attachments:
        content = attachment.file_bytes or b""
        part = _part(_media_type(attachment), content, None)
        name = " ".join((attachment.file_name or "").replace("\0", "").split())
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name or "?"))
        yield part


def _media_type(attachment: Any) -> str:
    named = str(attachment.mime_type or "")
    is_known = named.isascii() and named.count("/") == 1 and not named.startswith("multipart")
    return named if is_known and named.isprintable() else "application/octet-stream"


def _part(media_type: str, content: bytes, charset: str | None) -> Message:
    part = Message()
    part.add_header("Content-Type", media_type, **({"charset": charset} if charset else {}))
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(content).decode("ascii"))
    return part
