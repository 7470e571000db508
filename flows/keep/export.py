"""Exporting: the policy and the search of a warehouse, handed to what writes the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knipsel.warehouse.exports.model import Exported, ExportError, ExportOptions, Wanted
from knipsel.warehouse.exports.policy import POLICY_FILE
from knipsel.warehouse.exports.write import export
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.search.result import search


def export_to(place: Warehouse, target: Path, options: ExportOptions) -> Exported:
    """Export a release of a warehouse, or a part of it, to a file or a folder."""

    def found(words: str, release: str, copies: bool) -> tuple[list[str], Sequence[str]]:  # noqa: FBT001
        result = search(place, words, release=release, copies=copies)
        return result.identifiers(), result.notes

    wanted = Wanted(
        target,
        options.get("format"),
        tuple(options.get("tables", ())),
        options.get("query"),
        options.get("search"),
        copies=options.get("copies", False),
        tier=options.get("tier", "full"),
        snippet_words=options.get("snippet_words"),
        policy=_policy(place, options),
        release=options.get("release"),
        delimiter=options.get("delimiter"),
        compression=options.get("compression", "snappy"),
        overwrite=options.get("overwrite", False),
    )
    return export(place, wanted, found)


def _policy(place: Warehouse, options: ExportOptions) -> Path | None:
    """Return the file of what may be passed on: the one that is named, or the warehouse's own."""
    named = options.get("policy")
    if options.get("no_policy", False):
        if named:
            raise ExportError("Name a policy or want none, not both.")
        return None
    own = place.root / POLICY_FILE
    return Path(named) if named else own if own.exists() else None
