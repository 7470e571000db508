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


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies under given paths: ``files`` are the sources, sorted and each once."""

    files: list[Path]
    sidecars: frozenset[Path]

    def lonely(self) -> list[Path]:
        """Return the sidecars that lie beside no source, sorted."""
        files = set(self.files)
        return sorted(one for one in self.sidecars if _file_of(one) not in files)


def sidecar_of(file: Path) -> Path:
    """Return where the sidecar of a file is, if it has one."""
    return file.with_name(file.name + SIDECAR_SUFFIX)


def _file_of(sidecar: Path) -> Path:
    return sidecar.with_name(sidecar.name.removesuffix(SIDECAR_SUFFIX))


def _files_below(folder: Path, leave_out: frozenset[Path]) -> Iterator[Path]:
    """Yield the files and sidecars below a folder; links to folders are not followed."""
    for parent, folders, names in os.walk(folder, followlinks=False):
        here = Path(parent)
        folders[:] = [
            name for name in folders if not name.startswith(".") and here / name not in leave_out
        ]
        yield from (here / name for name in names if not name.startswith("."))


def list_files(paths: Sequence[Path], leave_out: Iterable[Path] = ()) -> list[Path]:
    """Return the sources under ``paths``, as `list_sources` does."""
    return list_sources(paths, leave_out).files


def list_sources(paths: Sequence[Path], leave_out: Iterable[Path] = ()) -> Listing:
    """Return the sources under ``paths`` and their sidecars, absolute.

    Hidden files and folders, sidecars, and the folders ``leave_out``, are no sources. A file
    that is named itself is taken whatever it is called. Raises `NoSuchPathError`.
    """
    excluded = frozenset(path.absolute() for path in leave_out)
    named: set[Path] = set()
    below: set[Path] = set()
    for path in paths:
        absolute = Path(os.path.normpath(path.absolute()))
        if not absolute.exists():
            message = f"There is no file or folder at {path}."
            raise NoSuchPathError(message)
        if absolute.is_dir():
            below.update(_files_below(absolute, excluded))
        else:
            named.add(absolute)
    sidecars = {file for file in below if file.name.endswith(SIDECAR_SUFFIX)}
    files = {file for file in below - sidecars if file.is_file()} | named
    sidecars |= {file for file in map(sidecar_of, named) if file.is_file()}
    return Listing(sorted(files), frozenset(sidecars))
