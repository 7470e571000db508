"""What a dry run prints: what is lost before all else, then counts, then diffs in bounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knipsel.flows.cli.corpus.reprocess import print_dry_run
from knipsel.flows.runs.summary import DryRun
from knipsel.warehouse.queries.changes.diffs import compare_with_diffs
from tests.pipeline import Pipeline
from tests.warehouse.test_reprocess import ingested, newer_transforms, old

__all__ = ["ingested", "newer_transforms", "old"]


def test_what_vanishes_is_named_first(
    old: Pipeline,
    newer_transforms: Callable[[Pipeline], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    newer_transforms(old)
    changes, diffs = compare_with_diffs(old.warehouse, old.prepare_reprocessing(), 2)
    print_dry_run(DryRun(changes, diffs, ("x.txt: not in the archive\x1b.",)))
    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert lines[0] == "One published document is held back from now on, and its articles vanish:"
    assert lines[1].strip().endswith("dated.txt: no_article: Gone.")
    facts = dict(line.rsplit(maxsplit=1) for line in lines[2:12] if line.strip())
    assert {name.strip(): count for name, count in facts.items()}["documents read"] == "7"
    assert r"x.txt: not in the archive\x1b." in printed
    assert printed.index("is gone") < printed.index("+Nieuw")
    assert "4 more documents change; --limit shows more." in printed
    assert printed.endswith("Nothing was changed; without --dry-run it is.\n")
