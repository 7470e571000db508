"""Which file of bounds holds for a warehouse."""

from __future__ import annotations

from pathlib import Path

from knipsel.expectations.bounds.file import OWN_FILE, Bounds, read_bounds
from knipsel.warehouse.layout import Warehouse


def bounds_of(warehouse: Warehouse, configured: Path | None = None) -> Bounds:
    """Return the bounds on a warehouse's corpus: its own, the configured, or the project's.

    Raises `BoundsError` where the file is malformed.
    """
    own = warehouse.bounds_file
    return read_bounds(own if own.exists() else configured or OWN_FILE)
