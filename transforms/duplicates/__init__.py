"""Duplicates: signatures that find candidates, an exact comparison, and who stands with whom."""
