"""Pages to train and measure on: dumps with the text of their articles, as rows of features.

A folder of dumps holds ``files/`` and ``gold.jsonl``: a record for each page with ``file``,
its name below ``files``, and ``text``, the article's; it may have ``with`` and ``without``,
stretches that are in the article and that are not (`benchmarks.line_model.stretch_gold`).
"""

from __future__ import annotations

import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.line_model.alignment import align, split_words
from benchmarks.line_model.front_labels import Labels, front_labels
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.clean.judge import judge, part_features
from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.layout.units import build_units, join_labels
from knipsel.transforms.model import Rejection
from knipsel.transforms.parse.parsed_line import LineReader
from knipsel.transforms.read.pdf.reader import read as read_pdf
from knipsel.transforms.read.source import Source

if TYPE_CHECKING:
    from knipsel.transforms.clean.lines.features import Columns
    from knipsel.transforms.layout.unit import Unit

SHARED_LINES = 8
"""Lines of a menu that two pages share where they are of one site."""
MENU_LINE = range(8, 81)
ONE_IN = 8
"""Of so many pages one each becomes an article alone and a wrapped one."""
WRAPPED = 72
NO_TITLE = "no such title"
"""What no line says: these pages teach that there may be no headline."""
FEW_PAGES = 12
"""A line on more pages than this belongs to a kind of software, not to a site."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the words of each line, which lines are the article, the features of the lines."""

    collection: str
    file: str
    lines: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    labels: NDArray[np.float64]
    gold: tuple[str, ...]
    features: NDArray[np.float32]
    front: dict[str, Labels]
    """Which lines are the front, by head, as far as the gold record tells."""

    @property
    def sizes(self) -> NDArray[np.float64]:
        """Return the words of each line."""
        return np.array([len(words) for words in self.lines], float)

    def columns(self, names: Sequence[str]) -> Columns:
        """Return the features by their names, as the line model takes them."""
        return {name: self.features[:, i].astype(np.float64) for i, name in enumerate(names)}


