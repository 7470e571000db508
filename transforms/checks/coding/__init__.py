"""Coding by hand: variables, sheets that people fill in, how far coders agree."""
