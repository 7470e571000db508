"""The link step: all that a run changes about duplicates, within the transaction of its commit."""

from __future__ import annotations

import duckdb

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.linking.articles import elect
from knipsel.warehouse.linking.candidates import find_candidates
from knipsel.warehouse.linking.clustering import cluster_texts
from knipsel.warehouse.linking.index import is_current, update_index
from knipsel.warehouse.sql import any_row


def link(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> bool:
    """Work out the clusters that a run touches, before its articles are inserted.

    Tells whether there was anything to do: a run that brings and takes nothing changes nothing.

    Expects ``departing`` (see `note_departing`), the lake without the articles that go,
    ``incoming`` (the articles to insert) and ``staged_text_keys``. Leaves ``elected``: each
    member of a touched cluster with its ``cluster_id`` and ``canonical_article_id``.
    """
    is_idle = not any_row(connection, "SELECT 1 FROM departing UNION ALL SELECT 1 FROM incoming")
    if is_idle and is_current(connection, settings):
        return False
    update_index(connection, settings)
    find_candidates(connection, settings)
    cluster_texts(connection, settings)
    elect(connection)
    return True
