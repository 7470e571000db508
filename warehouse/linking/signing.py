"""The keys of articles' texts, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.transforms.duplicates.signatures import sign
from knipsel.warehouse.linking.tables import STAGED_KEYS, text_id

SIGNED_TOGETHER = 256
"""Texts that are signed at a time: enough that their number costs nothing."""


def key_rows(
    articles: Sequence[tuple[str, str, str]], settings: DuplicateSettings
) -> pa.RecordBatch:
    """Return the keys of articles, each given by its identifier, text and the text's SHA-256."""
    keys = sign([text for _, text, _ in articles], settings)
    identifiers = pa.array([identifier for identifier, _, _ in articles], pa.string())
    texts = np.array([text_id(digest) for _, _, digest in articles], dtype=np.int64)
    columns = [
        identifiers.take(pa.array(keys.text)),
        pa.array(texts[keys.text]),
        pa.array(keys.key),
        pa.array(keys.is_passage),
        pa.array(keys.passages),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=STAGED_KEYS)


def key_table(articles: Iterable[tuple[str, str, str]], settings: DuplicateSettings) -> pa.Table:
    """Return the keys of any number of articles."""
    batches = [key_rows(group, settings) for group in _groups(articles)]
    return pa.Table.from_batches(batches, schema=STAGED_KEYS)


def _groups(articles: Iterable[tuple[str, str, str]]) -> Iterator[list[tuple[str, str, str]]]:
    group: list[tuple[str, str, str]] = []
    for article in articles:
        group.append(article)
        if len(group) == SIGNED_TOGETHER:
            yield group
            group = []
    if group:
        yield group
