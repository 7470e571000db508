"""MBOX (RFC 4155): a mailbox in one file; each message is a member.

A message starts at a line ``From `` that follows a blank line, or the file's start, and
that a header follows; in a message's text such lines are quoted by ``>``, which is undone.
The messages are numbered, so that their names stay as they are when the mailbox grows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from knipsel.transforms.identify.container_types import divides_messages
from knipsel.warehouse.intake.containers.entries import Entry, Opening
from knipsel.warehouse.intake.containers.meter import Metered
from knipsel.warehouse.intake.containers.model import Member

_LINE = 1 << 16
"""How much of a line is held at once; longer ones go in pieces."""

_QUOTED = re.compile(rb">+From ")
_BLANK = (b"\n", b"\r\n")


class _Lines:
    """The lines of a file, with a look at the next one; long ones come in pieces."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self.line = b""
        self.next = source.readline(_LINE)
        self.starts = True
        """Whether ``line`` starts a line, and is not the rest of a long one."""
        self.after_blank = True

    def advance(self) -> bytes:
        """Go on to the next line and return it; empty at the end."""
        self.after_blank = not self.line or (self.starts and self.line in _BLANK)
        self.starts = not self.line or self.line.endswith(b"\n")
        self.line, self.next = self.next, self._source.readline(_LINE)
        return self.line

    @property
    def starts_message(self) -> bool:
        """Whether the line divides two messages."""
        return self.starts and self.after_blank and divides_messages(self.line, self.next)


class _Message:
    """The bytes of one message, up to the line that starts the next.

    The blank line at its end belongs to the mailbox, so it is held back until more follows.
    """

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines
        self._blank = b""
        self._rest = b""
        self.ended = False

    def _line(self) -> bytes:
        """Return the next line of the message, unquoted; empty at its end."""
        line = b"" if self.ended else self._lines.advance()
        if not line or self._lines.starts_message:
            self.ended = True
            return b""
        before, self._blank = self._blank, b""
        if self._lines.starts and line in _BLANK:
            self._blank = line
            return before or self._line()
        is_quoted = self._lines.starts and _QUOTED.match(line)
        return before + (line[1:] if is_quoted else line)

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes; none at the message's end."""
        parts, held = [self._rest], len(self._rest)
        while held < size and (line := self._line()):
            parts.append(line)
            held += len(line)
        data = b"".join(parts)
        self._rest = data[size:]
        return data[:size]


class _Raw(io.RawIOBase):
    """A metered stream as the standard library wants one."""

    def __init__(self, source: Metered) -> None:
        super().__init__()
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def entries(opening: Opening) -> Iterator[Entry]:
    """Yield the messages of a mailbox, each as the bytes of an EML file."""
    with opening.file.open("rb") as file:
        lines = _Lines(io.BufferedReader(_Raw(Metered(file, opening.meter)), _LINE))
        lines.advance()
        number = 0
        while lines.line:
            number += 1
            message = _Message(lines)
            yield Member(f"{number:06d}.eml", message)
            while not message.ended:
                message.read(_LINE)
