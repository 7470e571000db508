"""How much of the articles of page dumps comes out, and how fast: ``python -m benchmarks.dumps``.

A folder of dumps holds ``files/`` and ``gold.jsonl``, as in `benchmarks.line_model.pages`. The
score is that of public extraction benchmarks: precision and recall over runs of four words,
each the mean over pages, and the F1 of these means.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.line_model.alignment import shingle_score, split_words
from benchmarks.line_model.pages import gold_rows
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process


@dataclass(frozen=True, slots=True)
class Scored:
    """A page: precision and recall of its text, its size in bytes and the seconds it took."""

    file: str
    precision: float
    recall: float
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Quality:
    """The scores of a collection of pages."""

    pages: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of mean precision and mean recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_page(folder: Path, gold: dict[str, Any]) -> Scored:
    """Process one page and compare its text with the gold text."""
    registers = load_registers()
    content = (folder / "files" / gold["file"]).read_bytes()
    document = RawDocument(hashlib.sha256(content).hexdigest(), gold["file"], content)
    begun = time.process_time()
    articles = process(document, registers).articles
    seconds = time.process_time() - begun
    text = "\n".join(article.text for article in articles)
    precision, recall = shingle_score(split_words(text), split_words(gold["text"]))
    return Scored(gold["file"], precision, recall, len(content), seconds)


def score_folder(folder: Path, every: int = 1) -> list[Scored]:
    """Return the scores of every page of a folder, or of every n-th."""
    with ProcessPoolExecutor() as pool:
        rows = gold_rows(folder)[::every]
        return list(pool.map(partial(score_page, folder), rows, chunksize=20))


def quality(scored: Sequence[Scored]) -> Quality:
    """Return the mean scores of pages."""
    count = max(len(scored), 1)
    return Quality(
        len(scored),
        sum(page.precision for page in scored) / count,
        sum(page.recall for page in scored) / count,
    )


def _lines(folder: Path, scored: Sequence[Scored], worst: int) -> Iterator[str]:
    found = quality(scored)
    rate = len(scored) / max(sum(page.seconds for page in scored), 1e-9)
    size = sum(page.size for page in scored) / max(len(scored), 1)
    yield (
        f"{folder.name}: {found.pages} pages, precision {found.precision:.3f}, "
        f"recall {found.recall:.3f}, F1 {found.f1:.3f}; "
        f"{rate:.0f} pages of {size / 1000:.0f} kB a second and core"
    )
    for page in sorted(scored, key=lambda one: one.precision + one.recall)[:worst]:
        yield f"  {page.precision:.3f} {page.recall:.3f} {page.file}"


def main() -> None:
    """Print the scores of folders of page dumps."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    for folder in arguments.folders:
        for line in _lines(folder, score_folder(folder, arguments.every), arguments.worst):
            print(line, flush=True)


if __name__ == "__main__":
    main()
