"""Making the index of a release: anew, or from that of the release before and what changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from knipsel.transforms.text.search.lemmas import lemmas
from knipsel.transforms.text.search.query import FARTHEST, ZONES
from knipsel.transforms.text.search.tokens import name_key, plain, words_of
from knipsel.warehouse.search.index import schema
from knipsel.warehouse.search.index.rows import ArticleRow, ArticleSource
from knipsel.warehouse.search.index.state import (
    ACCENTS,
    ARTICLES,
    FOLDER,
    TERMS,
    IndexState,
    identifiers_digest,
    index_files,
    made_with,
    read_state,
    release_digest,
    usable_state,
    write_state,
)

if TYPE_CHECKING:
    from tantivy import Document, Index, IndexWriter

HEAP_BYTES = 200_000_000
"""Memory in which words are gathered before a part of the index is written: so many bytes hold
some 30,000 articles, and fewer parts are searched quicker."""
_GAP = FARTHEST + 2
"""Places that are left free between two texts of a zone, so that no NEAR reaches across."""
_MOST_DEAD = 0.2
"""The share of articles that are taken out from which on an index is made anew."""
EPOCH = date(1970, 1, 1)
Progress = Callable[[int], None]
"""Is told how many articles are indexed."""


def no_progress(_: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class IndexedArticles:
    """The articles of an index, by number: identifiers, digests, and which are still in it."""

    identifiers: list[str] = field(default_factory=list)
    digests: list[int] = field(default_factory=list)
    is_alive: list[bool] = field(default_factory=list)

    @classmethod
    def read(cls, search: Path) -> IndexedArticles:
        """Read those of the index in a folder."""
        with np.load(search / ARTICLES) as stored:
            identifiers = [one.decode() for one in stored["identifiers"].tolist()]
            return cls(identifiers, stored["digests"].tolist(), stored["is_alive"].tolist())

    def write(self, search: Path) -> None:
        """Write them into the folder of the index."""
        np.savez(
            search / ARTICLES,
            identifiers=np.array([one.encode() for one in self.identifiers], dtype=np.bytes_),
            digests=np.array(self.digests, dtype=np.uint64),
            is_alive=np.array(self.is_alive, dtype=np.bool_),
        )

    def add(self, row: ArticleRow, digest: int) -> int:
        """Add an article and return its number."""
        self.identifiers.append(row.article_id)
        self.digests.append(digest)
        self.is_alive.append(True)
        return len(self.identifiers) - 1

    def alive(self) -> dict[str, tuple[int, int]]:
        """Return the number and the digest of each article that is in the index."""
        rows = zip(self.identifiers, self.digests, self.is_alive, strict=True)
        return {one: (at, digest) for at, (one, digest, lives) in enumerate(rows) if lives}


def write_index(folder: Path, before: Path | None = None, told: Progress = no_progress) -> None:
    """Write the index of the release in a folder, in place of the one that it has.

    Where the release ``before`` has an index, only what changed since is indexed; its files are
    shared, since what is written once is never changed.
    """
    search = folder / FOLDER
    with TemporaryDirectory(prefix=".search-", dir=folder, ignore_cleanup_errors=True) as aside:
        made = Path(aside) / FOLDER
        made.mkdir()
        write_index_into(made, folder, before, told)
        shutil.rmtree(search, ignore_errors=True)
        made.rename(search)


def write_index_into(
    search: Path, folder: Path, before: Path | None = None, told: Progress = no_progress
) -> None:
    """Write the index of the release in ``folder`` into the empty folder ``search``."""
    articles = _share(before, search) if before else None
    with ArticleSource(folder) as source:
        rows = source.rows(spill=search.parent)
        write_rows(search, rows, release_digest(folder), articles, told)


def write_rows(
    search: Path,
    rows: Iterable[ArticleRow],
    release: str,
    articles: IndexedArticles | None = None,
    told: Progress = no_progress,
) -> None:
    """Write the index of articles, those of the release with a digest, into a folder.

    ``articles`` are those that its terms already hold; None where there are none yet.
    """
    if articles is None:
        (search / TERMS).mkdir()
        articles = IndexedArticles()
    groups = _write_terms(search / TERMS, articles, rows, told)
    _finish(search, release, articles, groups)


def _share(before: Path, search: Path) -> IndexedArticles | None:
    """Share the index of the release before; None where it is not worth it."""
    state = usable_state(before)
    if state is None or state.dead > _MOST_DEAD * max(state.articles, 1):
        return None
    shutil.copytree(before / FOLDER / TERMS, search / TERMS, copy_function=_link)
    return IndexedArticles.read(before / FOLDER)


def _link(source: str, target: str) -> None:
    """Share a part of the index; what is written over is copied."""
    if Path(source).suffix == ".json":
        shutil.copyfile(source, target)
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _opened(terms: Path) -> Index:
    from tantivy import Index, TextAnalyzerBuilder, Tokenizer

    index = Index(schema.index_schema(), str(terms))
    index.register_tokenizer(schema.WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def _write_terms(
    terms: Path, articles: IndexedArticles, rows: Iterable[ArticleRow], told: Progress
) -> set[str]:
    """Bring the terms up to date with the articles; return the groups of languages they have."""
    index = _opened(terms)
    writer = index.writer(HEAP_BYTES, 1)
    groups = _bring_up_to_date(writer, articles, rows, told)
    writer.commit()
    writer.wait_merging_threads()
    writer = index.writer(HEAP_BYTES, 1)
    writer.garbage_collect_files()
    writer.wait_merging_threads()
    return groups


def _bring_up_to_date(
    writer: IndexWriter, articles: IndexedArticles, rows: Iterable[ArticleRow], told: Progress
) -> set[str]:
    gone = articles.alive()
    groups: set[str] = set()
    for count, row in enumerate(rows, 1):
        groups.add(row.article.group)
        digest = row.digest()
        known = gone.get(row.article_id)
        if known is None or known[1] != digest:
            writer.add_document(document_of(row, articles.add(row, digest)))
        else:
            del gone[row.article_id]
        told(count)
    _take_out(writer, articles, [number for number, _ in gone.values()])
    return groups


def _take_out(writer: IndexWriter, articles: IndexedArticles, numbers: list[int]) -> None:
    """Take articles out of the index; their words stay in its files until it is made anew."""
    if not numbers:
        return
    from tantivy import Query

    asked = Query.term_set_query(schema.index_schema(), schema.NUMBER, numbers)
    writer.delete_documents_by_query(asked)
    for number in numbers:
        articles.is_alive[number] = False


def _finish(search: Path, release: str, articles: IndexedArticles, groups: set[str]) -> None:
    """Write what stands beside the terms, and what the index says of itself."""
    for lock in (search / TERMS).glob(".*.lock"):
        lock.unlink()
    articles.write(search)
    accented = sorted(set(_accented_words(search / TERMS)))
    (search / ACCENTS).write_text("".join(f"{one}\n" for one in accented), encoding="utf-8")
    alive = articles.alive()
    state = IndexState(
        made_with(),
        release,
        len(alive),
        identifiers_digest(alive),
        tuple(sorted(groups)),
        len(articles.identifiers) - len(alive),
        index_files(search),
    )
    write_state(search, state)


def _accented_words(terms: Path) -> Iterator[str]:
    """Yield each word with accents, behind what it is without."""
    searcher = _opened(terms).searcher()
    for zone in ZONES:
        for word, _ in searcher.terms_with_prefix(schema.exact_field(zone), ""):
            if not word.isascii() and (bare := plain(word)) != word:
                yield f"{bare} {word}"
    for lock in terms.glob(".*.lock"):
        with suppress(OSError):
            lock.unlink()


def document_of(row: ArticleRow, number: int) -> Document:
    """Return an article as the index takes it."""
    from tantivy import Document

    document = Document()
    known = lemmas(row.article.group)
    for zone, texts in row.article.zones.items():
        words = [words_of(text) for text in texts]
        _add(document, schema.exact_field(zone), words)
        _add(document, schema.lemma_field(zone), [[known[word] for word in one] for one in words])
    for facet, names in row.facets.items():
        for name in names:
            document.add_text(facet, name_terms(facet, name))
            document.add_text(schema.name_field(facet), name)
    if row.days is not None:
        first, last = row.days
        document.add_integer(schema.FIRST_DAY, (first - EPOCH).days)
        document.add_integer(schema.LAST_DAY, (last - EPOCH).days)
        document.add_text(schema.MONTHS, f"{first:%Y-%m}/{last:%Y-%m}")
    document.add_unsigned(schema.NUMBER, number)
    document.add_boolean(schema.CANONICAL, row.is_canonical)
    return document


def name_terms(facet: str, name: str) -> str:
    """Return the terms of a name: as a whole, then its words; a language without its region too."""
    key = name_key(name)
    whole = [key, key.partition("_")[0]] if facet == "language" else [key]
    words = key.replace("_", " ")
    return " ".join([*(schema.WHOLE + one for one in dict.fromkeys(whole)), words])


def _add(document: Document, field_name: str, texts: list[list[str]]) -> None:
    """Add the words of a zone; several texts with a gap between them."""
    if len(texts) == 1:
        document.add_text(field_name, " ".join(texts[0]))
        return
    from tantivy import PreTokenizedString, Token

    place, tokens = 0, []
    for words in texts:
        tokens += [Token(word, place + at, 0, 0) for at, word in enumerate(words)]
        place += len(words) + _GAP
    if tokens:
        document.add_pre_tokenized_text(field_name, PreTokenizedString("", tokens))


def has_dead(folder: Path) -> bool:
    """Tell whether an index may still hold words of articles that are in the release no more."""
    state = read_state(folder / FOLDER)
    return (folder / FOLDER).exists() and (state is None or state.dead > 0)
