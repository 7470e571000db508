"""Thousands of spoiled files through the pipeline: ``python -m tests.fuzz.long FOLDER``.

Each file is published or quarantined, the counts reconcile, and the release's rules hold; what
does not stops the run. Files follow from the seed and their number alone. A run that was stopped
goes on where it was when it is started again with the same folder.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from knipsel.flows.read import supervisor as reading_apart
from knipsel.flows.read.own_modules import command_of
from knipsel.flows.read.supervisor import ending_idle, read_batch_apart
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.fuzz.hostile import HOSTILE
from tests.fuzz.mutations import Chance, mutated
from tests.fuzz.seeds import SEEDS
from tests.pipeline import Pipeline

AT_ONCE = 1_000
"""Files to a run: many runs show that what is there does not slow or break the next."""

HOSTILE_EACH = 20
"""One file in so many is made by hand."""

SLOW_SECONDS_PER_MB = 5.0
SLOWEST = 12


def spoiled_file(seed: int, number: int) -> tuple[str, bytes]:
    """Return the name and the content of a file."""
    chance: Chance = random.Random(f"{seed}:{number}")
    if number % HOSTILE_EACH == 0:
        make = HOSTILE[number // HOSTILE_EACH % len(HOSTILE)]
        return f"{number:06d} {make.__name__}", make(number // HOSTILE_EACH // len(HOSTILE))
    kinds = list(SEEDS)
    kind = kinds[number % len(kinds)]
    content = SEEDS[kind](number)
    other = SEEDS[chance.choice(kinds)](number + 1)
    return f"{number:06d} {kind}", mutated(chance, content, other)


def _run(pipeline: Pipeline, folder: Path, seed: int, first: int, count: int) -> None:
    """Ingest some files and check that each is accounted for."""
    inbox = folder / f"inbox-{first:06d}"
    inbox.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        name, content = spoiled_file(seed, number)
        (inbox / name).write_bytes(content)
    begun = time.perf_counter()
    counts = pipeline.ingest(inbox)
    outcomes = counts.files_known + counts.documents_published + counts.documents_quarantined
    assert counts.files_seen == outcomes + counts.files_retracted, counts
    assert counts.files_seen >= count, counts
    print(f"{first + count:,} files: {counts}, {time.perf_counter() - begun:.0f} s", flush=True)
    shutil.rmtree(inbox)


def _unaccounted(pipeline: Pipeline) -> list[tuple[object, ...]]:
    """Return documents that are neither published with an article nor quarantined for a reason."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(
            connection,
            """
            SELECT document_id, file_name, status, reader FROM documents
            WHERE NOT CASE status
                WHEN 'published' THEN document_id IN (SELECT document_id FROM articles)
                    OR reader IN ('zip', 'tar', 'gzip', 'bzip2', 'xz', 'warc', 'mbox')
                ELSE document_id IN (SELECT document_id FROM quarantine) END
            """,
        ).rows


def _report(pipeline: Pipeline, notes: Path) -> Iterator[str]:
    """Yield what became of all files, and what cost most."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        rules = ask(
            connection,
            "SELECT rule, count(DISTINCT document_id) FROM quarantine GROUP BY 1 ORDER BY 2 DESC",
        ).rows
        errors = ask(
            connection,
            "SELECT file_name, document_id, message FROM quarantine WHERE rule IN "
            "('transform_error', 'too_slow', 'too_much_memory', 'reader_crashed') ORDER BY 1",
        ).rows
    yield f"held back: {dict(rules)}"
    yield from (f"  {name} {document[:12]}: {message}" for name, document, message in errors)
    costs = [json.loads(line) for line in notes.read_text("utf-8").splitlines()]
    rate = [(took / max(size, 50_000) * 1e6, took, path) for path, size, took, _, _ in costs]
    yield f"{len(costs):,} documents read"
    yield f"slowest by size (over {SLOW_SECONDS_PER_MB} s a MB is a finding):"
    for per_mb, took, path in sorted(rate, reverse=True)[:SLOWEST]:
        yield f"  {per_mb:.1f} s/MB, {took:.2f} s: {Path(path).name}"
    yield "most memory:"
    for path, size, _, peak, reader in sorted(costs, key=lambda one: -one[3])[:5]:
        yield f"  {peak / 2**20:.0f} MB for {size / 1000:.0f} kB, {reader}: {Path(path).name}"


def main() -> None:
    """Ingest files until so many are in, then publish and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder: Path = options.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    notes, reached = folder / "costs.jsonl", folder / "reached.txt"
    reading_apart.COMMAND = (*command_of("tests.fuzz.measured_reader"), str(notes))
    pipeline = Pipeline(Warehouse.at(folder / "warehouse"), audited=True, reader=read_batch_apart)
    first = int(reached.read_text("ascii")) if reached.exists() else 0
    pipeline.runs = first // AT_ONCE
    for start in range(first, options.files, AT_ONCE):
        count = min(AT_ONCE, options.files - start)
        with ending_idle():
            _run(pipeline, folder, options.seed, start, count)
        reached.write_text(str(start + count), "ascii")
    assert not (lost := _unaccounted(pipeline)), lost
    print(f"published release {pipeline.publish().version}")
    print("\n".join(_report(pipeline, notes)))


if __name__ == "__main__":
    main()
