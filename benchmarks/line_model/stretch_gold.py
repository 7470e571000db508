"""Gold texts for dumps of pages of which only stretches are known, from the HTML of the same pages.

``python -m benchmarks.line_model.stretch_gold HTML STRETCHES DUMPS OUT`` writes a folder as
`benchmarks.line_model.train` reads it. ``STRETCHES`` has a record for each page: ``file``, its
name, and ``with`` and ``without``, stretches that are in its article and that are not. What the
project reads from the HTML, which is right more often than what it reads from a dump, is taken for
the article's text; where a stretch says otherwise of a line, the stretch holds.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.model import Registers

_LATEST = date(2100, 1, 1)
"""No page is read after it."""


def gold_records(html: Path, stretches: Path, dumps: Path) -> Iterator[dict[str, Any]]:
    """Yield the gold record of each dump whose page has one article in its HTML."""
    registers = load_registers()
    registers = replace(
        registers, annotations=replace(registers.annotations, annotators=frozenset())
    )
    pages = {path.stem: path for path in html.rglob("*.html")}
    for line in stretches.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        stem = Path(record["file"]).stem
        dump = next(dumps.rglob(f"{stem}.txt"), None)
        text = _article_text(pages[stem], registers) if dump and stem in pages else None
        if dump and text:
            yield {**record, "file": dump.name, "text": text}


def _article_text(page: Path, registers: Registers) -> str | None:
    found = process(RawDocument("0" * 16, page.name, page.read_bytes(), _LATEST), registers)
    texts = [article.text for article in found.articles]
    return texts[0] if len(texts) == 1 else None


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name in ("html", "stretches", "dumps", "out"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    files = given.out / "files"
    files.mkdir(parents=True)
    records = list(gold_records(given.html, given.stretches, given.dumps))
    for record in records:
        shutil.copy(next(given.dumps.rglob(record["file"])), files / record["file"])
    rows = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (given.out / "gold.jsonl").write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
