"""Names found, against the silver tags of Dutch sentences: ``python -m benchmarks.names FOLDER``.

FOLDER is that of the evaluation sets. Prints precision, recall and F1 of exact spans by kind and
the milliseconds that an article of 3 kB takes; ``--errors KIND`` prints what went wrong too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.names import find_mentions
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.model import Kind

SILVER = Path("ner_nl") / "wikineural_val.jsonl"
ARTICLES = Path("articles_nl") / "nos.jsonl.gz"
KINDS: dict[str, Kind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
ARTICLE = 3_000
"""Characters of the article of which the speed is told."""
GLUED_BEFORE = {",", ".", ";", ":", "!", "?", ")", "'s", "%"}
GLUED_BEHIND = {"("}

Span = tuple[int, int, Kind]


def main() -> None:
    """Print both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", choices=[*KINDS.values()])
    parser.add_argument("--limit", type=int, default=60)
    options = parser.parse_args()
    quality(options.folder / SILVER, options.errors, options.limit)
    speed(options.folder / ARTICLES)


def quality(file: Path, errors: str | None, limit: int) -> None:
    """Print precision, recall and F1 by kind."""
    registers = load_registers().annotations
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for text, gold in sentences(file):
        mentions = find_mentions(of_text(text, "nl", None, registers), registers.names)
        found = {(one.char_start, one.char_end, one.kind) for one in mentions}
        for spans, counter in ((found & gold, right), (found, given), (gold, wanted)):
            counter.update(span[2] for span in spans)
            counter["all"] += len(spans)
        if errors and limit > 0 and any(span[2] == errors for span in found ^ gold):
            limit -= 1
            print(
                text,
                "\n   too much",
                shown(text, found - gold),
                "missed",
                shown(text, gold - found),
            )
    for kind in (*KINDS.values(), "all"):
        precision, recall = right[kind] / given[kind], right[kind] / wanted[kind]
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{kind:13} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")


def shown(text: str, spans: set[Span]) -> list[str]:
    """Return spans as a person reads them."""
    return [f"{text[start:end]}/{kind}" for start, end, kind in sorted(spans)]


def sentences(file: Path) -> Iterator[tuple[str, set[Span]]]:
    """Yield each sentence as running text with the spans of its names."""
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text, places = joined(record["tokens"])
        yield text, set(spans(places, record["bio"]))


def joined(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return tokens as text, without the spaces that a writer does not write, and their places."""
    text, places, is_open = "", [], False
    glued = True
    for word in tokens:
        closes = word == '"' and is_open
        if not glued and word not in GLUED_BEFORE and not closes:
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        is_open ^= word == '"'
        glued = word in GLUED_BEHIND or (word == '"' and is_open)
    return text, places


def spans(places: Sequence[tuple[int, int]], tags: Sequence[str]) -> Iterator[Span]:
    """Yield the spans of IOB2 tags that are counted."""
    for at, tag in enumerate(tags):
        if tag.startswith("B-") and tag[2:] in KINDS:
            end = at + 1
            while end < len(tags) and tags[end] == f"I-{tag[2:]}":
                end += 1
            yield places[at][0], places[end - 1][1], KINDS[tag[2:]]


def speed(file: Path) -> None:
    """Print the milliseconds an article of 3 kB."""
    registers = load_registers().annotations
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(400), lines, strict=False)]
    prepared = [of_text(text, "nl", None, registers) for text in texts]
    start = time.process_time()
    for article in prepared:
        find_mentions(article, registers.names)
    seconds = time.process_time() - start
    print(f"{1000 * seconds * ARTICLE / sum(map(len, texts)):.2f} ms an article of 3 kB")


if __name__ == "__main__":
    main()
