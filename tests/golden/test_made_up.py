"""Floors on files that were written for the project: they guard it where no other data is at hand.

Pages, prints and exports were written as such files are, and what is right about them stands
beside each; the floors are what comes out.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from benchmarks.line_model.alignment import shingle_score, split_words
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process

FOLDER = Path(__file__).parent / "made_up"
FLOORS: dict[str, dict[str, float]] = tomllib.loads(
    (Path(__file__).parent / "floors.toml").read_text(encoding="utf-8")
)["made_up"]

FACTS = ("headline", "date_published", "authors", "publisher")
"""What is asked of an article besides its text; an empty value says that there is none."""

Facts = dict[str, Any]


def true_articles(file: Path) -> list[Facts]:
    """Return what is right about the articles of a file."""
    written = tomllib.loads(file.with_suffix(".toml").read_text(encoding="utf-8"))
    articles: list[Facts] = written.get("articles", [written])
    return articles


def found_articles(file: Path) -> list[Facts]:
    """Return what becomes of a file."""
    content = file.read_bytes()
    raw = RawDocument(hashlib.sha256(content).hexdigest(), file.name, content)
    document = process(raw, load_registers())
    return [
        {
            "body": article.text,
            "headline": article.headline or "",
            "date_published": article.date_published or "",
            "publisher": article.publisher or "",
            "authors": [
                author.name
                for author in document.authors
                if author.article_id == article.article_id
            ],
        }
        for article in document.articles
    ]


def compared(kind: str) -> Iterator[tuple[str, Facts, Facts]]:
    """Yield each article of the files of a kind: its file, what is right, what was found."""
    for file in sorted((FOLDER / kind).glob("*.txt")):
        pairs = zip_longest(true_articles(file), found_articles(file), fillvalue={"body": ""})
        yield from ((file.stem, true, found) for true, found in pairs)


def text_scores(articles: list[tuple[str, Facts, Facts]]) -> tuple[float, list[str]]:
    """Return the F1 of all texts over runs of four words, and the files that fall short."""
    scores = {
        f"{name} {number}": shingle_score(split_words(found["body"]), split_words(true["body"]))
        for number, (name, true, found) in enumerate(articles)
    }
    precision = sum(score[0] for score in scores.values()) / len(scores)
    recall = sum(score[1] for score in scores.values()) / len(scores)
    short = [f"{name}: {score}" for name, score in scores.items() if min(score) < 1]
    return 2 * precision * recall / (precision + recall), short


def share_right(fact: str, articles: list[tuple[str, Facts, Facts]]) -> tuple[float, list[str]]:
    """Return the share of articles whose fact is right, of those where it is known; the wrong.

    Capitals make no difference: a byline in capitals gives a name in capitals.
    """
    asked = [
        (name, str(true[fact]), str(found.get(fact)))
        for name, true, found in articles
        if fact in true
    ]
    wrong = [
        f"{name}: {found}, not {true}"
        for name, true, found in asked
        if true.casefold() != found.casefold()
    ]
    return 1 - len(wrong) / len(asked) if asked else 1.0, wrong


@pytest.mark.parametrize("kind", FLOORS)
def test_what_was_written_for_the_project_comes_out_as_well_as_before(kind: str) -> None:
    articles = list(compared(kind))
    assert len(articles) == FLOORS[kind]["articles"]
    figures = {"text": text_scores(articles)}
    figures |= {fact: share_right(fact, articles) for fact in FACTS}
    fallen = {
        name: (round(figure, 3), short)
        for name, (figure, short) in figures.items()
        if figure < FLOORS[kind].get(name, 0.0)
    }
    assert not fallen
