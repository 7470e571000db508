"""Dates in the name of a file and in addresses: ``2023-03-10-column.txt``, ``/2023/03/10/``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate
from knipsel.transforms.text.edtf import date_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ADDRESS, _FILE_NAME, _FOLDERS = 0.6, 0.5, 0.35
"""An address is given when an article is published; a name or a folder may be the collector's."""
_FIELD = "date_published"
_YEAR = r"((?:19|20)\d{2})"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_IN_NAME = (
    re.compile(rf"(?<!\d){_YEAR}([-_. ]){_MONTH}\2{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}(){_MONTH}{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d)(?<!\d[._-]){_YEAR}([-_]){_MONTH}(?!\d|[-_.]\d)"),
)
"""A year alone is more often in a title; the day first is not told from the month first."""
_IN_FOLDERS = re.compile(rf"/{_YEAR}/(?:{_MONTH}/(?:{_DAY}/)?)?")
_COMPACT_IN_FOLDER = re.compile(rf"/{_YEAR}(){_MONTH}{_DAY}(?=[/_-])")
_DASHED_IN_FOLDER = re.compile(rf"/{_YEAR}([-]){_MONTH}\2{_DAY}(?=[/_-])")


def path_dates(path: str) -> Iterator[Candidate]:
    """Yield the date in the name of a file, and the one of folders by year, month and day.

    A folder named after a single day is not read: it is as often that of the collection.
    """
    folder, slash, name = path.replace("\\", "/").rpartition("/")
    found = name_date(name)
    if found:
        yield Candidate(_FIELD, found, "file_name", _FILE_NAME)
    by_folders = [one for one in _IN_FOLDERS.finditer(folder + slash) if one[3]]
    if by_folders and (edtf := _edtf(by_folders[-1].groups())):
        yield Candidate(_FIELD, edtf, "path", _FOLDERS)


def name_date(name: str) -> str | None:
    """Return the one date in a file's name, as fine as it is; None where there are two."""
    for pattern in _IN_NAME:
        found = {_edtf((one[1], *one.groups()[2:])) for one in pattern.finditer(name)} - {None}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def address_dates(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the dates in the addresses among ``candidates``."""
    for one in candidates:
        found = address_date(one.value) if one.field == "url" else None
        if found:
            yield Candidate(_FIELD, found, "url", _ADDRESS, one.original, one.start, one.end)


def address_date(url: str) -> str | None:
    """Return the date in the path of an address, as fine as it is: of folders, or of one part."""
    path = "/" + url.partition("://")[2].partition("/")[2].partition("?")[0]
    for pattern in (_DASHED_IN_FOLDER, _COMPACT_IN_FOLDER):
        found = pattern.search(path)
        if found:
            return _edtf((found[1], *found.groups()[2:]))
    folders = _IN_FOLDERS.search(path)
    return _edtf(folders.groups()) if folders and folders[2] else None


def _edtf(parts: tuple[str | None, ...]) -> str | None:
    edtf = "-".join(part for part in parts if part)
    return edtf if date_bounds(edtf).not_before else None
