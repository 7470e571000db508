"""Factiva: with its two-letter codes, and as bare lines."""
