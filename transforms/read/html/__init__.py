"""HTML: its text, its head and its structured data."""
