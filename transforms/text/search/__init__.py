"""Full-text search as pure functions: tokens, lemmas, the query language, what a query hits."""
