"""Which article of a cluster stands for all: the surest of the most complete ones."""

from __future__ import annotations

from knipsel.transforms.registers.articles.facts import CORRECTION

_TEXT_APART, _VALUES_APART = 0.15, 0.5
"""How much less than the surest of a cluster the expected score of a body, and the sum of those of
values, must be to tell the two apart: what differs less is within the error of the estimates."""

CANONICAL_ORDER = """
    CASE WHEN completeness IN ('complete', 'unknown') THEN 0
        WHEN completeness = 'truncated' THEN 1 ELSE 2 END,
    is_unsure_of_text, is_uncorrected, is_unsure_of_values, form, day ASC NULLS LAST, article_id
"""
"""What may be whole before what is cut off, then those with the surest body, of these one that a
person corrected, those with the surest values, HTML before what was drawn from it, the earliest,
then by identifier. Whether prose is missing is for the score of the body to say. It is over the
columns of `worth_columns`."""


def worth_query(statements: str, *, is_past: bool = False) -> str:
    """Return the query for what is known of articles by their documents alone, by ``article_id``.

    ``worth`` is the sum of the confidences of headline, authors and day, ``day`` the day;
    ``corrected`` whether a person corrected one of these.
    ``statements`` is where they are; where ``is_past`` they may be of an older contract.
    """
    confidence = "confidence" if is_past else "document_confidence"
    first = "chosen" if is_past else "document_rank = 1"
    return f"""
        SELECT article_id, round(sum(coalesce({confidence}, 0)), 4) AS worth,
            min(value) FILTER (field = 'date_published') AS day,
            bool_or(method = '{CORRECTION}') AS corrected
        FROM {statements}
        WHERE {first} AND field IN ('headline', 'author', 'date_published') GROUP BY article_id
    """


def worth_columns(cluster: str, reader: str = "reader") -> str:
    """Return the columns by which the members of a cluster are ordered, beside their own.

    ``cluster`` is the column that they share. Where one has no expected score of its body, none of
    them is ordered by it.
    """
    return f"""
        count(text_confidence) OVER of_cluster = count(*) OVER of_cluster
            AND text_confidence < max(text_confidence) OVER of_cluster - {_TEXT_APART}
            AS is_unsure_of_text,
        NOT coalesce(corrected, false) AS is_uncorrected,
        coalesce(worth, 0) < max(coalesce(worth, 0)) OVER of_cluster - {_VALUES_APART}
            AS is_unsure_of_values,
        day, CASE {reader} WHEN 'html' THEN 0 WHEN 'pdf' THEN 2 ELSE 1 END AS form
    """.replace("of_cluster", f"(PARTITION BY {cluster})")
