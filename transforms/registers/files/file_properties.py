"""The register of what programs write into a file's properties, which says nothing of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE_NAME = re.compile(r"\.[a-z]{2,4}x?$", re.IGNORECASE)
_LONGEST = 300
"""Characters of a title or a name; what is longer is a text of its own."""


@dataclass(frozen=True, slots=True)
class FileProperties:
    """Folded titles and names that no person wrote; ``beginnings`` are of titles."""

    titles: frozenset[str]
    beginnings: tuple[str, ...]
    authors: frozenset[str]

    def says_title(self, title: str) -> bool:
        """Say whether ``title`` may be a headline: no file's name, no program's, no placeholder."""
        folded = title.casefold()
        return (
            len(title) <= _LONGEST
            and any(map(str.isalpha, title))
            and _FILE_NAME.search(title) is None
            and fold(title) not in self.titles
            and not folded.startswith(self.beginnings)
        )

    def says_author(self, author: str) -> bool:
        """Say whether ``author`` may be a person's name."""
        return 0 < len(author) <= _LONGEST and fold(author) not in self.authors


def parse_file_properties(table: Mapping[str, Any]) -> FileProperties:
    """Parse the register; raise `ValueError` with ``key: problem`` where it is malformed."""
    return FileProperties(
        titles=frozenset(map(fold, _strings(table, "titles"))),
        beginnings=tuple(text.casefold() for text in _strings(table, "title_beginnings")),
        authors=frozenset(map(fold, _strings(table, "authors"))),
    )


def _strings(table: Mapping[str, Any], key: str) -> list[str]:
    return strings(key, table.get(key, []), fits=bool)
