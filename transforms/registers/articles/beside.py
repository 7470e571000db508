"""What lies beside a file: ``NAME.meta.toml``, and ``_folder.meta.toml`` in the folders above it.

Both come as one text, which is kept with the document: the sidecar as it is, then a table with what
the folders say, key by key from the nearest that says it.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.articles.facts import (
    FILE_NAMES,
    FOLDER_FILE,
    OF_ONE_ARTICLE,
    SIDECAR,
    TEXTS,
    Facts,
    facts_in,
    stated_text,
)
from knipsel.transforms.registers.articles.name_patterns import parse_name_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SIDECAR_SUFFIX = ".meta.toml"
FOLDER_NAME = f"_folder{SIDECAR_SUFFIX}"
"""The file that states facts of all others in its folder, and in the folders below."""
LARGEST_SIDECAR = 100_000
"""Characters of what lies beside a file; nobody writes more by hand."""
_TABLE = "folder"
"""The table that holds what the folders say."""
_NAME, _PROBLEM = "name", "problem"
"""Keys of this table: the name of the file, where its form is stated; why a folder says nothing."""
_PATTERN = "file_names"
_SHARED = (frozenset(TEXTS) - OF_ONE_ARTICLE) | {"author", "date_published", "completeness"}
OF_FOLDERS = frozenset({*_SHARED, "authors", "encoding", "split_before", "note", _PATTERN})
"""What may be stated of all files below a folder."""

Folder = dict[str, Any]
"""What the file of a folder says, by key."""


def parse_folder_file(text: str, place: str) -> Folder:
    """Return what the file of a folder says, which lies at a place; its problem where it is bad."""
    try:
        table = _toml(text)
        _check_folder(table)
    except ValueError as error:
        return {_PROBLEM: f"{place}: {error}"}
    return table


def _check_folder(table: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` for what is of one file, or malformed."""
    unknown = sorted(set(table) - OF_FOLDERS)
    if unknown:
        message = (
            f"{unknown[0]}: cannot be said of all files below a folder; known are "
            f"{', '.join(sorted(OF_FOLDERS))}"
        )
        raise ValueError(message)
    facts_in({key: value for key, value in table.items() if key != _PATTERN})
    if _PATTERN in table:
        _pattern(table)


def _pattern(table: Mapping[str, Any]) -> str:
    """Return the form of names in a table; raise ``ValueError`` where it is none."""
    printed = stated_text(_PATTERN, table[_PATTERN])
    try:
        parse_name_pattern(printed)
    except ValueError as error:
        message = f"{_PATTERN}: {error}"
        raise ValueError(message) from error
    return printed


def beside(sidecar: str | None, folders: Iterable[Folder], file_name: str) -> str | None:
    """Return the text of a sidecar with what folders say, the nearest first; None without any.

    The name of the file is part of it where its form is stated: then it counts what it is called.
    """
    merged: Folder = {}
    is_any = False
    for folder in folders:
        is_any = True
        merged = {**folder, **merged}
    if not is_any:
        return sidecar
    merged.pop("note", None)  # it is of one folder, and values may come from several
    if _PATTERN in merged:
        merged[_NAME] = file_name
    if _PROBLEM in merged:
        merged = {_PROBLEM: merged[_PROBLEM]}
    lines = (f"{key} = {_written(merged[key])}" for key in sorted(merged))
    return "\n".join([sidecar or "", f"[{_TABLE}]", *lines])


def _written(value: object) -> str:
    """Return a value in TOML: what JSON writes of texts, lists and truth is the same."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def folder_above(text: str | None) -> list[Folder]:
    """Return what holds for all that is in a container, by the text of what lies beside it.

    What its own sidecar says of one article holds for none of them.
    """
    if text is None:
        return []
    try:
        table = _toml(text)
        folder = _folder_in(table)
        own = {key: value for key, value in table.items() if key in OF_FOLDERS}
        _check_folder(own)
    except ValueError as error:
        return [{_PROBLEM: str(error)}]
    folder.pop(_NAME, None)
    return [own, folder]


def parse_beside(text: str) -> list[tuple[str, Facts]]:
    """Parse what lies beside a file, into facts with the method by which they are known.

    Raises ``ValueError`` where it is bad.
    """
    table = _toml(text)
    folder = _folder_in(table)
    if _PROBLEM in folder:
        raise ValueError(folder[_PROBLEM])
    own = facts_in(table)
    if own.sha256 or own.file_name:
        raise ValueError("sha256, file_name: are for the catalogue; a sidecar is of its file")
    found = [(SIDECAR, own)]
    name, pattern = folder.pop(_NAME, None), folder.pop(_PATTERN, None)
    if folder:
        found.append((FOLDER_FILE, replace(facts_in(folder), article=None)))
    if isinstance(name, str) and pattern:
        found.append((FILE_NAMES, _named(name, pattern)))
    return found


def _toml(text: str) -> Folder:
    if len(text) > LARGEST_SIDECAR:
        message = f"it has more than {LARGEST_SIDECAR:,} characters"
        raise ValueError(message)
    return tomllib.loads(text)


def _folder_in(table: Folder) -> Folder:
    """Take what folders say out of a table, and return it."""
    folder = table.pop(_TABLE, {})
    if not isinstance(folder, dict):
        message = f"{_TABLE}: is no field of a sidecar"
        raise ValueError(message)  # noqa: TRY004 - a person's mistake
    return folder


def _named(file_name: str, pattern: str) -> Facts:
    """Return what the name of a file says, or that it has not the form that it should have."""
    values = parse_name_pattern(pattern).values(file_name)
    if values is None:
        return Facts((), article=None, note=pattern, misnamed=file_name)
    authors = tuple(value for field, value in values if field == "author")
    return Facts(values, authors, article=None, note=pattern)
