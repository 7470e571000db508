"""The commands that change a warehouse, without Prefect: ``python -m tests.faults.steps ingest …``.

They take the same steps under the same locks in a fifth of the time, so that many of them can be
killed. Options and outcomes are those of ``knipsel``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from knipsel.flows.config.settings import Settings
from knipsel.flows.keep.retract import retract
from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.read.supervisor import ending_idle, read_batch_apart
from knipsel.flows.runs.leftovers import finish_retraction, finish_what_was_begun
from knipsel.flows.runs.lock import running
from knipsel.flows.runs.stages import CODE_VERSION, run_without_flow
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.targets import Request
from tests.pipeline import Pipeline


@dataclass
class Command(Pipeline):
    """A pipeline whose runs are told apart as real ones are, by clock and chance."""

    def next_run(self) -> Run:
        """Return the next run."""
        return Run(str(uuid4()), datetime.now(UTC), self.version, CODE_VERSION)

    def take(self, name: str, words: Sequence[str]) -> None:
        """Do what a command does."""
        if name == "rollback":
            roll_back(self.warehouse, words[0])
        elif name == "retract":
            self._retract(words[0])
        else:
            with running(self.warehouse, finish_what_was_begun), ending_idle():
                if name == "ingest":
                    self.ingest(*map(Path, words))
                elif name == "reprocess":
                    self.reprocess(is_all=True)
                self.publish()

    def _retract(self, article: str) -> None:
        if article == "--finish":
            with running(self.warehouse, None, alone=True):
                finish_retraction(self.warehouse)
            return
        run = run_without_flow(str(uuid4()), datetime.now(UTC))
        retract(self.warehouse, Request((article,)), "asked", run, self.settings.duplicates)


def main() -> None:
    """Do the command that the arguments name."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--warehouse", type=Path, required=True)
    chosen, words = parser.parse_known_args()
    command = Command(Warehouse.at(chosen.warehouse), Settings(), reader=read_batch_apart)
    command.take(chosen.name, words)


if __name__ == "__main__":
    main()
