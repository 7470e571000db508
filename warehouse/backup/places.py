"""Where backups of a warehouse were taken to, which hold what is retracted later."""

from __future__ import annotations

import json
from pathlib import Path

from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import as_json, write_aside


def _file(warehouse: Warehouse) -> Path:
    return warehouse.root / "backups.json"


def backup_places(warehouse: Warehouse) -> list[str]:
    """Return the folders that backups were taken to, whether they are there now or not."""
    try:
        places = json.loads(_file(warehouse).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return [str(place) for place in places] if isinstance(places, list) else []


def note_place(warehouse: Warehouse, folder: Path) -> None:
    """Note that a backup is about to be taken to a folder."""
    known = backup_places(warehouse)
    if (place := str(folder.absolute())) not in known:
        write_aside(_file(warehouse), as_json(sorted([*known, place])))
