"""How well duplicates are found: ``python -m benchmarks.duplicates.quality``.

- ``--dumps W3M LYNX``: folders with renderings of the same pages, each as in `benchmarks.dumps`.
  Each page is extracted in sixteen ways, from both renderings: cleaned, whole, long lines only,
  the gold text with parts missing or menus around it. Texts of one page are true pairs.
- ``--news FILE``: articles as JSON lines with ``text``, of which ``pairs_nl.csv`` has pairs that
  were labelled by hand: by the number of the text (see `knipsel.warehouse.linking.tables`).

Prints precision, recall and F1 of clusters, the same for each band of Jaccard similarity, true
pairs that were never compared, and whether other orders of arrival end the same.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from benchmarks.duplicates.renderings import extractions
from knipsel.warehouse.linking.tables import text_id
from tests.linked_lake import LinkedLake, Made

PAIRS = Path(__file__).with_name("pairs_nl.csv")
PAGES = 181
ORDERS = 3
BATCHES = (1, 7, 60, 400)
BANDS = 10
PLAIN_THRESHOLDS = (0.3, 0.4, 0.5, 0.6)
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of articles: whether it is one, whether it was taken for one, how alike it is.

    ``similarity`` is None where the two were never compared.
    """

    is_true: bool
    is_found: bool
    similarity: float | None


def figures(pairs: Iterable[Judged]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    counts = Counter((pair.is_true, pair.is_found) for pair in pairs)
    hits, false, missed = counts[True, True], counts[False, True], counts[True, False]
    precision = hits / (hits + false) if hits + false else 1.0
    recall = hits / (hits + missed) if hits + missed else 1.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def plain(pairs: Iterable[Judged], threshold: float) -> float:
    """Return the F1 of nothing but a threshold on similarity, on the same pairs."""
    taken = (replace(pair, is_found=(pair.similarity or 0) >= threshold) for pair in pairs)
    return figures(taken)[2]


def report(name: str, pairs: list[Judged]) -> None:
    """Print the figures of all pairs and of each band of similarity."""
    precision, recall, score = figures(pairs)
    true = [pair for pair in pairs if pair.is_true]
    unseen = sum(pair.similarity is None for pair in true)
    print(f"{name}: {len(true):,} true pairs, {unseen / len(true):.2%} of them never compared")
    print(f"  precision {precision:.4f}, recall {recall:.4f}, F1 {score:.4f}")
    for threshold in PLAIN_THRESHOLDS:
        print(f"  plain similarity from {threshold}: F1 {plain(pairs, threshold):.3f}")
    bands: dict[int, list[Judged]] = defaultdict(list)
    for pair in pairs:
        if pair.similarity is not None:
            bands[min(BANDS - 1, int(pair.similarity * BANDS))].append(pair)
    for band in sorted(bands, reverse=True):
        true_here = sum(pair.is_true for pair in bands[band])
        precision, recall, _ = figures(bands[band])
        print(
            f"  {band / BANDS:.1f} to {(band + 1) / BANDS:.1f}: {len(bands[band]):6,} compared, "
            f"{true_here:6,} true, precision {precision:.3f}, recall {recall:.3f}"
        )


def compared(lake: LinkedLake) -> dict[Pair, float]:
    """Return the similarity of each pair that was compared, by identifiers in order."""
    rows = lake.ask("SELECT article_id, other_article_id, similarity FROM lake.duplicates")
    return {(str(one), str(other)): float(str(share)) for one, other, share in rows}


def judge_pages(articles: Mapping[str, str], lake: LinkedLake) -> list[Judged]:
    """Return all true pairs of renderings and all that were compared or joined.

    ``articles`` gives the page of each article.
    """
    clusters, known = lake.clusters(), compared(lake)
    wanted = set(known) | _within(clusters) | _within(articles)
    return [
        Judged(
            articles[one] == articles[other],
            clusters[one] == clusters[other],
            known.get((one, other)),
        )
        for one, other in wanted
    ]


def _within(groups: Mapping[str, str]) -> set[Pair]:
    """Return the pairs of those with the same group."""
    members: dict[str, list[str]] = defaultdict(list)
    for one, group in sorted(groups.items()):
        members[group].append(one)
    return {(one, other) for group in members.values() for one, other in combinations(group, 2)}


def measure_pages(folders: list[Path]) -> None:
    """Link the extractions of pages and print how well those of one page found each other."""
    made, page_of = [], {}
    for page, texts in extractions(folders, PAGES):
        for name, text in texts.items():
            article = Made(f"{page} {name}", text)
            made.append(article)
            page_of[article.article_id] = page
    lake = LinkedLake()
    lake.change(made)
    report(
        f"{len(made):,} extractions of {len(set(page_of.values()))} pages",
        judge_pages(page_of, lake),
    )


def labelled_pairs(articles: Iterable[Made]) -> Iterator[tuple[Made, Made, bool]]:
    """Yield the pairs that were labelled, among these articles, and whether they are one."""
    by_text: dict[int, list[Made]] = defaultdict(list)
    for article in articles:
        by_text[text_id(article.text_sha256)].append(article)
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one, other = (by_text.get(int(row[name], 16), []) for name in ("text", "other_text"))
            if one and other and row["label"] != "unsure":
                yield one[0], other[-1], row["label"] == "duplicate"


def measure_news(file: Path) -> None:
    """Link news articles and print how the labelled pairs came out, and whether order matters."""
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        made = [Made(f"{n}", json.loads(row)["text"]) for n, row in enumerate(rows)]
    lake = LinkedLake()
    lake.change(made)
    clusters, known = lake.clusters(), compared(lake)
    judged = []
    for one, other, is_true in labelled_pairs(made):
        first, second = sorted((one.article_id, other.article_id))
        judged.append(
            Judged(is_true, clusters[first] == clusters[second], known.get((first, second)))
        )
    report(f"{len(made):,} news articles", judged)
    expected = lake.state()
    for seed in range(ORDERS):
        print(f"  order {seed + 1} ends the same: {in_order(made, seed).state() == expected}")


def in_order(articles: list[Made], seed: int) -> LinkedLake:
    """Return a lake to which articles came in some order and batches, some going and returning."""
    chance = random.Random(seed)
    waiting = chance.sample(articles, len(articles))
    lake, gone, there = LinkedLake(), list[Made](), list[Made]()
    while waiting:
        size = chance.choice(BATCHES)
        come, waiting = waiting[:size], waiting[size:]
        go = chance.sample(there, min(len(there), chance.choice((0, 0, 3, 30))))
        if chance.random() < 1 / 3:
            come, gone = [*come, *gone], []
        lake.change(come, go)
        there = [one for one in there if one not in go] + come
        gone += go
    lake.change(gone)
    return lake


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dumps", type=Path, nargs="*", default=[])
    parser.add_argument("--news", type=Path)
    options = parser.parse_args()
    if options.dumps:
        measure_pages(options.dumps)
    if options.news:
        measure_news(options.news)


if __name__ == "__main__":
    main()
