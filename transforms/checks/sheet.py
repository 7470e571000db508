"""The sheet on which a person checks what was drawn: its columns, and reading it back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from knipsel.transforms.checks.accuracy import RIGHT, UNKNOWN, VERDICTS, WRONG
from knipsel.transforms.checks.fields import CHECKABLE, Checkable
from knipsel.transforms.text.cells import written_text

MARKS = ("verdict", "right_value")
"""The columns that a person fills in."""
SHOWN = ("field", "value", "question", "evidence", "around", "headline", "publisher", "file")
"""The columns that a person reads."""
FACTS = ("check_id", "release_version", "row_key", "stratum", "drawn", "population")
"""The columns that tell what was drawn, and how."""
COLUMNS = (*MARKS, *SHOWN, *FACTS)
LONGEST = 1_000
"""Characters of a value that are shown, and kept: what is longer is known by its beginning."""
_ALIKE = {
    **dict.fromkeys((RIGHT, "r", "yes", "y", "ok"), RIGHT),
    **dict.fromkeys((WRONG, "w", "no", "n"), WRONG),
    **dict.fromkeys((UNKNOWN, "u", "?"), UNKNOWN),
}
"""What people write for a verdict."""
_SHOWN_CHARACTERS = 60
_DIGITS = 8

Cell = object
"""A cell as a reader gives it: text, a number, a day."""


class SheetError(ValueError):
    """A sheet cannot be taken in; ``problems`` are sentences, each of a cell or of the sheet."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Take the sentences; the first stands for all in one line."""
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1:,} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")


@dataclass(frozen=True, slots=True)
class DrawnValue:
    """A value that was drawn: where it stands, and what the chance to draw it was."""

    release_version: str
    field: Checkable
    row_key: str
    stratum: str
    drawn: int
    population: int

    def check_id(self, draw: str, value: str | None) -> str:
        """Return the identifier of the check, which tells whether a sheet was changed."""
        facts = (self.release_version, self.field.name, self.row_key, self.stratum)
        return f"{draw}-{digest(draw, *facts, self.drawn, self.population, value)}"


