"""OLE containers that are not read: old files of Word and PowerPoint, and protected ones.

The reader says which it is and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.identify.office_types import ole_media_type
from knipsel.transforms.model import Rejection

if TYPE_CHECKING:
    from knipsel.transforms.read.reading import Source
    from knipsel.transforms.registers.model import Registers

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RULE = "unsupported_media_type"
_KNOWN = {
    "application/msword": Rejection(
        _RULE,
        "This is a file of Word 97 to 2003 (.doc), which is not read; open it and save it as DOCX.",
        "application/msword",
    ),
    "application/vnd.ms-powerpoint": Rejection(
        _RULE,
        "This is a presentation (.ppt), and slides are no articles; where an article stands on "
        "them, save its text as DOCX or plain text.",
        "application/vnd.ms-powerpoint",
    ),
}
_PROTECTED = Rejection(
    "encrypted_docx", "The document is protected by a password; open it and save it without one."
)
_OTHER = Rejection(
    _RULE,
    "This is a file of an old Office program, which is not read; save a text as DOCX or PDF, and "
    "a table as CSV.",
    "application/x-ole-storage",
)


def read(source: Source, registers: Registers) -> Rejection:  # noqa: ARG001 - the signature of all readers
    """Say what kind of container it is; names of streams stand in it in UTF-16."""
    media_type = ole_media_type(source.content)
    if media_type in _KNOWN:
        return _KNOWN[media_type]
    return _PROTECTED if _ENCRYPTED in source.content else _OTHER
