"""Search: how fast an index is made and asked, beside the full-text search of SQLite."""
