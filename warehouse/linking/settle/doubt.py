"""What is in doubt: findings across articles, and the values that are least sure."""

from __future__ import annotations

from knipsel.transforms.describe.across.rules import BY_NAME as RULES
from knipsel.transforms.registers.articles.facts import CURATED
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import Row, ask, open_lake_for_questions
from knipsel.warehouse.sql import quoted

LESS_SURE = 0.7
"""A value whose confidence is below this is listed, though nothing was found against it."""
_FIELDS = ("headline", "author", "date_published", "publisher", "language")
_UNSURE = "low_confidence"
_UNSURE_WORDS = "What the document says for it is weak, and nothing bears it out."

_FOUND = """
    SELECT finding.article_id, file_name, finding.field, now.value AS value, said.value AS found,
        coalesce(now.confidence, said.confidence) AS confidence, rule, effect,
        carriers, outlet_articles
    FROM findings AS finding
    JOIN (SELECT article_id, document_id FROM articles) USING (article_id)
    JOIN (SELECT document_id, file_name FROM documents) USING (document_id)
    LEFT JOIN (FROM statements WHERE document_rank = 1) AS said
        ON said.article_id = finding.article_id AND said.field = finding.field
    LEFT JOIN (FROM statements WHERE chosen) AS now
        ON now.article_id = finding.article_id AND now.field = finding.field
"""


def doubts(warehouse: Warehouse, *, below: float = LESS_SURE) -> list[Row]:
    """Return what is in doubt, first what most articles hang on.

    A row has ``article_id``, ``file_name``, ``field`` (``text`` is the body), ``value`` (what the
    article carries), ``found`` (what its document alone gives), ``confidence``, ``rule`` and
    ``meaning``, ``effect``, ``carriers`` (in how many articles of the outlet it stands, or how many
    copies have it) and ``outlet_articles``. Values without a finding are there whose confidence is
    below ``below``; what a person stated is not.
    """
    with open_lake_for_questions(warehouse) as connection:
        rows = ask(
            connection, f"FROM ({_FOUND} UNION ALL {_unsure(below)}) ORDER BY {_ORDER}"
        ).mappings()
    return [{**row, "meaning": meaning_of(row["rule"])} for row in rows]


_ORDER = "rule = 'low_confidence', carriers DESC, rule, found, confidence, article_id, field"


def meaning_of(rule: str) -> str:
    """Return what a rule found, in a sentence."""
    return RULES[rule].message if rule in RULES else _UNSURE_WORDS


def _unsure(below: float) -> str:
    """Return the query for values of little confidence that nothing else was found against."""
    fields, curated = (", ".join(map(quoted, names)) for names in (_FIELDS, CURATED))
    return f"""
        SELECT said.article_id, file_name, said.field, said.value, said.value, said.confidence,
            '{_UNSURE}', 'warning', copies.articles, copies.articles
        FROM statements AS said
        JOIN (SELECT article_id, document_id, cluster_id FROM articles) USING (article_id)
        JOIN (SELECT document_id, file_name FROM documents) USING (document_id)
        JOIN (SELECT cluster_id, count(*) AS articles FROM articles GROUP BY cluster_id) AS copies
            USING (cluster_id)
        WHERE chosen AND said.confidence < {below:g} AND said.field IN ({fields})
        AND method NOT IN ({curated})
        AND (said.article_id, said.field) NOT IN (SELECT (article_id, field) FROM findings)
    """
