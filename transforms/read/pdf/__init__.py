"""PDF: from fragments on pages to lines, columns and blocks."""
