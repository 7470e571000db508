"""How much memory a large run takes, all its processes together: ``python -m benchmarks.memory``.

Made-up articles are ingested into a new warehouse and published, as whole commands; meanwhile
the resident memory of the command and of all processes below it is summed, ten times a second,
so memory that two of them share counts twice. Then some more articles are ingested, to see what
growing takes. For 100,000 articles it takes some 15 minutes and 3 GB of disk. Linux alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from benchmarks.texts import write_articles

SECONDS_BETWEEN = 0.1
MORE = 1_000
_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGESIZE")


def _parents() -> dict[int, int]:
    """Return the parent of each process."""
    found = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2]
        except OSError:
            continue
        found[int(folder.name)] = int(after_name.split()[1])
    return found


def _below(root: int) -> list[int]:
    """Return a process and all below it."""
    parents = _parents()
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def _held(process: int) -> tuple[str, int]:
    """Return what a process is, in a word, and the bytes of memory that it holds."""
    try:
        pages = int((_PROC / str(process) / "statm").read_text("ascii").split()[1])
        command = (_PROC / str(process) / "cmdline").read_text("utf-8", "replace")
    except (OSError, IndexError):
        return "gone", 0
    names = [part for part in command.split("\0") if part.startswith("knipsel.flows.")]
    return names[0] if names else "command", pages * _PAGE


def measured(*arguments: str | Path) -> tuple[float, int, Counter[str]]:
    """Run the command; return its seconds, the most bytes held at a time, and by what process."""
    command = [sys.executable, "-P", "-m", "knipsel"]
    begun = time.perf_counter()
    most: Counter[str] = Counter()
    with subprocess.Popen([*command, *map(str, arguments)], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            now: Counter[str] = Counter()
            for one in _below(process.pid):
                name, held = _held(one)
                now[name] += held
            most = max(most, now, key=Counter.total)
            time.sleep(SECONDS_BETWEEN)
    assert process.returncode == 0, arguments
    return time.perf_counter() - begun, most.total(), most


def main() -> None:
    """Print the most memory that each command held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    folder: Path = options.folder.absolute()
    numbers = range(options.articles)
    assert sum(1 for _ in write_articles(folder / "inbox", numbers)) == options.articles
    more = range(options.articles, options.articles + MORE)
    assert sum(1 for _ in write_articles(folder / "more", more)) == MORE
    there: list[str | Path] = ["--warehouse", folder / "warehouse"]
    for what, command in (
        (f"ingest of {options.articles:,}", ["ingest", folder / "inbox", "--no-publish", *there]),
        ("publish", ["publish", *there]),
        (f"ingest of {MORE:,} more, published", ["ingest", folder / "more", *there]),
        ("the same again: nothing new", ["ingest", folder / "inbox", *there]),
    ):
        seconds, held, by = measured(*command)
        parts = ", ".join(f"{name} {size / 2**20:,.0f}" for name, size in by.most_common())
        print(f"{what}: {seconds:,.0f} s, at most {held / 2**20:,.0f} MB ({parts})", flush=True)


if __name__ == "__main__":
    main()
