"""What tells the article of a page from the rest of it."""
