"""Checking: a sheet of values that were drawn is written, and read back with a person's marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knipsel.flows.config.corrections_file import edit_corrections
from knipsel.flows.plan.correcting import correct
from knipsel.transforms.checks.accuracy import VERDICTS, WRONG, Accuracy, Check, accuracies
from knipsel.transforms.checks.fields import ARTICLES
from knipsel.transforms.checks.sheet import COLUMNS, Mark, SheetError, read_marks
from knipsel.transforms.checks.workbook import as_csv, as_xlsx, read_sheet
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.meant import NoSuchArticleError
from knipsel.warehouse.release.checks.draw import Draw, drawn_values
from knipsel.warehouse.release.checks.keep import keep, kept_checks, standing

FORMS = (".xlsx", ".csv")
_WHY = "checked by hand ({check_id})"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a sheet.

    ``added`` checks are new, ``changed`` have another verdict than before, ``known`` were there;
    ``open`` lines are not marked yet, ``gone`` are of articles that are no more. ``corrected``
    values are in the file of corrections; ``accuracy`` is how right the fields of the sheet are.
    """

    added: int
    changed: int
    known: int
    open: int
    gone: int
    corrected: int
    accuracy: tuple[Accuracy, ...]


def check_form(file: Path) -> None:
    """Raise ``ValueError`` for a file that no sheet can be written to."""
    if file.suffix.lower() not in FORMS:
        message = f"A sheet is written as {' or '.join(FORMS)}, not as {file.name}."
        raise ValueError(message)
    if file.exists():
        message = f"{file} is there already, and may have somebody's marks; name another file."
        raise ValueError(message)


def write_sheet(draw: Draw, file: Path) -> None:
    """Write what was drawn to a file that is not there yet."""
    rows = [line.cells() for line in draw.lines]
    is_book = file.suffix.lower() == ".xlsx"
    content = as_xlsx(COLUMNS, rows, {"verdict": VERDICTS}) if is_book else as_csv(COLUMNS, rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as target:
        target.write(content)


def add_checks(
    warehouse: Warehouse, file: Path, who: str, now: datetime, record: dict[str, object]
) -> Added:
    """Take in a sheet: write what is wrong into the file of corrections, and keep the checks.

    ``record`` is the row of ``runs`` for it. A check counts once, and another verdict takes the
    place of the one before. Raises `SheetError`; nothing is changed then.
    """
    marked = read_marked(warehouse, file, who, now)
    fresh = (*marked.new, *marked.changed)
    # The corrections go first: where this is stopped in between, the sheet is new once more.
    _take_back(warehouse, marked.changed)
    corrected = correct_wrong(warehouse, fresh)
    if fresh:
        keep(warehouse, fresh, record)
    return Added(
        len(marked.new),
        len(marked.changed),
        marked.known,
        marked.open,
        marked.gone,
        corrected,
        tuple(accuracy_of(warehouse, marked.fields)),
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """A sheet that was read: its checks that are new or changed, and what else is on it."""

    new: tuple[Check, ...]
    changed: tuple[Check, ...]
    known: int
    open: int
    gone: int
    fields: frozenset[tuple[str, str]]


def read_marked(warehouse: Warehouse, file: Path, who: str, now: datetime) -> Marked:
    """Read a sheet with marks; raise `SheetError` with a sentence for each cell that is wrong."""
    marks, still_open = read_marks(read_sheet(file.read_bytes()))
    checks = _checks(warehouse, marks, who, now)
    present = standing(warehouse, [(one.table_name, one.row_key) for one in checks])
    before = {one.check_id: one for one in kept_checks(warehouse)}
    here = [one for one in checks if (one.table_name, one.row_key) in present]
    new = [one for one in here if one.check_id not in before]
    changed = [
        one for one in here if one.check_id in before and _says_else(one, before[one.check_id])
    ]
    return Marked(
        tuple(new),
        tuple(changed),
        len(here) - len(new) - len(changed),
        still_open,
        len(checks) - len(here),
        frozenset((one.table_name, one.field) for one in checks),
    )


def _says_else(one: Check, other: Check) -> bool:
    return (one.verdict, one.right_value) != (other.verdict, other.right_value)


def _checks(warehouse: Warehouse, marks: Sequence[Mark], who: str, now: datetime) -> list[Check]:
    known = drawn_values(warehouse, marks)
    found: list[Check] = []
    problems: list[str] = []
    for mark in marks:
        try:
            value = mark.sealed_value(known)
        except ValueError as error:
            problems.append(str(error))
            continue
        drawn = mark.drawn
        found.append(
            Check(
                mark.check_id,
                drawn.release_version,
                drawn.field.table,
                drawn.row_key,
                drawn.field.column,
                value,
                mark.verdict,
                mark.right_value,
                drawn.stratum,
                drawn.drawn / drawn.population,
                drawn.population,
                who,
                now,
            )
        )
    if problems:
        raise SheetError(problems)
    return found


def _take_back(warehouse: Warehouse, changed: Sequence[Check]) -> None:
    """Take out the corrections that were made of some checks, which say something else by now."""
    notes = {_WHY.format(check_id=one.check_id) for one in changed}
    if notes:
        edit_corrections(warehouse.corrections_file, None, lambda row: row.facts.note in notes)


def correct_wrong(warehouse: Warehouse, checks: Sequence[Check]) -> int:
    """Write the right values of articles into the file of corrections; return how many."""
    written = 0
    for one in checks:
        if one.table_name != ARTICLES or one.verdict != WRONG or one.right_value is None:
            continue
        why = _WHY.format(check_id=one.check_id)
        try:
            correct(warehouse, one.row_key, one.field, one.right_value, who=one.coder, why=why)
        except NoSuchArticleError:
            continue  # it went since the sheet was looked through
        written += 1
    return written


def accuracy_of(warehouse: Warehouse, fields: frozenset[tuple[str, str]]) -> list[Accuracy]:
    """Return how right some fields are, by all checks there are."""
    checks = kept_checks(warehouse)
    return accuracies(one for one in checks if (one.table_name, one.field) in fields)
