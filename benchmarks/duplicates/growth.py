"""What linking a hundred articles costs as the lake grows: it should not grow with it.

``python -m benchmarks.duplicates.growth FOLDER``: commits, each of 100 articles of which a
twentieth are versions of what is there, to a lake of 1,000 and one of 100,000 articles. What is
timed is the whole commit, in which linking is all but the writing of rows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import pyarrow as pa

from benchmarks.duplicates.made_texts import made_texts
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.lake.commit import Submission, commit
from knipsel.warehouse.lake.staging import STAGED_TABLES, Run, Staged, staged_schema, write_rows
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.linking.signing import key_table
from knipsel.warehouse.linking.tables import TEXT_KEYS
from tests.linked_lake import Made

SMALL, LARGE = 1_000, 100_000
MORE = 100
ROUNDS = 9
TOGETHER = 10_000
"""Articles that one commit brings while a lake is built."""
BEGINNING = datetime(2024, 6, 1, tzinfo=UTC)
MADE_BY = "bench"


def _document(article: Made, run: Run) -> dict[str, object]:
    return {
        "document_id": article.document_id,
        "file_name": article.name,
        "path": article.name,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "byte_size": len(article.text),
        "status": "published",
        "reader": "plain",
        "first_seen_at": run.started_at,
        "run_id": run.run_id,
        "transform_version": MADE_BY,
    }


def _submission(warehouse: Warehouse, articles: list[Made], number: int) -> Submission:
    """Return the articles as a run would submit them."""
    run = Run(f"run-{number}", BEGINNING + timedelta(hours=number), MADE_BY, MADE_BY)
    staged = Staged(warehouse.staging(run.run_id))
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in STAGED_TABLES}
    rows["documents"] = [_document(one, run) for one in articles]
    rows["articles"] = [one.row() for one in articles]
    for name, found in rows.items():
        write_rows(staged.file(name, 0), pa.Table.from_pylist(found, schema=staged_schema(name)))
    settings = DuplicateSettings()
    texts = ((one.article_id, one.text, one.text_sha256) for one in articles)
    write_rows(staged.file(TEXT_KEYS.name, 0), key_table(texts, settings))
    return Submission(
        run=run,
        flow="ingest",
        seen=[FoundFile(one.name, one.name, one.document_id, len(one.text)) for one in articles],
        staged=staged,
        quarantine=staged_schema("quarantine").empty_table(),
        validations=staged_schema("validations").empty_table(),
        duplicates=settings,
    )


def _groups(numbers: range, size: int) -> Iterator[list[Made]]:
    made = (Made(f"{n}.txt", text) for n, text in zip(numbers, made_texts(numbers), strict=True))
    while group := list(islice(made, size)):
        yield group


def _commit(warehouse: Warehouse, articles: list[Made], number: int) -> float:
    """Commit articles and return how many seconds that took."""
    submission = _submission(warehouse, articles, number)
    started = perf_counter()
    commit(warehouse, submission, lambda: submission.run.started_at)
    return perf_counter() - started


def build(folder: Path, size: int) -> Warehouse:
    """Return a lake of so many articles, built where it is not there yet."""
    warehouse = Warehouse.at(folder / f"growth-{size}")
    if not warehouse.exists:
        for number, group in enumerate(_groups(range(size), TOGETHER)):
            print(f"{len(group):,} of {size:,}: {_commit(warehouse, group, number):.1f} s")
    return warehouse


def main() -> None:
    """Build the lakes, measure in turn, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the lakes are built and kept")
    parser.add_argument("--large", type=int, default=LARGE)
    options = parser.parse_args()
    lakes = {size: build(options.folder.absolute(), size) for size in (SMALL, options.large)}
    seconds: dict[int, list[float]] = {size: [] for size in lakes}
    for number in range(ROUNDS):
        # Beyond what either lake holds, and other articles each time the command runs.
        first = int(sha256(str(perf_counter()).encode()).hexdigest()[:8], 16) + options.large
        retold = first - first % MORE
        (group,) = _groups(range(retold, retold + MORE), MORE)
        for size, warehouse in lakes.items():
            known = list(_retellings(min(size, SMALL), number))
            seconds[size].append(_commit(warehouse, [*group[: -len(known)], *known], 1000 + number))
    small, large = (median(seconds[size]) for size in lakes)
    print(f"100 more: {small:.2f} s into {SMALL:,}, {large:.2f} s into {options.large:,}")
    print(f"ratio {large / small:.2f} ({seconds})")


def _retellings(size: int, number: int) -> Iterator[Made]:
    """Yield versions of five articles that are there."""
    for place in range(5):
        original = (number * 37 + place * 101) % size
        (text,) = made_texts(range(original, original + 1))
        yield Made(f"retold-{original}-{number}", f"{text} en dat is versie {number}")


if __name__ == "__main__":
    main()
