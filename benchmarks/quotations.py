"""Quotations measured on development sets: German news, Dutch fiction, and the speed.

``python -m benchmarks.quotations FOLDER`` takes the folder of the evaluation sets. A quotation
counts where its words are those of the gold, marks and white space aside (*exact*), and where it
shares any (*overlap*); beside it, what a regular expression on marks reaches. The mentions are
left out, so that this annotator is measured alone.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.quotations import find_quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.annotate.model import Quotation

Span = tuple[int, int]

REGISTERS = load_registers().annotations
MARKS = "„“”\"»«‚‘’' \n\xa0"
BETWEEN_MARKS = re.compile(r'„[^“”"]*[“”"]|"[^"]*"|»[^«]*«')
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
"""The end of a sentence: the texts have each on a line of its own, and paragraphs apart."""
LEAST_WORDS = 4
ARTICLES = 600
CHARACTERS = 3000
"""Of an article, by which the speed is counted."""


class Measured(NamedTuple):
    """Spans found and spans of the gold, counted over all texts."""

    exact: int = 0
    touching: int = 0
    touched: int = 0
    found: int = 0
    gold: int = 0

    def plus(self, found: set[Span], gold: set[Span]) -> Measured:
        """Add those of a text."""
        return Measured(
            self.exact + len(found & gold),
            self.touching + sum(_touches(one, gold) for one in found),
            self.touched + sum(_touches(one, found) for one in gold),
            self.found + len(found),
            self.gold + len(gold),
        )

    def line(self, name: str) -> str:
        """Return precision, recall and F1, exact and by overlap."""
        exact = _figures(self.exact, self.exact, self.found, self.gold)
        overlap = _figures(self.touching, self.touched, self.found, self.gold)
        return f"{name:42} exact {exact}   overlap {overlap}   n {self.gold}"


def _touches(span: Span, others: set[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _figures(right: int, met: int, found: int, gold: int) -> str:
    precision, recall = right / max(1, found), met / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def stripped(text: str, start: int, end: int) -> Span:
    """Return a span without marks and white space at its ends."""
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip(MARKS))
    return start, max(start, end - (len(inside) - len(inside.rstrip(MARKS))))


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file of JSON lines, compressed or not."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    yield from map(json.loads, content.splitlines())


def quotations(text: str, language: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text."""
    return find_quotations(of_text(text, language, None, REGISTERS), (), REGISTERS.quotations)


def german_news(path: Path) -> Iterator[str]:
    """Yield the lines of figures for German news."""
    measured, long, marks, right, named = Measured(), Measured(), Measured(), 0, 0
    for record in records(path):
        text: str = record["text"]
        gold = {
            stripped(text, span["charBegin"], span["charEnd"]): one
            for one in record["quotes"]
            if one["type"] == "Direct"
            for span in one["spans"]
        }
        direct = [one for one in quotations(text, "de") if one.is_direct]
        found = {stripped(text, one.char_start, one.char_end): one for one in direct}
        measured = measured.plus(set(found), set(gold))
        long = long.plus(_long(text, found), _long(text, gold))
        between = {stripped(text, *one.span()) for one in BETWEEN_MARKS.finditer(text)}
        marks = marks.plus(between, set(gold))
        for span in found.keys() & gold.keys():
            speaker = " ".join(gold[span]["speaker"])
            if speaker and speaker.lower() not in {"er", "sie"}:
                named += 1
                right += _is_speaker(found[span].speaker, speaker)
    yield measured.line("German news, direct")
    yield long.line(f"German news, {LEAST_WORDS} words and more")
    yield marks.line("a regular expression on marks")
    yield f"the speaker, where a noun or a name is the gold: {right} of {named}"


def _long(text: str, spans: Iterable[Span]) -> set[Span]:
    return {one for one in spans if len(text[one[0] : one[1]].split()) >= LEAST_WORDS}


def _is_speaker(found: str | None, gold: str) -> bool:
    if not found:
        return False
    small, large = found.lower(), gold.lower()
    return small in large or large in small or small.split()[-1] in large.split()


def dutch_fiction(path: Path) -> str:
    """Return the line of figures for Dutch fiction, which has spaces between its tokens.

    They are taken out first; what is compared are the letters of the quotations, one by one.
    """
    right = found = gold = 0
    for record in records(path):
        text = joined(record["text"])
        direct = (one for one in quotations(text, "nl") if one.is_direct)
        own = Counter(_letters(text[one.char_start : one.char_end]) for one in direct)
        wanted = Counter(_letters(one["quote"]) for one in record["quotes"])
        right += (own & wanted).total()
        found, gold = found + own.total(), gold + wanted.total()
    return f"{'Dutch fiction, direct':42} exact {_figures(right, right, found, gold)}   n {gold}"


def joined(tokens: str) -> str:
    """Return tokenised text as it is written: a typewriter mark that begins a line opens."""
    lines, is_open = [], False
    for line in tokens.split("\n"):
        parts = re.split(r'\s*"\s*', line.strip())
        written = parts[0]
        is_open = is_open and not line.strip().startswith('"')
        for part in parts[1:]:
            written += f'" {part}' if is_open else f' "{part}'
            is_open = not is_open
        lines.append(re.sub(r"\s+([,.;:!?])", r"\1", written).strip())
    return _LINE_END.sub(" ", "\n".join(lines))


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def speed(path: Path) -> str:
    """Return how long an article takes, its sentences found beforehand."""
    texts = [record["text"] for record, _ in zip(records(path), range(ARTICLES), strict=False)]
    articles = [of_text(text, "nl", None, REGISTERS) for text in texts]
    started = process_time()
    for article in articles:
        find_quotations(article, (), REGISTERS.quotations)
    seconds = process_time() - started
    milliseconds = 1000 * seconds / (sum(map(len, texts)) / CHARACTERS)
    return f"{milliseconds:.2f} ms of processor time for {CHARACTERS} characters of Dutch news"


def main() -> None:
    """Print the figures."""
    folder = Path(sys.argv[1])
    for line in german_news(folder / "quotes_de" / "wikinews_dev.jsonl"):
        print(line)
    print(dutch_fiction(folder / "quotes_nl" / "openboek.jsonl"))
    print(speed(folder / "articles_nl" / "nos.jsonl.gz"))


if __name__ == "__main__":
    main()
