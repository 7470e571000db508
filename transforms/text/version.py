"""The version of what makes a document, as its rows carry it.

``10.1a2b3c4d+10.5e6f7a8b``: before the plus what decides how a document is read, behind it what
decides how it is annotated; each is the version of the code, and a digest of the registers and
settings. Marks of a single document (``~``) belong to its reading: what is stated of it, or that
it is too large.
"""

from __future__ import annotations

_PARTS, _DIGEST, _MARK = "+", ".", "~"
REDATED = ".redated"
"""Ends the version of a document whose day changed after it was annotated: its annotations are of
no version that there is, and are made anew."""


def version_of(reading: tuple[str, str], annotating: tuple[str, str]) -> str:
    """Return a version of two versions of the code, each with the digest of its registers."""
    return _PARTS.join(map(_DIGEST.join, (reading, annotating)))


def marked(version: str, mark: str) -> str:
    """Return the version of a document that is read otherwise than others are."""
    reading, plus, annotating = version.partition(_PARTS)
    return f"{reading}{_MARK}{mark}{plus}{annotating}"


def reading_part(version: str) -> str:
    """Return what decides how a document is read, its marks included."""
    return version.partition(_PARTS)[0]


def annotating_part(version: str) -> str:
    """Return what decides how a document is annotated."""
    return version.partition(_PARTS)[2]


def code_of(version: str) -> tuple[str, str]:
    """Return the versions of the code that reads, and of that which annotates."""
    reading, annotating = reading_part(version), annotating_part(version)
    return reading.partition(_DIGEST)[0], annotating.partition(_DIGEST)[0]
