"""Which document to hold back where a commit takes more memory than it may."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pyarrow as pa

from knipsel.warehouse.lake.commit import Submission
from knipsel.warehouse.lake.staging import Finding, quarantine_table
from knipsel.warehouse.sql import quoted

LEAST_BYTES = 1 << 20
"""Texts below this bring no commit down by themselves."""


def without_largest(submission: Submission) -> Submission | None:
    """Return a submission that holds the document back with the longest text, with a reason.

    None where no text is so long that it could be at fault.
    """
    if submission.staged is None:
        return None
    with duckdb.connect() as connection:
        connection.register("held_already", submission.quarantine)
        row = connection.execute(
            f"""
            SELECT document_id, max(strlen(text)) AS bytes
            FROM read_parquet({quoted(submission.staged.files("articles"))})
            WHERE document_id NOT IN (SELECT document_id FROM held_already)
                AND strlen(text) > {LEAST_BYTES}
            GROUP BY document_id ORDER BY bytes DESC, document_id LIMIT 1
            """
        ).fetchone()
    if row is None:
        return None
    finding = Finding(
        document_id=row[0],
        table_name="documents",
        row_key=row[0],
        rule="too_large",
        message=f"A text of the file has {row[1]:,} bytes, which the lake cannot take in within "
        "the memory that it may use; split the file.",
        value=str(row[1]),
    )
    names = {file.document_id: file.file_name for file in submission.seen}
    more = quarantine_table([finding], names, submission.run)
    return replace(submission, quarantine=pa.concat_tables([submission.quarantine, more]))
