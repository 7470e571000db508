"""Which warehouse a catalogue is of: two that had one would break each other.

A warehouse has an identifier, in a file of its folder (``warehouse.id``) and in its catalogue. That
knows its folder as well, so that one that was moved is told from one that was copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import duckdb

from knipsel.warehouse.addresses.data_owner import claim_data
from knipsel.warehouse.addresses.secrets import parted
from knipsel.warehouse.contract import Column, ColumnType, Table
from knipsel.warehouse.layout import Warehouse, embedded_catalog

OWNER_TABLE = Table(
    name="owner",
    title="Owner",
    description="Which warehouse the lake is of.",
    columns=(
        Column("warehouse_id", ColumnType.STRING, "The identifier of the warehouse."),
        Column("folder", ColumnType.STRING, "Where the warehouse was when it was last written to."),
    ),
    primary_key=("warehouse_id",),
    sort_by=("warehouse_id",),
)


class OtherCatalogError(RuntimeError):
    """The catalogue that a warehouse is told to use is empty, and it has another one."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Say where its own is, and what to do."""
        super().__init__(
            f"The catalogue {_named(warehouse)} is empty, and {warehouse.root} has "
            f"another one, {_other_place(warehouse)}: leave KNIPSEL_CATALOG as it was when the "
            "warehouse was made. To move its catalogue, back it up and restore it."
        )


def _named(warehouse: Warehouse) -> str:
    schema = warehouse.catalog_schema
    return parted(warehouse.catalog)[0] + (f", schema {schema}," if schema else "")


def _offer(warehouse: Warehouse) -> str:
    """Return how a warehouse gets a catalogue of its own."""
    if warehouse.is_in_postgres:
        return (
            "a schema of its own there, such as KNIPSEL_CATALOG_SCHEMA="
            f"{_as_schema(warehouse.root.name)}, or another catalogue in KNIPSEL_CATALOG"
        )
    return "a catalogue of its own in KNIPSEL_CATALOG"


def _as_schema(name: str) -> str:
    """Return a name that PostgreSQL takes for a schema without quotation marks."""
    plain = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")
    return f"knipsel_{plain}"[:_LONGEST_SCHEMA].rstrip("_")


_LONGEST_SCHEMA = 63
"""Characters of a name in PostgreSQL."""


def _other_place(warehouse: Warehouse) -> str:
    is_in_folder = embedded_catalog(warehouse.root).exists()
    return "which is in its folder" if is_in_folder else "which its knipsel.toml may name"


class ForeignCatalogError(RuntimeError):
    """The catalogue that a warehouse is told to use is another one's."""

    def __init__(self, warehouse: Warehouse, owner: Owner) -> None:
        """Say whose it is, and what to do."""
        super().__init__(
            f"The catalogue {_named(warehouse)} is that of the warehouse at {owner.folder}, and "
            f"two cannot share one: give {warehouse.root} {_offer(warehouse)}, or none, and it "
            "lies in its folder. If this is that warehouse, and lost its file "
            f"{_file(warehouse.root).name}, write {owner.warehouse_id} into it."
        )


@dataclass(frozen=True, slots=True)
class Owner:
    """A warehouse as a catalogue knows it."""

    warehouse_id: str
    folder: str

    @property
    def is_there(self) -> bool:
        """Whether that warehouse is still where the catalogue knows it to be."""
        return warehouse_is_at(Path(self.folder), self.warehouse_id)

    def is_at(self, root: Path) -> bool:
        """Tell whether that is the warehouse in a folder, which may have several names."""
        known = Path(self.folder)
        return known == root or (known.exists() and root.exists() and known.samefile(root))


def _file(root: Path) -> Path:
    return root / "warehouse.id"


def _identifier(root: Path) -> str | None:
    """Return the identifier of the warehouse in a folder; None where it has none."""
    try:
        return _file(root).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def warehouse_is_at(root: Path, warehouse_id: str) -> bool:
    """Tell whether a folder is the warehouse with an identifier."""
    return _identifier(root) == warehouse_id


def make_identifier(warehouse: Warehouse) -> None:
    """Give a warehouse an identifier, where it has none and no lake yet that may know one."""
    if own_identifier(warehouse) is None:
        _write_identifier(warehouse.root, uuid4().hex)


def _write_identifier(root: Path, warehouse_id: str) -> None:
    root.mkdir(parents=True, exist_ok=True)
    aside = _file(root).with_name(".warehouse.id.new")
    aside.write_text(f"{warehouse_id}\n", encoding="utf-8")
    aside.replace(_file(root))


def own_identifier(warehouse: Warehouse) -> str | None:
    """Return the identifier of a warehouse; None where nothing was written into it yet."""
    return _identifier(warehouse.root)


def owner_of(connection: duckdb.DuckDBPyConnection) -> Owner | None:
    """Return the warehouse whose catalogue it is; None where that was never written down."""
    row = connection.sql(f"SELECT warehouse_id, folder FROM lake.{OWNER_TABLE.name}").fetchone()
    return Owner(*row) if row else None


def check_new(warehouse: Warehouse) -> None:
    """Raise `OtherCatalogError` where a catalogue is new and its warehouse is not.

    The one in a warehouse's own folder is not asked: `DamagedCatalogError` is about that.
    """
    if not warehouse.is_embedded and own_identifier(warehouse) is not None:
        raise OtherCatalogError(warehouse)


def check_owner(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> bool:
    """Tell whether the catalogue knows the warehouse, and where it is; else `claim` makes it so.

    Raises `ForeignCatalogError` where it is another one's. One in the warehouse's own folder never
    is.
    """
    owner = owner_of(connection)
    if owner is None:
        return False
    own = _identifier(warehouse.root)
    is_here = owner.is_at(warehouse.root)
    is_foreign = owner.warehouse_id != own or (not is_here and owner.is_there)
    if is_foreign and not warehouse.is_embedded:
        raise ForeignCatalogError(warehouse, owner)
    return not is_foreign and is_here


def claim(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, *, is_new: bool = False
) -> None:
    """Write down that the catalogue is this warehouse's, and give it an identifier if need be.

    A copy of a warehouse, with its own catalogue in it, becomes one of its own; a folder that lost
    its identifier has it back from there. Whoever calls it holds the warehouse. Raises
    `ForeignDataError` where the data are another's, or with ``is_new`` anybody's.
    """
    owner = owner_of(connection)
    own = _identifier(warehouse.root)
    if owner is not None and warehouse.is_embedded:
        is_copy = not owner.is_at(warehouse.root) and owner.is_there
        own = None if is_copy else owner.warehouse_id
    own = own or uuid4().hex
    claim_data(connection, warehouse, own, is_new=is_new)
    connection.execute("BEGIN")
    connection.execute(f"DELETE FROM lake.{OWNER_TABLE.name}")
    connection.execute(
        f"INSERT INTO lake.{OWNER_TABLE.name} VALUES ($own, $folder)",
        {"own": own, "folder": str(warehouse.root)},
    )
    connection.execute("COMMIT")
    if own != _identifier(warehouse.root):
        _write_identifier(warehouse.root, own)
