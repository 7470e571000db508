"""Coding: a sample is written for people to code, and their codes are taken in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knipsel.transforms.checks.coding.agreement import Agreement, agreement
from knipsel.transforms.checks.coding.sheet import CodedLine, columns, read_codes
from knipsel.transforms.checks.coding.variables import (
    Variable,
    VariablesError,
    parse_variables,
)
from knipsel.transforms.checks.sheet import SheetError, cell_text
from knipsel.transforms.checks.workbook import as_csv, as_xlsx, read_sheet
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import (
    NoReleaseError,
    answer_as_reader,
    ask,
    open_lake_for_questions,
)
from knipsel.warehouse.release.checks.coding.keep import Code, code_id, keep, kept_codes
from knipsel.warehouse.release.checks.coding.samples import (
    Recipe,
    Sample,
    SampleError,
    draw_sample,
    keep_recipe,
    variables_of,
)
from knipsel.warehouse.release.checks.coding.units import CodedUnit, digests
from knipsel.warehouse.release.checks.population import check_strata
from knipsel.warehouse.release.versions import current_release, read_versions

SHEET = "codes.csv"
"""The sheet beside a folder of texts."""
_FORMS = (".xlsx", ".csv")


def read_variables(file: Path) -> tuple[Variable, ...]:
    """Return the variables of a TOML file; raise `VariablesError`."""
    try:
        return parse_variables(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{file}: {error}."
        raise VariablesError(message) from error
    except VariablesError as error:
        message = f"{file}: {error}"
        raise VariablesError(message) from error


def check_place(place: Path) -> None:
    """Raise ``ValueError`` for what is there already, or is neither a sheet nor a folder."""
    if place.suffix and place.suffix.lower() not in _FORMS:
        message = f"A sample is written as {', '.join(_FORMS)} or into a folder, not to {place}."
        raise ValueError(message)
    if place.exists():
        message = f"{place} is there already, and may have somebody's codes; name another place."
        raise ValueError(message)


def write_sample(warehouse: Warehouse, sample: Sample, place: Path) -> None:
    """Write a sample as a sheet, or as a folder of texts with a sheet, and keep its recipe."""
    keep_recipe(warehouse, sample)
    variables = sample.recipe.variables
    units = [sample.units[one.key] for one in sample.drawn]
    if place.suffix.lower() == ".xlsx":
        choices = {one.name: one.values for one in variables}
        content = as_xlsx(columns(variables), _rows(sample, units), choices)
        _write(place, content)
    elif place.suffix:
        _write(place, as_csv(columns(variables), _rows(sample, units)))
    else:
        for unit in units:
            _write(place / f"{unit.unit_id}.txt", f"{unit.text}\n".encode())
        _write(place / SHEET, as_csv(columns(variables), _rows(sample, units)))


def draw_units(warehouse: Warehouse, recipe: Recipe, seconds: float | None) -> Sample:
    """Draw a sample from the latest release, of the articles that its query gives, or of all.

    The query is asked as any reader's, for so many ``seconds`` at most. Raises ``ValueError`` for
    strata that there are not and for a query without articles, `SampleError`, `NoReleaseError`.
    """
    check_strata(recipe.by)
    release = current_release(warehouse, read_versions(warehouse))
    if release is None:
        raise NoReleaseError(warehouse)
    chosen = _chosen(warehouse, recipe.query, seconds) if recipe.query else None
    return draw_sample(warehouse, release, recipe, chosen)


def _chosen(warehouse: Warehouse, query: str, seconds: float | None) -> list[str]:
    """Return the articles that a query gives."""
    answer = answer_as_reader(warehouse, query, ask, seconds=seconds)
    if "article_id" not in answer.columns:
        message = "The query has no column article_id."
        raise ValueError(message)
    place = answer.columns.index("article_id")
    return [str(row[place]) for row in answer.rows]


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as target:
        target.write(content)


def _rows(sample: Sample, units: Iterable[CodedUnit]) -> Iterator[tuple[str, ...]]:
    empty = ("",) * (len(sample.recipe.variables) + 1)
    for unit in units:
        yield (*unit.cells(), *empty, unit.unit_id, sample.sample_id, unit.text_sha256)


@dataclass(frozen=True, slots=True)
class AddedCodes:
    """What became of a sheet.

    ``added`` codes are new, ``changed`` say something else than before, ``known`` were there;
    ``open`` lines are not coded yet, ``gone`` codes are of what is no more, ``outdated`` of a text
    that is another by now: they are kept, and do not count.
    """

    added: int
    changed: int
    known: int
    open: int
    gone: int
    outdated: int


def add_codes(
    warehouse: Warehouse, file: Path, coder: str, now: datetime, record: dict[str, object]
) -> AddedCodes:
    """Take in a sheet with codes; ``record`` is the row of ``runs`` for it.

    Raises `SheetError` with a sentence for each cell that is wrong; nothing is taken in then.
    """
    rows = read_sheet(file.read_bytes())
    lines, still_open = read_codes(rows, _variables(warehouse, rows))
    with open_lake_for_questions(warehouse) as connection:
        present = digests(connection, [(line.unit.unit, line.unit.text) for line in lines])
    here = [line for line in lines if line.unit.text in present]
    codes = [code for line in here for code in _codes(line, present, coder, now)]
    before = {code.code_id: code for code in kept_codes(warehouse)}
    new = [code for code in codes if code.code_id not in before]
    changed = [
        code for code in codes if code.code_id in before and code.says_else(before[code.code_id])
    ]
    if new or changed:
        keep(warehouse, [*new, *changed], record)
    return AddedCodes(
        len(new),
        len(changed),
        len(codes) - len(new) - len(changed),
        still_open,
        sum(len(line.values) for line in lines) - len(codes),
        sum(code.text_sha256 != present[code.unit_id] for code in codes),
    )


def _variables(
    warehouse: Warehouse, rows: Sequence[tuple[int, Sequence[object]]]
) -> Mapping[str, Variable]:
    """Return the variables of the sample that a sheet is of; none where it is of none.

    Raises `SheetError` where it is of several, or of one that the warehouse has not drawn.
    """
    head = [cell_text(cell, is_drawn=True) for cell in rows[0][1]] if rows else []
    if "sample_id" not in head:
        return {}
    place = head.index("sample_id")
    named = {
        cell_text(cells[place], is_drawn=True) for _, cells in rows[1:] if place < len(cells)
    } - {""}
    if len(named) > 1:
        message = "The sheet has lines of several samples: take them in one after the other."
        raise SheetError([message])
    try:
        return {one.name: one for name in named for one in variables_of(warehouse, name)}
    except SampleError as error:
        raise SheetError([str(error)]) from error


def _codes(
    line: CodedLine, present: Mapping[str, str], coder: str, now: datetime
) -> Iterator[Code]:
    unit = line.unit
    for variable, value in line.values.items():
        yield Code(
            code_id=code_id(unit.text, variable, coder),
            article_id=unit.article_id,
            unit=unit.unit,
            unit_id=unit.text,
            variable=variable,
            value=value,
            coder=coder,
            coded_at=now,
            sample_id=line.sample_id,
            text_sha256=line.text_sha256 or present[unit.text],
            note=line.note,
        )


def agreements(warehouse: Warehouse) -> list[Agreement]:
    """Return how far coders agree, for each variable, on the texts as they were coded.

    Codes of one unit count together where they are of the same text. How values compare is what
    the newest sample says that has the variable; without one, by name.
    """
    codes = kept_codes(warehouse)
    variables: dict[str, Variable] = {}
    for code in sorted(codes, key=lambda one: one.coded_at):
        variables[code.variable] = _variable(warehouse, code)
    return [
        agreement(
            variables[name],
            (
                (f"{code.unit_id} {code.text_sha256}", code.coder, code.value)
                for code in codes
                if code.variable == name
            ),
        )
        for name in sorted(variables)
    ]


def _variable(warehouse: Warehouse, code: Code) -> Variable:
    try:
        listed = variables_of(warehouse, code.sample_id) if code.sample_id else ()
    except SampleError:  # the file of the sample was deleted since
        listed = ()
    known = {one.name: one for one in listed}
    return known.get(code.variable, Variable(code.variable))
