"""Registers as tables; those of the languages, from which most lexicons take their words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import RegisterError, strings
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LanguageTables:
    """The table of each language, by the name of its file.

    Words come out folded; where a list is missing or malformed, `RegisterError` says in which
    file.
    """

    by_file: Mapping[str, dict[str, Any]]

    def words(self, key: str) -> list[str]:
        """Return the words of a list that each language has, all languages together."""
        return [word for name in self.by_file for word in self._words(name, key)]

    def set(self, key: str) -> frozenset[str]:
        """Return the words of a list as a set."""
        return frozenset(self.words(key))

    def longest_first(self, key: str) -> tuple[str, ...]:
        """Return the words of a list in the order in which beginnings are tried."""
        return tuple(sorted(self.set(key), key=lambda word: (-len(word), word)))

    def by_language(self, *keys: str) -> dict[str, tuple[frozenset[str], ...]]:
        """Return the words of some lists by the code of each language."""
        return {
            self.code(name): tuple(frozenset(self._words(name, key)) for key in keys)
            for name in self.by_file
        }

    def listed(self, key: str) -> frozenset[str]:
        """Return the words that the languages list in one string each, for there are many."""
        return frozenset(
            word for name in self.by_file for word in self._string(name, key).casefold().split()
        )

    def code(self, name: str) -> str:
        """Return the code of the language of a file."""
        return self._string(name, "language")

    def _words(self, name: str, key: str) -> list[str]:
        listed = parsed(lambda table: strings(key, table.get(key)), name, self.by_file[name])
        return [fold(word) for word in listed]

    def _string(self, name: str, key: str) -> str:
        value = self.by_file[name].get(key)
        if not isinstance(value, str) or not value:
            raise RegisterError(name, key, "must be a string that is not empty")
        return value


def parsed(parse: Callable[[dict[str, Any]], T], name: str, table: dict[str, Any]) -> T:
    """Parse a register, whose errors are ``key: problem``; raise `RegisterError` where it fails."""
    try:
        return parse(table)
    except RegisterError:
        raise  # it names its file already
    except ValueError as error:
        key, _, problem = str(error).partition(": ")
        raise RegisterError(name, key, problem) from error


def parse_toml(name: str, text: str) -> dict[str, Any]:
    """Return the table in the text of a register; raise `RegisterError` where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(name, "file", str(error)) from error
