"""What of a warehouse a backup holds: all that cannot be made again, as it is at one moment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from knipsel.warehouse.addresses.identity import own_identifier
from knipsel.warehouse.backup.catalog import copy_catalog
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.intake.inbox import sidecar_of
from knipsel.warehouse.lake.checksums import LakeFile, all_lake_files, read_sums
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import UNFINISHED

WAREHOUSE = "warehouse"
ARCHIVE = "archive"
"""How the places of files begin: in the warehouse's folder, or in the archive."""

CATALOG = "catalog.sqlite"
DATA = "data"
SUMS = "lake.sha256"
_APART = (".lock", ".running", "staging", CATALOG, SUMS)
"""What runs make and clear away, and what is not taken as it lies in the folder."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to back up; ``expected`` is the SHA-256 that it should have, where that is known.

    ``address`` is its path, or where it is in an object store. One that is a link to another place
    in the warehouse stays a ``link``.
    """

    place: str
    address: str
    expected: str | None = None
    link: str | None = None

    @property
    def is_remote(self) -> bool:
        """Whether it is in an object store."""
        return "://" in self.address


@dataclass(frozen=True, slots=True)
class Contents:
    """All files of a warehouse, those that it lacks, and what is known of it."""

    sources: tuple[Source, ...]
    missing: tuple[str, ...]
    warehouse_id: str | None
    retracted: tuple[str, ...]


def contents_of(warehouse: Warehouse, catalog_copy: Path) -> Contents:
    """Copy the catalogue and list all files as they are now. Whoever calls it holds the warehouse.

    Wherever catalogue and data are, in the backup they lie in the warehouse's folder. The archive
    is asked for the documents of this warehouse alone: others may share it. Raises what `open_lake`
    raises.
    """
    with open_lake(warehouse, read_only=True) as connection:
        kept, retracted = _documents(connection)
        data = all_lake_files(connection, warehouse)
    copy_catalog(warehouse, catalog_copy)
    archived = [_archived(warehouse, document_id) for document_id in kept]
    sums = read_sums(warehouse)
    wanted = [*archived, *(_of_lake(file, sums) for file in data)]
    sources = [
        Source(f"{WAREHOUSE}/{CATALOG}", str(catalog_copy)),
        *(_own(file, warehouse.root) for file in _files(warehouse)),
        *(source for source in wanted if _is_there(source)),
        *_sidecars(archived),
    ]
    missing = [source.address for source in wanted if not _is_there(source)]
    sources.sort(key=lambda source: source.place)
    return Contents(tuple(sources), tuple(missing), own_identifier(warehouse), tuple(retracted))


def _documents(connection: duckdb.DuckDBPyConnection) -> tuple[list[str], list[str]]:
    """Return the documents whose bytes the archive should have, and those that were retracted."""
    rows = connection.execute(
        """
        SELECT document_id, document_id IN (SELECT document_id FROM lake.retractions) AS is_gone
        FROM lake.documents ORDER BY document_id
        """
    ).fetchall()
    gone = connection.execute("SELECT DISTINCT document_id FROM lake.retractions ORDER BY 1")
    return [name for name, is_gone in rows if not is_gone], [name for (name,) in gone.fetchall()]


def _files(warehouse: Warehouse) -> Iterator[Path]:
    """Yield the files in the warehouse's folder that are there to stay, and links within it.

    A link that leads out of it, such as to a larger disk, is followed: what is there belongs to it.
    """
    seen: set[str] = set()
    for folder, folders, files in os.walk(warehouse.root, followlinks=True):
        here = Path(folder)
        inner = [name for name in folders if inner_link(here / name, warehouse.root)]
        folders[:] = [
            name
            for name in sorted(set(folders) - set(inner))
            if _stays(here, name, warehouse) and _is_first(here / name, seen)
        ]
        for name in (*files, *inner):
            if _stays(here, name, warehouse) and ((here / name).is_file() or name in inner):
                yield here / name


def inner_link(path: Path, root: Path) -> str | None:
    """Return where a link to another place in a warehouse leads, as ``latest`` does, from its own.

    None where it is no link, or leads out of the warehouse.
    """
    if not path.is_symlink():
        return None
    target = os.path.normpath(path.parent / path.readlink())
    return os.path.relpath(target, path.parent) if Path(target).is_relative_to(root) else None


def _is_first(folder: Path, seen: set[str]) -> bool:
    """Tell whether a folder was not seen yet, under whatever name: links may go in a circle."""
    place = os.path.realpath(folder)
    if place in seen:
        return False
    seen.add(place)
    return True


def _stays(folder: Path, name: str, warehouse: Warehouse) -> bool:
    if folder == warehouse.root and (name in _APART or name.startswith(f"{CATALOG}-")):
        return False
    is_draft = name.startswith(UNFINISHED) or (name.startswith(".") and name.endswith(".new"))
    return not is_draft and folder / name not in (warehouse.archive, Path(warehouse.data))


def _own(file: Path, root: Path) -> Source:
    place = f"{WAREHOUSE}/{file.relative_to(root).as_posix()}"
    return Source(place, str(file), link=inner_link(file, root))


def _of_lake(file: LakeFile, sums: Mapping[Path, str]) -> Source:
    return Source(f"{WAREHOUSE}/{DATA}/{file.place}", file.address, sums.get(file.path))


def _archived(warehouse: Warehouse, document_id: str) -> Source:
    place = f"{ARCHIVE}/{document_id[:2]}/{document_id}"
    return Source(place, str(archived_file(warehouse.archive, document_id)), document_id)


def _is_there(source: Source) -> bool:
    """Tell whether a file is on disk; one in an object store is only seen when it is read."""
    return source.is_remote or Path(source.address).exists()


def _sidecars(archived: list[Source]) -> Iterator[Source]:
    """Yield what people stated of documents, which is kept beside them."""
    for source in archived:
        sidecar = sidecar_of(Path(source.address))
        if sidecar.exists():
            yield Source(f"{source.place.rpartition('/')[0]}/{sidecar.name}", str(sidecar))
