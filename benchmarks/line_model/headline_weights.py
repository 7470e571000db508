"""Fit the weights of a headline.

``python -m benchmarks.line_model.headline_weights FOLDER[=WEIGHT]…``

A folder holds pages as text (``files/``) and ``gold.jsonl``: a record for each page with ``file``,
``title`` and, where the page prints other titles, ``titles``. The model of fronts says which lines
may be the headline; the weights are those of a choice among them and none (a conditional logit
with a small ridge). They are fitted to pages of other sites than those that are judged, in folds,
and printed for all: `knipsel.transforms.clean.front.headline.WEIGHTS` has them, rounded. What a
folder weighs lets pages count less whose titles the model of fronts was trained on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.clean.front import front, headline
from knipsel.transforms.clean.front.headline import BIAS, WEIGHTS, HeadlineChoice, HeadlinePage
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.text.words import fold

FOLDS, ROUNDS, RATE, RIDGE = 5, 600, 0.05, 1e-3
DAY = date(2020, 1, 1)
"""On which the pages are read; what they are read on changes no headline."""
Weights = NDArray[np.float64]
NAMES = [*WEIGHTS, "bias"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines of a page that may be its headline, and none, as rows of what is known of them."""

    folder: str
    fold: int
    weight: float
    rows: Weights
    is_title: NDArray[np.bool_]
    """Which rows are the title; the last one, none of the lines, where no line is."""


def choices(folder: Path, weight: float, registers: Registers) -> Iterator[Choice]:
    """Yield the choice that each page of a folder with a known title has."""
    for record in map(json.loads, filter(None, _lines(folder / "gold.jsonl"))):
        titles = {fold(one) for one in (record.get("title"), *record.get("titles", ())) if one}
        file = folder / "files" / Path(record["file"]).name
        if not titles or not file.exists():
            continue
        rows, texts = _asked(file, registers)
        if rows:
            found = [any(_is_same(fold(text), title) for title in titles) for text in texts]
            number = int(hashlib.sha256(file.stem.encode()).hexdigest(), 16) % FOLDS
            table = np.array([*rows, [0.0] * len(NAMES)])
            yield Choice(folder.name, number, weight, table, np.array([*found, not any(found)]))


def _lines(gold: Path) -> list[str]:
    """Return the lines of a file, in whose titles other signs that end lines may stand."""
    return gold.read_text("utf-8").split("\n")


def _is_same(text: str, title: str) -> bool:
    """Say whether a line is a title, the name of the site behind it aside."""
    return text == title or (len(text.split()) > 1 and title.startswith((f"{text} |", f"{text} -")))


def _asked(file: Path, registers: Registers) -> tuple[list[list[float]], list[str]]:
    """Return what is known of each line that was weighed as the headline, and its text."""
    rows: list[list[float]] = []
    texts: list[str] = []

    def choose(shares: Mapping[int, float], page: HeadlinePage) -> HeadlineChoice | None:
        rows.clear()
        texts.clear()
        for index, known in headline.candidates(shares, page).items():
            rows.append([*known.values(), 1.0])
            texts.append(page.judged[index].unit.text)
        return headline.choose_headline(shares, page)

    content = file.read_bytes()
    with patch.object(front, "choose_headline", choose):
        process(
            RawDocument(hashlib.sha256(content).hexdigest(), file.name, content, DAY), registers
        )
    return rows, texts


def fitted(pages: Sequence[Choice]) -> Weights:
    """Return the weights under which the titles are likeliest."""
    rows = np.vstack([page.rows for page in pages])
    owner = np.repeat(np.arange(len(pages)), [len(page.rows) for page in pages])
    starts = np.searchsorted(owner, np.arange(len(pages)))
    right = np.concatenate([page.is_title for page in pages])
    counts = np.array([page.weight for page in pages])[owner]
    weights, first, second = (np.zeros(len(NAMES)) for _ in range(3))
    for number in range(1, ROUNDS + 1):
        scores = rows @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chances = odds / np.add.reduceat(odds, starts)[owner]
        of_titles = odds * right
        wanted = of_titles / np.add.reduceat(of_titles, starts)[owner]
        slope = rows.T @ ((chances - wanted) * counts) / len(pages) + RIDGE * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        step = first / (1 - 0.9**number) / (np.sqrt(second / (1 - 0.999**number)) + 1e-8)
        weights = weights - RATE * step
    return weights


def right_ones(pages: Sequence[Choice], weights: Weights) -> list[bool]:
    """Return for each page whether the line with the most points is its title."""
    chosen = (int((page.rows @ weights).argmax()) for page in pages)
    return [
        bool(page.is_title[one]) and one < len(page.rows) - 1
        for page, one in zip(pages, chosen, strict=True)
    ]


def main() -> None:
    """Print the share of right headlines before and after, and the weights for all pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+")
    registers, pages = load_registers(), []
    for argument in parser.parse_args().folders:
        folder, _, weight = argument.partition("=")
        pages += list(choices(Path(folder), float(weight or 1), registers))
    now = np.array([*WEIGHTS.values(), BIAS])
    parts = [
        ([p for p in pages if p.fold != n], [p for p in pages if p.fold == n]) for n in range(FOLDS)
    ]
    judged = [page for _, held in parts for page in held]
    after = [one for others, held in parts if held for one in right_ones(held, fitted(others))]
    for folder in dict.fromkeys(page.folder for page in pages):
        mine = [page for page in pages if page.folder == folder]
        new = [one for page, one in zip(judged, after, strict=True) if page.folder == folder]
        before = np.mean(right_ones(mine, now))
        print(f"{folder:24} {len(mine):5} pages {before:.3f} {np.mean(new):.3f}")
    print({name: round(float(one), 1) for name, one in zip(NAMES, fitted(pages), strict=True)})


if __name__ == "__main__":
    main()
