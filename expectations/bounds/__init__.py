"""Bounds on the whole corpus that people set."""
