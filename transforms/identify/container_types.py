"""Which files hold other files, by their first bytes.

What is in them is taken apart before documents are read, so no reader meets them.
"""

from __future__ import annotations

import re
import tarfile

CONTAINER_HEAD = 4096
"""How many of the first bytes decide."""

_HEADER_LINE = re.compile(rb"[!-9;-~]{1,80}[ \t]{0,8}:|>?From ")
_WARC = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")


def divides_messages(line: bytes, following: bytes) -> bool:
    """Tell whether a line of a mailbox starts a message: a header must follow (RFC 4155)."""
    return line.startswith(b"From ") and _HEADER_LINE.match(following) is not None


def _is_tar(head: bytes) -> bool:
    """Tell whether the first block has the check sum of a TAR header."""
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def stream_media_type(head: bytes) -> str | None:
    """Return the media type of a container that is no archive by its signature, else None.

    A TAR has a check sum, a WARC and a mailbox their first line.
    """
    if _WARC.match(head):
        return "application/warc"
    first, _, rest = head.partition(b"\n")
    if divides_messages(first, rest):
        return "application/mbox"
    return "application/x-tar" if _is_tar(head) else None
