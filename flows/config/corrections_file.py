"""The corrections: a file in the warehouse, which people edit and `correct` writes."""

from __future__ import annotations

import fcntl
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from knipsel.transforms.registers.articles.corrections import (
    LARGEST_FILE,
    Correction,
    Corrections,
    edited,
    parse_corrections,
)
from knipsel.transforms.registers.checked import RegisterError
from knipsel.warehouse.release.versions import write_aside

_MARK = "\ufeff"
"""What a spreadsheet puts before UTF-8, and needs there to read it again."""
_MOST_BYTES = 4
"""What a character has in UTF-8 at most."""


def read_corrections(file: Path | None) -> Corrections:
    """Return the corrections in a file, none where there is no file.

    Raises `RegisterError` where it is malformed: nothing is read with a part of them.
    """
    text = _text(file) if file is not None else None
    return Corrections() if file is None or text is None else _parsed(str(file), text)


def _text(file: Path) -> str | None:
    try:
        if file.stat().st_size > LARGEST_FILE * _MOST_BYTES:
            raise RegisterError(str(file), "file", f"has more than {LARGEST_FILE:,} characters")
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        problem = "is no UTF-8; in a spreadsheet, save it as CSV UTF-8"
        raise RegisterError(str(file), "file", problem) from error


@lru_cache(maxsize=4)
def _parsed(name: str, text: str) -> Corrections:
    with _blaming(name):
        return parse_corrections(text)


@contextmanager
def _blaming(name: str) -> Iterator[None]:
    """Say of which file it is what is wrong with it."""
    try:
        yield
    except ValueError as error:
        where, _, problem = str(error).partition(": ")
        raise RegisterError(name, where, problem) from error


def edit_corrections(
    file: Path, row: Mapping[str, str] | None, is_replaced: Callable[[Correction], bool]
) -> int:
    """Write a row into a file, and take out those that it takes the place of; return how many.

    With None for a row these are only taken out. Raises `RegisterError` where the file is
    malformed; it is as it was then.
    """
    if row is None and not file.exists():
        return 0
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_name(f".{file.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two who correct at once, none loses a line
        known = read_corrections(file)
        gone = sum(is_replaced(one) for one in known.rows)
        if row is not None or gone:
            mark = _MARK if file.exists() and file.read_bytes().startswith(BOM_UTF8) else ""
            with _blaming(str(file)):
                write_aside(file, mark + edited(_text(file), row, is_replaced))
    return gone
