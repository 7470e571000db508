"""Values in the table of a register, as they are checked where one is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class RegisterError(ValueError):
    """A register that cannot be used; the message names the file and the key."""

    def __init__(self, file_name: str, key: str, problem: str) -> None:
        """Say that ``key`` of ``file_name`` has ``problem``."""
        super().__init__(f"{file_name}: {key}: {problem}")
        self.file_name = file_name
        self.key = key
        self.problem = problem


def strings(
    key: str,
    value: object,
    problem: str = "must be a list of strings",
    *,
    fits: Callable[[str], bool] | None = None,
) -> list[str]:
    """Return a list of strings; raise ``ValueError("key: problem")`` where it is none.

    Each must fit, where ``fits`` says which do.
    """
    if isinstance(value, list):
        found = [item for item in value if isinstance(item, str) and (fits is None or fits(item))]
        if len(found) == len(value):
            return found
    message = f"{key}: {problem}"
    raise ValueError(message)


def number(key: str, value: object) -> float:
    """Return a number; raise ``ValueError("key: problem")`` where it is none."""
    if isinstance(value, int | float):
        return value
    message = f"{key}: must be a number"
    raise ValueError(message)
