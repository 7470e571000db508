"""What programs do beside asking: code by hand, try a codebook, let old releases go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from knipsel.flows.config.settings import Settings
from knipsel.warehouse.layout import Warehouse

if TYPE_CHECKING:
    from knipsel.flows.plan.coding import AddedCodes
    from knipsel.transforms.checks.coding.agreement import Agreement
    from knipsel.transforms.checks.coding.sheet import Unit
    from knipsel.warehouse.queries.topics.trial import TriedArticle
    from knipsel.warehouse.release.checks.coding.keep import Code
    from knipsel.warehouse.release.checks.coding.samples import Sample
    from knipsel.warehouse.release.keeping.prune import Pruned
    from knipsel.warehouse.release.versions import Release

PathLike = str | os.PathLike[str]


class Upkeep:
    """A part of `knipsel.flows.runs.open_warehouse.OpenWarehouse`, which has the fields."""

    __slots__ = ()
    place: Warehouse
    settings: Settings

    def sample(
        self,
        count: int,
        *,
        to: PathLike,
        by: Sequence[str] = (),
        unit: Unit = "article",
        seed: int = 1,
        query: str | None = None,
        variables: PathLike | None = None,
    ) -> Sample:
        """Draw units of the latest release by chance, and write them for people to code.

        ``to`` is a new sheet, XLSX or CSV by its ending, or a new folder; ``variables`` the file of
        what is coded. Raises ``ValueError`` for what cannot be drawn or written, `SampleError`,
        `VariablesError`, `NoReleaseError`.
        """
        from knipsel.flows.plan.coding import check_place, draw_units, read_variables, write_sample
        from knipsel.warehouse.release.checks.coding.samples import Recipe

        check_place(Path(to))
        listed = read_variables(Path(variables)) if variables else ()
        recipe = Recipe(count, unit, tuple(by), seed, query, listed)
        drawn = draw_units(self.place, recipe, self.settings.max_query_seconds)
        write_sample(self.place, drawn, Path(to))
        return drawn

    def codes_add(self, file: PathLike, *, coder: str) -> AddedCodes:
        """Take in a sheet that a person coded; coded again, a unit has the new codes.

        Raises `SheetError` with a sentence for each cell that is wrong; nothing is taken in then.
        """
        from knipsel.flows.plan.coding import add_codes
        from knipsel.flows.runs.leftovers import finish_what_was_begun
        from knipsel.flows.runs.lock import running
        from knipsel.flows.runs.stages import run_record, run_without_flow

        run = run_without_flow(str(uuid4()), datetime.now(UTC))
        with running(self.place, finish_what_was_begun):
            record = run_record(run, "code", datetime.now(UTC))
            return add_codes(self.place, Path(file), coder, run.started_at, record)

    def codes(self) -> list[Code]:
        """Return all codes, published or not."""
        from knipsel.warehouse.release.checks.coding.keep import kept_codes

        return kept_codes(self.place)

    def codes_agreement(self) -> list[Agreement]:
        """Return how far coders agree on each variable."""
        from knipsel.flows.plan.coding import agreements

        return agreements(self.place)

    def topics_try(self, file: PathLike, *, copies: bool = False) -> Iterator[TriedArticle]:
        """Yield each article of the latest release with what a codebook finds in it.

        Each text counts once, unless ``copies`` are asked for. Raises `RegisterError` where the
        codebook is malformed, `NoReleaseError`.
        """
        from knipsel.flows.config.codebooks import codebook_trial, tried_articles

        trial = codebook_trial(Path(file), self.settings.registers, self.settings.annotating())
        return tried_articles(self.place, trial, copies=copies)

    def prune(self, keep: int, *, monthly: bool = False) -> Pruned:
        """Remove old releases but the newest ``keep``, and the last of each month where asked.

        Never the one that readers take, never one that is pinned. Raises `PinsError`.
        """
        from knipsel.flows.keep.prune import prune_releases
        from knipsel.warehouse.release.keeping.prune import Keep

        return prune_releases(self.place, Keep(keep, monthly))

    def pin(self, version: str, *, reason: str) -> Release:
        """Have a release stay whatever is pruned; raises `NoSuchReleaseError` or `PinsError`."""
        from knipsel.flows.keep.prune import pin_release

        return pin_release(self.place, version, reason, datetime.now(UTC))

    def unpin(self, version: str) -> bool:
        """Let a release go when its time comes; return whether it was pinned."""
        from knipsel.flows.keep.prune import unpin_release

        return unpin_release(self.place, version)
