"""What a person should know of what was stated: what matches nothing, or is contradicted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flows.curated import read_catalog
from flows.settings import Settings
from warehouse.curated import contradictions, unmatched
from warehouse.inbox import lonely_sidecars
from warehouse.layout import Warehouse


def curated_problems(warehouse: Warehouse, settings: Settings) -> dict[str, Any]:
    """Return which stated facts are contradicted, and which entries match no document."""
    return {
        "contradicted_facts": contradictions(warehouse),
        "unmatched_entries": unmatched(warehouse, read_catalog(settings.registers)),
    }


def contradiction_sentences(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Return facts that their documents contradict, each in words."""
    return [
        f"{row['article_id']} {row['field']}: {row['stated']}, but {row['method']}: {row['found']}"
        for row in rows
    ]


def curated_notes(paths: Iterable[Path], warehouse: Warehouse) -> list[str]:
    """Return what a person should know after a run of what was stated."""
    notes = [f"{sidecar} lies beside no file." for sidecar in lonely_sidecars(paths)]
    contradicted = len(contradictions(warehouse))
    if contradicted:
        notes.append(f"Stated facts that a document contradicts: {contradicted}; see status.")
    return notes