def gold_rows(folder: Path) -> list[dict[str, Any]]:
    """Return the gold records of a folder that have a text."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as rows:
        return [row for row in map(json.loads, rows) if row.get("text")]


def read_pages(folders: Iterable[Path]) -> tuple[list[Page], tuple[str, ...]]:
    """Return the pages of all folders, and the names of their features."""
    pages: list[Page] = []
    for folder in folders:
        gold = gold_rows(folder)
        with ProcessPoolExecutor() as pool:
            read = pool.map(partial(_read_page, folder), gold, chunksize=20)
            pages.extend(page for page in read if page)
    return pages, feature_names()


def clean_pages(folders: Iterable[Path]) -> list[Page]:
    """Return texts that are nothing but an article, wrapped or not.

    People also have files that were cleaned before; a model that only ever saw whole pages
    would cut them short. Menus without an article were tried too, and did harm: the model came
    to think of short articles as menus.
    """
    pages: list[Page] = []
    for folder in folders:
        gold = gold_rows(folder)
        with ProcessPoolExecutor() as pool:
            made = pool.map(_clean, enumerate(gold), chunksize=20)
            pages.extend(page for page in made if page)
    return pages


def _clean(numbered: tuple[int, dict[str, Any]]) -> Page | None:
    number, gold = numbered
    kind, text = number % ONE_IN, str(gold["text"])
    if kind == 0:
        titled = f"{gold.get('title') or ''}\n\n{text}"
        return make_page("article_alone", titled, {**gold, "authors": None, "date": None})
    if kind == 1:
        wrapped = "\n\n".join(textwrap.fill(line, WRAPPED) for line in text.splitlines())
        return make_page(
            "article_wrapped", wrapped, {"file": gold["file"], "text": text, "title": NO_TITLE}
        )
    return None


def feature_names() -> tuple[str, ...]:
    """Return the names of the features, in order."""
    registers = load_registers()
    page = judge(build_units("A line.", registers.layout), registers.pages)
    return tuple(part_features(page, page.parts[0], LineReader(registers.lines)))


def _read_page(folder: Path, gold: dict[str, Any]) -> Page | None:
    """Read a page: a text, or a PDF file that a browser printed; None where nothing was printed."""
    registers = load_registers()
    content = (folder / "files" / gold["file"]).read_bytes()
    if not gold["file"].endswith(".pdf"):
        return make_page(folder.name, decode(content, registers.encodings).text, gold)
    reading = read_pdf(Source(content), registers)
    if isinstance(reading, Rejection):
        message = f"{gold['file']}: {reading.message}"
        raise TypeError(message)
    units = reading.sections[0].units
    return page_of(folder.name, units, gold) if any(not one.reason for one in units) else None


def make_page(collection: str, text: str, gold: dict[str, Any]) -> Page:
    """Return the page of a text by its gold record."""
    return page_of(collection, build_units(text, load_registers().layout), gold)


def page_of(collection: str, units: Sequence[Unit], gold: dict[str, Any]) -> Page:
    """Return a page by its units and its gold record."""
    registers = load_registers()
    words = registers.lines
    divided = join_labels(units, words.dates, words.bylines, words.persons.joiners)
    judged = judge(divided, registers.pages)
    (part,) = judged.parts  # no page of these has more lines than are counted together
    columns = part_features(judged, part, LineReader(words))
    units = [judged.items[place].unit for place in part.places]
    lines = tuple(tuple(split_words(unit.text)) for unit in units)
    want = tuple(split_words(gold["text"]))
    return Page(
        collection=collection,
        file=gold["file"],
        lines=lines,
        texts=tuple(" ".join(unit.text.lower().split()) for unit in units),
        labels=_labels([unit.text for unit in units], align(lines, want), gold),
        gold=want,
        features=np.stack(list(columns.values()), axis=1).astype(np.float32),
        front=front_labels([unit.text for unit in units], lines, gold),
    )


def _labels(
    texts: Sequence[str], aligned: Sequence[float], gold: dict[str, Any]
) -> NDArray[np.float64]:
    """Return which lines are the article: as aligned, but where stretches of the record tell."""
    wanted, unwanted = ([_plain(one) for one in gold.get(key, ())] for key in ("with", "without"))
    labels = np.array(aligned)
    for row, text in enumerate(map(_plain, texts)):
        is_in, is_out = (any(one in text for one in ones) for ones in (wanted, unwanted))
        if is_in != is_out:
            labels[row] = float(is_in)
    return labels


def _plain(text: str) -> str:
    return " ".join(text.split())


def group_by_site(pages: Sequence[Page]) -> list[int]:
    """Return a number for each page, the same for pages of one site.

    Pages are of one site where they share lines of a menu, or are renderings of one page; so
    that no page is measured with a model that has seen its menu.
    """
    parents = list(range(len(pages)))

    def root(page: int) -> int:
        while parents[page] != page:
            parents[page] = parents[parents[page]]
            page = parents[page]
        return page

    for one, other in _related(pages):
        parents[root(one)] = root(other)
    return [root(page) for page in range(len(pages))]


def _related(pages: Sequence[Page]) -> list[tuple[int, int]]:
    by_line: dict[str, list[int]] = defaultdict(list)
    by_file: dict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        by_file[page.file].append(number)
        for line in sorted({text for text in page.texts if len(text) in MENU_LINE}):
            by_line[line].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in by_line.values():
        if len(numbers) <= FEW_PAGES:
            for place, one in enumerate(numbers):
                for other in numbers[place + 1 :]:
                    shared[one, other] += 1
    pairs = [pair for pair, count in shared.items() if count >= SHARED_LINES]
    return pairs + [(rows[0], other) for rows in by_file.values() for other in rows[1:]]
