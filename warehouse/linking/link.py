"""The link step: all that a run changes about duplicates, within the transaction of its commit."""

from __future__ import annotations

import duckdb

from transforms.duplicates.settings import DuplicateSettings
from warehouse.linking.articles import elect
from warehouse.linking.candidates import find_candidates
from warehouse.linking.clustering import cluster_texts
from warehouse.linking.index import update_index


def link(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Work out the clusters that a run touches, before its articles are inserted.

    Expects ``departing`` (see `note_departing`), the lake without the articles that go,
    ``incoming`` (the articles to insert) and ``staged_text_keys``. Leaves ``elected``: each
    member of a touched cluster with its ``cluster_id`` and ``canonical_article_id``.
    """
    update_index(connection, settings)
    find_candidates(connection, settings)
    cluster_texts(connection, settings)
    elect(connection)
