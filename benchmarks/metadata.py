"""What each part of describing an article costs: ``python -m benchmarks.metadata FILE…``.

Prints milliseconds an article for each part, and its share of all that is done from bytes to
rows. Files are page dumps or whatever can be read; the samples do without any.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.clean.blocks import Cleaned, clean
from knipsel.transforms.describe import describe as describing
from knipsel.transforms.describe.assemble import repair_blocks
from knipsel.transforms.describe.candidates.completeness import completeness
from knipsel.transforms.describe.candidates.file_names import path_dates
from knipsel.transforms.describe.candidates.genres import label_genres
from knipsel.transforms.describe.candidates.named_days import bounds_of_publication
from knipsel.transforms.describe.candidates.other_languages import other_languages
from knipsel.transforms.describe.candidates.places import place_lines
from knipsel.transforms.describe.candidates.publishers import site_candidates
from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.model import TEXT_ROLES, RawDocument
from knipsel.transforms.parse.parsed_line import LineReader
from knipsel.transforms.process import lines_of, process
from knipsel.transforms.read.plain import read
from knipsel.transforms.read.source import Source
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.text.language import detect_language

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples" / "articles"
ROUNDS = 5
"""The quickest of so many counts: other programs only ever slow one down."""
DAY = date(2026, 1, 1)


def _cleaned(content: bytes, registers: Registers) -> Cleaned | None:
    """Return the first section of a text, cleaned; None where it has none."""
    decoded = decode(content, registers.encodings)
    reading = read(Source(content, decoded.text, decoded.encoding), registers)
    if not hasattr(reading, "sections") or not reading.sections:
        return None
    section = reading.sections[0]
    lines = lines_of(section, registers.lines, registers.regions)
    cut = clean(section, registers.pages, lines)
    published = repair_blocks(cut.blocks)
    if not any(block.role for block in published):
        return None
    return Cleaned(section, reading.source_text, cut, tuple(published), lines)


def _text(cleaned: Cleaned) -> str:
    return "\n\n".join(block.text for block in cleaned.published if block.role in TEXT_ROLES)


def _parts(registers: Registers) -> dict[str, Callable[[Cleaned], object]]:
    """Return each part of describing as a function of a cleaned section."""
    origin = describing.Origin("/a/2023-03-10-a.txt", DAY)
    words, lines, regions = registers.articles, registers.lines, registers.regions
    return {
        "all of describing": lambda one: describing.describe(
            replace(one, lines=LineReader(one.lines.words)),
            _text(one),
            words,
            "0" * 16 + "-1",
            origin,
        ),
        "order of day and month": lambda one: lines_of(one.section, lines, regions),
        "language": lambda one: detect_language(_text(one)),
        "languages of paragraphs": lambda one: list(other_languages(one, "en")),
        "bounds from days named as past": lambda one: list(
            bounds_of_publication(one, (), words.tenses["en"], DAY)
        ),
        "completeness": lambda one: list(completeness(one, (), words.cut_signs)),
        "sites, addresses, copyright": lambda one: list(site_candidates(one, lines.outlets)),
        "genres": lambda one: list(label_genres(one, words.genres)),
        "places": lambda one: list(place_lines(one, words.story_labels)),
        "file names": lambda _: list(path_dates(origin.path)),
    }


def _best(work: Callable[[], object]) -> float:
    """Return the milliseconds of the quickest of several rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return 1000 * min(times)


def measure(contents: Iterable[bytes], registers: Registers) -> dict[str, float]:
    """Return milliseconds an article for each part, ``bytes to rows`` first."""
    sums: dict[str, float] = {}
    count = 0
    for content in contents:
        cleaned = _cleaned(content, registers)
        if cleaned is None:
            continue
        count += 1
        raw = RawDocument(hashlib.sha256(content).hexdigest(), "a.txt", content, DAY)
        works: dict[str, Callable[[], object]] = {"bytes to rows": partial(process, raw, registers)}
        works |= {name: partial(part, cleaned) for name, part in _parts(registers).items()}
        for name, work in works.items():
            sums[name] = sums.get(name, 0.0) + _best(work)
    return {name: total / max(count, 1) for name, total in sums.items()}


def main() -> None:
    """Print what each part costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    files = arguments.files or sorted(SAMPLES.glob("*.txt"))
    found = measure((file.read_bytes() for file in files), load_registers())
    whole = found.get("bytes to rows", 1.0)
    for name, milliseconds in found.items():
        print(f"{name:32} {milliseconds:7.3f} ms  {milliseconds / whole:6.1%}")


if __name__ == "__main__":
    main()
