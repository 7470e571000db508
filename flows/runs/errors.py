"""Errors as one sentence to a person, with the exit code that fits."""

from __future__ import annotations

import errno
import re

import duckdb
from pydantic import ValidationError

from knipsel.expectations.bounds.file import BoundsError
from knipsel.transforms.registers.checked import RegisterError
from knipsel.warehouse.addresses.secrets import redacted
from knipsel.warehouse.intake.inbox import NoSuchPathError
from knipsel.warehouse.release.files.corpus_file import CorpusFileError

_PLACE = re.compile(r"LINE \d+: ")
_SHOWN = 60
"""Characters of a query that are shown from the place where it went wrong."""
FAILED = 1
WRONG_USAGE = 2

DISK_FULL_WORDS = ("no space left", "disk is full", "disk full")
READ_ONLY_WORDS = ("read-only file system", "readonly database", "read-only database")


class UnpublishedError(RuntimeError):
    """A run was committed, but its release could not be published."""

    def __init__(self, reason: str) -> None:
        """Say what stands, what does not and why, and what to do."""
        super().__init__(
            "The files are committed, but no release could be published; the last one stays. "
            f"Run `knipsel publish` once this is mended: {reason}"
        )


def _first_line(error: Exception) -> str:
    """Return what an error says, without what follows its first line, and without secrets."""
    lines = redacted(str(error)).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def with_hints(error: duckdb.Error) -> str:
    """Return what DuckDB says of a query: what is wrong, what it may have meant, and where."""
    lines = [line for line in redacted(str(error)).strip().splitlines() if line.strip()]
    at = next((number for number, line in enumerate(lines) if _PLACE.match(line)), len(lines))
    said = " ".join(line.strip() for line in lines[:at])
    if at + 1 >= len(lines) or "^" not in lines[at + 1]:
        return said
    start = lines[at + 1].index("^")
    return f"{said} It stands at: {lines[at][start : start + _SHOWN].strip()}"


def _system_cause(error: Exception) -> tuple[str, str] | None:
    """Return what is wrong with the disk or the port, and what to do; else None."""
    said = str(error).lower()
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOSPC or any(words in said for words in DISK_FULL_WORDS):
        return "The disk is full", "Free some space and run it again."
    if number == errno.EROFS or any(words in said for words in READ_ONLY_WORDS):
        return "The disk cannot be written", "Make it writable, or name another folder."
    if isinstance(error, FileNotFoundError) and error.filename is None and number == errno.ENOENT:
        return "The folder in which the command runs is there no more", "Go into another."
    if number == errno.EADDRINUSE:
        return (
            "Another program uses the server's port",
            "Set KNIPSEL_SERVER_PORT to a free one.",
        )
    return None


def cause(error: Exception) -> str:
    """Return what went wrong, and nothing of what that leaves behind."""
    system = _system_cause(error)
    return f"{system[0]}." if system else _first_line(error)


def explain(error: Exception) -> tuple[int, str]:
    """Return the exit code and the sentence for an error."""
    if isinstance(error, NoSuchPathError):
        return WRONG_USAGE, f"{_first_line(error)} Name a file or folder that exists."
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        problem = redacted(first["msg"]).removeprefix("Value error, ")
        return WRONG_USAGE, f"The setting {where} is wrong: {problem}."
    if isinstance(error, (BoundsError, CorpusFileError, RegisterError, UnpublishedError)):
        code = FAILED if isinstance(error, UnpublishedError) else WRONG_USAGE
        return code, redacted(str(error))
    if system := _system_cause(error):
        return FAILED, f"{system[0]}; nothing was changed. {system[1]}"
    if isinstance(error, OSError) and error.filename and error.strerror:
        return FAILED, f"{error.strerror}: {error.filename}."
    return FAILED, with_hints(error) if isinstance(error, duckdb.Error) else _first_line(error)
