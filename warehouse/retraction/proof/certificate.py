"""The certificate of a retraction: what was taken away, when and why, and what was searched.

It has identifiers and numbers; nothing of the text, no headline and no name of a file. There is one
for each retraction, whatever became of the first attempt to prove it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from knipsel.warehouse.intake.archive import hash_file
from knipsel.warehouse.lake.checksums import parse_sums
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import as_json, write_aside
from knipsel.warehouse.retraction.proof.prove import Proof

FOLDER = "retractions"
"""The folder of the warehouse in which they are kept."""

SUMS = "SHA256SUMS"
"""The file in it that has their checksums."""

_WHAT = """
SELECT max(retracted_at), min(reason),
    list(DISTINCT article_id ORDER BY article_id) FILTER (article_id IS NOT NULL),
    list(DISTINCT document_id ORDER BY document_id)
        FILTER (document_id IN (SELECT document_id FROM lake.documents WHERE status = 'retracted')),
    list(DISTINCT document_id ORDER BY document_id)
        FILTER (document_id IN (SELECT document_id FROM lake.documents WHERE status <> 'retracted'))
FROM lake.retractions WHERE run_id = $run_id
"""


def write_certificate(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    run_id: str,
    releases: Sequence[str],
    proof: Proof,
    *,
    now: datetime,
) -> Path:
    """Write the certificate of a retraction as JSON and as text; return the file of the text.

    ``releases`` are the labels of those that it revised. One that is there is replaced.
    """
    row = connection.execute(_WHAT, {"run_id": run_id}).fetchone()
    at, reason, articles, documents, others = row or (now, "", [], [], [])
    facts: dict[str, Any] = {
        "run_id": run_id,
        "retracted_at": at.astimezone(UTC).isoformat(),
        "searched_at": now.isoformat(timespec="seconds"),
        "reason": reason,
        "articles": articles or [],
        "sources": documents or [],
        "sources_without_bytes": others or [],
        "releases": list(releases),
        "places": list(proof.places),
        "files": proof.files,
        "bytes": proof.bytes,
        "passages": proof.passages,
        "is_proven": not proof.left,
        "files_left": len(proof.left),
        "others_that_say_the_same": [name for name, _ in proof.also_in],
        "only_in_releases": [list(pair) for pair in proof.elsewhere],
        "held_by_others": [asdict(held) for held in proof.held_by],
        "unknown_files": [Path(file).name for file in proof.strangers],
    }
    file = warehouse.root / FOLDER / f"{at.astimezone(UTC):%Y-%m-%d}-{run_id}.json"
    file.parent.mkdir(exist_ok=True)
    _write(file, as_json(facts))
    _write(file.with_suffix(".txt"), _text(facts))
    return file.with_suffix(".txt")


def _write(file: Path, text: str) -> None:
    """Write a file of a certificate, and its checksum beside those of the others."""
    write_aside(file, text)
    sums = _sums(file.parent) | {file.name: hash_file(file).document_id}
    lines = (f"{value}  {name}\n" for name, value in sorted(sums.items()))
    write_aside(file.parent / SUMS, "".join(lines))


def _sums(folder: Path) -> dict[str, str]:
    """Return the checksums of certificates; those of before there were any have none."""
    file = folder / SUMS
    text = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    return parse_sums(text)[0]


def certificate_problems(warehouse: Warehouse) -> Iterator[str]:
    """Yield the certificates that are missing, or are not what was written."""
    folder = warehouse.root / FOLDER
    for name, value in _sums(folder).items():
        file = folder / name
        if not file.exists():
            yield f"{file} is missing; take it from a backup."
        elif hash_file(file).document_id != value:
            yield f"{file} has changed since it was written; take it from a backup."


def _text(facts: Mapping[str, Any]) -> str:
    outcome = "None of them holds any of what was taken away."
    if facts["others_that_say_the_same"]:
        outcome = "Passages were found only where other articles and sources say the same."
    if facts["unknown_files"]:
        outcome += " Files that are of no document of any warehouse hold some."
    if facts["held_by_others"]:
        outcome += (
            " Sources that another warehouse holds too stay in the archive for it, until they are "
            "retracted there."
        )
    if not facts["is_proven"]:
        outcome = f"NOT PROVEN: {facts['files_left']:,} files still hold some of it."
    parts = {
        "Articles": facts["articles"],
        "Sources, as tombstones": facts["sources"],
        "Sources that keep other articles, without their bytes": facts["sources_without_bytes"],
        "Releases revised": facts["releases"],
        "Places searched": facts["places"],
        "Others that say the same": facts["others_that_say_the_same"],
        "Held by another warehouse": [
            f"{held['document_id']} by {held['folder']}" for held in facts["held_by_others"]
        ],
    }
    lists = "".join(
        f"{title} ({len(names):,})\n" + "".join(f"  {name}\n" for name in names) + "\n"
        for title, names in parts.items()
        if names
    )
    return (
        "Certificate of a retraction\n\n"
        f"Retracted  {facts['retracted_at']}\n"
        f"Searched   {facts['searched_at']}\n"
        f"Run        {facts['run_id']}\n"
        f"Reason     {facts['reason']}\n\n"
        f"{facts['files']:,} files with {facts['bytes']:,} bytes were searched for "
        f"{facts['passages']:,} passages\nof the text, its source and the names of its files. "
        f"{outcome}\n\n{lists}"
    )
