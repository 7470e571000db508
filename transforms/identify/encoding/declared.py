"""What a file says of its own encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.files.encodings import Encodings

_DECLARED = re.compile(
    rb"(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?\s{0,4}([A-Za-z0-9][A-Za-z0-9_.:-]{1,30})",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(rb"<(?:script|link|form|a|img)\b[^>]{0,400}\Z|accept-\Z", re.IGNORECASE)
"""What stands before a charset that is that of another file, or of what a form sends."""
_HEAD, _TAIL, _BEFORE = 4096, 1024, 450
_ITSELF = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})
"""Encodings that bytes show by themselves: bytes that could be read so were, before."""


def declared_codec(content: bytes, encodings: Encodings) -> str | None:
    """Return the codec that a file declares in its head, or else at its end, None without one."""
    for part in (content[:_HEAD], content[-_TAIL:]):
        for found in _DECLARED.finditer(part):
            before = part[max(0, found.start() - _BEFORE) : found.start()]
            codec = encodings.codec_of(found[1].decode("ascii"))
            if codec and codec not in _ITSELF and not _OF_ANOTHER.search(before):
                return codec
    return None
