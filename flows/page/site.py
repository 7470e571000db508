"""What all pages share: the release that is looked at, and ways to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

from knipsel.flows.config.settings import Settings
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import NoReleaseError
from knipsel.warehouse.queries.sandbox import sealed
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.rollback import find_release
from knipsel.warehouse.release.versions import Release, current_release, read_versions
from knipsel.warehouse.search.index.opened import open_index
from knipsel.warehouse.search.result import NOBODY, Opened, Told

Row = dict[str, Any]
_KEPT_OPEN = 2
"""Releases: the one that is shown, and the one before it, which answers may still come from."""


@dataclass(frozen=True, slots=True)
class Site:
    """A release that is looked at, in a read-only connection; each request has its own cursor."""

    place: Warehouse
    settings: Settings
    release: Release
    opened: Opened = field(repr=False)
    coder: str | None = None
    """Who may mark and settle here; nobody where that is None."""

    @property
    def may_write(self) -> bool:
        """Whether anything may be changed from the page."""
        return self.coder is not None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection to the release, of which each request takes a cursor."""
        return self.opened.connection

    @property
    def folder(self) -> Path:
        """The folder of the release."""
        return self.place.releases / self.release.version

    def ask(self, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
        """Return the rows of a query of our own, by column name."""
        with self.connection.cursor() as cursor:
            answer = cursor.execute(query, values) if values else cursor.execute(query)
            names = [column[0] for column in answer.description or []]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


class Following:
    """The release that pages show: opened anew where another is the latest, or was rewritten.

    So nothing of a retracted text is shown by a page that was begun before. The one before stays
    open for who is being answered from it. ``open_one`` opens a release; the one of ``version`` is
    looked at, the latest where that is None.
    """

    def __init__(
        self,
        place: Warehouse,
        open_one: Callable[[Release], AbstractContextManager[Site]],
        version: str | None = None,
    ) -> None:
        """Open nothing yet."""
        self._place = place
        self._open_one = open_one
        self._version = version
        self._lock = Lock()
        self._opened: list[tuple[Site, ExitStack]] = []

    def __call__(self) -> Site:
        """Return the release to look at now. Raises where there is none, or none such."""
        with self._lock:
            release = self._release()
            if not self._opened or release != self._opened[-1][0].release:
                self._make_room(release)
                stack = ExitStack()
                self._opened.append((stack.enter_context(self._open_one(release)), stack))
            return self._opened[-1][0]

    def _make_room(self, release: Release) -> None:
        """Close what is not asked any more.

        A release that was rewritten goes first: while its database is open, DuckDB takes that for
        the one that lies there now.
        """
        while len(self._opened) >= _KEPT_OPEN or (
            self._opened and self._opened[-1][0].release.version == release.version
        ):
            self._opened.pop(0)[1].close()

    def _release(self) -> Release:
        if self._version is not None:
            return find_release(self._place, self._version)
        found = current_release(self._place, read_versions(self._place))
        if found is None:
            raise NoReleaseError(self._place)
        return found

    def close(self) -> None:
        """Close all that is open."""
        with self._lock:
            while self._opened:
                self._opened.pop()[1].close()


@contextmanager
def open_site(
    place: Warehouse,
    settings: Settings,
    release: Release,
    told: Told = NOBODY,
    *,
    coder: str | None = None,
) -> Iterator[Site]:
    """Open a release to look at it: no files, no network and no settings are in reach of it.

    ``told`` hears of it where its index must be made first; ``coder`` is who may change anything.
    """
    folder = place.releases / release.version
    with (
        open_index(place, folder, told.progress, told.is_made_anew) as index,
        duckdb.connect(str(folder / DATABASE), read_only=True) as connection,
    ):
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        with sealed(connection):
            yield Site(place, settings, release, Opened(index, connection), coder)
