"""The registers of one's own in a release: a copy of each that made any of its documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from knipsel.warehouse.intake.archive import hash_file
from knipsel.warehouse.intake.run_inputs import PROJECT, copy_of
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.sql import quoted

FOLDER = "registers"
EARLIER = "earlier"
"""Where the registers are that were changed since: some documents were read with them."""
_DIGITS = 8

_USED = f"""
SELECT name, sha256 FROM lake.run_inputs AS input JOIN lake.runs USING (run_id)
WHERE kind IN ('register', 'codebook') AND name <> {quoted(PROJECT)}
    AND run_id IN (SELECT run_id FROM lake.documents WHERE status <> 'retracted')
GROUP BY name, sha256 ORDER BY name, max(started_at) DESC, sha256
"""


class MissingRegisterError(RuntimeError):
    """A register that made documents of a release is nowhere any more."""


def write_registers(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, folder: Path, last: Path | None
) -> None:
    """Copy the registers of one's own that made the documents in the lake into a release.

    Each is at its own path in ``registers/``, as the newest run used it; what older runs used
    otherwise is in ``registers/earlier/``, by its digest. ``last`` is the release before, which
    may have a copy that the warehouse has lost. Raises `MissingRegisterError`.
    """
    known: set[str] = set()
    for name, sha256 in connection.execute(_USED).fetchall():
        place = name if name not in known else f"{EARLIER}/{sha256[:_DIGITS]}/{name}"
        known.add(name)
        target = folder / FOLDER / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_found(name, sha256, warehouse, last), target)


def _found(name: str, sha256: str, warehouse: Warehouse, last: Path | None) -> Path:
    """Return a file that holds a register, to the byte."""
    others = sorted((last / FOLDER).rglob("*.toml")) if last else []
    for file in [copy_of(warehouse.registers_used, sha256), *others]:
        if file.is_file() and hash_file(file).document_id == sha256:
            return file
    message = (
        f"The register {name} as documents were read with it ({sha256[:_DIGITS]}) is not in "
        f"{warehouse.registers_used} any more; `knipsel reprocess --all` reads them with what "
        "there is now."
    )
    raise MissingRegisterError(message)


def share_registers(old: Path, new: Path) -> None:
    """Give a release that is written anew the registers that it had."""
    if (old / FOLDER).is_dir():
        shutil.copytree(old / FOLDER, new / FOLDER)
