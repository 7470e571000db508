"""OLE containers: what Word wrote before 2007, and what it writes around a protected file.

None of them is read; the reader says which it is and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection

if TYPE_CHECKING:
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_STREAMS = {
    "EncryptedPackage": Rejection(
        "encrypted_docx",
        "The document is protected by a password; open it and save it without one.",
    ),
    "WordDocument": Rejection(
        "unsupported_media_type",
        "This is a file of Word 97 to 2003 (.doc), which is not read; save it as DOCX.",
        "application/msword",
    ),
    "__properties_version1.0": Rejection(
        "unsupported_media_type",
        "This is a message of Outlook (.msg), which is not read; save it as EML or as text.",
        "application/vnd.ms-outlook",
    ),
}
"""What a file is by the name of a stream in it."""
_OTHER = Rejection(
    "unsupported_media_type",
    "This is a file of an old Office program, which is not read; save its text as DOCX or PDF.",
    "application/x-ole-storage",
)


def read(source: Source, registers: Registers) -> Rejection:  # noqa: ARG001 - the signature of all readers
    """Say what kind of container it is; names of streams stand in it in UTF-16."""
    found = (
        rejection
        for name, rejection in _STREAMS.items()
        if name.encode("utf-16-le") in source.content
    )
    return next(found, _OTHER)
