"""What a person should know of what was stated: what matches nothing, or is contradicted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.curated import read_catalog
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.curated import contradictions, unmatched


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


def curated_notes(lonely: Iterable[Path], warehouse: Warehouse, run_id: str | None) -> list[str]:
    """Return what a person should know after a run of what was stated.

    ``lonely`` are the sidecars without a file. What contradicts is sought in what the run
    ``run_id`` read, and not at all where that is None: it read nothing.
    """
    notes = [f"{sidecar} lies beside no file." for sidecar in lonely]
    contradicted = len(contradictions(warehouse, run_id)) if run_id else 0
    if contradicted:
        notes.append(
            f"Stated facts that a document of this run contradicts: {contradicted}; see status."
        )
    return notes
