"""The proof of a retraction: every file below the warehouse and the archive is searched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from knipsel.transforms.registers.articles.beside import SIDECAR_SUFFIX
from knipsel.warehouse.contract import TABLES, ColumnType, Table
from knipsel.warehouse.contract.operations import CHECKED_ARTICLE, CHECKED_DOCUMENT
from knipsel.warehouse.intake.holders import Holder, other_holders
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import read_versions
from knipsel.warehouse.retraction.everywhere import LAKE, OLD, opened
from knipsel.warehouse.retraction.journal import journal_files
from knipsel.warehouse.retraction.proof.search import ROWS, Finder, passages_in, text_bytes
from knipsel.warehouse.retraction.proof.strangers import holds_any, strangers
from knipsel.warehouse.sql import column_list

_STAYS = {
    "article_id": "{owner} NOT IN "
    f"(SELECT article_id FROM {LAKE}.retractions WHERE article_id IS NOT NULL)",
    "document_id": "{owner} NOT IN "
    "(SELECT document_id FROM {schema}.documents WHERE status = 'retracted')",
}
"""What tells rows apart that are there by right, by the column that says whose they are."""


@dataclass(frozen=True, slots=True)
class HeldSource:
    """A source that stays since the warehouse in a folder holds it too.

    Where that is not there any more, ``claim`` is what says that it holds something.
    """

    document_id: str
    folder: str
    claim: str | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a search found.

    ``files`` and ``bytes`` were searched for ``passages`` passages of the text. ``left`` are
    files that still hold some that nothing else accounts for: none where all is well.
    ``also_in`` are articles and sources that stay and have some of the same passages, with how
    many: menus, quotations, other versions. ``elsewhere`` are those of them that the lake does
    not have, each with the latest release that does. ``strangers`` are files of the archive that
    hold some and belong to no document of any warehouse that it knows; and temporary files of
    knipsel's.
    ``held_by`` are sources of the archive that hold some and that another warehouse has.
    ``places`` are the folders that were searched, with all below them.
    """

    files: int
    bytes: int
    passages: int
    left: tuple[str, ...]
    also_in: tuple[tuple[str, int], ...]
    elsewhere: tuple[tuple[str, str], ...] = ()
    strangers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    held_by: tuple[HeldSource, ...] = ()


