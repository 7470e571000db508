"""What people code: variables, each with a question, its values, and how these compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["nominal", "ordinal", "interval"]
LEVELS: tuple[str, ...] = get_args(Level)
"""How values compare (Stevens 1946): by name, by order, by distance."""
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_KEYS = {"question", "values", "level"}
_LONGEST_VALUE = 1_000


class VariablesError(ValueError):
    """A list of variables that cannot be used; the message names the variable and what is wrong."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; ``values`` are those it may have, in their order, none where any will do."""

    name: str
    question: str = ""
    values: tuple[str, ...] = ()
    level: Level = "nominal"

    def checked(self, value: str) -> str:
        """Return a value as it is kept; raise ``ValueError`` where the variable cannot have it."""
        if self.values:
            return _one_of(value, self.values)
        if self.level == "interval":
            return _number(value)
        if len(value) > _LONGEST_VALUE:
            message = f"is longer than {_LONGEST_VALUE:,} characters"
            raise ValueError(message)
        return value


def _one_of(value: str, values: tuple[str, ...]) -> str:
    alike = {one.casefold(): one for one in values}
    if value.casefold() not in alike:
        message = f"{value[:60]!r} is none of {', '.join(values)}"
        raise ValueError(message)
    return alike[value.casefold()]


def _number(value: str) -> str:
    if not _NUMBER.fullmatch(value):
        message = f"{value[:60]!r} is no number"
        raise ValueError(message)
    return value.replace(",", ".").removeprefix("+")


def parse_variables(table: Mapping[str, Any]) -> tuple[Variable, ...]:
    """Return the variables of a TOML table in their order; raise `VariablesError`."""
    if not table:
        message = "There is no variable in it: each is a section, such as [tone]."
        raise VariablesError(message)
    return tuple(_variable(name, section) for name, section in table.items())


def _variable(name: str, section: object) -> Variable:
    if not NAME.fullmatch(name):
        raise _error(name, "a name has letters without accents, digits and _, a letter first")
    if not isinstance(section, dict) or (unknown := section.keys() - _KEYS):
        said = f"{min(unknown)} is not known" if isinstance(section, dict) else "is no section"
        raise _error(name, f"{said}; a variable has {', '.join(sorted(_KEYS))}")
    question, level = section.get("question", ""), section.get("level", "nominal")
    if not isinstance(question, str):
        raise _error(name, "question must be text")
    if level not in LEVELS:
        raise _error(name, f"level must be one of {', '.join(LEVELS)}")
    values = _values(name, section.get("values", []))
    if level == "ordinal" and not values:
        raise _error(name, "an ordinal variable needs its values, in their order")
    if level == "interval" and not all(_NUMBER.fullmatch(value) for value in values):
        raise _error(name, "the values of an interval variable are numbers")
    return Variable(name, question, values, level)


def _values(name: str, listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(one, str | int) for one in listed):
        raise _error(name, "values must be a list of words or whole numbers")
    values = tuple(str(one).strip() for one in listed)
    if not all(values) or len({value.casefold() for value in values}) < len(values):
        raise _error(name, "a value is empty, or stands there twice")
    return values


def _error(name: str, problem: str) -> VariablesError:
    return VariablesError(f"{name}: {problem}.")
