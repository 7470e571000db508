"""How many articles come out of exports, and what is divided: ``python -m benchmarks.exports``.

A folder of exports holds files and ``articles.json``, the number of articles in each. Folders of
pages hold one article a file: whatever is divided there, or held back as several articles, is
wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import ProcessedDocument, RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.model import Registers

SEVERAL = "several_articles"


@cache
def registers() -> Registers:
    """Return the registers of the project, with no annotator at work."""
    found = load_registers()
    return replace(found, annotations=replace(found.annotations, annotators=frozenset()))


def processed(file: Path) -> ProcessedDocument:
    """Process a file."""
    content = file.read_bytes()
    return process(
        RawDocument(hashlib.sha256(content).hexdigest(), file.name, content), registers()
    )


def count(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Yield the name of each export, its articles, and those that came out."""
    wanted: dict[str, int] = json.loads((folder / "articles.json").read_text("utf-8"))
    for name, number in sorted(wanted.items()):
        yield name, number, len(processed(folder / name).articles)


def divided(files: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the files of one article that were taken for several, and what became of them."""
    for file in files:
        found = processed(file)
        if len(found.articles) > 1:
            yield file, f"{len(found.articles)} articles by {found.reader}"
        elif any(reason.rule == SEVERAL for reason in found.rejections):
            yield file, SEVERAL


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exports", type=Path, help="a folder with exports and articles.json")
    parser.add_argument("pages", type=Path, nargs="*", help="folders of one article a file")
    arguments = parser.parse_args()
    rows = list(count(arguments.exports))
    for name, number, found in rows:
        print(f"{name}: {found} of {number}")
    right = sum(number == found for _, number, found in rows)
    print(f"exports with as many articles as they hold: {right} of {len(rows)}")
    for folder in arguments.pages:
        files = sorted(one for one in folder.rglob("*") if one.is_file())
        wrong = list(divided(files))
        print(f"{folder.name}: {len(wrong)} of {len(files)} taken for several articles")
        for file, what in wrong:
            print(f"  {file.name}: {what}")


if __name__ == "__main__":
    main()
