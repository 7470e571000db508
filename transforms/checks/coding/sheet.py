"""The sheet on which people code: its columns, and reading it back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knipsel.transforms.checks.coding.variables import NAME, Variable
from knipsel.transforms.checks.sheet import Cell, SheetError, cell_text

Unit = Literal["article", "paragraph", "quotation"]
SHOWN = ("headline", "publisher", "date_published", "text")
"""The columns that a person reads."""
NOTE = "note"
UNIT_ID = "unit_id"
FACTS = (UNIT_ID, "sample_id", "text_sha256")
"""The columns that tell what was drawn: only the first must be there."""
_OWN = {*SHOWN, NOTE, *FACTS}
_UNIT = re.compile(r"([0-9a-f]{16}-[1-9][0-9]*)(?:\.([pq])[1-9][0-9]*)?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KINDS: Mapping[str | None, Unit] = {None: "article", "p": "paragraph", "q": "quotation"}


@dataclass(frozen=True, slots=True)
class UnitId:
    """What was coded, and the article that it is of."""

    text: str
    unit: Unit
    article_id: str

    @classmethod
    def of(cls, text: str) -> UnitId:
        """Return an identifier of an article, a paragraph or a quotation; else ``ValueError``."""
        found = _UNIT.fullmatch(text)
        if not found:
            message = f"{text[:60]!r} is the identifier of no article, paragraph or quotation"
            raise ValueError(message)
        return cls(text, _KINDS[found[2]], found[1])


@dataclass(frozen=True, slots=True)
class CodedLine:
    """A line of a sheet: the unit, what it was drawn as, its values by variable, and a note."""

    line: int
    unit: UnitId
    sample_id: str | None
    text_sha256: str | None
    values: Mapping[str, str]
    note: str | None


def columns(variables: Sequence[Variable]) -> tuple[str, ...]:
    """Return the columns of a sheet for some variables, in their order."""
    return (*SHOWN, *(variable.name for variable in variables), NOTE, *FACTS)


def read_codes(
    rows: Sequence[tuple[int, Sequence[Cell]]], variables: Mapping[str, Variable]
) -> tuple[list[CodedLine], int]:
    """Return the lines of a sheet that are coded, and how many are not yet.

    ``rows`` are its lines with their numbers, the names of the columns first; without ``variables``
    each column that is not the sheet's own is one, with any values. Raises `SheetError` with a
    sentence for each cell that is wrong.
    """
    if not rows:
        raise SheetError(["The sheet is empty."])
    places = _places(rows[0][1], variables)
    coded: list[CodedLine] = []
    problems: list[str] = []
    still_open = 0
    for line, cells in rows[1:]:
        named = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        found = _line(line, named, variables)
        if isinstance(found, CodedLine):
            coded.append(found)
        elif found is None:
            still_open += any(cell_text(cell, is_drawn=True) for cell in cells)
        else:
            problems.append(found)
    if problems := [*problems, *_repeated(coded)]:
        raise SheetError(problems)
    return coded, still_open


def _places(head: Sequence[Cell], variables: Mapping[str, Variable]) -> dict[str, int]:
    """Return where each column stands; raise `SheetError` where one is missing or not known."""
    names = [cell_text(cell, is_drawn=True) for cell in head]
    if UNIT_ID not in names:
        message = f"The sheet has no column {UNIT_ID}; use one that `knipsel sample` wrote."
        raise SheetError([message])
    named = [name for name in names if name]
    problems = [f"The column {name} stands there twice." for name in _twice(named)]
    coded = [name for name in named if name not in _OWN]
    problems += [
        f"The column {name} is no variable of the sample; it has {', '.join(variables)}."
        for name in coded
        if variables and name not in variables
    ]
    problems += [
        f"The column {name[:60]!r} cannot be a variable: letters without accents, digits and _."
        for name in coded
        if not variables and not NAME.fullmatch(name)
    ]
    if not coded:
        problems.append("The sheet has no column with codes: add one for each variable.")
    if problems:
        raise SheetError(problems)
    return {name: place for place, name in enumerate(names) if name}


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _line(
    line: int, cells: Mapping[str, Cell], variables: Mapping[str, Variable]
) -> CodedLine | str | None:
    """Return a line; None where nothing is coded on it, a sentence where something is wrong."""
    values: dict[str, str] = {}
    column = UNIT_ID
    try:
        for column in (name for name in cells if name not in _OWN):
            if text := cell_text(cells[column]):
                values[column] = variables.get(column, Variable(column)).checked(text)
        if not values:
            return None
        column = UNIT_ID
        unit = UnitId.of(cell_text(cells[UNIT_ID], is_drawn=True))
        column = FACTS[2]
        text_sha256 = _checked_digest(cell_text(cells.get(column), is_drawn=True))
    except ValueError as error:
        return f"Line {line}, {column}: {error}."
    sample_id, note = (
        cell_text(cells.get(name), is_drawn=True) or None for name in (FACTS[1], NOTE)
    )
    return CodedLine(line, unit, sample_id, text_sha256, values, note)


def _checked_digest(text: str) -> str | None:
    if text and not _DIGEST.fullmatch(text):
        message = "was changed; take it from the sheet as it was written, or leave it empty"
        raise ValueError(message)
    return text or None


def _repeated(lines: Sequence[CodedLine]) -> list[str]:
    first: dict[str, int] = {}
    return [
        f"Line {one.line}, {UNIT_ID}: it stands on line {first[one.unit.text]} already."
        for one in lines
        if first.setdefault(one.unit.text, one.line) != one.line
    ]
