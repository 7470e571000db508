"""Opening the index of a release; where it has none that is of use, one is made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock, Timeout

from knipsel.warehouse.lake.connection import locked
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.search.index.build import no_progress, write_index_into
from knipsel.warehouse.search.index.schema import index_schema
from knipsel.warehouse.search.index.state import (
    ACCENTS,
    ARTICLES,
    FOLDER,
    TERMS,
    IndexState,
    read_state,
    release_digest,
    usable_state,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tantivy import Schema, Searcher


_UNFINISHED = ".search-"
"""What the folder of an index in the making begins with, in the warehouse."""
_AT_WORK = "at-work.lock"
"""Locked in that folder by who makes the index; the lock of who was killed is free."""


class UnreadableIndexError(RuntimeError):
    """An index cannot be read, though its files have the right sizes."""


class OpenIndex:
    """The index of a release, to be asked. It holds no file open, and reads what it maps.

    What it was opened from may be replaced meanwhile: it goes on with what it has.
    """

    def __init__(self, release: Path, search: Path, state: IndexState) -> None:
        """Open the index in the folder ``search``, which is that of the ``release``."""
        self.release = release
        self.search = search
        self.state = state
        self.schema: Schema = index_schema()
        self.searcher: Searcher = _searcher(search / TERMS)
        if self.searcher.num_docs != state.articles:
            raise UnreadableIndexError("It holds another number of articles than it says.")

    @cached_property
    def identifiers(self) -> NDArray[np.bytes_]:
        """The identifier of the article with each number."""
        with np.load(self.search / ARTICLES) as stored:
            found: NDArray[np.bytes_] = stored["identifiers"]
            return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each article that is in the index."""
        with np.load(self.search / ARTICLES) as stored:
            alive = np.flatnonzero(stored["is_alive"]).tolist()
        return {self.identifiers[number].decode(): number for number in alive}

    @cached_property
    def _accented(self) -> list[str]:
        return (self.search / ACCENTS).read_text(encoding="utf-8").splitlines()

    def accented(self, beginning: str) -> Iterator[str]:
        """Yield words with accents that begin so without them."""
        for line in self._accented[bisect_left(self._accented, beginning) :]:
            bare, _, word = line.partition(" ")
            if not bare.startswith(beginning):
                return
            yield word


# A thread of tantivy may be at its lock when the folder goes: that is no error.
_temporary = partial(TemporaryDirectory[str], ignore_cleanup_errors=True)


def _searcher(terms: Path) -> Searcher:
    """Open the terms by links in a folder of its own: a reader writes a lock beside them.

    So it works where the warehouse can only be read, and leaves nothing in a release.
    """
    from tantivy import Index

    with _temporary(prefix="knipsel-search-") as folder:
        for file in terms.iterdir():
            (Path(folder) / file.name).symlink_to(file.resolve())
        try:
            index = Index.open(folder)
            index.config_reader("manual")
            return index.searcher()
        except (ValueError, OSError) as error:
            message = f"The index in {terms} cannot be read: {error}"
            raise UnreadableIndexError(message) from error


@contextmanager
def open_index(
    warehouse: Warehouse,
    release: Path,
    told: Callable[[int], None] = no_progress,
    is_made_anew: Callable[[bool], None] = lambda _: None,
) -> Iterator[OpenIndex]:
    """Open the index of the release in a folder.

    Where it has none that is of use, one is made and kept with the release; where the warehouse
    can only be read, it is made elsewhere and goes at the end of the block. ``is_made_anew`` is
    told before that whether it can be kept, ``told`` of how many articles are done.
    """
    state = usable_state(release)
    if state is not None:
        try:
            index = OpenIndex(release, release / FOLDER, state)
        except UnreadableIndexError:
            state = None
        else:
            yield index
            return
    with _made(warehouse, release, told, is_made_anew) as search:
        made = read_state(search)
        if made is None:
            message = f"The index in {search} is not what was just written."
            raise UnreadableIndexError(message)
        yield OpenIndex(release, search, made)


@contextmanager
def _made(
    warehouse: Warehouse,
    release: Path,
    told: Callable[[int], None],
    is_made_anew: Callable[[bool], None],
) -> Iterator[Path]:
    """Make an index: in the release where that can be written, else in a temporary folder."""
    try:
        aside = _temporary(prefix=_UNFINISHED, dir=warehouse.root)
        is_kept = True
    except OSError:
        aside, is_kept = _temporary(prefix="knipsel-search-"), False
    is_made_anew(is_kept)
    with aside as folder, ExitStack() as held:
        made = Path(folder) / FOLDER
        held.enter_context(FileLock(Path(folder) / _AT_WORK))
        made.mkdir()
        before = release_digest(release)
        try:
            write_index_into(made, release, told=told)
        except (OSError, ValueError) as error:
            if made.is_dir():
                raise
            message = "Something was retracted while the index was made; search again."
            raise UnreadableIndexError(message) from error
        yield _kept(warehouse, release, made, before) if is_kept else made


def _kept(warehouse: Warehouse, release: Path, made: Path, before: str) -> Path:
    """Move an index into its release, unless that was written anew meanwhile.

    A retraction may have taken a text out of it while the index was made.
    """
    with locked(warehouse):
        if not release.is_dir() or release_digest(release) != before:
            return made
        rmtree(release / FOLDER, ignore_errors=True)
        made.rename(release / FOLDER)
    return release / FOLDER


def clear_abandoned(warehouse: Warehouse) -> None:
    """Remove what was being made by who was killed meanwhile."""
    for folder in warehouse.root.glob(f"{_UNFINISHED}*"):
        with suppress(Timeout), FileLock(folder / _AT_WORK, timeout=0):
            rmtree(folder, ignore_errors=True)


def clear_unfinished(warehouse: Warehouse) -> None:
    """Remove what is or was being made: it may have words that are retracted."""
    for folder in warehouse.root.glob(f"{_UNFINISHED}*"):
        rmtree(folder, ignore_errors=True)
