"""Measures what is found of planted faults: ``python -m benchmarks.planted FOLDER``.

Prints for each kind how many of the faults that reach the table are named with article and field,
then the share of all, and the false alarms of 1,000 articles, with the rules that gave them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import knipsel
from benchmarks.planted.corpus import MadeArticle, sound_corpus
from benchmarks.planted.faults import KINDS, Planted, plant

_FOUND = """
SELECT path, field, rule FROM findings JOIN articles USING (article_id)
JOIN documents USING (document_id)
"""
_CARRIED = """
SELECT path, field, value FROM statements JOIN articles USING (article_id)
JOIN documents USING (document_id) WHERE document_rank = 1
UNION ALL SELECT path, 'text', text FROM articles JOIN documents USING (document_id)
"""
Found = list[tuple[str, str, str]]


def _ingested(folder: Path, corpus: list[MadeArticle]) -> tuple[Found, dict[tuple[str, str], str]]:
    """Return what is found in a corpus, and what each document alone would have carried."""
    files = folder / "files"
    for one in corpus:
        file = files / one.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(one.content(), encoding="utf-8")
    house = knipsel.open(folder / "warehouse")
    house.ingest(files, publish=False)
    root = f"{files.resolve()}/"

    def asked(query: str) -> Found:
        rows = house.sql(query, lake=True).fetchall()
        return [(str(path).removeprefix(root), field, value) for path, field, value in rows]

    carried = {(file, field): value for file, field, value in asked(_CARRIED)}
    return asked(_FOUND), carried


def _is_spoilt(one: Planted, carried: dict[tuple[str, str], str]) -> bool:
    """Tell whether a fault reaches the table: what reading sees through needs no finding."""
    text = carried.get((one.file, "text"), "")
    if one.stray and one.kind.field == "text":
        return any(paragraph in text for paragraph in one.stray)
    if one.right is None:
        return True
    value = carried.get((one.file, one.kind.field))
    return value is not None and value != one.right


def main() -> None:
    """Make the corpus in a folder, ingest it, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="An empty folder, for the files and a warehouse.")
    corpus = sound_corpus()
    planted = plant(corpus)
    rows, carried = _ingested(parser.parse_args().folder, corpus)
    found = {(file, field) for file, field, _ in rows}
    spoilt = [one for one in planted if _is_spoilt(one, carried)]
    named = [one for one in spoilt if any((one.file, field) in found for field in one.kind.fields)]
    for kind in KINDS:
        counts = (sum(one.kind is kind for one in listed) for listed in (named, spoilt))
        print("{:3} of {} ".format(*counts), kind.name)
    wrong = {(one.file, field) for one in planted for field in one.kind.fields}
    false = [row for row in rows if row[:2] not in wrong]
    print(f"named {len(named) / len(spoilt):.3f} of {len(spoilt)} faults ({len(planted)} planted)")
    print(f"false alarms {1000 * len(false) / len(corpus):.2f} of 1,000 articles")
    for rule, count in Counter(row[1:] for row in false).most_common():
        print(f"  {count} {' '.join(rule)}, as in {next(r[0] for r in false if r[1:] == rule)}")


if __name__ == "__main__":
    main()
