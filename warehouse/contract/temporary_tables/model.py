"""What is declared of a temporary table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemporaryTable:
    """A table, a view, or an Arrow table under a name, that a connection has for a while.

    A name that ends in ``_`` stands for all that begin so, one for each table of the contract.
    ``makers`` are modules below ``knipsel.warehouse``, as are ``readers``: those that read it
    besides, by their full name where they are in another folder.
    """

    name: str
    meaning: str
    makers: tuple[str, ...]
    readers: tuple[str, ...] = ()

    def stands_for(self, name: str) -> bool:
        """Tell whether it is the table of that name."""
        return name.startswith(self.name) if self.name.endswith("_") else name == self.name


def made_by(makers: str, **tables: str | tuple[str, str]) -> Iterator[TemporaryTable]:
    """Yield tables with their meaning; with who reads them, where that is not the maker alone."""
    for name, told in tables.items():
        meaning, readers = (told, "") if isinstance(told, str) else told
        yield TemporaryTable(name, meaning, tuple(makers.split()), tuple(readers.split()))
