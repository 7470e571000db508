"""The lines that recur in the documents of the lake."""

from __future__ import annotations

import duckdb

from knipsel.transforms.clean.furniture import Recurring
from knipsel.transforms.text.words import END_MARKS
from knipsel.warehouse.sql import make_table, quoted

_LONGEST = 700
"""Characters of a line that can be furniture; a longer paragraph is an article's."""
_COPIED = 0.5
"""Share of an article's words in recurring lines from which it is a copy of others: the same
article in ten papers says nothing of its lines."""

_LINES = f"""
WITH said AS (
    SELECT articles.document_id, paragraphs.text, role, paragraphs.word_count
    FROM lake.paragraphs JOIN lake.articles USING (article_id)
    UNION ALL
    SELECT document_id, unnest(string_split(text, chr(10))), NULL, 0 FROM lake.removed_spans
), folded AS (
    SELECT
        document_id, role, word_count,
        trim(lower(regexp_replace(nfc_normalize(text), '\\s+', ' ', 'g')), {quoted(END_MARKS)})
            AS line
    FROM said WHERE length(text) <= {_LONGEST}
)
SELECT
    document_id, line, bool_or(role IS NOT NULL) AS is_kept,
    coalesce(bool_or(role IN ('headline', 'byline', 'dateline')), false) AS is_front,
    sum(word_count) AS words
FROM folded WHERE line <> '' GROUP BY document_id, line
"""
_RECURRING = """
WITH recurring AS (
    SELECT line FROM lines GROUP BY line
    HAVING count(*) >= $documents AND NOT bool_or(is_front)
), copies AS (
    SELECT document_id FROM lines LEFT JOIN (SELECT line, true AS recurs FROM recurring)
    USING (line) WHERE is_kept GROUP BY document_id
    HAVING coalesce(sum(words) FILTER (recurs), 0) > $copied * sum(words)
), clusters AS (
    SELECT document_id, min(cluster_id) AS cluster_id FROM lake.articles GROUP BY document_id
)
SELECT
    line,
    count(DISTINCT cluster_id) AS documents,
    count(DISTINCT cluster_id) - count(DISTINCT cluster_id) FILTER (is_kept) AS removed
FROM lines SEMI JOIN recurring USING (line) ANTI JOIN copies USING (document_id)
    JOIN clusters USING (document_id)
GROUP BY line HAVING count(DISTINCT cluster_id) >= $documents ORDER BY line
"""


def recurring_lines(connection: duckdb.DuckDBPyConnection, documents: int) -> list[Recurring]:
    """Return the lines that stand in so many published documents or more, copies aside.

    Copies of one article count once, and kept the line where any of them did. A line that is
    anywhere the headline, the byline or the date line of an article is left out: other pages
    have it as a link.
    """
    make_table(connection, "lines", _LINES)
    rows = connection.execute(_RECURRING, {"documents": documents, "copied": _COPIED}).fetchall()
    return [Recurring(*row) for row in rows]
