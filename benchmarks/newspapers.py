"""Quotations and speakers in made-up articles: ``python -m benchmarks.newspapers [FOLDER …]``.

The articles are in ``tests/golden/newspapers``, a folder for each language. Prints precision and
recall of direct quotations, all and those of four words and more, and for how many the speaker is
right; ``--errors`` prints what is wrong too. The name of a folder is its articles' language.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.annotate import annotate
from knipsel.transforms.annotate.model import Quotation
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.registers.annotations.registers import AnnotationRegisters

ARTICLES = Path(__file__).parents[1] / "tests" / "golden" / "newspapers"
LEAST_WORDS = 4
"""Words from which marks hold more than a word at a distance, as the field counts quotations."""
SHOWN = 60
"""Characters of a quotation, and around it, that are printed."""
UNKNOWN = "?"
"""Who says it where an article does not tell."""
_GOLD = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
_NO_LETTER = re.compile(r"\W+")

Span = tuple[int, int]


class Article(NamedTuple):
    """A text and its direct quotations, without marks around them: who says each."""

    name: str
    language: str
    text: str
    speakers: dict[Span, str]


class Figures(NamedTuple):
    """Quotations that are right, found and in the gold, and the same of four words and more.

    Of ``named``, the right ones whose speaker an article tells, ``right_speakers`` have it.
    """

    right: int = 0
    found: int = 0
    gold: int = 0
    right_long: int = 0
    found_long: int = 0
    gold_long: int = 0
    right_speakers: int = 0
    named: int = 0

    @property
    def precision(self) -> float:
        """Return the share of those found, of four words and more, that are right."""
        return self.right_long / self.found_long

    @property
    def recall(self) -> float:
        """Return the share of the gold, of four words and more, that is found."""
        return self.right_long / self.gold_long

    @property
    def speakers(self) -> float:
        """Return the share of quotations with a speaker that have the right one."""
        return self.right_speakers / self.named


def read_articles(paths: Iterable[Path]) -> Iterator[Article]:
    """Yield made-up articles; the first line of each file says what it is."""
    for path in paths:
        _, _, marked = path.read_text(encoding="utf-8").partition("\n\n")
        text, speakers, last = "", {}, 0
        for found in _GOLD.finditer(marked):
            text += marked[last : found.start()]
            span = len(text), len(text) + len(found[2])
            text += found[2]
            speakers[_bare(text, span)] = found[1].strip()
            last = found.end()
        yield Article(path.stem, path.parent.name, text + marked[last:], speakers)


def languages() -> list[str]:
    """Return the languages that there are made-up articles in."""
    return sorted(one.name for one in ARTICLES.iterdir() if one.is_dir())


def articles_in(folder: Path) -> list[Article]:
    """Return the made-up articles of a language."""
    return list(read_articles(sorted(folder.glob("*.txt"))))


def quotations(article: Article, registers: AnnotationRegisters) -> dict[Span, Quotation]:
    """Return the direct quotations that are found, without what is no letter at their ends."""
    text = of_text(article.text, article.language, None, registers)
    found = annotate(text, registers).quotations
    direct = (one for one in found if one.is_direct)
    return {_bare(article.text, (one.char_start, one.char_end)): one for one in direct}


def measure(articles: Iterable[Article], registers: AnnotationRegisters) -> Figures:
    """Return the figures of all articles together."""
    total = Figures()
    for article in articles:
        found = quotations(article, registers)
        total = Figures(*map(sum, zip(total, _count(article, found), strict=True)))
    return total


def _count(article: Article, found: dict[Span, Quotation]) -> Figures:
    right = found.keys() & article.speakers.keys()
    named = [span for span in right if article.speakers[span] != UNKNOWN]
    return Figures(
        len(right),
        len(found),
        len(article.speakers),
        _long(article, right),
        _long(article, found),
        _long(article, article.speakers),
        sum(is_speaker(found[span].speaker, article.speakers[span]) for span in named),
        len(named),
    )


def _long(article: Article, spans: Iterable[Span]) -> int:
    return sum(len(article.text[start:end].split()) >= LEAST_WORDS for start, end in spans)


def _bare(text: str, span: Span) -> Span:
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def is_speaker(found: str | None, gold: str) -> bool:
    """Tell whether a speaker is the gold's: the same letters, or one within the other.

    *de woordvoerder* is enough for *de woordvoerder van het ministerie*.
    """
    one, other = (_NO_LETTER.sub("", name.lower()) for name in (found or "", gold))
    return bool(one) and (one in other or other in one)


def errors(article: Article, registers: AnnotationRegisters) -> Iterator[str]:
    """Yield what is missed, too much, or somebody else's in an article."""
    found = quotations(article, registers)
    for span in sorted(found.keys() | article.speakers.keys()):
        gold, one = article.speakers.get(span), found.get(span)
        start, end = span
        place = f"{article.text[max(0, start - SHOWN) : start]}⟪{article.text[start:end][:SHOWN]}⟫"
        if one is None:
            yield f"{article.name} missed ({gold}): {place!r}"
        elif gold is None:
            yield f"{article.name} too much ({one.speaker}): {place!r}"
        elif gold != UNKNOWN and not is_speaker(one.speaker, gold):
            yield f"{article.name} {one.speaker} for {gold}: {place!r}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    registers = load_registers().annotations
    for folder in options.folders or [ARTICLES / language for language in languages()]:
        articles = articles_in(folder)
        if options.errors:
            print("\n".join(line for one in articles for line in errors(one, registers)))
        _print(folder.name, len(articles), measure(articles, registers))


def _print(language: str, articles: int, found: Figures) -> None:
    print(
        f"{language}: {articles} articles, all quotations: "
        f"precision {found.right / found.found:.3f} "
        f"recall {found.right / found.gold:.3f} n {found.gold}"
    )
    print(
        f"  {LEAST_WORDS} words and more: precision {found.precision:.3f} "
        f"recall {found.recall:.3f} n {found.gold_long}"
    )
    print(f"  the speaker: {found.right_speakers} of {found.named}, {found.speakers:.3f}")


if __name__ == "__main__":
    main()
