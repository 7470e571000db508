"""Office files that are not read: old files of Word, presentations, drawings, protected files.

The reader says which it is and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.identify.office_types import media_type_of
from knipsel.transforms.model import Rejection

if TYPE_CHECKING:
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RULE = "unsupported_media_type"
_WORD = (
    "This is a file of Word 97 to 2003 (.doc), which is not read; open it in Word or LibreOffice "
    "and save it as DOCX."
)
_SLIDES = (
    "This is a presentation, and slides are no articles; where an article stands on them, save its "
    "text as DOCX or plain text."
)
_ADVICE = {
    "application/msword": _WORD,
    "application/vnd.ms-powerpoint": _SLIDES,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": _SLIDES,
    "application/vnd.oasis.opendocument.presentation": _SLIDES,
}
_PROTECTED = Rejection(
    "encrypted_docx", "The document is protected by a password; open it and save it without one."
)
_OTHER = (
    "This is a file of an office program that is not read; save a text as DOCX or PDF, and a table "
    "as CSV."
)


def read(source: Source, registers: Registers) -> Rejection:  # noqa: ARG001 - the signature of all readers
    """Say what kind of file it is; names of streams stand in old ones in UTF-16."""
    media_type = media_type_of(source.content)
    if media_type not in _ADVICE and _ENCRYPTED in source.content:
        return _PROTECTED
    return Rejection(_RULE, _ADVICE.get(media_type, _OTHER), media_type)
