"""What the page of an article asks: its rows, its source, its copies."""

from knipsel.warehouse.release.views.dates import PUBLISHED_IN_WORDS

FIND = """
SELECT article_id, headline, publisher, date_published FROM articles
WHERE starts_with(article_id, $name) ORDER BY article_id = $name DESC, article_id LIMIT 21
"""

ARTICLE = f"""
SELECT articles.*, {PUBLISHED_IN_WORDS} AS date_published_in_words,
    (SELECT coalesce(list(name ORDER BY position), []) FROM article_authors
        WHERE article_id = $id) AS authors,
    (SELECT coalesce(list(topic ORDER BY topic), []) FROM topics
        WHERE article_id = $id) AS topics,
    file_name, media_type, path, byte_size
FROM articles JOIN documents USING (document_id) WHERE article_id = $id
"""
"""The columns of ``articles_wide`` that cost nothing: its others are counted over all articles."""

PARAGRAPHS = """
SELECT paragraph_id, position, role, heading, text, char_start, char_end, source_start, source_end
FROM paragraphs WHERE article_id = $id ORDER BY position
"""

MARKED = {
    "quotations": """
        SELECT quotation_id AS id, char_start, char_end, speaker AS name, cue, is_direct, confidence
        FROM quotations WHERE article_id = $id ORDER BY char_start, quotation_id LIMIT $most
    """,
    "names": """
        SELECT mention_id AS id, char_start, char_end, name, kind, entity_id, uri
        FROM mentions LEFT JOIN (SELECT entity_id, uri FROM entities) USING (entity_id)
        WHERE article_id = $id ORDER BY char_start, mention_id LIMIT $most
    """,
    "times": """
        SELECT time_expression_id AS id, char_start, char_end, edtf AS name, precision
        FROM time_expressions WHERE article_id = $id
        ORDER BY char_start, time_expression_id LIMIT $most
    """,
    "topics": """
        SELECT topic || char_start AS id, char_start, char_end, topic AS name
        FROM topic_matches WHERE article_id = $id ORDER BY char_start, topic LIMIT $most
    """,
}
"""What is marked in a text, each with where it stands and what it is called."""

STATEMENTS = "FROM statements WHERE article_id = $id ORDER BY ALL"

PLACES = """
SELECT source_start, source_end, text, role AS place FROM paragraphs WHERE article_id = $id
UNION ALL
SELECT source_start, source_end, text, reason FROM removed_spans
WHERE document_id = $document_id ORDER BY source_start
"""

SOURCE = """
SELECT source_start, source_end, text, reason, NULL AS article_id, NULL AS position
FROM removed_spans WHERE document_id = $document_id
UNION ALL
SELECT source_start, source_end, text, NULL, article_id, position
FROM paragraphs WHERE starts_with(article_id, left($document_id, 16) || '-')
ORDER BY source_start, source_end LIMIT $most
"""
"""The source of a document in order: kept stretches as they read now, removed ones as they were."""

COPIES = """
SELECT pair.relation, pair.similarity, pair.containment, pair.is_duplicate, other.article_id,
    other.headline, other.publisher, other.date_published, other.is_canonical
FROM (
    SELECT other_article_id AS article_id, relation, similarity, containment, is_duplicate
    FROM duplicates WHERE duplicates.article_id = $id
    UNION ALL
    SELECT article_id, relation, similarity, containment, is_duplicate
    FROM duplicates WHERE other_article_id = $id
) AS pair JOIN articles AS other USING (article_id)
ORDER BY is_duplicate DESC, similarity DESC, article_id LIMIT 20
"""

TEXT = "SELECT text FROM articles WHERE article_id = $id"

FINDINGS = "SELECT rule, field, effect FROM findings WHERE article_id = $id ORDER BY ALL"
