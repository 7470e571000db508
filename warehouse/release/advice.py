"""What to do about documents that are held back, where their reason does not say it."""

from __future__ import annotations

from collections.abc import Mapping

ADVICE: Mapping[str, str] = {
    "empty_file": "Get the file again; leave it out where it is meant to be empty.",
    "no_article": "See with `knipsel preview FILE --removed` what each line was taken for. Where "
    "there is no article in it, leave it out.",
    "binary_content": "Save what it holds as text, HTML, PDF or DOCX.",
    "unsupported_media_type": "Save its text in a format that is read, such as text, HTML, PDF or "
    "DOCX, or leave it out.",
    "transform_error": "This is a fault of knipsel: report it with the message.",
    "bad_sidecar": "Mend the file beside it, and ingest both again.",
    "empty_archive": "Unpack it to see what it holds; leave it out where that is all.",
}
"""What to do, by the rule that holds a document back."""

OF_THE_AUDIT = (
    "The file was read, but what came of it breaks a rule of the audit: a fault of knipsel and not "
    "of the file. Report the rule and the value."
)

AS_SAID = "Do what the reason says, and ingest the file again."


def advice(rule: str, *, is_of_audit: bool) -> str:
    """Return what to do about documents that a rule holds back."""
    return ADVICE.get(rule, OF_THE_AUDIT if is_of_audit else AS_SAID)
