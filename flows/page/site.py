"""What all pages share: the release that is looked at, and ways to ask it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from knipsel.flows.config.settings import Settings
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.sandbox import sealed
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.versions import Release
from knipsel.warehouse.search.index.opened import open_index
from knipsel.warehouse.search.result import NOBODY, Opened, Told

Row = dict[str, Any]


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