def digest(*parts: object) -> str:
    """Return eight digits in hex for values: the same for the same."""
    content = repr(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=_DIGITS // 2).hexdigest()


def cut(text: str | None) -> str | None:
    """Return a value as it is shown and kept: in single spaces, cut where it is long."""
    flat = " ".join((text or "").split())
    return (flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…") or None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person marked on a line of a sheet, and what the line says was drawn."""

    line: int
    check_id: str
    drawn: DrawnValue
    value: str | None
    verdict: str
    right_value: str | None

    def sealed_value(self, known: Mapping[tuple[str, str, str], str | None]) -> str | None:
        """Return the value as drawn: as the release has it (``known``), or as the sheet does.

        Raises ``ValueError`` where the line does not say what was drawn.
        """
        of_drawn = self.drawn
        key = (of_drawn.release_version, of_drawn.field.name, of_drawn.row_key)
        values = [known[key]] if key in known else []
        values += [self.value, written_text(self.value) if self.value else None]
        draw = self.check_id.partition("-")[0]
        for value in values:
            if of_drawn.check_id(draw, value) == self.check_id:
                return value
        message = (
            f"Line {self.line}: cells that tell what was drawn were changed "
            f"({', '.join(FACTS)}); take them from the sheet as it was written."
        )
        raise ValueError(message)


def read_marks(rows: Sequence[tuple[int, Sequence[Cell]]]) -> tuple[list[Mark], int]:
    """Return the marks of a sheet, and how many lines are not marked yet.

    ``rows`` are its lines with their numbers, the names of the columns first. Raises `SheetError`
    with a sentence for each cell that is wrong.
    """
    if not rows:
        raise SheetError(["The sheet is empty."])
    places = _places(rows[0][1])
    marks: list[Mark] = []
    problems: list[str] = []
    open_lines = 0
    for line, cells in rows[1:]:
        named = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if not any(_said(cell) for cell in cells):
            continue
        if not any(_said(named[name]) for name in MARKS):
            open_lines += 1
            continue
        found = _mark(line, named)
        marks += found if isinstance(found, list) else []
        problems += [] if isinstance(found, list) else [found]
    problems += _repeated(marks)
    if problems:
        raise SheetError(problems)
    return marks, open_lines


def _places(head: Sequence[Cell]) -> dict[str, int]:
    """Return where each column stands; raise `SheetError` where some are missing."""
    names = [str(cell).strip().casefold().replace(" ", "_") for cell in head]
    missing = [name for name in (*MARKS, "field", "value", *FACTS) if name not in names]
    if missing:
        raise SheetError(
            [
                (
                    f"The sheet has no column {', '.join(missing)}; use one that "
                    "`knipsel check draw` wrote."
                )
            ]
        )
    return {name: names.index(name) for name in COLUMNS if name in names}


def _mark(line: int, cells: Mapping[str, Cell]) -> list[Mark] | str:
    """Return the mark on a line in a list, or what is wrong with it in a sentence."""
    column = "verdict"
    try:
        verdict = _verdict(cell_text(cells[column]))
        column = "field"
        field = _field(cell_text(cells[column]))
        column = "right_value"
        right = cell_text(cells[column])
        right_value = field.right_value(right) if right else None
        column = "value"
        value = cell_text(cells[column], is_drawn=True) or None
        verdict, right_value = _settled(verdict, right_value, value, field)
        numbers = {}
        for column in ("drawn", "population"):
            numbers[column] = _count(cell_text(cells[column]))
    except ValueError as error:
        return f"Line {line}, {column}: {error}."
    facts = {name: cell_text(cells[name], is_drawn=True) for name in FACTS}
    version = facts["release_version"]
    drawn = DrawnValue(
        version.zfill(6) if version.isdigit() else version,
        field,
        facts["row_key"],
        facts["stratum"],
        numbers["drawn"],
        numbers["population"],
    )
    return [Mark(line, facts["check_id"], drawn, value, verdict, right_value)]


def _said(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def cell_text(cell: Cell, *, is_drawn: bool = False) -> str:
    """Return the text of a cell; raise ``ValueError`` where a spreadsheet made a day of it."""
    if isinstance(cell, (date, datetime, time)) and not is_drawn:
        message = (
            f"the spreadsheet made {cell} of it, which may be more than was meant; write it as "
            "text, with an apostrophe before it, such as '2022-12"
        )
        raise ValueError(message)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return written_text(_said(cell))


def _verdict(text: str) -> str | None:
    if not text:
        return None
    found = _ALIKE.get(text.casefold())
    if found is None:
        message = f"{text[:_SHOWN_CHARACTERS]!r} is none of {', '.join(VERDICTS)}"
        raise ValueError(message)
    return found


def _field(text: str) -> Checkable:
    if text not in CHECKABLE:
        message = f"{text[:_SHOWN_CHARACTERS]!r} is nothing that is checked; leave it as it was"
        raise ValueError(message)
    return CHECKABLE[text]


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text[:12]):
        message = f"{text[:_SHOWN_CHARACTERS]!r} is no number of rows; leave it as it was"
        raise ValueError(message)
    return int(text[:12])


def _settled(
    verdict: str | None, right_value: str | None, value: str | None, field: Checkable
) -> tuple[str, str | None]:
    """Return the verdict and the right value, where the two fit; else raise ``ValueError``."""
    if right_value is None:
        return verdict or WRONG, None
    if not field.has_right_value:
        msg = f"of a {field.name} none is asked: mark it right, wrong or unknown"
        raise ValueError(msg)
    if value is not None and right_value == value and verdict != WRONG:
        return RIGHT, None
    if verdict in {RIGHT, UNKNOWN}:
        message = f"the line is marked {verdict}, and has another value that is right"
        raise ValueError(message)
    return WRONG, right_value


def _repeated(marks: Sequence[Mark]) -> list[str]:
    first: dict[str, int] = {}
    return [
        f"Line {one.line}, check_id: it stands on line {first[one.check_id]} already."
        for one in marks
        if first.setdefault(one.check_id, one.line) != one.line
    ]
