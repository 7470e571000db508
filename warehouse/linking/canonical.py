"""Which article of a cluster stands for all: the surest of the most complete ones."""

from __future__ import annotations

from knipsel.warehouse.contract import BY_NAME

_OF_TEXT = "text_confidence"
_SHARPNESS = 2
"""Digits to which expected scores are told apart: what differs less is equal."""

CANONICAL_ORDER = """
    CASE WHEN completeness IN ('complete', 'unknown') THEN 0
        WHEN completeness = 'truncated' THEN 1 ELSE 2 END,
    text_worth DESC NULLS LAST, worth DESC, form, day ASC NULLS LAST, article_id
"""
"""What may be whole before what is cut off, then the surest body, the surest values, HTML before
what was drawn from it, the earliest, then by identifier. Whether prose is missing is for the score
of the body to say. It is over the columns that `worth_columns` adds."""


def worth_query(statements: str, *, is_past: bool = False) -> str:
    """Return the query for what is known of articles by their documents alone, by ``article_id``.

    ``worth`` is the sum of the confidences of headline, authors and day, ``day`` the day.
    ``statements`` is where they are; where ``is_past`` they may be of an older contract.
    """
    confidence = "confidence" if is_past else "document_confidence"
    first = "chosen" if is_past else "document_rank = 1"
    return f"""
        SELECT article_id, round(sum(coalesce({confidence}, 0)), {_SHARPNESS}) AS worth,
            min(value) FILTER (field = 'date_published') AS day
        FROM {statements}
        WHERE {first} AND field IN ('headline', 'author', 'date_published') GROUP BY article_id
    """


def worth_columns(cluster: str, reader: str = "reader") -> str:
    """Return the columns by which the members of a cluster are ordered, beside their own.

    ``cluster`` is the column that they share. Where one has no expected score of its body, none of
    them is ordered by it.
    """
    score = _OF_TEXT
    return f"""
        CASE WHEN count({score}) OVER of_cluster = count(*) OVER of_cluster
            THEN round({score}, {_SHARPNESS}) END AS text_worth,
        coalesce(worth, 0) AS worth, day,
        CASE {reader} WHEN 'html' THEN 0 WHEN 'pdf' THEN 2 ELSE 1 END AS form
    """.replace("of_cluster", f"(PARTITION BY {cluster})")


def text_score() -> str:
    """Return the column of the expected score of a body, as SQL; null where there is none."""
    has_score = _OF_TEXT in BY_NAME["articles"].column_names
    return _OF_TEXT if has_score else f"NULL::DOUBLE AS {_OF_TEXT}"
