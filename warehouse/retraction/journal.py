"""The journal of a retraction that is under way, so that one that is interrupted is finished.

It is written before anything is changed, and removed when the proof is done. Whoever opens the
warehouse to change it in between finishes what it says first. Where all was done and the proof
found the text in files that only a person can remove, the journal is put aside: it is proven again
when that is asked for, and nobody else has to wait for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import write_aside
from knipsel.warehouse.retraction.proof.passages import name_needles


@dataclass(frozen=True, slots=True)
class Journal:
    """A retraction: its run, what its text is known by, and what people have to do with it.

    ``passages`` are bytes of the text; ``furniture`` are entries of that register that its
    documents had; ``corrections`` are what is named in corrections that were made of it. ``names``
    are what its files are called, ``headlines`` pairs of a document and a headline.
    """

    run_id: str
    passages: tuple[bytes, ...]
    furniture: tuple[str, ...]
    corrections: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    headlines: tuple[tuple[str, str], ...] = ()

    @property
    def needles(self) -> list[bytes]:
        """What is searched for: the passages, and such names as are no word or file of others."""
        return sorted({*self.passages, *name_needles(self.names)})


def journal_file(warehouse: Warehouse) -> Path:
    """Return where the journal is while there is one."""
    return warehouse.root / ".retraction.json"


def unproven_journals(warehouse: Warehouse) -> list[Path]:
    """Return the journals of retractions that are done but for the proof, in order."""
    return sorted(warehouse.root.glob(".retraction-*.json"))


def journal_files(warehouse: Warehouse) -> list[Path]:
    """Return all journals there are: of what is done but for the proof, and of what is under way.

    They hold some of the text.
    """
    under_way = journal_file(warehouse)
    return [*unproven_journals(warehouse), *([under_way] if under_way.exists() else [])]


def put_aside(warehouse: Warehouse, file: Path, journal: Journal) -> None:
    """Let others go on: nothing is left to be done about a journal but the proof."""
    file.replace(warehouse.root / f".retraction-{journal.run_id}.json")


def write_journal(warehouse: Warehouse, journal: Journal) -> None:
    """Write the journal, whole or not at all."""
    content = {
        "run_id": journal.run_id,
        "passages": [part.decode("latin-1") for part in journal.passages],
        "furniture": journal.furniture,
        "corrections": journal.corrections,
        "names": journal.names,
        "headlines": journal.headlines,
    }
    write_aside(journal_file(warehouse), json.dumps(content))


def read_journal(file: Path) -> Journal:
    """Return the retraction that was not finished, of its journal."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return Journal(
        run_id=content["run_id"],
        passages=tuple(part.encode("latin-1") for part in content["passages"]),
        furniture=tuple(content["furniture"]),
        corrections=tuple(content.get("corrections", ())),
        names=tuple(content.get("names", ())),
        headlines=tuple((pair[0], pair[1]) for pair in content.get("headlines", ())),
    )
