"""Parquet with a compression that every reader knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.model import ExportTable
from knipsel.warehouse.exports.source import Source

COMPRESSIONS = ("snappy", "gzip", "zstd", "none")
ROW_GROUP_ROWS = 20_480
"""As in a release."""


def write_parquet(source: Source, table: ExportTable, file: Path) -> Notes:
    """Write a table as Parquet; its metadata say what the export is."""
    told = dict(source.about.facts)
    schema = source.schema(table).with_metadata({"title": table.title, **told})
    with pq.ParquetWriter(file, schema, compression=source.wanted.compression) as writer:
        held: list[pa.RecordBatch] = []
        for batch in source.batches(table):
            held.append(batch)
            if sum(map(len, held)) >= ROW_GROUP_ROWS:
                writer.write_table(_table(held, schema))
                held = []
        if held:
            writer.write_table(_table(held, schema))
    return []


def _table(batches: list[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_batches(batches).replace_schema_metadata(schema.metadata)


def parquet_texts(file: Path) -> Iterator[str]:
    """Yield each text in a Parquet file."""
    for batch in pq.ParquetFile(file).iter_batches(2_048):
        for column in batch.columns:
            if pa.types.is_string(column.type):
                yield from (value for value in column.to_pylist() if value is not None)


PARQUET = Format(
    "parquet", "Parquet", (".parquet",), parquet_texts, write_parquet, tells_itself=True
)
