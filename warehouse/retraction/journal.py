"""The journal of a retraction that is under way, so that one that is interrupted is finished.

It is written before anything is changed, and removed when the proof is done. Whoever opens the
warehouse to change it in between finishes what it says first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import write_aside


@dataclass(frozen=True, slots=True)
class Journal:
    """A retraction: its run, what its text is known by, and what people have to do with it.

    ``passages`` are bytes of the text; ``furniture`` are entries of that register that its
    documents had; ``corrections`` are what is named in corrections that were made of it.
    """

    run_id: str
    passages: tuple[bytes, ...]
    furniture: tuple[str, ...]
    corrections: tuple[str, ...] = ()


def journal_file(warehouse: Warehouse) -> Path:
    """Return where the journal is while there is one."""
    return warehouse.root / ".retraction.json"


def write_journal(warehouse: Warehouse, journal: Journal) -> None:
    """Write the journal, whole or not at all."""
    content = {
        "run_id": journal.run_id,
        "passages": [part.decode("latin-1") for part in journal.passages],
        "furniture": journal.furniture,
        "corrections": journal.corrections,
    }
    write_aside(journal_file(warehouse), json.dumps(content))


def read_journal(warehouse: Warehouse) -> Journal | None:
    """Return the retraction that was not finished; None where there is none."""
    try:
        content = json.loads(journal_file(warehouse).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Journal(
        run_id=content["run_id"],
        passages=tuple(part.encode("latin-1") for part in content["passages"]),
        furniture=tuple(content["furniture"]),
        corrections=tuple(content.get("corrections", ())),
    )


def remove_journal(warehouse: Warehouse) -> None:
    """Remove the journal: the retraction is done, or never began."""
    journal_file(warehouse).unlink(missing_ok=True)
