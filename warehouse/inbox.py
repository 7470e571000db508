"""Finding source files: what lies under the given paths, in an order of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from transforms.metadata.facts import SIDECAR_SUFFIX


class NoSuchPathError(FileNotFoundError):
    """A path that was asked for does not exist."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file under one of the given paths, and the content it had when it was hashed.

    ``path`` is absolute and printable; bytes of a name that are no UTF-8 are escaped.
    """

    path: str
    file_name: str
    document_id: str
    byte_size: int


def printable(path: Path) -> str:
    """Return a path as text that any table can hold, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _files_below(folder: Path, leave_out: frozenset[Path]) -> Iterator[Path]:
    """Yield the files below a folder; links to folders are not followed."""
    for parent, folders, names in os.walk(folder, followlinks=False):
        here = Path(parent)
        folders[:] = [
            name for name in folders if not name.startswith(".") and here / name not in leave_out
        ]
        yield from (
            here / name
            for name in names
            if not name.startswith(".") and not name.endswith(SIDECAR_SUFFIX)
        )


def list_files(paths: Sequence[Path], leave_out: Iterable[Path] = ()) -> list[Path]:
    """Return the files under ``paths``, absolute, sorted and each once.

    Hidden files and folders, sidecars, and the folders ``leave_out``, are no sources. A file
    that is named itself is taken whatever it is called. Raises `NoSuchPathError`.
    """
    excluded = frozenset(path.absolute() for path in leave_out)
    found: set[Path] = set()
    for path in paths:
        absolute = Path(os.path.normpath(path.absolute()))
        if not absolute.exists():
            message = f"There is no file or folder at {path}."
            raise NoSuchPathError(message)
        if absolute.is_dir():
            found.update(file for file in _files_below(absolute, excluded) if file.is_file())
        else:
            found.add(absolute)
    return sorted(found)


def lonely_sidecars(paths: Iterable[Path]) -> list[Path]:
    """Return the sidecars below folders that lie beside no file, sorted."""
    found = (
        Path(parent) / name
        for path in paths
        if path.is_dir()
        for parent, _, names in os.walk(path, followlinks=False)
        for name in names
        if name.endswith(SIDECAR_SUFFIX) and name.removesuffix(SIDECAR_SUFFIX) not in names
    )
    return sorted(found)
