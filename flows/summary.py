"""What a run tells about itself at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any

from warehouse.commit import RunCounts


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

    def rows(self) -> list[dict[str, str]]:
        """Return the summary as rows of a two-column table for people."""
        counts = self.counts
        release = self.release_folder or "none yet"
        if self.release_folder and not self.is_new_release:
            release += " (unchanged)"
        facts = {
            "files seen": f"{counts.files_seen:,}",
            "known": f"{counts.files_known:,}",
            "published": f"{counts.documents_published:,}",
            "quarantined": f"{counts.documents_quarantined:,}",
            "retracted": f"{counts.files_retracted:,}",
            "articles new": f"{counts.articles_published:,}",
            "release": release,
        }
        facts |= {f"{step} took": f"{seconds:.1f} s" for step, seconds in self.seconds.items()}
        rows = [*facts.items(), *(("note", note) for note in self.notes)]
        return [{"what": what, "value": value} for what, value in rows]
