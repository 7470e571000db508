"""What a table says of the articles that a search found: nothing of their texts."""

FOUND = """
WITH members AS (
    SELECT canonical_article_id, count(*) - 1 AS copies FROM articles GROUP BY canonical_article_id
)
SELECT article_id, date_published, publisher, headline, language, completeness, copies
FROM articles JOIN members USING (canonical_article_id)
WHERE article_id IN (SELECT unnest($names))
"""
