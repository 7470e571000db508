"""Runs commands at the same time, and compares the outcome with one after the other.

``python -m tests.faults.races FOLDER --races 50`` starts two or three commands on one warehouse
within moments of each other: ingests of overlapping files, an ingest and a publish, a reading
again, a retraction, a way back. All must succeed, and what comes of it must be what some order of
them gives, sound to the byte. Readers look at the latest release and at the lake all the while.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knipsel.expectations.verify.verify import verify
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.faults import harness
from tests.faults.kills import Step

LATEST_START = 2.0
"""Seconds within which all commands of a race are started."""


@dataclass(frozen=True)
class Race:
    """Commands that are started together, and whether the lake's files may vanish meanwhile.

    A retraction removes files that a reader of the lake may have open; releases stay readable.
    """

    steps: tuple[Step, ...]
    is_lake_steady: bool = True


def races(folder: Path) -> list[Race]:
    """Return the races to run, on a warehouse that has taken in the first folder."""
    first, second = str(folder / "first"), str(folder / "second")
    both = ("ingest", first, second)
    return [
        Race((both, ("ingest", second))),
        Race((both, both, ("ingest", second, first))),
        Race((("ingest", second), ("publish",))),
        Race((("ingest", second), ("reprocess", "--all"))),
        Race((both, ("retract",)), is_lake_steady=False),
        Race((("ingest", second), ("rollback", "1"))),
    ]


def base(folder: Path, name: str, command: Sequence[str]) -> Warehouse:
    """Return a warehouse with a release of the first folder: a copy of one that was made once."""
    made, root = folder / "base", folder / name
    if not made.exists():
        made.mkdir(parents=True)
        code, printed = harness.run(made, command, "ingest", str(folder / "first"))
        assert code == 0, printed
    shutil.copytree(made, root, symlinks=True)
    return Warehouse.at(root / "wh")


def worded(step: Step, warehouse: Warehouse) -> Step:
    """Return a step with the article that is retracted."""
    article = harness.article_with_mark(warehouse)
    return ("retract", str(article), "--reason", "asked") if step == ("retract",) else step


def outcomes(folder: Path, race: Race, command: Sequence[str]) -> list[dict[str, str]]:
    """Return what each order of the commands comes to."""
    found = []
    for number, order in enumerate(dict.fromkeys(itertools.permutations(race.steps))):
        warehouse = base(folder, f"order-{number}", command)
        for step in order:
            code, printed = harness.run(warehouse.root.parent, command, *worded(step, warehouse))
            assert code == 0, printed
        found.append(harness.fingerprint(warehouse))
        shutil.rmtree(warehouse.root.parent)
    return found


@contextmanager
def asking(warehouse: Warehouse) -> Iterator[list[str]]:
    """Ask the lake again and again while the block runs; the list has what went wrong."""
    problems: list[str] = []
    end = threading.Event()

    def ask_on() -> None:
        while not end.is_set():
            try:
                with open_lake_for_questions(warehouse) as connection:
                    query = "SELECT count(*) FROM paragraphs ANTI JOIN articles USING (article_id)"
                    assert ask(connection, query).rows == [(0,)]
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is a finding
                problems.append(f"{type(error).__name__}: {error}")
            time.sleep(0.05)

    asker = threading.Thread(target=ask_on, daemon=True)
    asker.start()
    try:
        yield problems
    finally:
        end.set()
        asker.join()


def raced(folder: Path, race: Race, dice: random.Random, command: Sequence[str]) -> Warehouse:
    """Run a race; all commands succeed and no reader meets anything."""
    warehouse = base(folder, f"race-{dice.random()}", command)
    steps = [worded(step, warehouse) for step in race.steps]
    with harness.readers(warehouse) as reader, asking(warehouse) as lake_problems:
        started = []
        for step in dice.sample(steps, len(steps)):
            started.append(harness.start(warehouse.root.parent, command, *step))
            time.sleep(dice.uniform(0, LATEST_START / len(steps)))
        ended = [(process.communicate(timeout=600)[0].decode(), process) for process in started]
    for printed, process in ended:
        assert process.returncode == 0, f"{process.args!r}: {printed}"
    assert not reader.problems, reader.problems[:3]
    if race.is_lake_steady:
        assert not lake_problems, lake_problems[:3]
    return warehouse


def check(warehouse: Warehouse, race: Race, expected: list[dict[str, str]]) -> None:
    """Assert that the outcome is that of some order, and that all is sound."""
    found = harness.fingerprint(warehouse)
    differing = [[name for name in one if one[name] != found[name]] for one in expected]
    assert found in expected, f"{race.steps}: none of the orders; they differ in {differing}"
    problems = [said for one in verify(warehouse) for said in one.problems]
    assert not problems, problems
    if ("retract",) in race.steps:
        assert not harness.leaks(warehouse), harness.leaks(warehouse)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run races until there were enough; stop at the first that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--races", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="run the command itself, with Prefect")
    chosen = parser.parse_args(arguments)
    command = harness.REAL if chosen.real else harness.LIGHT
    shutil.rmtree(chosen.folder, ignore_errors=True)
    harness.material(chosen.folder)
    dice = random.Random(chosen.seed)
    known: dict[Race, list[dict[str, str]]] = {}
    kinds = races(chosen.folder)
    for number in range(chosen.races):
        race = kinds[number % len(kinds)]
        if race not in known:
            known[race] = outcomes(chosen.folder, race, command)
        warehouse = raced(chosen.folder, race, dice, command)
        check(warehouse, race, known[race])
        shutil.rmtree(warehouse.root.parent)
        print(f"race {number + 1}: {' | '.join(step[0] for step in race.steps)}", flush=True)


if __name__ == "__main__":
    main()