@dataclass(slots=True)
class _Holders:
    """Who holds passages by right: articles and sources, and where those are that are no more."""

    held: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    elsewhere: dict[str, str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    """The sources of these articles: their bytes say what the articles say."""
    in_sources: set[int] = field(default_factory=set)
    """What sources in the archive hold by right."""

    @property
    def passages(self) -> set[int]:
        """All that any of them holds."""
        return self.in_sources.union(*self.held.values())

    def take_rows(self, connection: duckdb.DuckDBPyConnection, finder: Finder, schema: str) -> None:
        """Add those whose rows, in the tables of a schema, hold any."""
        for table in TABLES:
            for key, owner in _owners(table):
                rows = connection.execute(
                    f"SELECT {owner}, {column_list(_texts(table))} FROM {schema}.{table.name} "
                    f"WHERE {_STAYS[key].format(owner=owner, schema=schema)}"
                ).to_arrow_reader(ROWS)
                for batch in rows:
                    for holder, passage in _hits(batch, finder):
                        self.held[holder].add(passage)
        self.sources |= _column(
            connection,
            f"SELECT DISTINCT document_id FROM {schema}.articles WHERE article_id IN {_NAMES}",
            {"names": list(self.held)},
        )

    def take_release(
        self,
        connection: duckdb.DuckDBPyConnection,
        finder: Finder,
        version: str,
    ) -> None:
        """Add those whose rows in a release, opened as `OLD`, hold any."""
        known = set(self.held)
        self.take_rows(connection, finder, OLD)
        came = self.held.keys() - known
        in_lake = _column(
            connection,
            f"SELECT article_id FROM {LAKE}.articles WHERE article_id IN {_NAMES} "
            f"UNION ALL SELECT document_id FROM {LAKE}.documents WHERE document_id IN {_NAMES}",
            {"names": list(came)},
        )
        self.elsewhere |= dict.fromkeys(came - in_lake, version)


_NAMES = "(SELECT unnest($names))"


def _column(
    connection: duckdb.DuckDBPyConnection, query: str, values: dict[str, object] | None = None
) -> set[str]:
    """Return the only column of a query."""
    found = connection.execute(query, values) if values else connection.execute(query)
    return {value for (value,) in found.fetchall()}


def prove(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    passages: Sequence[bytes],
    besides: Sequence[Path] = (),
    temporary: Sequence[Path] = (),
) -> Proof:
    """Search everything for passages of a text that was retracted, and what lies in ``besides``.

    So is what lies in ``temporary`` folders, which may be of others that are at work: what holds
    some there is named with the strangers.

    What rows of the lake or of a release, or sources in the archive, hold that are there by right,
    is theirs wherever it is found.
    """
    finder = Finder(passages)
    places = _places(warehouse, [*besides, *temporary])
    passing = {one.resolve() for one in temporary}
    files = _files(warehouse, places)
    found = {file: hits for file in files if (hits := _searched(finder, file))}
    holders = _Holders()
    holders.take_rows(connection, finder, LAKE)
    for release in reversed(read_versions(warehouse)):
        with opened(connection, warehouse, release) as old:
            if any(file.is_relative_to(old.folder) for file in found):
                holders.take_release(connection, finder, release.version)
    archived = [file for file in files if file.is_relative_to(warehouse.archive)]
    unknown = set(strangers(connection, warehouse, archived))
    retracted = _column(connection, f"SELECT DISTINCT document_id FROM {LAKE}.retractions")
    apart = [file for file in archived if file in unknown or _document_of(file) in retracted]
    others = other_holders(warehouse, {_document_of(file) for file in apart})
    kept = [file for file in apart if _document_of(file) in others]
    left = _left_in_archive(
        holders,
        {file: found[file] for file in archived if file in found and file not in {*unknown, *kept}},
        retracted,
    )
    theirs = holders.passages
    left += [
        str(file)
        for file, hits in found.items()
        if not file.is_relative_to(warehouse.archive)
        and hits - theirs
        and passing.isdisjoint(file.parents)
    ]
    held = [str(file) for file in found if not passing.isdisjoint(file.parents)]
    held += (
        str(file) for file in sorted(unknown - set(kept)) if holds_any(finder, file, warehouse)
    )
    held_too = {_document_of(file) for file in kept if holds_any(finder, file, warehouse)}
    ranked = sorted(holders.held.items(), key=lambda item: (-len(item[1]), item[0]))
    return Proof(
        files=len(files),
        bytes=sum(files.values()),
        passages=len(finder.passages),
        left=tuple(sorted(left)),
        also_in=tuple((name, len(held)) for name, held in ranked),
        elsewhere=tuple(
            (name, holders.elsewhere[name]) for name, _ in ranked if name in holders.elsewhere
        ),
        strangers=tuple(held),
        places=_named(places, passing),
        held_by=tuple(_held_sources({name: others[name] for name in held_too})),
    )


def _document_of(file: Path) -> str:
    """Return the document that a file of the archive is of, or is stated of."""
    return file.name.removesuffix(SIDECAR_SUFFIX)


def _held_sources(others: Mapping[str, Collection[Holder]]) -> Iterator[HeldSource]:
    for document_id in sorted(others):
        for holder in others[document_id]:
            claim = None if holder.is_there else str(holder.claim)
            yield HeldSource(document_id, holder.folder, claim)


def _left_in_archive(
    holders: _Holders, found: dict[Path, set[int]], retracted: Collection[str]
) -> list[str]:
    """Return the files of the archive that may not hold what they do; add those that may."""
    left: list[str] = []
    for file, hits in found.items():
        name = _document_of(file)
        if name in retracted or name.startswith("."):
            left.append(str(file))
        else:
            holders.in_sources |= hits
            if name not in holders.sources:
                holders.held[name] |= hits
    return left


def _places(warehouse: Warehouse, besides: Sequence[Path]) -> list[Path]:
    """Return the folders to search, each once: none is within another."""
    wanted = [warehouse.root, warehouse.archive, *besides]
    places: list[Path] = []
    for place in (one.resolve() if one in besides else one for one in wanted):
        if place.is_dir() and not any(place.is_relative_to(known) for known in places):
            places.append(place)
    return places


def _named(places: Sequence[Path], passing: Collection[Path]) -> tuple[str, ...]:
    """Return what people call the places; temporary folders are one."""
    named = [str(place) for place in places if place not in passing]
    return (*named, *sorted({f"{place.parent}/knipsel-*" for place in passing}))


def _files(warehouse: Warehouse, places: Sequence[Path]) -> dict[Path, int]:
    """Return every file of some folders with its size, those that several names share once.

    The journals, which go when the proof is done, are left out.
    """
    seen: set[tuple[int, int]] = set()
    left_out = set(journal_files(warehouse))
    files: dict[Path, int] = {}
    for file in (file for place in places for file in sorted(place.rglob("*"))):
        if file.is_symlink() or not file.is_file() or file in left_out:
            continue
        status = file.stat()
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            files[file] = status.st_size
    return files


def _searched(finder: Finder, file: Path) -> set[int]:
    """Return the passages in a file; none in one that went away, as temporary ones do."""
    try:
        return passages_in(finder, file)
    except FileNotFoundError:
        return set()


def _owners(table: Table) -> list[tuple[str, str]]:
    """Return what says whose the rows of a table are: the kind of key, and its SQL; none of some.

    A check is of an article, or of a document.
    """
    if table.name == "retractions":
        return []
    if table.name == "checks":
        return [("article_id", CHECKED_ARTICLE), ("document_id", CHECKED_DOCUMENT)]
    return [(name, name) for name in _STAYS if name in table.column_names][:1]


def _texts(table: Table) -> list[str]:
    """Return the columns of a table that can hold some of a text."""
    return [
        column.name
        for column in table.columns
        if column.type is ColumnType.STRING and column.name not in _STAYS
    ]


def _hits(batch: pa.RecordBatch, finder: Finder) -> Iterator[tuple[str, int]]:
    """Yield the row's key and the passage, for each passage in a text of a batch."""
    keys = batch.column(0)
    for column in batch.columns[1:]:
        found = finder.within(text_bytes(column))
        if found:
            ends = pa.Array.from_buffers(
                pa.int32(), len(column), [None, column.buffers()[1]], offset=column.offset + 1
            ).to_numpy()
            for passage, start in found:
                row = int(ends.searchsorted(start, side="right"))
                if row < len(keys):
                    yield keys[row].as_py(), passage
