"""Releases that stay whatever else goes, since somebody cites or needs them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import as_json, write_aside


class PinsError(ValueError):
    """The list of pinned releases cannot be read."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Why and when a release was pinned."""

    reason: str
    pinned_at: str


def _file(warehouse: Warehouse) -> Path:
    return warehouse.root / "pinned.json"


def read_pins(warehouse: Warehouse) -> dict[str, Pin]:
    """Return the pinned releases by version; raise `PinsError` where the list is damaged.

    A damaged list is no empty one: what it kept would go.
    """
    file = _file(warehouse)
    if not file.exists():
        return {}
    try:
        pins = json.loads(file.read_text(encoding="utf-8"))
        return {str(version): Pin(**pin) for version, pin in pins.items()}
    except (ValueError, TypeError, AttributeError) as error:
        message = f"{file} is damaged: mend it, or delete it to pin releases anew."
        raise PinsError(message) from error


def write_pins(warehouse: Warehouse, pins: Mapping[str, Pin]) -> None:
    """Write the list of pinned releases, whole or not at all."""
    write_aside(_file(warehouse), as_json({name: asdict(pins[name]) for name in sorted(pins)}))
