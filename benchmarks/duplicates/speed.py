"""How fast texts become clusters, beside rensa making signatures of the same texts.

``python -m benchmarks.duplicates.speed``: 100,000 articles of 3 kB on one core, from text to
clusters and rows of ``duplicates``, in a database in memory. rensa's own rate is taken both
ways: from text, which is cut into words and shingles first, and from shingles that are there.
"""

from __future__ import annotations

import argparse
import re
from time import perf_counter

from rensa import RMinHash

from benchmarks.duplicates.made_texts import made_texts
from tests.linked_lake import LinkedLake, Made

ARTICLES = 100_000
SAMPLE = 5_000
"""Texts that rensa's rate is taken on; it does not depend on how many there are."""
PERMUTATIONS = 128
_WORD = re.compile(r"\w+")


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return [" ".join(words[start : start + 3]) for start in range(len(words) - 2)]


def _sign(shingles: list[str]) -> None:
    signature = RMinHash(num_perm=PERMUTATIONS, seed=0)
    signature.update(shingles)
    signature.digest()


def rensa_rates(texts: list[str]) -> tuple[float, float]:
    """Return how many texts rensa signs in a second: from text, and from their shingles."""
    started = perf_counter()
    for text in texts:
        _sign(_shingles(text))
    from_text = len(texts) / (perf_counter() - started)
    made = [_shingles(text) for text in texts]
    started = perf_counter()
    for shingles in made:
        _sign(shingles)
    return from_text, len(texts) / (perf_counter() - started)


def our_rate(articles: list[Made]) -> tuple[float, int]:
    """Return how many articles are linked in a second, and into how many clusters."""
    lake = LinkedLake()
    lake.connection.execute("SET threads = 1")
    lake.prepare(articles)
    started = perf_counter()
    lake.stage_keys(articles)
    lake.commit()
    rate = len(articles) / (perf_counter() - started)
    return rate, len(set(lake.clusters().values()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=ARTICLES)
    count: int = parser.parse_args().articles
    articles = [Made(str(n), text) for n, text in enumerate(made_texts(range(count)))]
    print(f"{count:,} articles of {sum(len(one.text) for one in articles) / count:,.0f} characters")
    sample = [one.text for one in articles[:SAMPLE]]
    before = rensa_rates(sample)
    ours, clusters = our_rate(articles)
    # The faster of two rounds, one before and one after: other programs only slow it down.
    from_text, from_shingles = map(max, before, rensa_rates(sample))
    print(f"rensa: {from_text:,.0f} a second from text, {from_shingles:,.0f} from shingles")
    print(f"from text to {clusters:,} clusters: {ours:,.0f} a second")
    print(f"ratio {ours / from_text:.2f} (from shingles {ours / from_shingles:.3f})")


if __name__ == "__main__":
    main()
