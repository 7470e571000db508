"""Names of members: harmless, printable, and each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from knipsel.warehouse.intake.containers.model import Limits, RefusedContainerError

_DRIVE = re.compile(r"[A-Za-z]:(?!\s)")
"""A letter and a colon name a drive; with a space behind it, that is how titles start."""

_ADDRESS_MARK = "://"

_SYSTEM_FOLDER = "__MACOSX"
"""Where a Mac puts the attributes of the files in a ZIP."""


def _unsafe(name: str, fault: str) -> RefusedContainerError:
    """Return the reason to refuse a container for a name."""
    return RefusedContainerError(
        "unsafe_path",
        f"The archive names a file that {fault}, as those do that are made to overwrite files; "
        "pack it again with plain names.",
        name,
    )


def _parts(name: str) -> Iterator[str]:
    """Yield the parts of a name without ``.`` and ``..``; raise where it leads outside."""
    kept: list[str] = []
    for part in re.split(r"[\\/]", name):
        if part == "..":
            if not kept:
                raise _unsafe(name, "lies outside of it")
            kept.pop()
        elif part not in {"", "."}:
            kept.append(part)
    yield from kept


def printable_name(name: str) -> str:
    """Return a name as text that any table can hold; bytes that are no UTF-8 are escaped."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def safe_name(name: str, limits: Limits) -> str:
    """Return the name of a file in an archive as a relative path, parts divided by ``/``.

    Raises `RefusedContainerError` for one that is absolute, has a drive, leads out of the
    archive, is empty or too long.
    """
    name = printable_name(name)
    if len(name) > limits.name_characters:
        raise _unsafe(name, f"has a name of more than {limits.name_characters:,} characters")
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        raise _unsafe(name, "has a place of its own on the disk")
    parts = list(_parts(name))
    if not parts:
        raise _unsafe(name, "has no name")
    return "/".join(parts)


def is_hidden(name: str) -> bool:
    """Tell whether a member is hidden, as a file outside of archives would be."""
    parts = name.split("/")
    return parts[0] == _SYSTEM_FOLDER or any(part.startswith(".") for part in parts)


def last_part(name: str) -> str:
    """Return the last part of a name, which stands for the file's own name."""
    return name.rstrip("/").rpartition("/")[2] or name


class Names:
    """The names of a container's members so far."""

    def __init__(self) -> None:
        """Know none yet."""
        self._taken: set[str] = set()
        self._times: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """Return a name that no member has yet: a repeated one is numbered from 2.

        The number stands before the suffix of a file, and behind an address.
        """
        suffix = "" if _ADDRESS_MARK in name else PurePosixPath(name).suffix
        stem, found = name.removesuffix(suffix), name
        while found in self._taken:
            self._times[name] = self._times.get(name, 1) + 1
            found = f"{stem} ({self._times[name]}){suffix}"
        self._taken.add(found)
        return found
