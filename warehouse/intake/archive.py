"""The archive: every source by the hash of its bytes, so that a run can be repeated.

A file is copied before it is read. What is read later is the copy, so a source that
changes or vanishes during a run cannot make a document that nobody has.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Protocol

INCOMING = ".incoming-"
"""What the name of a file starts with that lies in the archive's own folder until it is whole."""

COPY_BYTES = 1 << 20
"""How much of a file is held in memory while it is copied."""


_GONE = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ESTALE}
"""What the system says where the file is no longer, or something else is in its place."""


class UnreadableFileError(OSError):
    """A file that was found cannot be read."""

    def __init__(self, path: Path, reason: OSError) -> None:
        """Keep which file it is and what the system said."""
        super().__init__(f"Cannot read {path}: {reason.strerror or reason}.")
        self.is_gone = reason.errno in _GONE
        """Whether it went away since it was found."""


def _opened(path: Path) -> BufferedReader:
    """Open a file; `UnreadableFileError` where that cannot be.

    A pipe that took its place is not waited for, and is no file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnreadableFileError(path, error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableFileError(path, OSError(errno.ENOENT, "It is no file any more"))
    return os.fdopen(handle, "rb")


class Noted(Protocol):
    """Where a run notes what it brings into the archive, before it is there."""

    @property
    def prefix(self) -> str:
        """What the names of the run's drafts in the archive's own folder start with."""
        ...

    def bring(self, draft: Path, keep: Path) -> None:
        """Note that a draft is about to become the file ``keep``, and let it."""
        ...


class Readable(Protocol):
    """A stream that is read forward, so many bytes at a time."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file held when it was read: SHA-256 in hex, and the number of bytes."""

    document_id: str
    byte_size: int


def hash_file(path: Path) -> Stored:
    """Return the hash and size of a file; `UnreadableFileError` where it cannot be read."""
    try:
        with _opened(path) as source:
            digest = hashlib.file_digest(source, "sha256")
            return Stored(digest.hexdigest(), source.tell())
    except UnreadableFileError:
        raise
    except OSError as error:
        raise UnreadableFileError(path, error) from error


def archived_file(archive: Path, document_id: str) -> Path:
    """Return where the archive keeps a document; 256 folders keep listings short."""
    return archive / document_id[:2] / document_id


def _copy_and_hash(source: Readable, target: BinaryIO) -> Stored:
    """Copy a stream and hash what was copied."""
    digest = hashlib.sha256()
    size = 0
    while block := source.read(COPY_BYTES):
        digest.update(block)
        target.write(block)
        size += len(block)
    return Stored(digest.hexdigest(), size)


def store(path: Path, archive: Path, noted: Noted | None = None) -> Stored:
    """Copy a file into the archive and return what the copy holds.

    The copy appears under its name only when it is whole, and is ``noted`` before. Raises
    `UnreadableFileError` where the file cannot be read, `OSError` where the archive cannot be
    written.
    """
    archive.mkdir(parents=True, exist_ok=True)
    source = _opened(path)
    prefix = noted.prefix if noted else INCOMING
    handle, name = tempfile.mkstemp(prefix=prefix, dir=archive)
    try:
        with source, os.fdopen(handle, "wb") as target:
            stored = _copy_and_hash(source, target)
        _bring(Path(name), archived_file(archive, stored.document_id), noted)
    finally:
        Path(name).unlink(missing_ok=True)
    return stored


def _bring(draft: Path, keep: Path, noted: Noted | None) -> None:
    """Let a draft become a document of the archive, and note it before."""
    keep.parent.mkdir(exist_ok=True)
    if noted is None:
        draft.replace(keep)
    else:
        noted.bring(draft, keep)


def keep_stream(source: Readable, folder: Path) -> Stored:
    """Copy a stream into a folder, as a file that has the hash for its name."""
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as target:
        stored = _copy_and_hash(source, target)
    Path(name).replace(folder / stored.document_id)
    return stored


def copy_checked(source: Path, target: Path, sha256: str) -> bool:
    """Copy a file to a place where it has that hash, whole or not at all; tell whether it has.

    Raises `UnreadableFileError` where it cannot be read.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{INCOMING}{sha256}")
    try:
        with _opened(source) as read, draft.open("wb") as written:
            is_right = _copy_and_hash(read, written).document_id == sha256
        if is_right:
            draft.replace(target)
        return is_right
    finally:
        draft.unlink(missing_ok=True)


def adopt(file: Path, archive: Path, document_id: str, noted: Noted | None = None) -> None:
    """Move a file whose hash is known into the archive.

    One that is there already gives way to it: whoever brought that may take it away again.
    """
    _bring(file, archived_file(archive, document_id), noted)


def discard(archive: Path, document_id: str) -> None:
    """Remove a document from the archive for good, with all that is kept beside it."""
    kept = archived_file(archive, document_id)
    for file in (kept, *kept.parent.glob(f"{document_id}.*")):
        file.unlink(missing_ok=True)
