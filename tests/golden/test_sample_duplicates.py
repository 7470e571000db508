"""The samples hold a revision, a teaser, a copy and two daily reports: each is taken for that."""

from __future__ import annotations

from knipsel.warehouse.queries.queries import ask, open_release
from tests.pipeline import Pipeline

EXPECTED = {
    ("2023-11-graanakkoord-herzien.txt", "2023-11-graanakkoord.txt"): ("revision", True),
    ("essay-stille-vrede-teaser.txt", "essay-stille-vrede.txt"): ("excerpt", True),
    ("havenbode-onderhandelingen.txt", "vredeswerk-onderhandelingen.txt"): ("identical", True),
    ("waterstand-2024-02-05.txt", "waterstand-2024-02-06.txt"): ("same_template", False),
}


def test_the_pairs_among_the_samples(released: Pipeline) -> None:
    """No other pair was even worth comparing."""
    with open_release(released.warehouse) as connection:
        rows = ask(
            connection,
            """
            SELECT least(one.file_name, other.file_name), greatest(one.file_name, other.file_name),
                relation, is_duplicate, a.cluster_id = b.cluster_id
            FROM duplicates AS pair
            JOIN articles AS a ON a.article_id = pair.article_id
            JOIN articles AS b ON b.article_id = pair.other_article_id
            JOIN documents AS one ON one.document_id = a.document_id
            JOIN documents AS other ON other.document_id = b.document_id
            """,
        ).rows
    assert {
        (one, other): (relation, proven) for one, other, relation, proven, _ in rows
    } == EXPECTED
    assert all(together == proven for *_, proven, together in rows)


def test_the_whole_article_stands_for_its_teaser(released: Pipeline) -> None:
    """And the longer version for the shorter one."""
    with open_release(released.warehouse) as connection:
        names = ask(
            connection,
            "SELECT file_name FROM documents JOIN canonical_articles USING (document_id)",
        ).rows
    canonical = {row[0] for row in names}
    assert "essay-stille-vrede.txt" in canonical
    assert "essay-stille-vrede-teaser.txt" not in canonical
