"""An article as read, with what was removed around it."""

from __future__ import annotations

from knipsel.transforms.describe.candidates.removed_prose import REMOVALS
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.meant import find_meant
from knipsel.warehouse.queries.queries import Row, ask, open_lake_for_questions
from knipsel.warehouse.sql import quoted


def show(warehouse: Warehouse, wanted: str) -> Row:
    """Return an article with its paragraphs in reading order and what was removed.

    ``wanted`` is what `find_meant` finds it by. ``cluster_size`` is the number of articles that
    are the same one, itself included, ``warnings`` are rules of which its text is a doubtful
    case, by their names.
    """
    names = ", ".join(map(quoted, REMOVALS))
    with open_lake_for_questions(warehouse) as connection:
        article = find_meant(connection, wanted)
        paragraphs = ask(
            connection,
            "FROM paragraphs WHERE article_id = $article_id ORDER BY position",
            {"article_id": article["article_id"]},
        ).mappings()
        removed = ask(
            connection,
            "FROM removed_spans WHERE document_id = $document_id ORDER BY source_start",
            {"document_id": article["document_id"]},
        ).mappings()
        size = ask(
            connection,
            "SELECT count(*) FROM articles WHERE cluster_id = $cluster_id",
            {"cluster_id": article["cluster_id"]},
        ).rows[0][0]
        warnings = ask(
            connection,
            f"""
            SELECT DISTINCT method FROM statements WHERE article_id = $article_id
                AND field = 'completeness' AND method IN ({names}) ORDER BY method
            """,
            {"article_id": article["article_id"]},
        ).rows
    return {
        "article": article,
        "cluster_size": size,
        "warnings": [name for (name,) in warnings],
        "paragraphs": paragraphs,
        "removed_spans": removed,
    }
