"""How fast the annotators are: ``python -m benchmarks.annotations [FOLDER]``.

Processor time of one process for 3,000 characters, each annotator by itself and all together,
on the samples; with the folder of the evaluation sets on Dutch news articles instead, each of
which is read for the first time, so that nothing is remembered of its words.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.annotate import annotate
from knipsel.transforms.annotate.model import ArticleText
from knipsel.transforms.annotate.names.find import find_mentions
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.quotations.find import find_quotations
from knipsel.transforms.annotate.times.find import find_times
from knipsel.transforms.annotate.topics.find import find_topics
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.annotations.registers import AnnotationRegisters

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples" / "articles"
CHARACTERS = 3_000
NEWS = 800
"""Articles of the evaluation sets that are read: some two million characters."""


def _samples() -> list[tuple[str, str | None, str | None]]:
    """Return the text, the language and the date of each sample."""
    registers = load_registers()
    found = []
    for number, file in enumerate(sorted(SAMPLES.iterdir())):
        document = process(RawDocument(f"{number:064x}", file.name, file.read_bytes()), registers)
        found += [(one.text, one.language, one.date_published) for one in document.articles]
    return found


def _news(folder: Path) -> list[tuple[str, str | None, str | None]]:
    """Return the text and the date of Dutch news articles."""
    with gzip.open(folder / "articles_nl" / "nos.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line, _ in zip(lines, range(NEWS), strict=False)]
    return [(one["text"], "nl", (one["date"] or "")[:10] or None) for one in records]


def _measured(texts: Sequence[ArticleText], annotator: Callable[[ArticleText], object]) -> float:
    """Return the milliseconds of processor time that `CHARACTERS` take."""
    begun = process_time()
    for text in texts:
        annotator(text)
    return (process_time() - begun) * 1e3 * CHARACTERS / sum(len(text.text) for text in texts)


def main() -> None:
    """Print what each annotator takes, and all of them."""
    registers: AnnotationRegisters = load_registers().annotations
    sources = _news(Path(sys.argv[1])) if len(sys.argv) > 1 else _samples()
    begun = process_time()
    texts = [of_text(text, language, date, registers) for text, language, date in sources]
    size = sum(len(text.text) for text in texts)
    sentences = (process_time() - begun) * 1e3 * CHARACTERS / size
    together = sentences + _measured(texts, lambda text: annotate(text, registers))
    print(f"{len(texts)} articles, {size:,} characters; for {CHARACTERS:,} characters:")
    mentions = {id(text): find_mentions(text, registers.names) for text in texts}
    for name, annotator in (
        ("names", lambda text: find_mentions(text, registers.names)),
        ("quotations", lambda t: find_quotations(t, mentions[id(t)], registers.quotations)),
        ("times", lambda text: find_times(text, registers.times)),
        ("topics", lambda text: find_topics(text, registers.topics)),
    ):
        print(f"{name:12}{_measured(texts, annotator):6.2f} ms")
    print(f"{'sentences':12}{sentences:6.2f} ms")
    print(f"{'all':12}{together:6.2f} ms, {1e3 / together:.0f} articles a second and core")


if __name__ == "__main__":
    main()
