"""SPSS and Stata: variables with labels, values with labels, dates as dates.

Both hold a table in memory while it is written, and have limits on names, labels and texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from knipsel.warehouse.contract import Column, ColumnType
from knipsel.warehouse.contract.model import OneOf
from knipsel.warehouse.exports.about import About, meaning
from knipsel.warehouse.exports.cells import Changes
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.model import ExportTable
from knipsel.warehouse.exports.source import Source, flat
from knipsel.warehouse.sql import identifier

if TYPE_CHECKING:
    import pandas as pd

LONGEST_NAME = 32
"""Characters of a variable's name in Stata; SPSS takes twice as many."""
_SPSS_WORDS = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
_STATA_WORDS = {"_all", "byte", "double", "float", "if", "in", "int", "long", "using"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TRUTH: Mapping[int | float, str] = {0: "no", 1: "yes"}
_ROWS_AT_ONCE = 10_000
NOTE_BYTES, MOST_UTF8_BYTES = 80, 4
"""A line of a note in SPSS has so many bytes at most, and a character so many."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program holds: bytes of a text, characters of a variable's label."""

    text_bytes: int
    label_characters: int


SPSS_LIMITS = Limits(32_767, 120)
STATA_LIMITS = Limits(2_045, 80)


@dataclass(frozen=True, slots=True)
class Variables:
    """A table as both programs take it: its frame, and the labels of variables and values."""

    frame: pd.DataFrame
    labels: Mapping[str, str]
    value_labels: dict[str, dict[int | float, str]]


def write_spss(source: Source, table: ExportTable, file: Path) -> Notes:
    """Write a table for SPSS."""
    import pyreadstat

    variables, notes = variables_of(source, table, SPSS_LIMITS)
    pyreadstat.write_sav(
        variables.frame,
        str(file),
        file_label=source.about.title[:60],
        column_labels=dict(variables.labels),
        variable_value_labels=variables.value_labels,
        note=list(_lines(source.about)),
        row_compress=True,
    )
    made_at = source.about.made_at.astimezone(UTC)
    with file.open("r+b") as target:  # when it was made stands at this place (PSPP's manual)
        target.seek(92)
        target.write(f"{_day(made_at)} {made_at:%y%H:%M:%S}".encode())
    return notes


def _lines(said: About) -> Iterator[str]:
    """Yield what an export says of itself, in lines that fit into a note of SPSS."""
    for name, value in said.facts:
        line = f"{name}: {value}".replace("\0", " ")
        yield from wrap(line, NOTE_BYTES if line.isascii() else NOTE_BYTES // MOST_UTF8_BYTES)


def write_stata(source: Source, table: ExportTable, file: Path) -> Notes:
    """Write a table for Stata 14 and later."""
    import pyreadstat

    variables, notes = variables_of(source, table, STATA_LIMITS)
    pyreadstat.write_dta(
        variables.frame,
        str(file),
        file_label=source.about.title[:80],
        column_labels=dict(variables.labels),
        version=14,
        variable_value_labels=variables.value_labels,
    )
    made_at = source.about.made_at.astimezone(UTC)
    with file.open("r+b") as target:
        mark = b"<timestamp>\x11"
        target.seek(target.read(4_096).index(mark) + len(mark))
        target.write(f"{_day(made_at)} {made_at:%Y %H:%M}".encode())
    return notes


def _day(moment: datetime) -> str:
    """Return a day as both programs write it, whatever the language here is."""
    return f"{moment.day:02} {_MONTHS[moment.month - 1]}"


def variables_of(source: Source, table: ExportTable, limits: Limits) -> tuple[Variables, list[str]]:
    """Return a table as variables, and what was left out or cut, in sentences."""
    changes = Changes()
    too_long = _too_long(source, table, limits)
    notes = [
        f"{table.name}.{column.name} is left out: it has texts of more than "
        f"{limits.text_bytes:,} bytes."
        for column in too_long
    ]
    columns = [column for column in table.columns if column not in too_long]
    names = variable_names([column.name for column in columns])
    values: dict[str, Any] = {}
    value_labels: dict[str, dict[int | float, str]] = {}
    arrow = _arrow(source, table, columns)
    for column, name in zip(columns, names, strict=True):
        values[name], labelled = _values(arrow[column.name], column, changes)
        if labelled:
            value_labels[name] = labelled
    labels = {
        name: _label(column, name)[: limits.label_characters]
        for column, name in zip(columns, names, strict=True)
    }
    renamed = [
        f"{column.name} → {name}"
        for column, name in zip(columns, names, strict=True)
        if column.name != name
    ]
    if renamed:
        notes.append(f"Renamed, since the format has no such names: {', '.join(renamed)}.")
    return Variables(_frame(values), labels, value_labels), [*notes, *changes.notes()]


def _too_long(source: Source, table: ExportTable, limits: Limits) -> list[Column]:
    """Return the columns whose texts do not fit."""
    texts = [column for column in table.columns if column.type is ColumnType.STRING]
    if not texts:
        return []
    lengths = ", ".join(f"max(strlen({identifier(column.name)}))" for column in texts)
    found = source.connection.execute(f"SELECT {lengths} FROM ({flat(table)})").fetchone() or ()
    return [
        column
        for column, length in zip(texts, found, strict=True)
        if (length or 0) > limits.text_bytes
    ]


def _arrow(source: Source, table: ExportTable, columns: Sequence[Column]) -> pa.Table:
    names = [column.name for column in columns]
    batches = [batch.select(names) for batch in source.batches(table)]
    schema = pa.schema([source.schema(table).field(name) for name in names])
    return pa.Table.from_batches(batches, schema)


def _values(
    values: pa.ChunkedArray, column: Column, changes: Changes
) -> tuple[Any, dict[int | float, str]]:
    """Return the values of a variable, and what its numbers mean where they stand for words."""
    import pandas as pd

    if column.type is ColumnType.BOOLEAN:
        return values.cast(pa.int8()).to_pandas().astype("float64"), dict(_TRUTH)
    if column.type in {ColumnType.INTEGER, ColumnType.NUMBER}:
        return values.to_pandas().astype("float64"), {}
    if column.type is ColumnType.TIMESTAMP:
        # Both keep seconds in a floating-point number; the last digits of a moment go.
        return values.cast(pa.timestamp("ms"), safe=False).to_pandas(), {}
    found = values.to_pylist()
    if column.type is ColumnType.DATE:
        return pd.Series(found, dtype="object"), {}
    if words := _words(column, found):
        meanings: dict[int | float, str] = {at: word for at, word in enumerate(words, 1)}  # noqa: C416
        codes = {word: float(at) for at, word in enumerate(words, 1)}
        numbers = [None if value is None else codes[value] for value in found]
        return pd.Series(numbers, dtype="float64"), meanings
    texts = ["" if value is None else changes.without_zero(value) for value in found]
    return pd.Series(texts, dtype="object"), {}


def _words(column: Column, found: Sequence[str | None]) -> list[str]:
    """Return the words that a column may have, of which each is a number with a label."""
    for rule in column.rules:
        if isinstance(rule, OneOf):
            others = {value for value in found if value is not None} - set(rule.values)
            return [*rule.values, *sorted(others)]  # noqa: PD011 - no frame, a rule
    return []


def _frame(values: Mapping[str, Any]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(dict(values))


def variable_names(names: Sequence[str]) -> list[str]:
    """Return names that both programs take: letters, digits and low lines, no two alike."""
    taken: set[str] = set()
    found = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        plain = re.sub(r"\W+", "_", plain).strip("_")
        if not plain or not plain[0].isalpha():
            plain = f"v_{plain}".rstrip("_")
        if plain.lower() in _SPSS_WORDS | _STATA_WORDS or re.match(r"(?i)str(\d+|l)$", plain):
            plain += "_"
        plain, number = plain[:LONGEST_NAME], 1
        while (chosen := plain if number == 1 else _numbered(plain, number)).lower() in taken:
            number += 1
        taken.add(chosen.lower())
        found.append(chosen)
    return found


def _numbered(name: str, number: int) -> str:
    end = f"_{number}"
    return name[: LONGEST_NAME - len(end)] + end


def _label(column: Column, name: str) -> str:
    """Return the label of a variable: what it means, with its name where that had to change."""
    said = meaning(column).replace("\0", "")
    return said if column.name == name else f"{column.name}: {said}".replace("\0", "")


def spss_texts(file: Path) -> Iterator[str]:
    """Yield each text in a file of SPSS."""
    import pyreadstat

    yield from _texts(pyreadstat.read_sav, file)


def stata_texts(file: Path) -> Iterator[str]:
    """Yield each text in a file of Stata."""
    import pyreadstat

    yield from _texts(pyreadstat.read_dta, file)


def _texts(read: Any, file: Path) -> Iterator[str]:
    start = 0
    while True:
        frame, meta = read(str(file), row_offset=start, row_limit=_ROWS_AT_ONCE)
        if not start:
            yield from (str(label) for label in meta.column_labels if label)
            yield from map(str, getattr(meta, "notes", ()))
        for name in frame.columns:
            yield from (value for value in frame[name] if isinstance(value, str))
        if len(frame) < _ROWS_AT_ONCE:
            return
        start += _ROWS_AT_ONCE


SPSS = Format("spss", "SPSS, with labels", (".sav",), spss_texts, write_spss)
STATA = Format("stata", "Stata, with labels", (".dta",), stata_texts, write_stata)
