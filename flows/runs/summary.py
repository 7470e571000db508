"""What a run tells about itself at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any

from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.queries.change_diffs import DocumentDiff
from knipsel.warehouse.queries.changes import KINDS, Changes


@dataclass(slots=True)
class Stopwatch:
    """The seconds that each step took, in the order of the steps."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block as a step."""
        started = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - started


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """The outcome of an ingest: what became of the files, the release, the time it took."""

    run_id: str
    counts: RunCounts
    release_version: str | None
    release_folder: str | None
    is_new_release: bool
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the summary for programs."""
        return asdict(self)

    def _counted(self) -> dict[str, int]:
        """Return what became of the files, in words."""
        counts = self.counts
        return {
            "files seen": counts.files_seen,
            "known": counts.files_known,
            "published": counts.documents_published,
            "quarantined": counts.documents_quarantined,
            "retracted": counts.files_retracted,
            "articles new": counts.articles_published,
        }

    def rows(self) -> list[dict[str, str]]:
        """Return the summary as rows of a two-column table for people."""
        release = self.release_folder or "none yet"
        if self.release_folder and not self.is_new_release:
            release += " (unchanged)"
        facts = {name: f"{count:,}" for name, count in self._counted().items()}
        facts["release"] = release
        facts |= {f"{step} took": f"{seconds:.1f} s" for step, seconds in self.seconds.items()}
        rows = [*facts.items(), *(("note", note) for note in self.notes)]
        return [{"what": what, "value": value} for what, value in rows]


@dataclass(frozen=True, slots=True)
class AgainSummary(IngestSummary):
    """The outcome of reading documents again; ``changes`` is what it changed."""

    changes: Changes | None = None

    def _counted(self) -> dict[str, int]:
        """Return what became of the documents, in words; what did not happen is left out."""
        counts = {"documents taken up": self.counts.files_seen}
        counts |= {"left as they were": self.counts.files_known} if self.counts.files_known else {}
        return counts | (change_words(self.changes) if self.changes else {})


@dataclass(frozen=True, slots=True)
class DryRun:
    """What reading documents again would change: counts, and diffs of some documents."""

    changes: Changes
    diffs: Sequence[DocumentDiff]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome for programs."""
        return asdict(self)


def change_words(changes: Changes) -> dict[str, int]:
    """Return the counts of what changes, in words; what is nothing is left out."""
    words = {KINDS[kind]: count for kind, count in changes.kinds.items() if count}
    counts = {
        "articles gained": changes.articles_gained,
        "articles lost": changes.articles_lost,
        "articles changed": changes.articles_changed,
    }
    return words | {name: count for name, count in counts.items() if count}
