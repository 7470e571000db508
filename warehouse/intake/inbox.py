"""Finding source files: what lies under the given paths, in an order of its own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knipsel.transforms.registers.articles.beside import FOLDER_NAME, SIDECAR_SUFFIX
from knipsel.warehouse.intake.archive import UnreadableFileError

PASSED_OVER: Mapping[str, str] = {
    "outside": "links that lead out of the given folders",
    "broken": "links that lead nowhere",
    "special": "pipes, sockets or devices",
    "gone": "files that went away during the run",
}
"""Why what lies in a folder is no source, for people; hidden files are not even counted."""


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
    """What lies under given paths: ``files`` are the sources, sorted and each once.

    ``folders`` are those among the given paths, ``passed_over`` is what is no source though it
    lies there, by the reason in `PASSED_OVER`.
    """

    files: list[Path]
    sidecars: frozenset[Path]
    passed_over: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    folders: frozenset[Path] = frozenset()

    def lonely(self) -> list[Path]:
        """Return the sidecars that lie beside no source, or above none, sorted."""
        files = set(self.files)
        one_of_each = {file.parent: file for file in self.files}.values()
        above = {one for file in one_of_each for one in self.folder_files(file)}
        return sorted(self.sidecars - above - set(map(sidecar_of, files)))

    def folder_files(self, file: Path) -> Iterator[Path]:
        """Yield the files of folders that state facts of a source, the nearest first.

        They lie in its own folder, and above that within a folder that was given.
        """
        for folder in file.parents:
            if folder != file.parent and not any(map(folder.is_relative_to, self.folders)):
                return
            if (found := folder / FOLDER_NAME) in self.sidecars:
                yield found


def passed_over_notes(passed_over: Mapping[str, Sequence[Path]]) -> list[str]:
    """Return what was passed over in words, a sentence for each reason."""
    return [
        f"Passed over: {len(paths):,} {PASSED_OVER[reason]}, the first is {printable(paths[0])}."
        for reason, paths in passed_over.items()
        if paths
    ]


def sidecar_of(file: Path) -> Path:
    """Return where the sidecar of a file is, if it has one."""
    return file.with_name(file.name + SIDECAR_SUFFIX)


def folder_file_of(file: Path) -> Path:
    """Return where the file is that states facts of all files in the folder of a file."""
    return file.with_name(FOLDER_NAME)


def _stop_at(error: OSError) -> None:
    """Raise `UnreadableFileError` for a folder that cannot be listed, unless it went away."""
    unreadable = UnreadableFileError(Path(error.filename), error)
    if not unreadable.is_gone:
        raise unreadable


def _names_below(folder: Path, leave_out: frozenset[Path]) -> Iterator[Path]:
    """Yield what lies below a folder and is no folder; a link to a folder counts as none."""
    for parent, folders, names in os.walk(folder, followlinks=False, onerror=_stop_at):
        here = Path(parent)
        shown = [
            name for name in folders if not name.startswith(".") and here / name not in leave_out
        ]
        links = [name for name in shown if (here / name).is_symlink()]
        folders[:] = shown
        yield from (here / name for name in links)
        yield from (here / name for name in names if not name.startswith("."))


@dataclass(frozen=True, slots=True)
class _Ground:
    """The real places of what was given: what a link below it may lead to."""

    places: tuple[Path, ...]

    def reason(self, path: Path) -> str | None:
        """Return why what lies at a path is no source; an empty word where that is no news."""
        try:
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                return None
            return self._reason_of_link(path) if stat.S_ISLNK(mode) else "special"
        except (OSError, RuntimeError):  # nothing there, or links in a circle
            return "broken" if path.is_symlink() else "gone"

    def _reason_of_link(self, path: Path) -> str | None:
        target = path.resolve(strict=True)
        if not any(target.is_relative_to(place) for place in self.places):
            return "outside"
        mode = target.stat().st_mode
        if stat.S_ISDIR(mode):
            return ""  # what is in it is a source where it really lies
        return None if stat.S_ISREG(mode) else "special"


def list_files(paths: Sequence[Path], leave_out: Iterable[Path] = ()) -> list[Path]:
    """Return the sources under ``paths``, as `list_sources` does."""
    return list_sources(paths, leave_out).files


def _given(path: Path) -> Path:
    """Return a path that was asked for as an absolute one; `NoSuchPathError` where it is none.

    Links in it are followed: whoever names one means what it leads to.
    """
    absolute = Path(os.path.normpath(path.absolute()))
    if not absolute.exists():
        message = f"There is no file or folder at {path}."
        raise NoSuchPathError(message)
    if not absolute.is_dir() and not absolute.is_file():
        message = f"What lies at {path} is a pipe, a socket or a device."
        raise NoSuchPathError(message)
    return absolute


def list_sources(paths: Sequence[Path], leave_out: Iterable[Path] = ()) -> Listing:
    """Return the sources under ``paths`` and their sidecars, absolute.

    Hidden files and folders, sidecars, and the folders ``leave_out``, are no sources. A file
    that is named itself is taken whatever it is called, but for sidecars. Links below a folder
    count where they lead to a file below one of ``paths``. Raises `NoSuchPathError`, or
    `UnreadableFileError` for a folder that cannot be listed.
    """
    excluded = frozenset(path.absolute() for path in leave_out)
    given = [_given(path) for path in paths]
    ground = _Ground(tuple(path.resolve() for path in given))
    folders = {path for path in given if path.is_dir()}
    stated = {path for path in given if path.name.endswith(SIDECAR_SUFFIX)} - folders
    named = set(given) - folders - stated
    below: set[Path] = set()
    passed_over: dict[str, list[Path]] = {reason: [] for reason in PASSED_OVER}
    lying = {one for folder in folders for one in _names_below(folder, excluded)}
    for path in sorted(lying):
        reason = ground.reason(path)
        if reason is None:
            below.add(path)
        elif reason:
            passed_over[reason].append(path)
    sidecars = {file for file in below if file.name.endswith(SIDECAR_SUFFIX)}
    beside = (one for file in named for one in (sidecar_of(file), folder_file_of(file)))
    sidecars |= {file for file in beside if file.is_file() and not file.is_symlink()} | stated
    folders |= {path.parent for path in stated if path.name == FOLDER_NAME}
    files = sorted((below - sidecars) | named)
    return Listing(files, frozenset(sidecars), passed_over, frozenset(folders))
