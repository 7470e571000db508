"""An archive knows its warehouses, and which sources each of them holds.

Several warehouses may keep their sources in one archive. A source goes from there when the last of
them lets go of it. For each there is a folder below ``.warehouses``, which has its identifier for a
name: ``place`` says where it is, ``sources`` is a log in which a line ``+ HASH`` takes a source up
and ``- HASH`` lets go of it; the last line counts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock

from knipsel.warehouse.addresses.identity import make_identifier, own_identifier, warehouse_is_at
from knipsel.warehouse.intake.archive import archived_file, discard
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.tables import document_sources

HOLDERS = ".warehouses"
"""The folder of an archive that says whose it is."""

_PLACE = "place"
_SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Holder:
    """A warehouse as an archive knows it: its identifier, where it was, the folder that says so."""

    warehouse_id: str
    folder: str
    claim: Path

    @property
    def is_there(self) -> bool:
        """Whether the warehouse is where it last said to be."""
        return warehouse_is_at(Path(self.folder), self.warehouse_id)


@contextmanager
def archive_held(archive: Path) -> Iterator[None]:
    """Have the archive for oneself, for as long as it takes to bring a file or to take one away."""
    (archive / HOLDERS).mkdir(parents=True, exist_ok=True)
    with FileLock(archive / HOLDERS / ".lock", mode=0o666):  # less what the umask takes away
        yield


def _claim(archive: Path, warehouse_id: str) -> Path:
    return archive / HOLDERS / warehouse_id


def make_known(warehouse: Warehouse) -> None:
    """Let the archive know a warehouse and all that it holds; one that it knows costs nothing.

    A copy of a warehouse becomes one of its own before. Raises what opening the lake does.
    """
    if not warehouse.exists:
        make_identifier(warehouse)
        _announce(warehouse, ())
    elif not _is_known(warehouse):
        with open_lake(warehouse) as connection:
            _announce(warehouse, held_by_lake(connection, warehouse))


def _is_known(warehouse: Warehouse) -> bool:
    own = own_identifier(warehouse)
    return own is not None and _read_place(_claim(warehouse.archive, own)) == _place(warehouse)


def _place(warehouse: Warehouse) -> dict[str, str]:
    return {"warehouse": str(warehouse.root), "archive": str(warehouse.archive)}


def _read_place(claim: Path) -> dict[str, str]:
    try:
        said = json.loads((claim / _PLACE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {str(name): str(value) for name, value in said.items()} if isinstance(said, dict) else {}


def _announce(warehouse: Warehouse, held: Collection[str]) -> None:
    """Write down what a warehouse holds, and then where it is."""
    own = own_identifier(warehouse)
    if own is None:
        message = f"The warehouse at {warehouse.root} has no identifier."
        raise RuntimeError(message)
    claim = _claim(warehouse.archive, own)
    with archive_held(warehouse.archive):
        claim.mkdir(exist_ok=True)
        _append(claim, "+", set(held) - _held(claim))
        aside = claim / f".{_PLACE}.new"
        aside.write_text(f"{json.dumps(_place(warehouse))}\n", encoding="utf-8")
        aside.replace(claim / _PLACE)


def held_by_lake(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> set[str]:
    """Return the documents of the lake and of all releases whose sources were not retracted."""
    everywhere = " UNION ".join(
        f"SELECT document_id FROM {source}" for source in document_sources(warehouse)
    )
    rows = connection.execute(
        f"SELECT document_id FROM ({everywhere}) "
        "WHERE document_id NOT IN (SELECT document_id FROM lake.retractions)"
    ).fetchall()
    return {document_id for (document_id,) in rows}


def _append(claim: Path, sign: str, document_ids: Collection[str]) -> None:
    if document_ids:
        lines = "".join(f"{sign} {document_id}\n" for document_id in sorted(document_ids))
        with (claim / _SOURCES).open("a", encoding="ascii") as log:
            log.write(lines)


def _held(claim: Path, among: Collection[str] | None = None) -> set[str]:
    """Return what a claim holds, or which of some documents."""
    held: set[str] = set()
    try:
        with (claim / _SOURCES).open(encoding="ascii", errors="replace") as log:
            for line in log:
                sign, _, document_id = line.rstrip("\n").partition(" ")
                if among is not None and document_id not in among:
                    continue
                (held.add if sign == "+" else held.discard)(document_id)
    except FileNotFoundError:
        pass
    return held


def hold(warehouse: Warehouse, document_id: str) -> None:
    """Hold a source, which is about to come. Whoever calls it has `archive_held`."""
    if own := own_identifier(warehouse):
        _append(_claim(warehouse.archive, own), "+", {document_id})


def _others(warehouse: Warehouse) -> list[Holder]:
    """Return the other warehouses that an archive knows.

    Those do not count that speak of the archive that this one is a copy of.
    """
    own = own_identifier(warehouse)
    claims = (one for one in sorted((warehouse.archive / HOLDERS).glob("*")) if one.is_dir())
    return [
        Holder(claim.name, place.get("warehouse", "an unknown place"), claim)
        for claim in claims
        if claim.name != own
        if not _is_of_another(place := _read_place(claim), claim, warehouse.archive)
    ]


def _is_of_another(place: Mapping[str, str], claim: Path, archive: Path) -> bool:
    made_in = Path(place.get("archive", archive))
    return (made_in / HOLDERS / claim.name).is_dir() and not made_in.samefile(archive)


def other_holders(
    warehouse: Warehouse, document_ids: Collection[str]
) -> dict[str, tuple[Holder, ...]]:
    """Return which other warehouses hold some sources, of those that any other holds."""
    among = frozenset(document_ids)
    found: defaultdict[str, tuple[Holder, ...]] = defaultdict(tuple)
    for holder in _others(warehouse) if among else ():
        for document_id in _held(holder.claim, among):
            found[document_id] += (holder,)
    return dict(found)


def let_go(
    warehouse: Warehouse,
    document_ids: Collection[str],
    may_go: Callable[[Path], bool] = lambda _: True,
) -> None:
    """Hold some sources no more, and remove those from the archive that nobody else holds.

    ``may_go`` tells of a source that is there whether it may be removed.
    """
    if not (document_ids and warehouse.archive.is_dir()):
        return
    own = own_identifier(warehouse)
    with archive_held(warehouse.archive):
        if own is not None:
            claim = _claim(warehouse.archive, own)
            _append(claim, "-", _held(claim, frozenset(document_ids)))
        for document_id in set(document_ids) - other_holders(warehouse, document_ids).keys():
            if may_go(archived_file(warehouse.archive, document_id)):
                discard(warehouse.archive, document_id)


def forget_place(archive: Path, warehouse_id: str) -> None:
    """Let a warehouse that was restored make itself known again, with what it holds now."""
    (_claim(archive, warehouse_id) / _PLACE).unlink(missing_ok=True)


def untold(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> set[str]:
    """Return what a warehouse that its archive knows holds, and the archive does not know of."""
    if not _is_known(warehouse):
        return set()
    claim = _claim(warehouse.archive, own_identifier(warehouse) or "")
    return held_by_lake(connection, warehouse) - _held(claim)


def settle(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> int:
    """Let the archive know exactly what a warehouse holds; return how many sources went for that.

    What was retracted goes as soon as the others that held it are no more. Nobody is at work, and
    the archive knows the warehouse.
    """
    rows = connection.execute("SELECT DISTINCT document_id FROM lake.retractions").fetchall()
    there = {name for (name,) in rows if archived_file(warehouse.archive, name).exists()}
    claim = _claim(warehouse.archive, own_identifier(warehouse) or "")
    with archive_held(warehouse.archive):
        _append(claim, "+", untold(connection, warehouse))
    stale = _held(claim) - held_by_lake(connection, warehouse)
    let_go(warehouse, there | stale, lambda file: file.name in there)
    return sum(not archived_file(warehouse.archive, name).exists() for name in there)
