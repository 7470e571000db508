"""Articles made up for measuring: as long as news articles, no two alike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

WORDS = [
    "de",
    "het",
    "een",
    "van",
    "in",
    "en",
    "op",
    "te",
    "dat",
    "is",
    "voor",
    "met",
    "zijn",
    "niet",
    "aan",
    "er",
    "om",
    "ook",
    "als",
    "bij",
    "maar",
    "door",
    "over",
    "uit",
    "nog",
    "naar",
    "worden",
    "tot",
    "hebben",
    "meer",
    "kunnen",
    "gaan",
    "wordt",
    "heeft",
    "werd",
    "onder",
    "volgens",
    "tegen",
    "tussen",
    "havenstad",
    "bestand",
    "onderhandelaar",
    "regering",
    "parlement",
    "bemiddelaar",
    "grens",
    "verdrag",
    "akkoord",
    "delegatie",
    "voorzitter",
    "woordvoerder",
    "minister",
    "ronde",
    "voorstel",
    "garantie",
    "waarnemer",
    "konvooi",
    "graan",
    "gas",
    "energie",
    "winter",
    "leger",
    "troepen",
    "sanctie",
    "verkiezing",
    "bevolking",
    "stad",
    "dorp",
    "rivier",
    "brug",
    "trein",
]
SENTENCE_WORDS = (8, 22)
PARAGRAPH_SENTENCES = (3, 6)
ARTICLE_PARAGRAPHS = 6


def _sentence(chance: random.Random) -> str:
    """Return a sentence of words in no sensible order, with a number that makes it its own."""
    words = chance.choices(WORDS, k=chance.randint(*SENTENCE_WORDS))
    words.insert(len(words) // 2, str(chance.randrange(10**6)))
    return " ".join(words).capitalize() + "."


def article(number: int) -> str:
    """Return article ``number``: some 3,000 characters; the same number gives the same text."""
    chance = random.Random(number)
    paragraphs = [
        " ".join(_sentence(chance) for _ in range(chance.randint(*PARAGRAPH_SENTENCES)))
        for _ in range(ARTICLE_PARAGRAPHS)
    ]
    return f"Datum: {2000 + number % 25}-{1 + number % 12:02d}\n\n" + "\n\n".join(paragraphs)


def write_articles(folder: Path, numbers: range) -> Iterator[Path]:
    """Write articles into a folder, a thousand to a subfolder, and yield the files."""
    for number in numbers:
        file = folder / f"{number // 1000:04d}" / f"{number:07d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(article(number), encoding="utf-8")
        yield file
