"""Kills real commands at random moments, and compares the outcome with an undisturbed one.

``python -m tests.faults.kills FOLDER --kills 200`` goes through the steps again and again until
so many commands were killed: ingests, a retraction, a publish, a reading again, a way back. Each
step is killed up to three times and then left to end. After each round the warehouse must be as
one that nobody disturbed, sound to the byte, and without the retracted text; a reader looks at
the latest release all the while.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knipsel.expectations.verify.verify import verify
from knipsel.warehouse.layout import Warehouse
from tests.faults import harness

MOST_KILLS_OF_A_STEP = 3
ORPHAN_SECONDS = 300
"""How long what a killed command had started may take to notice."""

KILL_SHARE = 0.7
"""How often a step is killed rather than left to end."""

Step = tuple[str, ...]


@dataclass
class Round:
    """A way through all steps, killed where the dice say so."""

    root: Path
    dice: random.Random
    kill_share: float
    command: Sequence[str] = harness.LIGHT
    durations: dict[int, float] = field(default_factory=dict)
    kills: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse that the commands work on."""
        return Warehouse.at(self.root / "wh")

    def steps(self) -> list[Step]:
        """Return the commands, in their order."""
        first, second = str(self.root.parent / "first"), str(self.root.parent / "second")
        return [
            ("ingest", first),
            ("ingest", first, second),
            ("retract",),
            ("publish",),
            ("reprocess", "--all"),
            ("rollback", "1"),
            ("ingest", first, second),
        ]

    def go(self) -> None:
        """Go through all steps."""
        for number, step in enumerate(self.steps()):
            self._take(number, step)

    def _take(self, number: int, step: Step) -> None:
        """Take a step: some times killed, then to its end."""
        for _ in range(MOST_KILLS_OF_A_STEP):
            if self.dice.random() >= self.kill_share:
                break
            arguments = self._arguments(step)
            after = self.dice.uniform(0.05, 1.1) * self.durations.get(number, 6.0)
            if self._killed(arguments, after):
                self.kills.append(f"{step[0]} after {after:.2f} s")
        begun = time.monotonic()
        code, printed = harness.run(self.root, self.command, *self._arguments(step))
        self.durations.setdefault(number, time.monotonic() - begun)
        assert code == 0, f"{step} after {self.kills[-3:]} ended with {code}: {printed}"

    def _arguments(self, step: Step) -> Step:
        """Return a step with what has to be looked up; what was begun is to be finished."""
        if step[0] != "retract":
            return step
        article = harness.article_with_mark(self.warehouse)
        return ("retract", article, "--reason", "asked") if article else ("retract", "--finish")

    def _killed(self, arguments: Step, after: float) -> bool:
        """Start a command and kill it, alone or with all that it started; tell if it was alive."""
        process = harness.start(self.root, self.command, *arguments)
        self.groups.append(process.pid)
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            if self.dice.random() < 0.5:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.communicate()
            return True
        return False

    def check(self, expected: dict[str, str]) -> None:
        """Assert that nothing is lost, doubled, damaged, or there though it was retracted."""
        found = harness.fingerprint(self.warehouse)
        differing = sorted(name for name in expected if found[name] != expected[name])
        assert not differing, f"{differing} differ after {self.kills}"
        problems = [said for check in verify(self.warehouse) for said in check.problems]
        assert not problems, f"{problems} after {self.kills}"
        assert not harness.leaks(self.warehouse), f"{harness.leaks(self.warehouse)} hold it"
        deadline = time.monotonic() + ORPHAN_SECONDS
        while harness.orphans(self.groups) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert not harness.orphans(self.groups), "something that was started lives on"


def undisturbed(
    folder: Path, command: Sequence[str] = harness.LIGHT
) -> tuple[dict[str, str], dict[int, float]]:
    """Return the fingerprint of a round that nobody killed, and how long each step took."""
    calm = Round(folder / "calm", random.Random(0), 0.0, command)
    calm.root.mkdir(parents=True)
    calm.go()
    calm.check(harness.fingerprint(calm.warehouse))
    return harness.fingerprint(calm.warehouse), calm.durations


def disturbed(round_: Round, expected: dict[str, str]) -> tuple[list[str], int]:
    """Go through a round with kills and check it; return the kills, and how often was read."""
    round_.root.mkdir(parents=True)
    with harness.readers(round_.warehouse) as reader:
        round_.go()
    assert not reader.problems, f"readers met {reader.problems[:3]} after {round_.kills}"
    round_.check(expected)
    shutil.rmtree(round_.root)
    return round_.kills, reader.reads


def main(arguments: Sequence[str] | None = None) -> None:
    """Go through rounds until there were enough kills; stop at the first that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="kill the command itself, with Prefect")
    chosen = parser.parse_args(arguments)
    shutil.rmtree(chosen.folder, ignore_errors=True)
    harness.material(chosen.folder)
    command = harness.REAL if chosen.real else harness.LIGHT
    expected, durations = undisturbed(chosen.folder, command)
    print("undisturbed:", {step: round(took, 1) for step, took in durations.items()}, flush=True)
    kills, seed = 0, chosen.seed
    while kills < chosen.kills:
        folder, dice = chosen.folder / f"round-{seed}", random.Random(seed)
        one = Round(folder, dice, KILL_SHARE, command, dict(durations))
        killed, reads = disturbed(one, expected)
        kills += len(killed)
        print(f"round {seed}: {len(killed)} kills, {kills} in all, {reads} reads", flush=True)
        seed += 1


if __name__ == "__main__":
    main()
