"""Topics, by patterns on stems."""
