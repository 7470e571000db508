"""The parts of a message: its text in the best form, the messages in it, its attachments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.message import Message
from typing import TYPE_CHECKING

from knipsel.transforms.identify.decoding import decode_declared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.registers.files.encodings import Encodings
    from knipsel.transforms.text.decoded import Decoded

_DEEPEST = 20
"""Parts within parts; programs put four within each other, and a forwarded message as many more."""
_SIGNATURE = "-- "


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message.

    ``kind`` is ``text``, with the same text in several forms in ``forms``, the best one first;
    ``message``, a whole one; or ``attachment``.
    """

    kind: str
    forms: tuple[Message, ...]


def parts_of(message: Message, depth: int = 0) -> Iterator[Part]:
    """Yield the parts of a message in order; those nested too deeply count as attachments."""
    children = _children(message)
    content_type = message.get_content_type()
    if content_type == "message/rfc822" and len(children) == 1:
        yield Part("message", (children[0],))
    elif not children or depth > _DEEPEST:
        is_text = content_type in {"text/html", "text/plain"} and not _is_attached(message)
        yield Part("text" if is_text else "attachment", (message,))
    elif content_type == "multipart/alternative":
        yield from _alternatives([list(parts_of(child, depth + 1)) for child in children])
    else:
        for child in children:
            yield from parts_of(child, depth + 1)


def first_text_alone(parts: Iterable[Part]) -> list[Part]:
    """Return the parts of a saved page: the page itself is a text, the frames in it are not."""
    found: list[Part] = []
    for part in parts:
        is_other = part.kind == "text" and any(one.kind == "text" for one in found)
        found.append(replace(part, kind="attachment") if is_other else part)
    return found


def _children(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is_attached(message: Message) -> bool:
    return message.get_content_disposition() == "attachment"


def _alternatives(forms: Sequence[Sequence[Part]]) -> Iterator[Part]:
    """Yield the parts of the best form, and what is no text of the others.

    A text in HTML is best. Where it is the only one, the other forms stand in for it if need be.
    """
    texts = [[part.forms[0] for part in parts if part.kind == "text"] for parts in forms]
    if not any(texts):
        yield from (part for parts in forms for part in parts)
        return
    best = max(range(len(forms)), key=lambda index: (_has_page(texts[index]), bool(texts[index])))
    others = [one for index, row in enumerate(texts) if index != best for one in row]
    for index, parts in enumerate(forms):
        for part in parts:
            if part.kind != "text":
                yield part
            elif index == best:
                yield Part("text", (*part.forms, *others) if len(texts[best]) == 1 else part.forms)


def _has_page(texts: Sequence[Message]) -> bool:
    return any(one.get_content_type() == "text/html" for one in texts)


def text_of(message: Message, encodings: Encodings, stated: str | None) -> Decoded:
    """Return the decoded text of a part; ``stated`` is the encoding that a person says it has."""
    decoded = _decoded(message, encodings, stated)
    is_flowed = str(message.get_param("format", "")).casefold() == "flowed"
    if not is_flowed or message.get_content_type() != "text/plain":
        return decoded
    drops_space = str(message.get_param("delsp", "")).casefold() == "yes"
    return replace(decoded, text=unflow(decoded.text, drops_space=drops_space))


def _decoded(message: Message, encodings: Encodings, stated: str | None) -> Decoded:
    content = payload_of(message)
    try:
        charset = message.get_content_charset()
    except (LookupError, TypeError, ValueError):  # raised on malformed parameters
        charset = None
    return decode_declared(content, charset, encodings, stated)


def payload_of(message: Message) -> bytes:
    """Return the bytes of a part, its transfer encoding undone."""
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def describe_attachment(message: Message) -> str:
    """Return a line that names an attachment, with its type and size."""
    try:
        name = message.get_filename() or "(no name)"
    except (LookupError, TypeError, ValueError):  # raised on malformed parameters
        name = "(no name)"
    size = len(payload_of(message))
    plain = " ".join(name.encode("utf-8", "replace").decode("utf-8").split())
    return f"{plain} ({message.get_content_type()}, {size} bytes)"


def unflow(text: str, *, drops_space: bool) -> str:
    """Join the lines of paragraphs again that RFC 3676 divides with a space at their ends."""
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        content = bare.removeprefix(" ")
        is_open = content.endswith(" ") and content != _SIGNATURE
        kept = content[:-1] if is_open and drops_space else content
        if depth == open_depth and content != _SIGNATURE:
            lines[-1] += kept
        else:
            lines.append(f"{'>' * depth} {kept}" if depth else kept)
        open_depth = depth if is_open else None
    return "\n".join(lines)
