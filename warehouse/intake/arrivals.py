"""What a run brings into the archive before its documents are in the lake.

Files are copied there first, since it is the copies that are read. Each is noted in the run's
staging folder before it is there, so that what a run left that was killed, or failed, can be told
from what documents have, without looking at the whole archive.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from knipsel.warehouse.intake.archive import INCOMING
from knipsel.warehouse.intake.holders import archive_held, hold, let_go, make_known
from knipsel.warehouse.lake.connection import NoWarehouseError, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.tables import document_sources
from knipsel.warehouse.sql import quoted_list

ARRIVALS = "arrivals"
"""The file in a run's staging folder in which they are noted."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The list of one run, which is made in its staging folder."""

    warehouse: Warehouse
    file: Path

    @classmethod
    def of(cls, warehouse: Warehouse, staging: Path) -> Self:
        """Begin the list in a run's staging folder; the archive knows the warehouse then."""
        make_known(warehouse)
        staging.mkdir(parents=True, exist_ok=True)
        (staging / ARRIVALS).touch()
        return cls(warehouse, staging / ARRIVALS)

    @property
    def prefix(self) -> str:
        """What the names of the run's drafts in the archive's own folder start with."""
        return f"{INCOMING}{self.file.parent.name}-"

    def bring(self, draft: Path, keep: Path) -> None:
        """Let a draft become a document of the archive, and note it before.

        What gives way to it is noted as well: where that is of a document, or somebody else's, the
        document stays when the run fails.
        """
        with archive_held(self.warehouse.archive):
            try:
                before = keep.stat().st_ino
            except FileNotFoundError:
                before = _NOTHING
            with self.file.open("a", encoding="ascii") as notes:
                notes.write(f"{keep.name} {draft.stat().st_ino} {before}\n")
            hold(self.warehouse, keep.name)
            draft.replace(keep)


_NOTHING = 0
"""What stands for the number of a file where there was none; no file has it."""

_Replaced = defaultdict[int, set[int]]
"""The files of one document that runs brought, by their numbers, each with what gave way to it."""


def _noted(files: Collection[Path]) -> dict[str, _Replaced]:
    arrivals: defaultdict[str, _Replaced] = defaultdict(lambda: defaultdict(set))
    for file in files:
        for line in file.read_text(encoding="ascii").splitlines():
            with suppress(ValueError):  # a line that a full disk cut off
                document_id, number, before = line.split(" ")
                arrivals[document_id][int(number)].add(int(before))
    return arrivals


def _is_theirs(number: int, replaced: _Replaced) -> bool:
    """Tell whether a file is there for these runs' sake alone: nothing else gave way to it."""
    waiting, looked_at = [number], {_NOTHING}
    while waiting:
        one = waiting.pop()
        if one not in replaced:
            return False
        looked_at.add(one)
        waiting += replaced[one] - looked_at
    return True


def _known(warehouse: Warehouse, document_ids: Collection[str]) -> set[str]:
    """Return those of the documents that the lake or any release knows."""
    try:
        with open_lake(warehouse, read_only=True) as connection:
            queries = (
                f"SELECT document_id FROM {source} "
                f"WHERE document_id IN (SELECT unnest({quoted_list(document_ids)}))"
                for source in document_sources(warehouse)
            )
            rows = connection.execute(" UNION ".join(queries)).fetchall()
    except NoWarehouseError:
        return set()
    return {document_id for (document_id,) in rows}


def clear_arrivals(warehouse: Warehouse) -> None:
    """Remove from the archive what ended runs brought and no document is made of.

    Nobody is at work. What another warehouse holds, or put in the place of the run's, stays. Raises
    what opening the lake does: then everything stays as it is.
    """
    files = list((warehouse.root / "staging").glob(f"*/{ARRIVALS}"))
    noted = _noted(files)
    unknown = noted.keys() - _known(warehouse, noted) if noted else ()
    let_go(
        warehouse,
        unknown,
        lambda file: file.exists() and _is_theirs(file.stat().st_ino, noted[file.name]),
    )
    for file in files:
        clear_drafts(warehouse.archive, Arrivals(warehouse, file).prefix)


def clear_drafts(archive: Path, prefix: str) -> None:
    """Remove the drafts in the archive's own folder whose names start so: files and folders."""
    for draft in archive.glob(f"{prefix}*"):
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)


def clear_staging(staging: Path, *, is_done: bool) -> None:
    """Remove what a run staged; where it is not done, the list of its arrivals is kept."""
    if is_done:
        shutil.rmtree(staging, ignore_errors=True)
        return
    for item in staging.glob("*"):
        if item.is_dir():
            shutil.rmtree(item, ignore_errors=True)
        elif item.name != ARRIVALS:
            item.unlink(missing_ok=True)
