"""How values look in a terminal, as JSON and as CSV."""
