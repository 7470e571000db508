"""What all pages share: the release that is looked at, and ways to ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from knipsel.flows.config.settings import Settings
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.versions import Release

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """A release that is looked at, in a read-only connection; each request has its own cursor."""

    place: Warehouse
    settings: Settings
    release: Release
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    may_write: bool = False

    @classmethod
    def of(
        cls, place: Warehouse, settings: Settings, release: Release, *, may_write: bool = False
    ) -> Site:
        """Open a release to look at it."""
        database = place.releases / release.version / DATABASE
        connection = duckdb.connect(
            str(database),
            read_only=True,
            config={"enable_external_access": "false", "lock_configuration": "true"},
        )
        return cls(place, settings, release, connection, may_write)

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

    def close(self) -> None:
        """Let the release go."""
        self.connection.close()
