"""An export of a made-up table, without a warehouse: what a format makes of any text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from knipsel.warehouse.contract import Column, ColumnType
from knipsel.warehouse.exports.about import About
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.model import ExportTable, Wanted
from knipsel.warehouse.exports.source import Source

TYPES = {
    pa.string(): ColumnType.STRING,
    pa.int64(): ColumnType.INTEGER,
    pa.float64(): ColumnType.NUMBER,
    pa.bool_(): ColumnType.BOOLEAN,
    pa.date32(): ColumnType.DATE,
    pa.timestamp("us", tz="UTC"): ColumnType.TIMESTAMP,
}
ABOUT = About(
    "Made up", "Cite this.", "Rights.", datetime(2024, 6, 1, 13, tzinfo=UTC),
    (("cite as", "Cite this."), ("release", "000001")),
)  # fmt: skip


def write(form: Format, table: pa.Table, file: Path, **wanted: object) -> Notes:
    """Write an Arrow table in a format; return what the format could not hold."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("given", table)
    connection.execute("CREATE TABLE made_up AS FROM given")
    columns = tuple(
        Column(field.name, TYPES[field.type], "A value.", nullable=True) for field in table.schema
    )
    exported = ExportTable("made_up", "Made up", "A row.", columns, "FROM made_up", len(table))
    asked = Wanted(file, **wanted)  # type: ignore[arg-type]
    source = Source(connection, ABOUT, (exported,), asked)
    if form.write_table is not None:
        return form.write_table(source, exported, file)
    assert form.write is not None
    return form.write(source, file)


def texts(values: Sequence[str | None]) -> pa.Table:
    """Return a table of one column of text."""
    return pa.table({"text": pa.array(values, pa.string())})
