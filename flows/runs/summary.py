"""What a run tells about itself at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, Self

from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.changes.diffs import DocumentDiff
from knipsel.warehouse.queries.changes.listed import KINDS, Changes
from knipsel.warehouse.queries.curated import contradictions, misnamed
from knipsel.warehouse.release.publish import Published

OTHER = "other"
"""What is named so is the time that no step took."""

MOMENTARY = frozenset({"wait", OTHER})
"""What most runs have none of; it is only told where it can be seen."""


@dataclass(slots=True)
class Stopwatch:
    """The seconds that each step took, in the order of the steps.

    ``began`` is when all of it began, by `time.perf_counter`: so that what no step took can be
    told as well.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=perf_counter)

    @classmethod
    def running_since(cls, seconds: float) -> Self:
        """Return a watch that has run for so many seconds, which went into starting."""
        return cls({"start": seconds}, perf_counter() - seconds)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block as a step."""
        started = perf_counter()
        try:
            yield
        finally:
            self.add(name, perf_counter() - started)

    def add(self, name: str, seconds: float) -> None:
        """Count seconds to a step."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds

    def take(self, seconds: Mapping[str, float]) -> None:
        """Count what the steps of another watch took, which ran within this one's time."""
        for name, took in seconds.items():
            if name != OTHER:
                self.add(name, took)

    def in_full(self) -> dict[str, float]:
        """Return the seconds of all steps, and last those that none of them took, as ``other``."""
        other = perf_counter() - self.began - sum(self.seconds.values())
        return {**self.seconds, OTHER: max(other, 0.0)}


def seconds_shown(seconds: Mapping[str, float]) -> dict[str, str]:
    """Return the seconds of each step for people, so that what is shown adds up to the whole.

    What is cut off of one step is counted to the next. A moment's wait, or rest, is left out.
    """
    shown: dict[str, str] = {}
    whole = told = 0.0
    for name, took in seconds.items():
        whole += took
        tenths = round(whole, 1) - told
        told = round(whole, 1)
        if round(tenths, 1) or name not in MOMENTARY:
            shown[name] = f"{abs(tenths):.1f} s"
    return shown


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
    names = misnamed(warehouse, run_id) if run_id else []
    if names:
        notes.append(
            f"Names that have not the form that `file_names` gives them: {len(names):,}, the first "
            f"is {names[0]}; they say nothing of their articles."
        )
    return notes


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

    @classmethod
    def of(
        cls,
        run: Run,
        counts: RunCounts,
        published: Published | None,
        seconds: dict[str, float],
        notes: Iterable[str],
        **more: Any,
    ) -> Self:
        """Return the summary of a run that committed, and perhaps published."""
        return cls(
            run_id=run.run_id,
            counts=counts,
            release_version=published.version if published else None,
            release_folder=str(published.folder) if published and published.folder else None,
            is_new_release=bool(published and published.is_new),
            seconds=seconds,
            notes=tuple(notes),
            **more,
        )

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
        facts |= {f"{step} took": took for step, took in seconds_shown(self.seconds).items()}
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
