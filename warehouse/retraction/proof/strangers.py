"""Files of the archive that no document of the warehouse is made of.

They are another warehouse's, or were left by a run that was killed. So they are searched like all
else, and what is packed in them too, but only named.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from knipsel.transforms.registers.articles.beside import SIDECAR_SUFFIX
from knipsel.warehouse.intake.containers.model import Limits
from knipsel.warehouse.intake.containers.unpack import take_apart
from knipsel.warehouse.intake.holders import HOLDERS
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.tables import document_sources
from knipsel.warehouse.retraction.proof.search import Finder, passages_in
from knipsel.warehouse.sql import taken_in

LOOKED_INTO = Limits(
    unpacked_bytes=1 << 30, ratio=1_000, members=100_000, depth=5, name_characters=4_096
)
"""What is taken apart of a stranger: as much as a container may hold that is taken in."""


def strangers(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, files: Iterable[Path]
) -> list[Path]:
    """Return those of the archive's files that are of no document in the lake or in a release."""
    names = {file: file.name.removesuffix(SIDECAR_SUFFIX) for file in files}
    joins = "".join(
        f" ANTI JOIN {source} USING (document_id)" for source in document_sources(warehouse)
    )
    archived = pa.table({"document_id": pa.array(sorted(set(names.values())), pa.string())})
    with taken_in(connection, "archived_names", archived):
        rows = connection.execute(f"SELECT document_id FROM archived_names{joins}").fetchall()
    unknown = {document_id for (document_id,) in rows}
    return [
        file
        for file, name in names.items()
        if name in unknown
        if name[:1] != "." and not file.is_relative_to(warehouse.archive / HOLDERS)
    ]


def holds_any(finder: Finder, file: Path, warehouse: Warehouse) -> bool:
    """Tell whether a file, or anything that is packed in it, holds a passage."""
    if passages_in(finder, file):
        return True
    staging = warehouse.root / "staging"
    staging.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=staging) as folder:
        opened = take_apart(file, file.name, LOOKED_INTO, Path(folder))
        inside = (one for one in Path(folder).rglob("*") if opened and one.is_file())
        return any(passages_in(finder, one) for one in inside)
